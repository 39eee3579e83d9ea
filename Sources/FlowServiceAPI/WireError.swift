// What is wrong with a body, as facts and as a sentence.
import ExportDomain

/// Something in a body is not as it should be.
public struct WireError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Problem: Sendable, Hashable {
        /// The bytes are not JSON; why.
        case notJSON(String)
        /// A field that is needed is absent.
        case missing
        /// A field has a value of another kind; what was expected, and what was found.
        case wrongType(expected: String, found: String)
        /// A field has a value that means nothing; why.
        case invalid(String)
    }

    /// Where.
    public var place: JSONPlace
    /// What.
    public var problem: Problem

    /// Describes what is wrong.
    public init(_ place: JSONPlace, _ problem: Problem) {
        self.place = place
        self.problem = problem
    }

    init(_ place: JSONPlace, expected: String, found: JSONValue) {
        self.init(place, .wrongType(expected: expected, found: found.kind))
    }

    /// A sentence that names entity and field.
    ///
    /// It never quotes a text that was found where none was expected: that might be a secret.
    public var description: String {
        switch problem {
        case .notJSON(let reason): "The \(place) is not JSON that can be read: \(reason)."
        case .missing: "The \(place) has no \(place.field)."
        case .wrongType(let expected, let found):
            place.path.isEmpty
                ? "The \(place) is \(found), not \(expected)."
                : "\(place.field) of the \(place) is \(found), not \(expected)."
        case .invalid(let reason):
            place.path.isEmpty
                ? "The \(place) cannot be used: \(reason)."
                : "\(place.field) of the \(place) cannot be used: \(reason)."
        }
    }
}

extension JSONValue {
    /// What kind of value it is, in words; numbers and booleans with their value.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "the number \(value)"
        case .number(let value): "the number \(value)"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
