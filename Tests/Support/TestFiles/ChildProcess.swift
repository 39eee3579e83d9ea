// A process of another program. Foundation's `Process` learns of an end through a socket that daemons started
// by the child keep open (as a tmux server does), and then waits for ever; the system's own calls do not.

import Foundation

/// A process that was started, and is waited for.
public struct ChildProcess: Sendable {
    /// Its process id.
    public let id: pid_t

    /// Starts a program, found by `PATH`, with standard streams from and to files.
    ///
    /// - Parameter command: the program and its arguments.
    /// - Parameter environment: its environment; that of the tests where nothing is given.
    public init(
        _ command: [String], environment: [String: String]? = nil, input: String = "/dev/null",
        output: String = "/dev/null", errors: String = "/dev/null"
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let writing = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, writing, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, writing, 0o600)
        // A server that the program leaves running would keep the files of other tests open.
        for descriptor in STDERR_FILENO + 1..<1024 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        // The threads of tests block signals; a program must not inherit that, nor what is ignored here.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        var allSignals = sigset_t()
        sigemptyset(&noSignals)
        sigfillset(&allSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setsigdefault(&attributes, &allSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let variables = (environment ?? ProcessInfo.processInfo.environment).map { "\($0)=\($1)" }
        var id: pid_t = 0
        let code = withCStrings(command) { arguments in
            withCStrings(variables) { posix_spawnp(&id, command[0], &actions, &attributes, arguments, $0) }
        }
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .ENOENT) }
        self.id = id
    }

    /// Waits for the end of the process; gives its exit status, or 128 and the number of the signal that
    /// ended it.
    @discardableResult
    public func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : 128 + signal
    }

    /// Whether the process has ended; its status is still there to be waited for.
    public var hasEnded: Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_signo == SIGCHLD
    }

    /// Sends the process a signal.
    public func send(_ signal: Int32) { kill(id, signal) }
}

private func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let pointers = texts.map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    return body(pointers + [nil])
}
