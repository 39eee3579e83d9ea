// A person's table of cron, in which one line is sluice's (crontab(5)).

/// The bytes of a table, line by line: those of others may be in any encoding, and stay as they are.
struct Crontab: Equatable {
    private var lines: [[UInt8]]

    /// What the line of sluice ends with: the shell that cron starts takes it for a comment.
    static let mark = "# sluice schedule"

    /// Reads a table.
    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        if lines.last == [] { lines.removeLast() }
    }

    /// The table as it is written.
    var bytes: [UInt8] { lines.flatMap { $0 + [UInt8(ascii: "\n")] } }

    /// Whether there is no line at all.
    var isEmpty: Bool { lines.isEmpty }

    /// The line of sluice; nil where there is none.
    var entry: String? { lines.first(where: Self.isOurs).map { String(decoding: $0, as: UTF8.self) } }

    /// The table with another line of sluice in the place of the one that it had, or after all others; nil for none.
    func replacing(with entry: String?) -> Crontab {
        var table = self
        let place = lines.firstIndex(where: Self.isOurs)
        table.lines.removeAll(where: Self.isOurs)
        if let entry { table.lines.insert(Array(entry.utf8), at: place ?? table.lines.count) }
        return table
    }

    /// The line that runs what is due every few minutes.
    static func entry(for export: ScheduledExport) -> String {
        let words = export.command.map(word).joined(separator: " ")
        // The table of runs would come by mail every time.
        return "*/\(ScheduledExport.interval) * * * * \(words) >/dev/null 2>>\(word(export.log)) \(mark)"
    }

    /// Whether a line that is installed is for the same home folder.
    static func isEntry(_ line: String, for export: ScheduledExport) -> Bool {
        export.hasHome(of: line, writing: word)
    }

    private static func isOurs(_ line: [UInt8]) -> Bool {
        line.reversed().starts(with: " \(mark)".utf8.reversed()) && line.first != UInt8(ascii: "#")
    }

    /// A word as a shell reads it (POSIX, Shell Command Language, 2.2.2), after cron, which makes a line break of a
    /// percent sign without a backslash, also within quotes.
    private static func word(_ word: String) -> String {
        word.isPlainWord
            ? word : "'" + word.replacing("'", with: "'\\''").replacing("%", with: "\\%") + "'"
    }
}
