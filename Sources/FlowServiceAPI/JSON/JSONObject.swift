// A JSON object that remembers where it was found, so that whoever misses something in it can say where.
import ExportDomain
import Languages

/// A JSON object, with all its members, known or not.
///
/// Its description names the members and never shows their values, which may be secrets.
public struct JSONObject: Sendable {
    /// Every member, by key.
    public var members: [String: JSONValue]
    /// Where the object was found; two objects with the same members are equal wherever they are.
    public var place: JSONPlace

    /// Puts an object together.
    public init(_ members: [String: JSONValue] = [:], at place: JSONPlace = JSONPlace("object")) {
        self.members = members
        self.place = place
    }

    /// The member, or nil where it is absent or `null`.
    public subscript(key: String) -> JSONValue? {
        switch members[key] {
        case nil, .null?: nil
        case let value?: value
        }
    }

    /// What is known under the first of these keys that the object has.
    func value<Value: WireValue>(
        _ keys: [String], as: Value.Type = Value.self
    ) throws(WireError) -> Value? {
        for key in keys {
            if let json = self[key] { return try Value(json, at: place.appending(key)) }
        }
        return nil
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same members.
    public static func == (left: JSONObject, right: JSONObject) -> Bool { left.members == right.members }

    /// Hashes the members.
    public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

extension JSONObject: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The keys of the members.
    public var description: String { "{\(members.keys.sorted().joined(separator: ", "))}" }
    /// The keys of the members.
    public var debugDescription: String { description }
    /// Shows no children, so that `dump` finds no secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Where in an answer something was found.
public struct JSONPlace: Sendable, Hashable, Localized {
    /// What kind of thing it is a part of, like “dataflow”.
    public var entity: String
    /// Which one, where that is known.
    public var id: String?
    /// The keys and indices that lead to it.
    public var path: [String]

    /// Names a place.
    public init(_ entity: String, id: String? = nil, path: [String] = []) {
        self.entity = entity
        self.id = id
        self.path = path
    }

    /// The path with dots, empty for the whole.
    public var field: String { path.joined(separator: ".") }

    /// The entity with its id, as a sentence names it.
    public var text: Text { id.map { Text("\(Text.entity(entity)) “\($0)”") } ?? .entity(entity) }

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A place within this one.
    public func appending(_ key: String) -> JSONPlace {
        JSONPlace(entity, id: id, path: path + [key])
    }
}
