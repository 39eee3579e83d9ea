// What a list is asked for: its path and the words of its query.
import FoundationEssentials

/// A list and which part of it is asked for.
public struct ListQuery: Sendable, Hashable {
    /// The path below the base of the API, like `/flows`.
    public var path: String
    /// At most so many items a page.
    public var limit: Int?
    /// The page; the first where it is nil.
    public var continuationToken: String?
    /// In which order.
    public var order: Ordering?
    /// Which items: those that all filters let through.
    public var filters: [PropertyFilter]
    /// Whether only the number of the items is asked for.
    public var countsOnly: Bool
    /// Words of the query that belong to one list only, in their order.
    public var others: [Item]

    /// A word of a query and its value.
    public struct Item: Sendable, Hashable {
        /// The word.
        public var name: String
        /// Its value, not encoded.
        public var value: String

        /// Takes a word and its value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Asks for a list.
    public init(
        _ path: String, limit: Int? = nil, continuationToken: String? = nil, order: Ordering? = nil,
        filters: [PropertyFilter] = [], countsOnly: Bool = false, others: [Item] = []
    ) {
        self.path = path
        self.limit = limit
        self.continuationToken = continuationToken
        self.order = order
        self.filters = filters
        self.countsOnly = countsOnly
        self.others = others
    }

    /// The words of the query, in the order in which they are written.
    public var items: [Item] {
        var items = filters.map { Item("property", $0.text) }
        if let order { items.append(Item("orderby", order.text)) }
        if let limit { items.append(Item("limit", String(limit))) }
        if let continuationToken { items.append(Item("continuationToken", continuationToken)) }
        if countsOnly { items.append(Item("count", "true")) }
        return items + others
    }

    /// Path and encoded query, relative to the base of the API.
    public var link: String {
        var components = URLComponents()
        components.path = path
        let items = items
        if items.isEmpty { return components.string ?? path }
        components.queryItems = items.map { URLQueryItem(name: $0.name, value: $0.value) }
        // A plus is a space to many who read queries.
        return (components.string ?? path).replacing("+", with: "%2B")
    }
}

extension ListQuery {
    /// Reads path and query.
    ///
    /// - Throws: `QueryError` for what does not follow the API's grammar.
    public init(path: String, items: [Item]) throws(QueryError) {
        self.init(path)
        for item in items {
            switch item.name {
            case "property": filters.append(try PropertyFilter(item.value))
            case "orderby": order = try Ordering(item.value)
            case "continuationToken": continuationToken = item.value
            case "limit":
                guard let number = Int(item.value), number > 0 else { throw .badLimit(item.value) }
                limit = number
            case "count":
                guard let flag = ["true": true, "false": false][item.value.lowercased()] else {
                    throw .badCount(item.value)
                }
                countsOnly = flag
            default: others.append(item)
            }
        }
        if countsOnly, limit != nil { throw .limitWithCount }
    }

    /// Reads a link to a page; nil where it is none that can be followed.
    init?(link: String) {
        guard let components = URLComponents(string: link) else { return nil }
        self.init(components.path)
        let token = components.queryItems?.first { $0.name == "continuationToken" }?.value
        guard let token, !token.isEmpty else { return nil }
        continuationToken = token
    }
}
