// The kinds of field that a form can have, as its JSON Schema says them. How each is edited is a screen's matter.
import FoundationEssentials
import Languages

/// What kind of answer a field takes.
public enum FieldKind: Sendable, Equatable {
    /// A line of text.
    case text
    /// A line of text that is never shown.
    case secret
    /// A number.
    case number(NumberBounds)
    /// One of several values.
    case choice([String])
    /// On or off.
    case toggle
    /// A day, as `YYYY-MM-DD`.
    case date
    /// An instant, as RFC 3339 writes it.
    case dateTime

    /// The kind of a property (JSON Schema, draft 7).
    public init(_ property: JSONSchema.Property) {
        if !property.choices.isEmpty {
            self = .choice(property.choices.compactMap(\.text))
        } else if property.types == ["boolean"] {
            self = .toggle
        } else if property.format == "password" {
            self = .secret
        } else if property.types.contains("integer") || property.types.contains("number") {
            self = .number(
                NumberBounds(
                    isWhole: !property.types.contains("number"), minimum: property.minimum,
                    maximum: property.maximum))
        } else if property.format == "date" {
            self = .date
        } else if property.format == "date-time" {
            self = .dateTime
        } else {
            self = .text
        }
    }

    /// Whether it is a day or an instant.
    public var isTime: Bool { self == .date || self == .dateTime }

    /// An answer that would do, where all fields of the kind take it.
    var example: String? {
        switch self {
        case .date: "2026-12-01"
        case .dateTime: "2026-12-01T06:00:00Z"
        case .text, .secret, .number, .choice, .toggle: nil
        }
    }

    /// The value that is sent for an answer: numbers are numbers, however they were typed.
    func sent(_ value: JSONValue, text: String) -> JSONValue {
        guard case .number(let bounds) = self else { return value }
        if let number = Int(text) { return .integer(number) }
        return bounds.isWhole ? value : Double(text).map(JSONValue.number) ?? value
    }
}

/// Which numbers a field takes.
public struct NumberBounds: Sendable, Equatable, Localized {
    /// Whether it takes whole numbers only.
    public var isWhole: Bool
    /// The least number; nil where there is no such.
    public var minimum: Double?
    /// The greatest number; nil where there is no such.
    public var maximum: Double?

    /// Says which numbers are taken; whole ones unless said otherwise.
    public init(isWhole: Bool = true, minimum: Double? = nil, maximum: Double? = nil) {
        self.isWhole = isWhole
        self.minimum = minimum
        self.maximum = maximum
    }

    /// What is wrong with a number as it was typed, or nil.
    func problem(with text: String) -> FieldProblem? {
        guard let number = isWhole ? Int(text).map(Double.init) : Double(text), number.isFinite else {
            return .notANumber(isWhole: isWhole)
        }
        return number < minimum ?? number || number > maximum ?? number ? .outOfBounds(self) : nil
    }

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The bounds in words.
    public var text: Text {
        switch (minimum, maximum) {
        case (let minimum?, let maximum?):
            Text("Must be a number from \(Self.digits(minimum)) to \(Self.digits(maximum))")
        case (let minimum?, nil): Text("Must be at least \(Self.digits(minimum))")
        case (nil, let maximum?): Text("Must be at most \(Self.digits(maximum))")
        case (nil, nil): Text("Must be a number")
        }
    }

    /// Whether a number can be one of these when more digits are typed behind it.
    func canGrow(from text: String) -> Bool {
        guard let number = Double(text), number > 0, let minimum, number < minimum else { return false }
        return maximum.map { number * 10 <= $0 } ?? true
    }

    static func digits(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}
