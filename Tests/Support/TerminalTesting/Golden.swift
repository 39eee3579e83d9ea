// Screens as text files beside the tests. A missing file is recorded and fails the test, so that it is
// looked at before it counts; RECORD_SNAPSHOTS=1 records anew.

import Foundation

/// Compares screens with the files in the folder `Golden` beside the test.
public enum Golden {
    /// Why a screen is not as expected.
    public enum Failure: Error, CustomStringConvertible {
        /// There was no file; now there is, to be looked at.
        case recorded(path: String)
        /// The screen differs from the file.
        case different(path: String, expected: [String], actual: [String])

        /// What differs, with both screens.
        public var description: String {
            switch self {
            case .recorded(let path):
                return "There was no screen at \(path); it is recorded now. Look at it and run again."
            case .different(let path, let expected, let actual):
                let count = max(expected.count, actual.count)
                let rows = (0..<count).filter { line($0, expected) != line($0, actual) }
                return """
                    The screen differs from \(path) in rows \(rows.map { "\($0 + 1)" }.joined(separator: ", ")).
                    Expected:
                    \(Golden.framed(expected))
                    Actual:
                    \(Golden.framed(actual))
                    """
            }
        }

        private func line(_ index: Int, _ lines: [String]) -> String? {
            lines.indices.contains(index) ? lines[index] : nil
        }
    }

    /// Throws where `lines` are not those of `Golden/<name>.txt` beside the test file.
    public static func compare(_ lines: [String], to name: String, testFile: String = #filePath) throws {
        let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent()
        try compare(lines, toFile: folder.appendingPathComponent("Golden/\(name).txt"))
    }

    /// Throws where `lines` are not those of a file.
    public static func compare(_ lines: [String], toFile file: URL) throws {
        let actual = lines.joined(separator: "\n") + "\n"
        let mustRecord = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
        let expected = try? String(contentsOf: file, encoding: .utf8)
        if expected == nil || mustRecord {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try actual.write(to: file, atomically: true, encoding: .utf8)
        }
        guard let expected else { throw Failure.recorded(path: file.path) }
        // As bytes: strings that only look the same are different screens.
        if !mustRecord, Array(expected.utf8) != Array(actual.utf8) {
            let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
            throw Failure.different(
                path: file.path, expected: expectedLines.dropLast().map(String.init), actual: lines)
        }
    }

    static func framed(_ lines: [String]) -> String {
        lines.map { "  |\($0)" }.joined(separator: "\n")
    }
}
