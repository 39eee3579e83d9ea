// How fast bytes may move, as people write it.

/// A rate of bytes: `20M` is 20,000,000 a second.
public struct BytesPerSecond: Sendable, Hashable {
    /// Bytes a second, from 1,000 up.
    public let value: Int64

    private static let units: [(letter: Character, value: Int64)] = [
        ("G", 1_000_000_000), ("M", 1_000_000), ("k", 1_000),
    ]

    /// Reads a number with k, M or G; nil for anything else, and for less than a kilobyte.
    public init?(_ text: String) {
        let unit = text.last.flatMap { last in
            Self.units.first { String($0.letter).lowercased() == last.lowercased() }
        }
        guard let number = Double(unit == nil ? text : String(text.dropLast())),
            case let bytes = number * Double(unit?.value ?? 1), bytes >= 1_000, bytes < 1e15
        else { return nil }
        value = Int64(bytes)
    }

    /// The shortest that is read as the same.
    public var text: String {
        guard let unit = Self.units.first(where: { value % $0.value == 0 }) else { return "\(value)" }
        return "\(value / unit.value)\(unit.letter)"
    }
}
