// Every sentence that is said of a Parquet file that cannot be read or written.

import Glibc
import Languages

extension ParquetError: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// Where it went wrong, what is wrong, and what to do: a sentence a person can act on.
    public var text: Text { located(advice.map { Text("\(cause). \($0).") } ?? Text("\(cause)."), file) }

    /// The same without the file and the last point, for a sentence that names the file itself.
    public var reason: Text { located(advice.map { Text("\(cause). \($0)") } ?? cause, nil) }

    /// Where in the file it went wrong, and what is wrong, for a sentence that says itself what to do.
    public var fault: Text { located(cause, nil) }

    private func located(_ sentence: Text, _ file: String?) -> Text {
        let places = [
            file.map(Text.verbatim), rowGroup.map { Text("row group \($0)") },
            column.map { Text("column \($0)") },
        ].compactMap(\.self)
        return places.isEmpty ? sentence : Text("\(Text.list(places)): \(sentence)")
    }

    private var cause: Text {
        switch problem {
        case .notParquet: Text("this is no Parquet file")
        case .truncated: Text("the file ends too early, so it is incomplete")
        case .malformed(let how): Text("the file is damaged: \(how)")
        case .unsupported(let what): Text("\(what) cannot be read")
        case .encrypted: Text("the file is encrypted, and encrypted Parquet cannot be read")
        case .wrongChecksum:
            Text("the file is damaged: a page does not have the checksum that was written with it")
        case .tooLarge(let what): Text("the file asks for too much: \(what)")
        case .system(let code): Text("the file cannot be used: \(String(cString: strerror(code)))")
        case .invalidValues(let why): Text("the values cannot be written: \(why)")
        }
    }

    private var advice: Text? {
        switch problem {
        case .notParquet: Text("Check the path, and that the file was written to its end")
        case .truncated, .malformed: Text("Copy it again from where it came")
        case .unsupported: Text("Write the file again without it")
        case .encrypted: Text("Decrypt it first")
        case .wrongChecksum: Text("Copy the file again from where it came")
        case .tooLarge:
            Text("It may be damaged; if it is not, write it again with smaller pages and row groups")
        case .system, .invalidValues: nil
        }
    }
}
