// OpenSSH's agent, run for tests with keys of their own.

import Foundation
import TestFiles

/// An ssh-agent, ended with its last reference or with the process of the tests.
public final class OpenSSHAgent: Sendable {
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// Starts an agent that holds no key.
    public init() throws {
        folder = try TemporaryFolder()
        // A shell ends the agent when the process of the tests is gone, however that ended.
        let watched =
            "ssh-agent -D -a \"$0\" & agent=$!; trap 'kill $agent; wait $agent; exit' TERM;"
            + " while kill -0 $1 && kill -0 $agent; do sleep 0.2; done 2>/dev/null; kill $agent"
        process = try ChildProcess(["/bin/sh", "-c", watched, folder.file("agent"), "\(getpid())"])
        let deadline = Date(timeIntervalSinceNow: 60)
        while try list().status == 2 {
            guard Date() < deadline else { throw Failure(description: "ssh-agent does not start") }
            usleep(5_000)
        }
    }

    deinit {
        process.send(SIGTERM)
        process.wait()
    }

    /// The path of its socket, for `SSH_AUTH_SOCK`.
    public var socket: String { folder.file("agent") }

    /// Has it hold a private key.
    public func add(_ path: String) throws {
        let added = try run("ssh-add", ["-q", path])
        guard added.status == 0 else { throw Failure(description: added.errors) }
    }

    private func list() throws -> Program { try run("ssh-add", ["-l"]) }

    private func run(_ name: String, _ arguments: [String]) throws -> Program {
        try Program.run(
            name, arguments,
            environment: ProcessInfo.processInfo.environment.merging(["SSH_AUTH_SOCK": socket]) { $1 })
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
