// All colours on terminals that have them and whose descriptions do not know it.

import Glibc

/// What a terminal says of its colours beside its description.
public enum DirectColor {
    /// Lets the process describe its terminal as one with all colours, where COLORTERM says that it is.
    ///
    /// It is the environment that says so, so this belongs before anything that may read that on another thread, and
    /// before the terminal is taken over. Nothing is changed where the description has all colours, or cannot be read.
    public static func describe() {
        guard let colors = Environment.value("COLORTERM"), ["truecolor", "24bit"].contains(colors),
            let type = Environment.value("TERM"), !type.contains("/"), let initial = type.first
        else { return }
        for folder in folders {
            guard let bytes = contents(of: "\(folder)/\(initial)/\(type)") else { continue }
            if let description = TerminalDescription(bytes)?.withDirectColor {
                setenv("TERMINFO", quickDump(description), 1)
            }
            return
        }
    }

    /// A description as ncurses takes it from the environment (infocmp(1), -Q).
    static func quickDump(_ description: TerminalDescription) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let text = description.bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "hex:" + String(decoding: text, as: UTF8.self)
    }

    /// Where descriptions are, in the order in which ncurses looks (terminfo(5), "Fetching Compiled Descriptions").
    private static var folders: [String] {
        let own = Environment.value("TERMINFO").map { [$0] } ?? []
        let home = Environment.value("HOME").map { ["\($0)/.terminfo"] } ?? []
        let others = Environment.value("TERMINFO_DIRS")?.split(separator: ":").map(String.init) ?? []
        return own + home + others + [
            "/etc/terminfo", "/lib/terminfo", "/usr/lib/terminfo", "/usr/share/terminfo",
        ]
    }

    /// The bytes of a file; nil where it cannot be read, or is larger than any description.
    private static func contents(of path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 15)
        let count = read(file, &bytes, bytes.count)
        return count > 0 && count < bytes.count ? Array(bytes[..<count]) : nil
    }
}
