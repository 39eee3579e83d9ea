// Why a record cannot be written with a schema.

/// A value that has no place in the columns of a schema.
public struct RecordMisfit: Hashable, Sendable {
    /// What does not fit.
    public enum Reason: Hashable, Sendable {
        /// The schema has no such field.
        case unknownField
        /// A required field is missing or null.
        case missing
        /// The value is none of the type that the schema has for it.
        case unfit(String)
        /// Lists of objects that lack most of their fields would take too much memory.
        case tooLarge
    }

    /// The path of the file.
    public var file: String
    /// The line's number in the file, from 1; blank lines count.
    public var line: Int
    /// The names from below the record to the value.
    public var path: [String]
    /// What does not fit.
    public var reason: Reason

    /// A value that has no place in the columns of a schema.
    public init(file: String, line: Int, path: [String], reason: Reason) {
        self.file = file
        self.line = line
        self.path = path
        self.reason = reason
    }
}
