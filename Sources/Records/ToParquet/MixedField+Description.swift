// What is said of fields whose values have no common type.

import Parquet

extension MixedField: CustomStringConvertible {
    /// Which field, which kinds of values with the first line of each, and what becomes of them.
    public var description: String {
        let kinds = places.map { "\($0.kind.name) (line \($0.line) of \($0.file))" }
        return "“\(path.joined(separator: "."))” holds \(Self.list(kinds)), so its Parquet column is text"
            + (column == .json ? ": the JSON of each value" : "")
    }

    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension ValueKinds {
    /// The kind in words, for one kind only.
    fileprivate var name: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .integer, .longInteger, .double: "numbers"
        case .hugeNumber: "numbers of many digits"
        case .string: "text"
        case .object: "objects"
        case .array: "arrays"
        default: "deeply nested values"
        }
    }
}
