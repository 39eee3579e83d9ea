// Where a change of an entity applies (RFC 6901).

/// A JSON Pointer: the keys and indices that lead to a value.
public struct JSONPointer: Sendable, Hashable {
    /// Keys and indices, not escaped; none for the whole document.
    public let steps: [String]

    /// More than the deepest entity has.
    private static let longest = 64

    /// Points along these keys.
    public init(steps: [String]) { self.steps = steps }

    /// Reads a pointer; nil where it does not begin with a slash, or an escape is none.
    public init?(_ text: String) {
        if text.isEmpty {
            steps = []
            return
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.first == "", parts.count <= Self.longest else { return nil }
        var steps: [String] = []
        for part in parts.dropFirst() {
            guard let step = Self.unescaped(part) else { return nil }
            steps.append(step)
        }
        self.steps = steps
    }

    /// The pointer as it is written.
    public var text: String {
        steps.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }

    private static func unescaped(_ part: Substring) -> String? {
        var rest = part
        var result = ""
        while let tilde = rest.firstIndex(of: "~") {
            result += rest[..<tilde]
            switch rest[rest.index(after: tilde)...].first {
            case "0": result += "~"
            case "1": result += "/"
            default: return nil
            }
            rest = rest[rest.index(tilde, offsetBy: 2)...]
        }
        return result + rest
    }
}
