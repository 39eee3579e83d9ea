// The wizard in terminals of all kinds, on a slow line, and with names and messages that could steer a terminal. The
// terminal is one that others have written, which refuses what it does not know; see Tests/Support/Terminals.
import Foundation
import TestFiles
import Testing

@Suite("The wizard in a terminal")
struct TerminalTests {
    /// Runs one of the scripts with the program that was built.
    private func run(_ script: String, _ arguments: String...) async throws -> TestFiles.Program {
        try await Python.runApart(script, [try Sluice.path] + arguments, in: "Terminals")
    }

    @Test(
        "has the same whole frames on every type of terminal, asks it nothing, and leaves nothing of itself",
        arguments: ["80x24", "60x16", "200x60"])
    func journeys(size: String) async throws {
        let ran = try await run("terminals.py", "--size", size, "--resizes", "0", "--short")
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
        #expect(ran.text.split(separator: "\n").count == 5)
    }

    @Test(
        "draws every frame whole while its window is given a hundred sizes at random",
        arguments: ["xterm-256color", "linux"])
    func resizes(term: String) async throws {
        let ran = try await run("terminals.py", "--term", term, "--size", "80x24", "--resizes", "100")
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
    }

    @Test(
        "has in tmux the frames of the other terminal, also in windows of other sizes, and gives the shell its pane back"
    )
    func tmux() async throws {
        // A type with a screen for programs, and one without; `make terminals` takes them all.
        let ran = try await run(
            "tmux_terminals.py", "--term", "xterm-256color", "--term", "vt100", "--size", "80x24",
            "--resizes", "10")
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
        #expect(ran.text.split(separator: "\n").count == 4)
    }

    @Test("exports what was typed ahead of a line with 300 ms and 9,600 baud, and loses no key")
    func slowLine() async throws {
        let ran = try await run("slow_journey.py")
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
        let journey = try JSONDecoder().decode(SlowJourney.self, from: Data(ran.output))
        // The one of before, and one of each of the three datasets.
        #expect(journey.runs == 4)
    }

    private struct SlowJourney: Decodable {
        var runs: Int
    }

    @Test(
        "lets no name and no message out of its place, and commands print them as text",
        arguments: ["names", "files", "servers", "screens"])
    func hostile(place: String) async throws {
        let ran = try await run("hostile.py", "--only", place)
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
    }

    @Test(
        "writes nothing while nothing changes, and with --quiet-ui nothing moves while something is waited for",
        arguments: ["idle", "waiting", "quiet"])
    func idle(state: String) async throws {
        let ran = try await run("idle.py", "--only", state)
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
    }
}
