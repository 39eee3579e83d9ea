// The filters of lists (`property=path op value[,value…]`): read, written, and held against an entity.
import ExportDomain

/// A condition on one property; several filters of a list must all hold.
public struct PropertyFilter: Sendable, Hashable {
    /// How the property is compared.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        /// Equal to one of the values.
        case equal = "=="
        /// Not equal.
        case notEqual = "!="
        /// At most.
        case atMost = "<="
        /// At least.
        case atLeast = ">="
        /// Less.
        case less = "<"
        /// Greater.
        case greater = ">"
    }

    /// Which property.
    public let path: PropertyPath
    /// How it is compared.
    public let comparison: Comparison
    /// With what, at least one value; only `==` takes several, of which one must be equal.
    public let values: [String]

    /// A filter for one value.
    init(path: PropertyPath, _ comparison: Comparison, values: [String]) {
        self.path = path
        self.comparison = comparison
        self.values = values
    }

    /// Reads a filter.
    ///
    /// - Throws: `QueryError` where it is none, or several values stand after another operator than `==`.
    public init(_ text: String) throws(QueryError) {
        guard let begin = text.firstIndex(where: { "=!<>".contains($0) }),
            let comparison = Comparison.allCases.first(where: { text[begin...].hasPrefix($0.rawValue) }),
            let path = PropertyPath(text[..<begin].trimmed)
        else { throw .badFilter(text) }
        let rest = text[begin...].dropFirst(comparison.rawValue.count)
        let values = rest.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
        guard !values.contains(where: \.isEmpty) else { throw .badFilter(text) }
        if values.count > 1, comparison != .equal { throw .listNeedsEquality(text) }
        self.init(path: path, comparison, values: values.map(String.init))
    }

    /// The filter as it is written, not encoded.
    public var text: String { path.text + comparison.rawValue + values.joined(separator: ",") }
}

extension PropertyFilter {
    /// Whether an entity passes.
    ///
    /// Of a list it is enough that one element does. What an entity does not have is equal to nothing, and neither
    /// less nor greater than anything.
    public func matches(_ entity: JSONValue) -> Bool {
        let found = path.values(in: entity)
        return switch comparison {
        case .equal: found.contains(where: isOneOfValues)
        case .notEqual: !found.contains(where: isOneOfValues)
        case .less: compares(found) { $0 < 0 }
        case .atMost: compares(found) { $0 <= 0 }
        case .greater: compares(found) { $0 > 0 }
        case .atLeast: compares(found) { $0 >= 0 }
        }
    }

    private func isOneOfValues(_ found: JSONValue) -> Bool {
        values.contains { found.order(comparedTo: $0) == 0 }
    }

    private func compares(_ found: [JSONValue], _ holds: (Int) -> Bool) -> Bool {
        guard let value = values.first else { return false }
        return found.contains { $0.order(comparedTo: value).map(holds) ?? false }
    }
}

extension JSONValue {
    /// Where the value stands beside one that a filter names: -1 before, 0 equal, 1 after; nil where the two cannot
    /// be compared.
    fileprivate func order(comparedTo text: String) -> Int? {
        switch self {
        case .string(let own): own == text ? 0 : (own < text ? -1 : 1)
        case .integer(let own):
            if let other = Int(text) {
                own == other ? 0 : (own < other ? -1 : 1)
            } else {
                Double(own).order(text)
            }
        case .number(let own): own.order(text)
        case .bool(let own): String(own) == text.lowercased() ? 0 : nil
        case .null: text == "null" ? 0 : nil
        case .array, .object: nil
        }
    }
}

extension Double {
    fileprivate func order(_ text: String) -> Int? {
        guard let other = Double(text), !other.isNaN else { return nil }
        return self == other ? 0 : (self < other ? -1 : 1)
    }
}

extension StringProtocol {
    /// The text without spaces at its ends.
    fileprivate var trimmed: SubSequence {
        let start = firstIndex { $0 != " " } ?? endIndex
        let end = lastIndex { $0 != " " }.map(index(after:)) ?? start
        return self[start..<Swift.max(start, end)]
    }
}
