// How an unfinished file is called until it is whole: hidden, and with its suffix last, so that no program
// that watches for the final name, or for a file type, takes it up.

/// The names of unfinished files: `.part-0.json.gz.0123456789abcdef.tmp`.
enum TemporaryName {
    private static let suffix = ".tmp"
    private static let codeLength = 16
    private static let maximumBytes = 255

    /// A new name for an unfinished `name`; the end of a long one is left out.
    static func make(for name: Substring) -> String {
        let code = String(UInt64.random(in: 0 ... .max), radix: 16)
        let padded = String(repeating: "0", count: codeLength - code.utf8.count) + code
        let ending = ".\(padded)\(suffix)"
        var beginning = String.UnicodeScalarView()
        var room = maximumBytes - ending.utf8.count - 1
        for scalar in name.unicodeScalars {
            room -= UTF8.width(scalar)
            if room < 0 { break }
            beginning.append(scalar)
        }
        return ".\(String(beginning))\(ending)"
    }

    /// Whether `name` is that of an unfinished file.
    static func matches(_ name: some StringProtocol) -> Bool {
        let bytes = Array(name.utf8)
        guard bytes.first == UInt8(ascii: "."), name.hasSuffix(suffix) else { return false }
        let stem = bytes.dropLast(suffix.utf8.count)
        let code = stem.suffix(codeLength)
        return stem.count > codeLength + 1
            && code.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
            && stem.dropLast(codeLength).last == UInt8(ascii: ".")
    }
}
