// Every sentence that is said of a Parquet file that cannot be read or written.

import Glibc

extension ParquetError: CustomStringConvertible {
    /// Where it went wrong, what is wrong, and what to do: a sentence a person can act on.
    public var description: String { located("\(cause).\(advice.map { " \($0)." } ?? "")", file) }

    /// The same without the file and the last point, for a sentence that names the file itself.
    public var reason: String { located("\(cause)\(advice.map { ". \($0)" } ?? "")", nil) }

    /// Where in the file it went wrong, and what is wrong, for a sentence that says itself what to do.
    public var fault: String { located(cause, nil) }

    private func located(_ sentence: String, _ file: String?) -> String {
        let places = [file, rowGroup.map { "row group \($0)" }, column.map { "column \($0)" }]
        let place = places.compactMap { $0 }.joined(separator: ", ")
        return place.isEmpty ? sentence : "\(place): \(sentence)"
    }

    private var cause: String {
        switch problem {
        case .notParquet: "this is no Parquet file"
        case .truncated: "the file ends too early, so it is incomplete"
        case .malformed(let how): "the file is damaged: \(how)"
        case .unsupported(let what): "\(what) cannot be read"
        case .encrypted: "the file is encrypted, and encrypted Parquet cannot be read"
        case .wrongChecksum:
            "the file is damaged: a page does not have the checksum that was written with it"
        case .tooLarge(let what): "the file asks for too much: \(what)"
        case .system(let code): "the file cannot be used: \(String(cString: strerror(code)))"
        case .invalidValues(let why): "the values cannot be written: \(why)"
        }
    }

    private var advice: String? {
        switch problem {
        case .notParquet: "Check the path, and that the file was written to its end"
        case .truncated, .malformed: "Copy it again from where it came"
        case .unsupported: "Write the file again without it"
        case .encrypted: "Decrypt it first"
        case .wrongChecksum: "Copy the file again from where it came"
        case .tooLarge:
            "It may be damaged; if it is not, write it again with smaller pages and row groups"
        case .system, .invalidValues: nil
        }
    }
}
