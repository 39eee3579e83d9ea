// What is wrong with a body, as facts and as a sentence.
import ExportDomain
import Languages

/// Something in a body is not as it should be.
public struct WireError: Error, Sendable, Hashable, Localized {
    /// What is wrong.
    public enum Problem: Sendable, Hashable {
        /// The bytes are not JSON; why.
        case notJSON(Text)
        /// A field that is needed is absent.
        case missing
        /// A field has a value of another kind; what was expected, and what was found.
        case wrongType(expected: Text, found: Text)
        /// A field has a value that means nothing; why.
        case invalid(Text)
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

    init(_ place: JSONPlace, expected: Text, found: JSONValue) {
        self.init(place, .wrongType(expected: expected, found: found.kind))
    }

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence that names entity and field.
    ///
    /// It never quotes a text that was found where none was expected: that might be a secret.
    public var text: Text {
        switch problem {
        case .notJSON(let reason): Text("The \(place) is not JSON that can be read: \(reason).")
        case .missing: Text("The \(place) has no \(place.field).")
        case .wrongType(let expected, let found):
            place.path.isEmpty
                ? Text("The \(place) is \(found), not \(expected).")
                : Text("\(place.field) of the \(place) is \(found), not \(expected).")
        case .invalid(let reason):
            place.path.isEmpty
                ? Text("The \(place) cannot be used: \(reason).")
                : Text("\(place.field) of the \(place) cannot be used: \(reason).")
        }
    }
}

extension JSONValue {
    /// What kind of value it is, in words; numbers and booleans with their value.
    var kind: Text {
        switch self {
        case .null: .verbatim("null")
        case .bool(let value): .verbatim("\(value)")
        case .integer(let value): Text("the number \(value)")
        case .number(let value): Text("the number \(value)")
        case .string: Text("a text")
        case .array: Text("a list")
        case .object: Text("an object")
        }
    }
}
