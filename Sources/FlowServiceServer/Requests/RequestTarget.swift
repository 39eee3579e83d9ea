// The first line of a request, read once and strictly: whatever could mean two things is refused.
import FlowServiceAPI

/// What a request is about: the segments of its path and the words of its query, decoded.
struct RequestTarget: Sendable, Hashable {
    /// The segments of the path; a slash at its end makes none.
    var path: [String]
    /// The words of the query in their order.
    var query: [ListQuery.Item]

    /// More than any path or query of the API has.
    private static let mostParts = 64

    /// Reads a target in origin form (RFC 9112, section 3.2.1).
    ///
    /// Nil for one that is not: without a slash before it, with an escape that is none, or with bytes that are not
    /// UTF-8. Whatever else is in a segment, also dots and slashes that were escaped, is only a text: no path leads to a
    /// file here.
    init?(_ text: String) {
        guard text.hasPrefix("/"), !text.contains("#") else { return nil }
        let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var parts = halves[0].dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        if parts.last == "" { parts.removeLast() }
        guard parts.count <= Self.mostParts else { return nil }
        path = []
        for part in parts {
            guard let segment = Self.decoded(part) else { return nil }
            path.append(segment)
        }
        query = []
        guard halves.count == 2 else { return }
        guard let items = Self.items(halves[1]) else { return nil }
        query = items
    }

    /// Reads the words of a query, or of a form in a body (`application/x-www-form-urlencoded`).
    static func items(_ text: some StringProtocol) -> [ListQuery.Item]? {
        let parts = text.split(separator: "&")
        guard parts.count <= mostParts else { return nil }
        var items: [ListQuery.Item] = []
        for part in parts {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decodedWord(halves[0]),
                let value = decodedWord(halves.count == 2 ? halves[1] : "")
            else { return nil }
            items.append(ListQuery.Item(name, value))
        }
        return items
    }

    /// The value of a word of the query; nil where it is absent.
    subscript(word: String) -> String? { query.first { $0.name == word }?.value }

    private static func decodedWord(_ text: some StringProtocol) -> String? {
        decoded(String(text).replacing("+", with: " "))
    }

    private static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
