// Other programs, whose word is taken against ours.

import Foundation

/// What another program said.
public struct Program: Sendable {
    /// Its exit code.
    public let status: Int32
    /// What it wrote to standard output.
    public let output: [UInt8]
    /// What it wrote to standard error.
    public let errors: String

    /// The output as text.
    public var text: String { String(decoding: output, as: UTF8.self) }

    /// Runs `name`, found by `PATH` or by its path, to its end.
    public static func run(
        _ name: String, _ arguments: [String], input: [UInt8] = [],
        environment: [String: String]? = nil
    ) throws -> Program {
        let folder = try TemporaryFolder()
        // Files, not pipes: no side can then wait for the other.
        let files = try ["input", "output", "errors"].map { name in
            try folder.write(name == "input" ? input : [], to: name)
        }
        let process = try ChildProcess(
            [name] + arguments, environment: environment, input: files[0], output: files[1],
            errors: files[2])
        return Program(
            status: process.wait(), output: try folder.bytes(of: "output"),
            errors: String(decoding: try folder.bytes(of: "errors"), as: UTF8.self))
    }

    /// Runs a Python script to its end.
    public static func python(_ script: String, _ arguments: [String] = []) throws -> Program {
        try run("python3", ["-c", script] + arguments)
    }
}
