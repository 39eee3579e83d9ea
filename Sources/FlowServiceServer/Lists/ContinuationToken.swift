// Where the next page of a list begins, as a text that clients hand back: it also holds which list that is, so that
// it goes on with the same filters and order whoever leaves them out.
import ExportDomain
import FlowServiceAPI
import FoundationEssentials
import Languages

/// A token of a next page.
struct ContinuationToken: Sendable, Hashable {
    /// Where a page begins.
    enum Position: Sendable, Hashable {
        /// Where the platform says.
        case platform(String)
        /// After an entity; the number of those up to it, for when it is gone.
        case after(id: String, index: Int)
    }

    /// The list.
    var path: String
    /// Its filters.
    var filters: [PropertyFilter]
    /// Its order.
    var order: Ordering?
    /// Where the page begins.
    var position: Position

    /// The token does not belong to the list that it came with.
    static let foreign = FlowServiceError.invalid(
        field: "continuationToken", reason: .verbatim("The continuation token does not belong to this list"))

    /// Makes a token.
    init(path: String, filters: [PropertyFilter], order: Ordering?, position: Position) {
        self.path = path
        self.filters = filters
        self.order = order
        self.position = position
    }

    /// Reads a token of a list.
    ///
    /// - Throws: `foreign`, or what is wrong with its filters.
    init(_ text: String, path: String) throws {
        guard let bytes = [UInt8](base64URL: text),
            Nesting.isWithin(4, bytes), let json = try? JSONValue(reading: bytes, as: "continuation token"),
            case .object(let members) = json, members["list"]?.text == path
        else { throw Self.foreign }
        let position: Position
        switch (members["page"]?.text, members["after"]?.text, members["index"]) {
        case (let token?, nil, nil): position = .platform(token)
        case (nil, let id?, .integer(let index)?) where index >= 0: position = .after(id: id, index: index)
        default: throw Self.foreign
        }
        guard case .array(let filters)? = members["property"] else { throw Self.foreign }
        self.init(
            path: path, filters: try filters.map { try PropertyFilter($0.text ?? "") },
            order: try members["orderby"]?.text.map { try Ordering($0) }, position: position)
    }

    /// The token as it travels: without any sign that a URL would have to escape.
    var text: String {
        get throws {
            var members: [String: JSONValue] = [
                "list": .string(path), "property": .array(filters.map { .string($0.text) }),
            ]
            members["orderby"] = order.map { .string($0.text) }
            switch position {
            case .platform(let token): members["page"] = .string(token)
            case .after(let id, let index):
                members["after"] = .string(id)
                members["index"] = .integer(index)
            }
            return try JSONValue.object(members).body(of: "continuation token").base64URL
        }
    }
}

extension [UInt8] {
    /// Base64 for URLs, without padding (RFC 4648, section 5).
    fileprivate var base64URL: String {
        Data(self).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
    }

    fileprivate init?(base64URL text: String) {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding) else { return nil }
        self = Array(data)
    }
}
