// The timer of systemd's user manager: its two files, and the program that is told of them.
import ChildPrograms
import FoundationEssentials
import Languages
import TerminalKit

/// What is installed with systemd, for the person who gives the command.
struct SystemdSchedule {
    private let environment = ProcessInfo.processInfo.environment
    private static let service = SystemdUnits.dueName + ".service"
    private static let timer = SystemdUnits.dueName + ".timer"

    /// Whether the user manager runs, and can be reached from here.
    func isThere() async -> Bool {
        guard let answer = try? await systemctl(["show-environment"]) else { return false }
        return answer.isSuccess
    }

    /// Writes the units, and starts the timer.
    /// - Throws: `Failure` where that cannot be done; nothing is left then that was not there before.
    func install(_ units: SystemdUnits) async throws {
        let before = try installedService()
        if let before, !units.isSameHome(as: before) {
            throw Failure.otherHome(
                Text("\(try path(of: Self.service)) is there"), units.export.home)
        }
        do {
            try write(units.dueService, to: try path(of: Self.service))
            try write(units.dueTimer, to: try path(of: Self.timer))
            try await mustSucceed(["daemon-reload"])
            try await mustSucceed(["enable", Self.timer])
            // Also where it runs already: the old one would go on as it was.
            try await mustSucceed(["restart", Self.timer])
        } catch {
            if before == nil { _ = try? await remove() }
            throw error
        }
        StandardError.tell(
            Text(
                """
                Installed as \(try path(of: Self.timer)), beside \(Self.service), of systemd's user manager: every \(ScheduledExport.interval) minutes it is looked what is due in \(units.export.home).
                What it has done:   \(units.export.log), which is there after the first look
                What went wrong:    journalctl --user -u \(Self.service)
                When it runs next:  systemctl --user list-timers \(Self.timer)
                To undo it:         sluice schedule remove
                It runs while you are signed in; loginctl enable-linger lets it run also when you are not.
                """))
    }

    /// The units that are installed; nil where there is none.
    func installed() throws -> String? {
        let texts = try [Self.service, Self.timer].compactMap { name in
            let path = try path(of: name)
            return Self.text(of: path).map { "# \(path)\n" + $0 }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    /// Stops the timer, and removes the units; false where there is none.
    func remove() async throws -> Bool {
        guard try installed() != nil else { return false }
        let told = try? await systemctl(["disable", "--now", Self.timer])
        // What enabling has made, where the manager could not be told.
        for name in [Self.service, Self.timer, "timers.target.wants/\(Self.timer)"] {
            try? FileManager.default.removeItem(atPath: try path(of: name))
        }
        if let left = try installed() {
            throw Failure(Text("Cannot remove \(left.prefix { !$0.isNewline })."))
        }
        _ = try? await systemctl(["daemon-reload"])
        if told?.isSuccess != true {
            StandardError.tell(
                Text(
                    "systemd's user manager could not be told: a timer that runs there ends when you sign out."
                )
            )
        }
        return true
    }

    private func installedService() throws -> String? { Self.text(of: try path(of: Self.service)) }

    private static func text(of path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The path of a unit (systemd.unit(5), “User Unit Search Path”).
    private func path(of unit: String) throws -> String {
        let given = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        guard let folder = given ?? environment["HOME"].map({ $0 + "/.config" }) else {
            throw Failure(Text("There is no folder for systemd's units: set HOME."))
        }
        return "\(folder)/systemd/user/\(unit)"
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: URL(filePath: path).deletingLastPathComponent().path,
                withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Failure(Text("Cannot write \(path): check that its folder can be written to."))
        }
    }

    private func mustSucceed(_ arguments: [String]) async throws {
        let outcome = try await systemctl(arguments)
        if outcome.isSuccess { return }
        throw Failure(
            Text(
                "systemctl --user \(arguments.joined(separator: " ")) failed: \(outcome.complaint) Without systemd, --with cron does it."
            )
        )
    }

    private func systemctl(_ arguments: [String]) async throws -> ChildProgram.Outcome {
        guard let program = ProgramSearch.path(of: "systemctl", environment: environment) else {
            throw Failure(Text("There is no systemctl here: --with cron does it without systemd."))
        }
        return try await ChildProgram(
            [program, "--user"] + arguments, environment: environment, timeLimit: .seconds(60)
        ).run()
    }
}
