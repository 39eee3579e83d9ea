// The real program, run as a person or a script would.
import Foundation
import TerminalTesting
import TestFiles

/// Runs the program that was built with the tests.
struct Sluice {
    /// Its own home folder, gone with the test.
    let home: TemporaryFolder

    init() throws { home = try TemporaryFolder() }

    /// The program's path: it is built beside the test runner.
    static var path: String {
        get throws { try BuiltProgram.path("sluice") }
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
        return try Self.run(try Self.path, arguments, environment: all)
    }

    /// Runs any program and waits for it.
    static func run(
        _ path: String, _ arguments: [String], environment: [String: String]? = nil
    ) throws -> Outcome {
        let ran = try TestFiles.Program.run(path, arguments, environment: environment)
        return Outcome(status: ran.status, output: ran.text, errors: ran.errors)
    }

    /// Runs a Python program, which knows nothing of ours, and gives what it prints.
    static func python(_ program: String, _ arguments: String...) throws -> String {
        try python(program, arguments: arguments)
    }

    /// Runs a Python program, which knows nothing of ours, and gives what it prints.
    static func python(_ program: String, arguments: [String]) throws -> String {
        let outcome = try run("python3", ["-c", program] + arguments)
        guard outcome.status == 0 else { throw Failure(text: outcome.errors) }
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    struct Failure: Error, CustomStringConvertible {
        var text: String
        var description: String { text }
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

extension TemporaryFolder {
    /// Writes a file into the folder and gives its path; the name first, as the text may be long.
    func write(_ name: String, _ text: String) throws -> String { try write(text, to: name) }
}
