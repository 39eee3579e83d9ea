// Keys and values as TOML writes them, for files that are put together line by line, with comments.
import ExportDomain
import FoundationEssentials

/// Pieces of TOML text.
public enum TOMLWriting {
    /// A key with its value, which is TOML already; the key in quotes where it needs them.
    public static func entry(_ key: String, _ value: String) -> String {
        let isBare = !key.isEmpty && key.utf8.allSatisfy(\.isBareKey)
        return "\(isBare ? key : text(key)) = \(value)"
    }

    /// A basic string (TOML 1.0): JSON's escapes, and one more for DEL.
    public static func text(_ text: String) -> String {
        JSONValue.quoted(text).replacing("\u{7F}", with: "\\u007F")
    }
}

extension UInt8 {
    /// Whether the byte may stand in a key without quotes (TOML 1.0, “Keys”).
    var isBareKey: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
