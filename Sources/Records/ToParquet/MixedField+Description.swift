// What is said of fields whose values have no common type.

import Languages
import Parquet

extension MixedField: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// Which field, which kinds of values with the first line of each, and what becomes of them.
    public var text: Text {
        let field = path.joined(separator: ".")
        let kinds = Text.all(of: places.map { Text("\($0.kind.name) (line \($0.line) of \($0.file))") })
        return column == .json
            ? Text("“\(field)” holds \(kinds), so its Parquet column is text: the JSON of each value")
            : Text("“\(field)” holds \(kinds), so its Parquet column is text")
    }
}

extension ValueKinds {
    /// The kind in words, for one kind only.
    fileprivate var name: Text {
        switch self {
        case .null: Text("null")
        case .boolean: Text("true or false")
        case .integer, .longInteger, .double: Text("numbers")
        case .hugeNumber: Text("numbers of many digits")
        case .string: Text("text")
        case .object: Text("objects")
        case .array: Text("arrays")
        default: Text("deeply nested values")
        }
    }
}
