// Where a secret comes from. Never from an argument: those are in the list of processes and in the shell's history.
import ExportDomain
import FoundationEssentials
import Glibc
import Languages
import Secrets

/// A place that a secret is read from.
enum SecretSource: Equatable {
    /// A file, whole; a path that begins with `~/` is in the home folder of the person.
    case file(String)
    /// A variable of the environment.
    case environment(String)
    /// Standard input, to its end.
    case standardInput
    /// What a command prints, which is run without a shell.
    case command(String)

    /// What a command is written behind.
    private static let commandPrefix = "command:"

    /// The ways that there are, for whoever has taken another.
    static func ways(of field: String) -> Text {
        Text(
            "give \(field)=@FILE, \(field)=env:VARIABLE, \(field)=command:COMMAND or \(field)=- for standard input"
        )
    }

    /// Understands `@file`, `env:VARIABLE`, `command:COMMAND` and `-`; nil for what may be the secret itself.
    init?(_ text: String) {
        if text == "-" {
            self = .standardInput
        } else if text.hasPrefix("@"), text.count > 1 {
            self = .file(String(text.dropFirst()))
        } else if text.hasPrefix("env:"), text.count > 4 {
            self = .environment(String(text.dropFirst(4)))
        } else if text.hasPrefix(Self.commandPrefix) {
            self = .command(String(text.dropFirst(Self.commandPrefix.count)))
        } else {
            return nil
        }
    }

    /// Reads the secret; a line break at the end of a single line does not belong to it.
    ///
    /// - Parameters:
    ///   - mayWait: whether a file may be a pipe, which is read until whoever writes to it has ended; not where a screen
    ///     waits for the answer.
    ///   - mayAsk: whether a command may ask for something at the terminal; not where a screen has it.
    /// - Throws: `Failure` that says what cannot be read; nothing of the content is in it. `CancellationError`.
    func read(mayWait: Bool = true, mayAsk: Bool = TerminalPrompt.isPossible) async throws -> Secret {
        switch self {
        case .command(let text): return try await SecretCommand(text).secret(usesTerminal: mayAsk)
        case .environment(let name):
            guard let text = ProcessInfo.processInfo.environment[name], !text.isEmpty else {
                throw Failure(Text("The environment variable \(name) is not set, or empty."))
            }
            return Secret(text)
        case .file(let path):
            // Even to open a pipe is to wait for whoever writes to it.
            let flags = O_RDONLY | O_CLOEXEC | (mayWait ? 0 : O_NONBLOCK)
            let descriptor = open(Self.expanded(path), flags)
            guard descriptor >= 0 else {
                throw Failure(Text("Cannot read \(path): \(String(cString: strerror(errno)))."))
            }
            defer { close(descriptor) }
            guard mayWait || Self.isPlainFile(descriptor) else {
                throw Failure(Text("\(path) is not a file: name the file that holds the secret."))
            }
            return try Self.secret(from: descriptor, called: .verbatim(path))
        case .standardInput:
            return try Self.secret(from: STDIN_FILENO, called: Text("standard input"))
        }
    }

    /// A path with the home folder of the person in the place of `~`, which no shell has seen to here.
    static func expanded(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"]
        else { return path }
        return home + path.dropFirst()
    }

    private static func isPlainFile(_ descriptor: Int32) -> Bool {
        var facts = stat()
        return fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    }

    private static func secret(from descriptor: Int32, called name: Text) throws -> Secret {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure(Text("Cannot read \(name): \(String(cString: strerror(errno)))."))
            }
            if count == 0 { break }
            bytes += piece[..<count]
            guard bytes.count <= FormModel.longestFile else { throw tooLong(name) }
        }
        return try secret(in: bytes, of: name)
    }

    /// The secret that some bytes are.
    ///
    /// - Parameter name: what they come from, as the subject of a sentence.
    /// - Throws: `Failure` where they are no secret.
    static func secret(in bytes: [UInt8], of name: Text) throws -> Secret {
        guard bytes.count <= FormModel.longestFile else { throw tooLong(name) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(Text("\(name) is not text: give a key as PEM or OpenSSH text, or in Base64."))
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard !lines.isEmpty else { throw Failure(Text("\(name) is empty.")) }
        return Secret(lines.count == 1 ? String(lines[0]) : text)
    }

    private static func tooLong(_ name: Text) -> Failure {
        Failure(Text("\(name) has more than \(FormModel.longestFile) bytes: it is no secret."))
    }
}
