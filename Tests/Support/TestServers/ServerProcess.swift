// A server of Tests/Support/Servers: started on free ports, ended with the last reference to it.

import Foundation
import TestFiles

/// A server program that runs for a test.
public final class ServerProcess: Sendable {
    /// The ports it listens on, by the names that the program gives them.
    public let ports: [String: Int]
    private let process: ChildProcess
    private let folder: TemporaryFolder

    /// Why a server did not start.
    public struct NotStarted: Error, CustomStringConvertible {
        /// What it wrote.
        public let description: String
    }

    /// Starts a script of `Tests/Support/Servers`, and waits for its first line: JSON with its ports.
    public init(_ script: String, _ arguments: [String] = []) throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let interpreter = package + "/.build/python/bin/python"
        let python = FileManager.default.isExecutableFile(atPath: interpreter) ? interpreter : "python3"
        folder = try TemporaryFolder()
        let output = try folder.write("", to: "output")
        let errors = try folder.write("", to: "errors")
        process = try ChildProcess(
            [python, "\(package)/Tests/Support/Servers/\(script)"] + arguments, output: output, errors: errors
        )
        for _ in 0..<2_000 {
            let text = String(decoding: try folder.bytes(of: "output"), as: UTF8.self)
            if let end = text.firstIndex(of: "\n") {
                ports = try JSONDecoder().decode([String: Int].self, from: Data(text[..<end].utf8))
                return
            }
            if process.hasEnded { break }
            usleep(10_000)
        }
        process.send(SIGKILL)
        process.wait()
        throw NotStarted(
            description: "\(script) did not start: "
                + String(decoding: (try? folder.bytes(of: "errors")) ?? [], as: UTF8.self))
    }

    deinit {
        process.send(SIGKILL)
        process.wait()
    }

    /// A port by its name; 0 if there is none such.
    public func port(_ name: String) -> Int { ports[name] ?? 0 }

    /// Its process id, to be stopped and let go on.
    public var id: pid_t { process.id }

    /// What it has written to standard error.
    public var errors: String { String(decoding: (try? folder.bytes(of: "errors")) ?? [], as: UTF8.self) }
}
