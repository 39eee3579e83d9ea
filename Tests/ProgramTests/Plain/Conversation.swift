// `sluice --plain`, talked to by scripts of expect as by a person, or by lines that were written beforehand.
import Foundation
import TestFiles
import Testing

/// What came of a conversation.
struct Conversation {
    /// The exit status of sluice, or why the script gave up.
    let status: Int32
    /// Everything that was written to the terminal, without carriage returns before line breaks, which are the
    /// terminal's.
    let transcript: String
    /// What the script said of itself.
    let errors: String

    /// Lets a script of `Tests/Support/Expect` talk to sluice.
    init(
        _ script: String, with program: Sluice, arguments: [String] = ["--plain"],
        environment: [String: String] = [:]
    ) throws {
        let folder = try TemporaryFolder()
        let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Support/Expect").standardized
        let ran = try Program.run(
            "expect",
            ["-f", scripts.appendingPathComponent(script + ".exp").path, folder.file("transcript")]
                + [try Sluice.path] + arguments,
            environment: Self.environment(of: program, environment))
        status = ran.status
        errors = ran.errors
        let written = String(decoding: try folder.bytes(of: "transcript"), as: UTF8.self)
        transcript = written.replacingOccurrences(of: "\r\n", with: "\n")
    }

    /// Gives sluice lines that were written beforehand.
    init(
        lines: [String], with program: Sluice, arguments: [String] = ["--plain"],
        environment: [String: String] = [:]
    ) throws {
        let ran = try Program.run(
            try Sluice.path, arguments, input: Array(lines.map { $0 + "\n" }.joined().utf8),
            environment: Self.environment(of: program, environment))
        status = ran.status
        transcript = ran.text
        errors = ran.errors
    }

    private static func environment(of program: Sluice, _ more: [String: String]) -> [String: String] {
        [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": program.home.path, "TERM": "xterm",
            "LANG": "C.UTF-8", "SLUICE_HOME": program.home.path,
        ].merging(more) { $1 }
    }

    /// What is in the transcript that no reader could say: controls, drawings, Braille.
    var unspeakable: [Unicode.Scalar] {
        transcript.unicodeScalars.filter { scalar in
            if scalar == "\n" { return false }
            switch scalar.properties.generalCategory {
            case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
                return true
            default:
                return (0x2500...0x259F).contains(scalar.value) || (0x2800...0x28FF).contains(scalar.value)
            }
        }
    }
}
