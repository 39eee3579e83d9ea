// What every GET answers: a list of items, also for one id.
import ExportDomain

/// A page of a list.
public struct ListAnswer<Item: WireValue>: Sendable {
    /// The items.
    public var items: [Item]
    /// The token of the next page, from the link to it; nil on the last.
    public var continuationToken: String?

    /// Puts a page together.
    public init(items: [Item], continuationToken: String? = nil) {
        self.items = items
        self.continuationToken = continuationToken
    }

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - bytes: the body.
    ///   - noun: what the items are called together, for errors.
    /// - Throws: `WireError` where it is no list; the error of an item names it.
    public init(reading bytes: [UInt8], as noun: String = "list") throws(WireError) {
        let place = JSONPlace(noun)
        let object = try JSONObject(JSONValue(reading: bytes, as: noun), at: place)
        items = try object.require(Field<[Item]>("items"))
        let links = try object.value(["_links"], as: JSONObject.self)
        let next = try links?.value(["next"], as: JSONObject.self)
        let link = try next?.value(["href"], as: String.self)
        continuationToken = link.flatMap { ListQuery(link: $0)?.continuationToken }
    }

    /// The page as JSON.
    ///
    /// - Parameter query: the list and what it was asked for, to which the token of the next page is added.
    public func json(query: ListQuery) -> JSONValue {
        var links: [String: JSONValue] = [:]
        if let continuationToken {
            var next = query
            next.continuationToken = continuationToken
            links["next"] = .object(["href": .string(next.link)])
        }
        return .object(["items": items.json, "_links": .object(links)])
    }
}

extension ListAnswer {
    /// The one item of an answer to a question for one id; nil for an empty list.
    public var single: Item? { items.first }
}
