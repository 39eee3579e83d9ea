// Looks for a secret wherever a program may have left it.
import Foundation
import Synchronization
import TestFiles
import Testing

/// A run of the program whose secret must be seen nowhere.
struct GuardedRun {
    var status: Int32
    var output: String
    var errors: String
    /// What the list of processes showed of it while it ran.
    var commandLines: Set<String>
}

/// Looks again and again at what the list of processes shows of one.
private final class ProcessWatch: Sendable {
    private let state = Mutex((lines: Set<String>(), isOver: false))
    private let done = DispatchSemaphore(value: 0)

    init(_ process: pid_t) {
        Thread.detachNewThread { [self] in
            while !state.withLock({ $0.isOver }) {
                if let line = Self.commandLine(of: process) { state.withLock { _ = $0.lines.insert(line) } }
                Thread.sleep(forTimeInterval: 0.002)
            }
            done.signal()
        }
    }

    /// What was seen.
    func end() -> Set<String> {
        state.withLock { $0.isOver = true }
        done.wait()
        return state.withLock { $0.lines }
    }

    private static func commandLine(of process: pid_t) -> String? {
        let descriptor = open("/proc/\(process)/cmdline", O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}

extension Sluice {
    /// Runs `sluice` with a secret that it gets by a file, a variable or standard input, and then looks for the
    /// secret in all it has written and shown.
    func guarded(
        _ secret: String, _ arguments: [String], input: String = "", environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> GuardedRun {
        let folder = try TemporaryFolder()
        var all = ProcessInfo.processInfo.environment
        all["SLUICE_HOME"] = home.path
        all.merge(environment) { $1 }
        let files = ["output", "errors"].map { folder.file($0) }
        let process = try ChildProcess(
            [try Self.path] + arguments, environment: all, input: try folder.write(input, to: "input"),
            output: files[0], errors: files[1])
        let watch = ProcessWatch(process.id)
        let status = process.wait()
        let lines = watch.end()
        let run = GuardedRun(
            status: status, output: String(decoding: try folder.bytes(of: "output"), as: UTF8.self),
            errors: String(decoding: try folder.bytes(of: "errors"), as: UTF8.self), commandLines: lines)
        #expect(!run.output.contains(secret), sourceLocation: sourceLocation)
        #expect(!run.errors.contains(secret), sourceLocation: sourceLocation)
        #expect(!lines.contains { $0.contains(secret) }, sourceLocation: sourceLocation)
        try expectNowhere(secret, sourceLocation: sourceLocation)
        return run
    }

    /// Expects that no file of the home folder holds a secret, as it is or in base64.
    func expectNowhere(_ secret: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let wanted = [Data(secret.utf8), Data(Data(secret.utf8).base64EncodedString().utf8)]
        for name in try home.everything() {
            guard let data = FileManager.default.contents(atPath: home.file(name)) else { continue }
            #expect(
                !wanted.contains { data.range(of: $0) != nil }, Comment(rawValue: name),
                sourceLocation: sourceLocation)
        }
    }
}
