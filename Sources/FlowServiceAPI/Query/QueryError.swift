// What is wrong with the query of a list, with the codes of the API.

/// A query does not follow the grammar.
public enum QueryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A limit that is no positive number.
    case badLimit(String)
    /// A count that is neither true nor false.
    case badCount(String)
    /// Limit and count exclude each other.
    case limitWithCount
    /// A filter that is no path, operator and value.
    case badFilter(String)
    /// A list of values with another operator than `==`.
    case listNeedsEquality(String)
    /// An order that is no list of paths.
    case badOrder(String)

    /// The code of the API's catalogue; nil where it has none.
    public var code: ErrorCode? {
        switch self {
        case .badLimit, .badCount: nil
        case .limitWithCount: .limitWithCount
        case .badFilter: .badFilter
        case .listNeedsEquality: .filterListNeedsEquality
        case .badOrder: .badOrder
        }
    }

    /// The word of the query that is wrong.
    public var word: String {
        switch self {
        case .badLimit, .limitWithCount: "limit"
        case .badCount: "count"
        case .badFilter, .listNeedsEquality: "property"
        case .badOrder: "orderby"
        }
    }

    /// The reason in one sentence, without its full stop.
    public var description: String {
        switch self {
        case .badLimit(let text): "limit is a number from 1 on, not “\(text.shown)”"
        case .badCount(let text): "count is true or false, not “\(text.shown)”"
        case .limitWithCount: "limit and count cannot be asked for together"
        case .badFilter(let text):
            "“\(text.shown)” is no filter: a path, one of ==, !=, <, <=, >, >=, and a value"
        case .listNeedsEquality(let text): "“\(text.shown)” has several values, which only == takes"
        case .badOrder(let text):
            "“\(text.shown)” is no order: paths with commas between, each with + or - before it"
        }
    }
}

extension String {
    /// The text as a message quotes it: its beginning, without control characters.
    var shown: String {
        let visible = String(String.UnicodeScalarView(unicodeScalars.prefix(80).filter { !$0.isControl }))
        return visible.unicodeScalars.count < unicodeScalars.count ? visible + "…" : visible
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
