// Changes of entities (JSON Patch, RFC 6902, of which the API takes three operations).
import ExportDomain
import Languages

/// A list of changes, which are made together or not at all.
public struct JSONPatch: Sendable, Hashable {
    /// One change.
    public struct Operation: Sendable, Hashable {
        /// What is done.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// A value is set, or put into a list.
            case add
            /// A value is set.
            case replace
            /// A value is taken away.
            case remove
        }

        /// What is done.
        public var kind: Kind
        /// Where.
        public var path: JSONPointer
        /// The value; nil for `remove`.
        public var value: JSONValue?
    }

    /// The changes, in their order.
    public var operations: [Operation]

    /// More than any change of an entity needs.
    static let longest = 1_000

    /// Changes nothing yet.
    public init() { operations = [] }

    /// Adds a change that sets a value.
    public mutating func replace(_ keys: String..., with value: JSONValue) {
        operations.append(Operation(kind: .replace, path: JSONPointer(steps: keys), value: value))
    }

    /// Adds the changes that make an object another one, whether the service takes what comes in its place or puts it
    /// into what is there: members that are to go are removed before.
    mutating func replaceWhole(_ key: String, from old: [String: JSONValue], to new: [String: JSONValue]) {
        for member in old.keys.sorted() where new[member] == nil { remove(key, member) }
        replace(key, with: .object(new))
    }

    /// Adds a change that sets a value which may not be there yet.
    public mutating func add(_ keys: String..., value: JSONValue) {
        operations.append(Operation(kind: .add, path: JSONPointer(steps: keys), value: value))
    }

    /// Adds a change that takes a value away.
    public mutating func remove(_ keys: String...) {
        operations.append(Operation(kind: .remove, path: JSONPointer(steps: keys), value: nil))
    }
}

extension JSONPatch {
    private static let noun = "change"

    /// Reads a body; operations in any case.
    ///
    /// - Throws: `JSONPatchError` where it is none, or has an operation that the API does not take.
    public init(reading bytes: [UInt8]) throws(JSONPatchError) {
        let json: JSONValue
        do { json = try JSONValue(reading: bytes, as: Self.noun) } catch { throw .unreadable(error) }
        guard case .array(let items) = json else {
            throw .unreadable(WireError(JSONPlace(Self.noun), expected: Text("a list"), found: json))
        }
        guard items.count <= Self.longest else { throw .tooLong(items.count) }
        operations = []
        for (index, item) in items.enumerated() { operations.append(try Self.operation(item, index)) }
    }

    /// The changes as JSON.
    public var json: JSONValue {
        .array(
            operations.map {
                var members: [String: JSONValue] = [
                    "op": .string($0.kind.rawValue), "path": .string($0.path.text),
                ]
                members["value"] = $0.value
                return .object(members)
            })
    }

    /// The changes as a body.
    public func body() throws(WireError) -> [UInt8] { try json.body(of: Self.noun) }

    private static func operation(_ item: JSONValue, _ index: Int) throws(JSONPatchError) -> Operation {
        let op: String
        let path: String?
        let value: JSONValue?
        do {
            let object = try JSONObject(item, at: JSONPlace(noun, path: [String(index)]))
            op = try object.require(Field<String>("op"))
            path = try object.value(["path"], as: String.self)
            value = object.members["value"]
        } catch { throw .unreadable(error) }
        guard let kind = Operation.Kind(rawValue: op.lowercased()) else { throw .unsupportedOperation(op) }
        guard let path else { throw .pathMissing }
        guard let pointer = JSONPointer(path) else { throw .badPath(path) }
        guard kind == .remove || value != nil else { throw .valueMissing(path) }
        return Operation(kind: kind, path: pointer, value: kind == .remove ? nil : value)
    }
}

/// Why a change cannot be made.
public enum JSONPatchError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is no list of operations.
    case unreadable(WireError)
    /// It has more operations than anybody needs.
    case tooLong(Int)
    /// An operation that the API does not take, like `move`.
    case unsupportedOperation(String)
    /// An operation without a path.
    case pathMissing
    /// A path that is no JSON Pointer.
    case badPath(String)
    /// `add` or `replace` without a value.
    case valueMissing(String)
    /// There is nothing at the path.
    case nothingThere(String)

    /// The code of the API's catalogue; nil where it has none.
    public var code: ErrorCode? {
        switch self {
        case .unsupportedOperation: .unsupportedPatchOperation
        case .pathMissing, .badPath: .patchPathMissing
        case .unreadable, .tooLong, .valueMissing, .nothingThere: nil
        }
    }

    /// The reason in one sentence, without its full stop.
    public var description: String {
        switch self {
        case .unreadable(let error):
            String(error.description.hasSuffix(".") ? error.description.dropLast() : error.description[...])
        case .tooLong(let count): "A change has at most \(JSONPatch.longest) operations, not \(count)"
        case .unsupportedOperation(let op): "“\(op.shown)” is not done here: add, replace and remove are"
        case .pathMissing: "An operation of the change has no path"
        case .badPath(let path): "“\(path.shown)” is no path: it begins with a slash"
        case .valueMissing(let path): "The operation on \(path.shown) has no value"
        case .nothingThere(let path): "There is nothing at \(path.shown)"
        }
    }
}
