// How deep a JSON text goes, before anything is made of it.

/// The depth of objects and lists in a JSON text.
enum Nesting {
    /// Whether no object or list lies in more than `limit` others.
    ///
    /// Only brackets outside of strings count; whether the text is JSON is not looked at.
    static func isWithin(_ limit: Int, _ bytes: [UInt8]) -> Bool {
        var depth = 0
        var isString = false
        var isEscaped = false
        for byte in bytes {
            if isString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                if depth > limit { return false }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return true
    }
}
