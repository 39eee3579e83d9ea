// Exit statuses, which scripts rely on, and where the last words of a failed command go.
import ArgumentParser
import ExportDomain
import Glibc

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
            StandardError.write("sluice: \(failure.sentence)")
            end(failure.status)
        }
        if error is CancellationError { end(interrupted) }
        switch Sluice.exitCode(for: error) {
        case .success:
            print(Sluice.fullMessage(for: error))
            end(0)
        case .validationFailure:
            StandardError.write(Sluice.fullMessage(for: error))
            end(usage)
        default:
            StandardError.write("sluice: \(error)")
            end(failed)
        }
    }
}

/// Why a command was not done, in one sentence for the person who gave it.
struct Failure: Error, CustomStringConvertible {
    var sentence: String
    var status: Int32 = ExitStatus.failed

    var description: String { sentence }
}

/// Standard error, for logs, progress and last words; results go to standard output alone.
enum StandardError {
    static func write(_ line: String, ending: String = "\n") {
        let bytes = Array((line + ending).utf8)
        bytes.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
