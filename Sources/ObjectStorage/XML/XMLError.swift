// Why an answer in XML is not accepted.

/// Why a text is not read as XML.
enum XMLError: Error, Hashable {
    /// It is not well formed, in the words of libxml2.
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

extension XMLError: CustomStringConvertible {
    /// What is wrong, as part of a sentence.
    var description: String {
        switch self {
        case .malformed(let words): "the answer is not XML (\(words))"
        case .incomplete: "the answer breaks off"
        case .documentType: "the answer has a document type, which is not accepted"
        case .tooLong(let limit): "the answer has more than \(limit) bytes"
        case .tooDeep(let limit): "the answer has elements more than \(limit) deep"
        case .textTooLong(let limit): "the answer has an element of more than \(limit) bytes"
        }
    }
}
