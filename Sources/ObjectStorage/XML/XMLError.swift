// Why an answer in XML is not accepted.
import Languages

/// Why a text is not read as XML.
enum XMLError: Error, Hashable {
    /// It is not well formed, in the words of Expat.
    case malformed(String)
    /// It ends before its root does.
    case incomplete
    /// It has a document type, which could define entities.
    case documentType
    /// It has more bytes in all than are taken.
    case tooLong(limit: Int)
    /// It has elements in more elements than are taken.
    case tooDeep(limit: Int)
    /// It has an element whose text and attributes have more bytes than are taken.
    case textTooLong(limit: Int)
}

extension XMLError: Localized {
    /// The text in English, for logs and for programs.
    var description: String { text.english }

    /// What is wrong, as part of a sentence.
    var text: Text {
        switch self {
        case .malformed(let words): Text("the answer is not XML (\(words))")
        case .incomplete: Text("the answer breaks off")
        case .documentType: Text("the answer has a document type, which is not accepted")
        case .tooLong(let limit): Text("the answer has more than \(limit) bytes")
        case .tooDeep(let limit): Text("the answer has elements more than \(limit) deep")
        case .textTooLong(let limit): Text("the answer has an element of more than \(limit) bytes")
        }
    }
}
