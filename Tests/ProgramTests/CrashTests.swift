// What is left of a program that crashes while it holds a secret: its signal, and a terminal in order.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("A crash")
struct CrashTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    /// Found nowhere else.
    private static let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzCRASHEDKY"
    /// What makes Swift's runtime write registers and the memory that they point at.
    private static let backtraces = [
        "SWIFT_BACKTRACE": "enable=yes,interactive=no,symbolicate=off,color=no"
    ]
    static let crashes = [SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGQUIT]

    @Test("of the wizard leaves no secret on the screen, in a core dump or elsewhere")
    func ofWizard() throws {
        let wizard = try WizardSession(program, environment: Self.backtraces)
        try wizard.see("There is no destination yet")
        try wizard.press("n")
        try wizard.see("It needs these rights")
        try wizard.press("Enter")
        try wizard.fill("Amazon S3 secret key", Self.secret)
        let process = try wizard.tmux.process()
        #expect(try !mayDumpCore(process))
        kill(process, SIGSEGV)
        let screen = try wizard.wait("the program has ended") { _ in try wizard.tmux.facts().isDead }
        #expect(!screen.joined().contains("crash"), Comment(rawValue: screen.joined(separator: "\n")))
        #expect(try !wizard.tmux.facts().isAlternateScreen)
        try wizard.expectNoTrace(of: [Self.secret])
    }

    @Test("of a command tells its signal and nothing else", arguments: crashes)
    func ofCommand(signal: Int32) throws {
        let server = try MuteServer()
        let output = inputs.file("output")
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        environment["NO_PROXY"] = "*"
        environment.merge(Self.backtraces) { $1 }
        let command = try ChildProcess(
            [
                try Sluice.path, "destinations", "add", "s3", "--name", "Archive",
                "s3AccessKey=AKIAIOSFODNN7EXAMPLE", "bucketName=acme-exports", "path=nightly",
                "datasetFileType=JSON", "compression=GZIP", "region=eu-central-1",
                "s3SecretKey=@\(try inputs.write("key", Self.secret))",
                "endpoint=http://127.0.0.1:\(server.port)",
            ], environment: environment, output: output, errors: output)
        // Its requests are signed by now.
        try server.waitForConnection()
        #expect(try !mayDumpCore(command.id))
        command.send(signal)
        #expect(command.wait() == 128 + signal)
        let told = String(decoding: try inputs.bytes(of: "output"), as: UTF8.self)
        #expect(SecretSearch([Self.secret]).forms(in: told) == [])
        #expect(!told.contains("crash"), Comment(rawValue: told))
        try program.expectNowhere(Self.secret)
    }

    /// Whether a process may write a core dump, by its limits (proc(5)).
    private func mayDumpCore(_ process: pid_t) throws -> Bool {
        let limits = try String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8)
        let line = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") })
        return line.split(separator: " ").dropFirst(4).prefix(2) != ["0", "0"]
    }
}

/// A server that takes a connection and never says a word.
private struct MuteServer: ~Copyable {
    private let listener: Int32
    let port: UInt16

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { [listener] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) | listen(listener, 8) | getsockname(listener, $0, &length)
            }
        }
        try #require(code == 0)
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(listener) }

    /// Waits until somebody has connected.
    func waitForConnection() throws {
        var wanted = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        try #require(poll(&wanted, 1, 60_000) == 1)
    }
}
