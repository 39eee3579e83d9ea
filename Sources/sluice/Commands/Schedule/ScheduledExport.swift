// What systemd and cron are to run: this program, for one home folder, wherever it is started from.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import Glibc
import Languages
import TerminalKit

/// A command that works on one home folder, with every path absolute.
struct ScheduledExport: Equatable {
    /// The program's path.
    var program: String
    /// The home folder's path.
    var home: String
    /// The other options that say how it works.
    var options: [String] = []

    /// How often it is looked what is due, in minutes.
    static let interval = 5

    /// The file that has what the exports have come to.
    var log: String { home + "/schedule.log" }

    /// Runs once what is due.
    var command: [String] { whole(["runs", "start", "--due"]) + ["--log-file", log] }

    /// Serves the platform, and runs what falls due.
    var serving: [String] { whole(["serve"]) }

    private func whole(_ words: [String]) -> [String] {
        [program] + words + ["--profile", "embedded", "--home", home] + options
    }

    /// Whether a text that was installed, whose words are written in a certain way, is for the same home folder.
    func hasHome(of text: String, writing word: (String) -> String) -> Bool {
        text.contains(" --home \(word(home)) ")
    }
}

extension MachineOptions {
    /// This program with the options that say where it works, each as it means now.
    /// - Throws: `Failure` for what neither systemd nor cron could be told.
    func scheduledExport() throws -> ScheduledExport {
        let environment = ProcessInfo.processInfo.environment
        let given = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let home = Home.location(path: home, environment: environment) else {
            throw PlatformError.homeUnknown
        }
        var export = ScheduledExport(program: try ThisProgram.path(), home: home)
        var files: [(option: String, path: String)] = []
        switch passphraseSource.given {
        case .file(let path): files.append(("--passphrase-file", path))
        case .command(let command): export.options += ["--passphrase-command", command]
        case .environment, .standardInput, nil: break
        }
        if let path = cacert ?? given("SSL_CERT_FILE") { files.append(("--cacert", path)) }
        for (option, path) in files.map({ ($0.option, $0.path.absolutePath) }) {
            guard access(path, R_OK) == 0 else {
                throw Failure(
                    Text("\(TextWidth.standard.sanitized(path)) cannot be read: give \(option) FILE."))
            }
            export.options += [option, path]
        }
        if let limit { export.options += ["--limit", String(limit.value)] }
        if let transfers { export.options += ["--transfers", String(transfers.value)] }
        if let bad = export.command.first(where: \.hasControlCharacter) {
            throw Failure(
                Text(
                    "\(TextWidth.standard.sanitized(bad)) has a control character, which no schedule can have."
                ),
                status: ExitStatus.usage)
        }
        return export
    }
}

extension String {
    fileprivate var hasControlCharacter: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
