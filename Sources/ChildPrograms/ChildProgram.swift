// Other programs: started without a shell, with nothing of ours open, and ended when their time is over. They have a
// session of their own, and so no terminal, and are ended with all that they have started; but for one that may use the
// terminal, which stays in our process group, as the terminal listens to one group at a time.
import CProcess
import FoundationEssentials
import Glibc
import Languages

/// A program that is run to its end.
public struct ChildProgram: Sendable {
    /// The program by its path, and its arguments.
    public var command: [String]
    /// Its environment.
    public var environment: [String: String]
    /// After so long it is killed, with its children.
    public var timeLimit: Duration
    /// So many bytes of each of its output streams are kept; what is beyond is read and forgotten.
    public var outputLimit: Int
    /// Whether it may use the terminal that this process has, to ask a person for something.
    ///
    /// It then reads our standard input, writes its errors where ours go, as they come, and Ctrl-C and Ctrl-Z mean it
    /// as they mean this process. What it has started is left alone when it is killed.
    public var usesTerminal: Bool

    /// How it ended.
    public enum Ending: Sendable, Hashable {
        /// By itself, with a status.
        case exited(Int32)
        /// By a signal.
        case killed(signal: Int32)
        /// Because its time was over.
        case timedOut
    }

    /// What came of it.
    public struct Outcome: Sendable, Hashable {
        /// How it ended.
        public var ending: Ending
        /// What it wrote to standard output.
        public var outputBytes: [UInt8]
        /// What it wrote to standard error; nothing where that went to the terminal.
        public var errors: String

        /// Puts together what came of a program.
        public init(ending: Ending, outputBytes: [UInt8] = [], errors: String = "") {
            self.ending = ending
            self.outputBytes = outputBytes
            self.errors = errors
        }

        /// What it wrote to standard output, as text; what is not UTF-8 becomes U+FFFD.
        public var output: String { String(decoding: outputBytes, as: UTF8.self) }

        /// The last line that it wrote to standard error, in which most programs say what was wrong; nil for none.
        ///
        /// It is as it was written, control characters and all.
        public var lastError: Substring? {
            errors.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        }

        /// Whether it ended by itself with the status 0.
        public var isSuccess: Bool { ending == .exited(0) }
    }

    /// Takes a command.
    ///
    /// - Parameter command: not empty; its first element is a path, and not looked for.
    public init(
        _ command: [String], environment: [String: String], timeLimit: Duration, outputLimit: Int = 64 << 10,
        usesTerminal: Bool = false
    ) {
        self.command = command
        self.environment = environment
        self.timeLimit = timeLimit
        self.outputLimit = outputLimit
        self.usesTerminal = usesTerminal
    }

    /// How often it is looked whether it has ended.
    private static let interval = Duration.milliseconds(20)

    /// Runs it and returns when it has ended; it has nothing to read, unless it may use the terminal.
    ///
    /// What it leaves running in the background is left alone, unless its time was over. When the task is cancelled,
    /// it is killed with its children.
    /// - Throws: `ChildProgramError.cannotStart`, `CancellationError`.
    public func run() async throws -> Outcome {
        let (output, errors) = (try OutputPipe(limit: outputLimit), try OutputPipe(limit: outputLimit))
        let id = try spawn(output, errors)
        output.closeWritingEnd()
        errors.closeWritingEnd()
        let deadline = ContinuousClock.now + timeLimit
        func outcome(_ ending: Ending) -> Outcome {
            Outcome(
                ending: ending, outputBytes: output.bytes(),
                errors: String(decoding: errors.bytes(), as: UTF8.self))
        }
        while true {
            output.read()
            errors.read()
            if let ending = Self.ending(of: id) { return outcome(ending) }
            if ContinuousClock.now >= deadline {
                await end(id)
                return outcome(.timedOut)
            }
            do {
                try await Task.sleep(for: Self.interval)
            } catch {
                await end(id)
                throw error
            }
        }
    }

    private func spawn(_ output: OutputPipe, _ errors: OutputPipe) throws(ChildProgramError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output.writingEnd, STDOUT_FILENO)
        if !usesTerminal {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_adddup2(&actions, errors.writingEnd, STDERR_FILENO)
        }
        process_close_from(&actions, STDERR_FILENO + 1)
        // What is ignored or blocked here would be so there too.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        var allSignals = sigset_t()
        sigemptyset(&noSignals)
        sigfillset(&allSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setsigdefault(&attributes, &allSignals)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
                | (usesTerminal ? 0 : process_own_session()))
        var id: pid_t = 0
        let path = command.first ?? ""
        let variables = environment.map { "\($0)=\($1)" }.sorted()
        let code = command.withCStrings { arguments in
            variables.withCStrings { posix_spawn(&id, path, &actions, &attributes, arguments, $0) }
        }
        guard code == 0 else { throw .cannotStart(path: path, code: code) }
        return id
    }

    /// How a program has ended; nil while it runs.
    private static func ending(of id: pid_t) -> Ending? {
        var status: Int32 = 0
        let found = waitpid(id, &status, WNOHANG)
        if found == 0 || found < 0 && errno == EINTR { return nil }
        // Where the system has waited by itself, as it does where SIGCHLD is ignored, no status is left.
        if found < 0 { return .exited(0) }
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
    }

    /// Kills a program, with its children where they are no group of ours, also in a task that is cancelled.
    private func end(_ id: pid_t) async {
        kill(usesTerminal ? id : -id, SIGKILL)
        await Task {
            while Self.ending(of: id) == nil { try? await Task.sleep(for: Self.interval) }
        }.value
    }
}

/// Why a program was not run.
public enum ChildProgramError: Error, Sendable, Hashable, Localized {
    /// It could not be started: its path, and the system's number for the reason (`errno`).
    case cannotStart(path: String, code: Int32)

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The reason in words.
    public var text: Text {
        switch self {
        case .cannotStart(let path, let code):
            Text("\(path) cannot be started: \(String(cString: strerror(code)))")
        }
    }
}

extension [String] {
    /// The texts as the system takes arguments and variables.
    fileprivate func withCStrings<Result>(
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = map { strdup($0) }
        defer { pointers.forEach { free($0) } }
        return body(pointers + [nil])
    }
}
