// How an unfinished file is called until it is whole: hidden, and with its suffix last, so that no program
// that watches for the final name, or for a file type, takes it up. It says what the file is to become.

import Crypto
import Hexadecimal

/// The names of unfinished files: `.part-0.json.gz.0123456789abcdef.tmp`.
enum TemporaryName {
    private static let suffix = ".tmp"
    private static let codeLength = 16
    private static let maximumBytes = 255

    /// A new name for an unfinished `name`.
    static func make(for name: Substring) -> String {
        let code = UInt64.random(in: 0 ... .max).hexadecimal
        return ".\(beginning(of: name)).\(code)\(suffix)"
    }

    /// Whether `name` is that of an unfinished file.
    static func matches(_ name: some StringProtocol) -> Bool { beginning(in: name) != nil }

    /// What the temporary names of `name` have in common, after their first dot: the name itself, or as much
    /// of it as there is room for, with a digest in the place of the rest.
    static func beginning(of name: Substring) -> String {
        let most = maximumBytes - codeLength - suffix.utf8.count - 2
        if name.utf8.count <= most { return String(name) }
        let digest = SHA256.hash(data: Array(name.utf8)).prefix(8)
        let end = "~" + digest.hexadecimal
        var room = most - end.utf8.count
        var kept = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            room -= UTF8.width(scalar)
            if room < 0 { break }
            kept.append(scalar)
        }
        return String(kept) + end
    }

    /// The bytes of this part in the name of an unfinished file; nil if `name` is none.
    static func beginning(in name: some StringProtocol) -> [UInt8]? {
        let bytes = Array(name.utf8)
        guard bytes.first == UInt8(ascii: "."), name.hasSuffix(suffix) else { return nil }
        let stem = bytes.dropLast(suffix.utf8.count)
        let code = stem.suffix(codeLength)
        guard stem.count > codeLength + 1,
            code.allSatisfy({
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }), stem.dropLast(codeLength).last == UInt8(ascii: ".")
        else { return nil }
        return Array(stem.dropFirst().dropLast(codeLength + 1))
    }
}
