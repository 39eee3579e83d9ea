// Every sentence that is said of a Parquet file that cannot be read or written.

import Glibc

extension ParquetError: CustomStringConvertible {
    /// Where it went wrong, what is wrong, and what to do: a sentence a person can act on.
    public var description: String { sentence(after: [file, rowGroupName, columnName]) }

    /// The same without the file and the last point, for a sentence that names the file itself.
    public var reason: String {
        let sentence = sentence(after: [rowGroupName, columnName])
        return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }

    private var rowGroupName: String? { rowGroup.map { "row group \($0)" } }

    private var columnName: String? { column.map { "column \($0)" } }

    private func sentence(after places: [String?]) -> String {
        let place = places.compactMap { $0 }.joined(separator: ", ")
        return place.isEmpty ? sentence : "\(place): \(sentence)"
    }

    private var sentence: String {
        switch problem {
        case .notParquet:
            "this is no Parquet file. Check the path, and that the file was written to its end."
        case .truncated:
            "the file ends too early, so it is incomplete. Copy it again from where it came."
        case .malformed(let how):
            "the file is damaged: \(how). Copy it again from where it came."
        case .unsupported(let what):
            "\(what) cannot be read. Write the file again without it."
        case .encrypted:
            "the file is encrypted, and encrypted Parquet cannot be read. Decrypt it first."
        case .wrongChecksum:
            "the file is damaged: a page does not have the checksum that was written with it. Copy the file again from where it came."
        case .tooLarge(let what):
            "the file asks for too much: \(what). It may be damaged; if it is not, write it again with smaller pages and row groups."
        case .system(let code):
            "the file cannot be used: \(String(cString: strerror(code)))."
        case .invalidValues(let why):
            "the values cannot be written: \(why)."
        }
    }
}
