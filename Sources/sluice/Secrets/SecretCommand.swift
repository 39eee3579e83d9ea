// A command that prints a secret, as programs that keep passwords do. It is run without a shell; what it prints is the
// secret, and no error repeats anything of that.
import ChildPrograms
import ExportDomain
import FoundationEssentials
import Glibc
import Languages
import Secrets
import TerminalKit

/// A command whose standard output is a secret.
struct SecretCommand: Equatable {
    /// The program and its arguments.
    let words: [String]

    /// So long it may take where it can ask a person for something: to touch a key, to type a number.
    static let longestWithTerminal = Duration.seconds(300)
    /// So long it may take where it cannot.
    static let longest = Duration.seconds(60)

    /// Reads a command as people write it.
    /// - Throws: `Failure` for a text that is no command.
    init(_ text: String) throws {
        guard let words = CommandWords.split(text) else {
            throw Failure(
                Text(
                    "The command for a secret has a quotation mark or a backslash without what belongs to it."
                ),
                status: ExitStatus.usage)
        }
        guard words.first?.isEmpty == false else {
            throw Failure(
                Text("The command for a secret is empty: name a program, and its arguments."),
                status: ExitStatus.usage)
        }
        self.words = words
    }

    /// The program as it was written.
    var program: String { words[0] }

    /// Runs it, and gives what it prints.
    ///
    /// - Parameter usesTerminal: whether it may ask a person, who then sees its errors as they come.
    /// - Throws: `Failure`; `CancellationError`.
    func secret(usesTerminal: Bool) async throws -> Secret {
        let environment = ProcessInfo.processInfo.environment
        guard let path = ProgramSearch.path(of: SecretSource.expanded(program), environment: environment)
        else {
            throw Failure(
                Text(
                    "There is no program “\(program)” that may be run: give its path, and make it executable."
                ))
        }
        let limit = usesTerminal ? Self.longestWithTerminal : Self.longest
        let run = ChildProgram(
            [path] + words.dropFirst(), environment: environment, timeLimit: limit,
            // One byte more tells what is too long.
            outputLimit: FormModel.longestFile + 1, usesTerminal: usesTerminal)
        // Whoever is killed while it hides what is typed would leave the terminal so.
        var modes = termios()
        let hasModes = usesTerminal && tcgetattr(STDIN_FILENO, &modes) == 0
        defer { if hasModes { tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) } }
        let outcome: ChildProgram.Outcome
        do { outcome = try await run.run() } catch let error as ChildProgramError {
            throw Failure(Text("\(error.text)."))
        }
        return try secret(of: outcome, within: limit)
    }

    /// The secret that a run of it has printed.
    ///
    /// - Throws: `Failure` that says why there is none; `CancellationError` where Ctrl-C has ended it.
    func secret(of outcome: ChildProgram.Outcome, within limit: Duration) throws -> Secret {
        let said = outcome.lastError.map {
            TextWidth.standard.truncated(TextWidth.standard.sanitized(String($0)), to: 200)
        }
        switch outcome.ending {
        case .exited(0): break
        case .exited(let status):
            throw Failure(
                said.map { Text("The command “\(program)” ended with status \(status): \($0)") }
                    ?? Text("The command “\(program)” ended with status \(status), and gave no secret."))
        case .killed(signal: SIGINT): throw CancellationError()
        case .killed(let signal):
            throw Failure(Text("The command “\(program)” was ended by signal \(signal), and gave no secret."))
        case .timedOut:
            throw Failure(
                Text(
                    "The command “\(program)” was not done after \(limit.components.seconds) seconds, and was killed."
                ))
        }
        return try SecretSource.secret(in: outcome.outputBytes, of: Text("What “\(program)” printed"))
    }
}
