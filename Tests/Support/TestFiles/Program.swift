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

    /// Runs `name`, found by `PATH`, to its end.
    public static func run(_ name: String, _ arguments: [String], input: [UInt8] = []) throws -> Program {
        let folder = try TemporaryFolder()
        // Files, not pipes: no side can then wait for the other.
        let files = try ["input", "output", "errors"].map { name in
            try folder.write(name == "input" ? input : [], to: name)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: files[0]))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: files[1]))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: files[2]))
        try process.run()
        process.waitUntilExit()
        return Program(
            status: process.terminationStatus, output: try folder.bytes(of: "output"),
            errors: String(decoding: try folder.bytes(of: "errors"), as: UTF8.self))
    }

    /// Runs a Python script to its end.
    public static func python(_ script: String, _ arguments: [String] = []) throws -> Program {
        try run("python3", ["-c", script] + arguments)
    }
}
