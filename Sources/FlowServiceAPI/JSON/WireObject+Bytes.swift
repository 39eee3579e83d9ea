// Objects from the bytes of a body, and back.
import ExportDomain
import FoundationEssentials
import Languages

extension WireObject {
    /// Reads a body.
    ///
    /// - Throws: `WireError` where the bytes are not JSON, or no object.
    public init(reading bytes: [UInt8]) throws(WireError) {
        try self.init(JSONValue(reading: bytes, as: Shape.noun), at: JSONPlace(Shape.noun))
    }

    /// The object as a body: JSON with sorted keys, the same for the same object.
    ///
    /// - Throws: `WireError` for numbers that JSON does not have.
    public func body() throws(WireError) -> [UInt8] { try json.body(of: Shape.noun) }
}

extension JSONValue {
    /// Reads JSON (RFC 8259).
    ///
    /// - Parameters:
    ///   - bytes: the JSON, in UTF-8.
    ///   - noun: what the bytes should be, for the error.
    /// - Throws: `WireError` where the bytes are none, or nested more deeply than anybody needs.
    public init(reading bytes: [UInt8], as noun: String) throws(WireError) {
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        } catch {
            throw WireError(JSONPlace(noun), .notJSON(Self.reason(of: error)))
        }
    }

    /// The value as a body.
    public func body(of noun: String) throws(WireError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(self))
        } catch {
            throw WireError(JSONPlace(noun), .invalid(Text("it has a number that JSON does not have")))
        }
    }

    private static func reason(of error: any Error) -> Text {
        switch error as? DecodingError {
        case .dataCorrupted(let context)?:
            // What Foundation says of the place is in the error beneath.
            Self.first(of: context.codingPath, Text("it cannot be read"))
        case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?, .keyNotFound(_, let context)?:
            Self.first(
                of: context.codingPath,
                Text("a value cannot be read: it may be a number that is too large"))
        default: Text("it cannot be read")
        }
    }

    private static func first(of path: [any CodingKey], _ words: Text) -> Text {
        path.isEmpty
            ? words
            : Text(
                "at \(path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")), \(words)"
            )
    }
}
