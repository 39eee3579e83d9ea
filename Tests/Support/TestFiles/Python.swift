// The Python that checks what the program writes against libraries that others made.

import Dispatch
import Foundation

/// The interpreter with pyarrow, DuckDB and Polars that `make test-packages` sets up.
public enum Python {
    /// The folder of the package.
    private static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// What is missing where the interpreter is not there; to be said by a test that fails for it.
    public struct Missing: Error, CustomStringConvertible {
        /// What to do.
        public let description =
            "there is no .build/python with pyarrow, DuckDB and Polars: run make test-packages."
    }

    /// Runs a script of a folder in `Tests/Support` to its end.
    ///
    /// - Throws: `Missing` if the interpreter has not been set up.
    public static func run(
        _ script: String, _ arguments: [String], in folder: String = "Interop"
    ) throws -> Program {
        try Program.run(try interpreter(), ["\(package)/Tests/Support/\(folder)/\(script)"] + arguments)
    }

    /// Runs a script that takes long, on a thread of its own: tasks of other tests do not have to wait with it.
    public static func runApart(
        _ script: String, _ arguments: [String], in folder: String
    ) async throws -> Program {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try run(script, arguments, in: folder) })
            }
        }
    }

    /// Starts a script of `Tests/Support/Servers`.
    ///
    /// - Parameter errors: the file that takes what it complains of.
    /// - Throws: `Missing` if the interpreter has not been set up.
    public static func start(
        _ script: String, _ arguments: [String], output: String = "/dev/null", errors: String = "/dev/null"
    ) throws -> ChildProcess {
        try ChildProcess(
            [try interpreter(), "\(package)/Tests/Support/Servers/\(script)"] + arguments, output: output,
            errors: errors)
    }

    private static func interpreter() throws -> String {
        let interpreter = package + "/.build/python/bin/python"
        guard FileManager.default.isExecutableFile(atPath: interpreter) else { throw Missing() }
        return interpreter
    }
}
