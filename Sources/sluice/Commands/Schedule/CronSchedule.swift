// The line in a person's table of cron, read and written by the program crontab.
import ChildPrograms
import FoundationEssentials
import Languages
import TerminalKit

/// What is installed with cron, for the person who gives the command.
struct CronSchedule {
    private let environment = ProcessInfo.processInfo.environment

    /// Whether there is a cron.
    var isThere: Bool { program != nil }

    /// Writes the line into the table; all others stay.
    func install(_ export: ScheduledExport) async throws {
        let table = try await table()
        if let entry = table.entry, !Crontab.isEntry(entry, for: export) {
            throw Failure.otherHome(Text("your table of cron has a line"), export.home)
        }
        try await write(table.replacing(with: Crontab.entry(for: export)))
        StandardError.tell(
            Text(
                """
                Installed as a line of your table of cron: every \(ScheduledExport.interval) minutes it is looked what is due in \(export.home).
                What it has done:  \(export.log), which is there after the first look; if it is not, cron does not run here
                The line:          crontab -l
                To undo it:        sluice schedule remove
                """))
    }

    /// The line that is installed; nil where there is none, and where there is no cron.
    func installed() async throws -> String? {
        isThere ? try await listed()?.entry : nil
    }

    /// Takes the line out of the table; false where there is none.
    func remove() async throws -> Bool {
        guard isThere, case let table = try await table(), table.entry != nil else { return false }
        try await write(table.replacing(with: nil))
        return true
    }

    private var program: String? { ProgramSearch.path(of: "crontab", environment: environment) }

    /// More than any person writes.
    private static let largest = 1 << 20

    /// The table as it is listed; nil where none was ever made.
    private func listed() async throws -> Crontab? {
        let outcome = try await crontab("-l")
        if outcome.isSuccess { return Crontab(outcome.outputBytes) }
        // So say the crons of Debian and others, and that of BusyBox, with the same status as of a failure.
        if ["no crontab for", "No such file"].contains(where: outcome.errors.contains) { return nil }
        throw failure(Text("Your table of cron cannot be read"), outcome)
    }

    /// The table as it is, to the byte; one that was never made is empty.
    ///
    /// A list has two characters in the place of some that are not printed, so that it would not be the same when it
    /// is written back. An editor gets the table itself.
    private func table() async throws -> Crontab {
        if try await listed() == nil { return Crontab([]) }
        let outcome = try await crontab("-e", editor: "cat")
        guard outcome.isSuccess else { throw failure(Text("Your table of cron cannot be read"), outcome) }
        if outcome.outputBytes.count < Self.largest { return Crontab(outcome.outputBytes) }
        throw Failure(Text("Your table of cron is too large to be changed."))
    }

    private func write(_ table: Crontab) async throws {
        let outcome =
            if table.isEmpty { try await crontab("-r") } else {
                try await withFile(table.bytes) { try await crontab($0) }
            }
        if !outcome.isSuccess { throw failure(Text("Your table of cron was not changed"), outcome) }
    }

    /// A file with some bytes, which nobody else can read, as long as it is needed.
    private func withFile<Result>(
        _ bytes: [UInt8], _ body: (String) async throws -> Result
    ) async throws -> Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw Failure(Text("Cannot write \(file), by which crontab is told the table.")) }
        return try await body(file)
    }

    private func failure(_ what: Text, _ outcome: ChildProgram.Outcome) -> Failure {
        Failure(Text("\(what): crontab says: \(outcome.complaint)"))
    }

    private func crontab(_ argument: String, editor: String? = nil) async throws -> ChildProgram.Outcome {
        guard let program else {
            throw Failure(Text("There is no program crontab here: install cron, or give --with systemd."))
        }
        var environment = environment
        for name in ["VISUAL", "EDITOR"] { environment[name] = editor ?? environment[name] }
        return try await ChildProgram(
            [program, argument], environment: environment, timeLimit: .seconds(60), outputLimit: Self.largest
        ).run()
    }
}

extension ChildProgram.Outcome {
    /// What it said of its failure, on one line.
    var complaint: String {
        let words = errors.split(whereSeparator: \.isNewline).joined(separator: " ")
        return words.isEmpty ? "\(ending)" : TextWidth.standard.sanitized(words)
    }
}
