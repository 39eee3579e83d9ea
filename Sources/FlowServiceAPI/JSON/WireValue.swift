// What can stand in a field: texts, numbers, times, lists and objects.
import ExportDomain
import FoundationEssentials
import Languages

/// A value that a field of the API can have.
public protocol WireValue: Sendable {
    /// Reads the value.
    ///
    /// - Throws: `WireError` where `json` is something else.
    init(_ json: JSONValue, at place: JSONPlace) throws(WireError)

    /// The value as JSON.
    var json: JSONValue { get }
}

extension JSONValue: WireValue {
    /// Takes any value.
    public init(_ json: JSONValue, at place: JSONPlace) { self = json }
    /// The value itself.
    public var json: JSONValue { self }
}

extension String: WireValue {
    /// Reads a string.
    public init(_ json: JSONValue, at place: JSONPlace) throws(WireError) {
        guard case .string(let text) = json else {
            throw WireError(place, expected: Text("a text"), found: json)
        }
        self = text
    }

    /// A JSON string.
    public var json: JSONValue { .string(self) }
}

extension Identifier: WireValue {
    /// Reads an id.
    public init(_ json: JSONValue, at place: JSONPlace) throws(WireError) {
        self.init(try String(json, at: place))
    }

    /// A JSON string.
    public var json: JSONValue { .string(rawValue) }
}

extension Bool: WireValue {
    /// Reads `true` or `false`, as such or as a text.
    public init(_ json: JSONValue, at place: JSONPlace) throws(WireError) {
        switch json {
        case .bool(let value): self = value
        case .string("true"): self = true
        case .string("false"): self = false
        default: throw WireError(place, expected: Text("true or false"), found: json)
        }
    }

    /// A JSON boolean.
    public var json: JSONValue { .bool(self) }
}

extension Int: WireValue {
    /// Reads a whole number, as such or as a text: clients write both.
    public init(_ json: JSONValue, at place: JSONPlace) throws(WireError) {
        switch json {
        case .integer(let number): self = number
        case .number(let number):
            guard let whole = Int(exactly: number) else {
                throw WireError(place, expected: Text("a whole number"), found: json)
            }
            self = whole
        case .string(let text):
            guard let number = Int(text) else {
                throw WireError(place, expected: Text("a whole number"), found: json)
            }
            self = number
        default: throw WireError(place, expected: Text("a whole number"), found: json)
        }
    }

    /// A JSON number.
    public var json: JSONValue { .integer(self) }
}

extension Array: WireValue where Element: WireValue {
    /// Reads a list; the error of an element names its index.
    public init(_ json: JSONValue, at place: JSONPlace) throws(WireError) {
        guard case .array(let values) = json else {
            throw WireError(place, expected: Text("a list"), found: json)
        }
        var elements: [Element] = []
        elements.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            elements.append(try Element(value, at: place.appending(String(index))))
        }
        self = elements
    }

    /// A JSON array.
    public var json: JSONValue { .array(map(\.json)) }
}

extension JSONObject: WireValue {
    /// Reads an object.
    public init(_ json: JSONValue, at place: JSONPlace) throws(WireError) {
        guard case .object(let members) = json else {
            throw WireError(place, expected: Text("an object"), found: json)
        }
        self.init(members, at: place)
    }

    /// A JSON object.
    public var json: JSONValue { .object(members) }
}
