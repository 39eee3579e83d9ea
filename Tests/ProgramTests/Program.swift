// The real program, run as a person or a script would.
import Foundation

/// Runs the program that was built with the tests.
struct Program {
    /// Its own home folder, gone with the test.
    let home: TemporaryFolder

    init() throws { home = try TemporaryFolder() }

    /// The program's path: it is built beside the test runner.
    static var path: String {
        let runner = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: runner).deletingLastPathComponent().appendingPathComponent("sluice").path
    }

    /// What a command did.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs `sluice` with arguments and waits for it.
    func callAsFunction(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        var all = ProcessInfo.processInfo.environment
        all["SLUICE_HOME"] = home.path
        all.merge(environment) { $1 }
        return try Self.run(Self.path, arguments, environment: all)
    }

    /// Runs any program and waits for it.
    static func run(
        _ path: String, _ arguments: [String], environment: [String: String]? = nil
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let environment { process.environment = environment }
        let folder = try TemporaryFolder()
        let (output, errors) = (folder.path + "/output", folder.path + "/errors")
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8))
    }

    /// Runs a Python program, which knows nothing of ours, and gives what it prints.
    static func python(_ program: String, _ arguments: String...) throws -> String {
        let outcome = try run("/usr/bin/env", ["python3", "-c", program] + arguments)
        guard outcome.status == 0 else { throw Failure(text: outcome.errors) }
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    struct Failure: Error, CustomStringConvertible {
        var text: String
        var description: String { text }
    }
}

/// A folder that is removed with its last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "sluice-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file into the folder and gives its path.
    func write(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
        return "\(path)/\(name)"
    }
}

/// The folders and files below a folder, relative to it, sorted; folders end with a slash.
func tree(_ folder: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return all.map { path in
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
        return isFolder.boolValue ? path + "/" : path
    }
    .sorted()
}
