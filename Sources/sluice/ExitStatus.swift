// Exit statuses, which scripts rely on, and where the last words of a failed command go.
import ArgumentParser
import ExportDomain
import Glibc
import Languages
import TerminalKit

/// How a command ends.
enum ExitStatus {
    /// Something was not done; standard error says what.
    static let failed: Int32 = 1
    /// The arguments were wrong.
    static let usage: Int32 = 2
    /// Verification found differences.
    static let differences: Int32 = 3
    /// Stopped by Ctrl-C.
    static let interrupted: Int32 = 130

    /// Ends the process, once what was printed is out.
    ///
    /// The libraries' own exit handlers are left out: they would take away what the threads of connections may
    /// still be using.
    static func end(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }

    /// Says on standard error why the command was not done, and ends the process.
    ///
    /// Help that was asked for goes to standard output and is no failure.
    static func end(with error: any Error) -> Never {
        if let code = error as? ExitCode { end(code.rawValue) }
        if let failure = error as? Failure {
            StandardError.tell(failure.text)
            for line in failure.details { StandardError.write(line) }
            end(failure.status)
        }
        if error is CancellationError { end(interrupted) }
        switch Sluice.exitCode(for: error) {
        case .success:
            print(CommandHelp.message(for: error))
            end(0)
        case .validationFailure:
            StandardError.write(CommandHelp.message(for: error))
            end(usage)
        default:
            StandardError.write("sluice: " + TextWidth.standard.sanitized(Text.of(error).said))
            end(failed)
        }
    }
}

/// Why a command was not done, in one sentence for the person who gave it.
struct Failure: Error, Localized {
    var text: Text
    /// Lines that follow it.
    var details: [String] = []
    var status: Int32

    init(_ text: Text, status: Int32 = ExitStatus.failed) {
        self.text = text
        self.status = status
    }
}

/// Standard error, for logs, progress and last words; results go to standard output alone.
enum StandardError {
    /// Tells a person something, in the language of the process; it says who tells it.
    ///
    /// Names from outside are made harmless; the line breaks are those of the text.
    static func tell(_ text: Text) { write("sluice: \(text.withValuesInOneLine.said)") }

    /// Writes a line, or several.
    ///
    /// Whatever names and messages of others are in it, no terminal is steered by it.
    static func write(_ text: String, ending: String = "\n") {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        send(lines.map { TextWidth.standard.sanitized(String($0)) }.joined(separator: "\n") + ending)
    }

    /// Writes as it is what steers a terminal.
    static func steer(_ sequence: String) { send(sequence) }

    private static func send(_ text: String) {
        let bytes = Array(text.utf8)
        bytes.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
