// What can go wrong with a Parquet file, as facts, with where it went wrong.
import Languages

/// Why a Parquet file could not be read or written, and at which place in it.
public struct ParquetError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Problem: Hashable, Sendable {
        /// The file does not begin and end with the four bytes that every Parquet file has.
        case notParquet
        /// The file ends before what it announces does.
        case truncated
        /// The file contradicts the format, or itself; the text says how, as part of a sentence.
        case malformed(Text)
        /// The file is right, and holds something that this library does not read; the text says what.
        case unsupported(Text)
        /// The file is encrypted (Parquet modular encryption).
        case encrypted
        /// The bytes of a page do not have the CRC-32 that its header states.
        case wrongChecksum
        /// What the file asks for is beyond the limits; the text says what, and the limit.
        case tooLarge(Text)
        /// The system refuses to open, read or write the file; the value is its errno.
        case system(Int32)
        /// The values do not fit the schema that they are written with; the text says why.
        case invalidValues(Text)
    }

    /// What is wrong.
    public var problem: Problem
    /// The name of the file, as its source has it.
    public var file: String?
    /// The row group in the file, from 0.
    public var rowGroup: Int?
    /// The path of the column, its parts joined by dots.
    public var column: String?

    /// A problem, at a place that is not known yet.
    public init(
        _ problem: Problem, file: String? = nil, rowGroup: Int? = nil, column: String? = nil
    ) {
        self.problem = problem
        self.file = file
        self.rowGroup = rowGroup
        self.column = column
    }

    /// The same problem with the parts of the place that were not known before.
    public func at(file: String? = nil, rowGroup: Int? = nil, column: String? = nil) -> ParquetError {
        ParquetError(
            problem, file: self.file ?? file, rowGroup: self.rowGroup ?? rowGroup,
            column: self.column ?? column)
    }

    /// A file that contradicts the format; the text says how, as part of a sentence.
    static func malformed(_ how: Text) -> ParquetError { ParquetError(.malformed(how)) }

    /// A page whose bytes end before its levels or values do.
    static let pageTooShort = malformed(Text("a page ends before its values do"))

    /// Something that this library does not read.
    static func unsupported(_ what: Text) -> ParquetError { ParquetError(.unsupported(what)) }
}
