// A text id that remembers what it identifies, so that a dataset's id is never passed for a flow's.

/// The id of an `Entity`, as Experience Platform writes it: 24 hex digits for a dataset, a lowercase UUID for
/// everything else.
///
/// The text is kept as it came; nothing here checks its form.
public struct Identifier<Entity>: Hashable, Sendable, RawRepresentable, Codable,
    ExpressibleByStringLiteral, CustomStringConvertible
{
    /// The id's text.
    public let rawValue: String

    /// Takes an id's text as it is.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Takes an id's text as it is.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// Takes an id from a literal.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The id's text.
    public var description: String { rawValue }

    /// Reads the id from a plain string.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the id as a plain string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
