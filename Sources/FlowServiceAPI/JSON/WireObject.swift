// The shape of all types of the API: a value around its JSON object. What a type does not know stays in the
// object and is sent back with it; what it knows is read and written through fields, each declared once.
import ExportDomain
import Languages

/// A field of an object: its key and the type of its value.
public struct Field<Value: WireValue>: Sendable {
    /// The key under which it is written.
    public let key: String
    /// All keys under which it is read, that one first.
    let keys: [String]

    /// Declares a field.
    ///
    /// - Parameters:
    ///   - key: the name of the member.
    ///   - other: another spelling, which is read where the first is absent.
    public init(_ key: String, or other: String? = nil) {
        self.key = key
        keys = [key] + (other.map { [$0] } ?? [])
    }
}

/// The fields of one kind of object.
public protocol ObjectShape: Sendable {
    /// What a person calls such an object, like “flow”.
    static var noun: String { get }
    /// The one value of this type.
    static var shape: Self { get }
    /// How errors name the place of an object that was found at `place`.
    static func place(of object: JSONObject, at place: JSONPlace) -> JSONPlace
}

extension ObjectShape {
    /// Where it was found.
    public static func place(of object: JSONObject, at place: JSONPlace) -> JSONPlace { place }
}

/// A JSON object of which some fields are known.
///
/// `try flow.runs` is the value of the field `runs`, or nil where it is absent or `null`; it throws a `WireError`
/// where it is of another type. A field that nobody asks for is not checked.
@dynamicMemberLookup
public struct WireObject<Shape: ObjectShape>: Hashable, WireValue, CustomStringConvertible {
    /// Everything that the object has.
    public var object: JSONObject

    /// Takes an object as it is.
    public init(_ object: JSONObject) { self.object = object }

    /// An object with nothing in it.
    public init() { self.init(JSONObject(at: JSONPlace(Shape.noun))) }

    /// Reads an object.
    public init(_ json: JSONValue, at place: JSONPlace) throws(WireError) {
        var object = try JSONObject(json, at: place)
        object.place = Shape.place(of: object, at: place)
        self.init(object)
    }

    /// The object as JSON.
    public var json: JSONValue { object.json }

    /// What it is and which members it has, without any of their values.
    public var description: String { "\(Shape.noun) \(object)" }

    /// The value of a field, nil where it is absent.
    public subscript<Value>(dynamicMember path: KeyPath<Shape, Field<Value>>) -> Value? {
        get throws(WireError) { try object.value(Shape.shape[keyPath: path].keys) }
    }

    /// The value of a field that must be there.
    public func require<Value>(_ path: KeyPath<Shape, Field<Value>>) throws(WireError) -> Value {
        try object.require(Shape.shape[keyPath: path])
    }

    /// Writes a field, or removes it.
    public mutating func set<Value>(_ path: KeyPath<Shape, Field<Value>>, to value: Value?) {
        object.set(Shape.shape[keyPath: path], to: value)
    }

    /// What is wrong with a field, as an error that names it.
    public func invalid<Value>(_ path: KeyPath<Shape, Field<Value>>, _ reason: Text) -> WireError {
        WireError(object.place.appending(Shape.shape[keyPath: path].key), .invalid(reason))
    }
}

extension JSONObject {
    func require<Value>(_ field: Field<Value>) throws(WireError) -> Value {
        guard let value: Value = try value(field.keys) else {
            throw WireError(place.appending(field.key), .missing)
        }
        return value
    }

    mutating func set<Value>(_ field: Field<Value>, to value: Value?) {
        for key in field.keys { members[key] = nil }
        members[field.key] = value?.json
    }
}
