// The order of lists (`orderby=name,-createdAt`).
import ExportDomain

/// By which properties a list is sorted.
public struct Ordering: Sendable, Hashable {
    /// One property.
    public struct Key: Sendable, Hashable {
        /// Which.
        public var path: PropertyPath
        /// Whether the greatest comes first.
        public var isDescending: Bool
    }

    /// The properties, the most important first.
    public let keys: [Key]

    /// The newest first.
    public static let newestFirst = Ordering(keys: [
        Key(path: PropertyPath(["createdAt"]), isDescending: true)
    ])

    private init(keys: [Key]) { self.keys = keys }

    /// Reads an order.
    ///
    /// - Throws: `QueryError` where it is none.
    public init(_ text: String) throws(QueryError) {
        var keys: [Key] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let isDescending = part.hasPrefix("-")
            // A plus that nobody encoded has become a space.
            let isMarked = isDescending || part.hasPrefix("+") || part.hasPrefix(" ")
            guard let path = PropertyPath(isMarked ? part.dropFirst() : part[...]) else {
                throw .badOrder(text)
            }
            keys.append(Key(path: path, isDescending: isDescending))
        }
        self.keys = keys
    }

    /// The order as it is written, not encoded.
    public var text: String {
        keys.map { ($0.isDescending ? "-" : "") + $0.path.text }.joined(separator: ",")
    }

    /// Whether `first` stands before `second`; false also where they are equal.
    ///
    /// Entities without the property stand last, whichever the direction.
    public func isBefore(_ first: JSONValue, _ second: JSONValue) -> Bool {
        for key in keys {
            switch (key.path.values(in: first).first, key.path.values(in: second).first) {
            case (nil, nil): continue
            case (_?, nil): return true
            case (nil, _?): return false
            case (let one?, let other?):
                if let before = one.precedes(other) { return before != key.isDescending }
            }
        }
        return false
    }
}

extension JSONValue {
    /// Whether it is the lesser; nil where neither is.
    fileprivate func precedes(_ other: JSONValue) -> Bool? {
        switch (self, other) {
        case (.string(let one), .string(let two)): one == two ? nil : one < two
        case (.integer(let one), .integer(let two)): one == two ? nil : one < two
        case (.bool(let one), .bool(let two)): one == two ? nil : !one
        default:
            if let one = asDouble, let two = other.asDouble { one == two ? nil : one < two } else { nil }
        }
    }

    private var asDouble: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }
}
