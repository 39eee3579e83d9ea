// The real program without a screen, as it only looks: what would change something is refused, and nothing is there afterwards.
import Foundation
import TestFiles
import Testing

@Suite("A wizard without a screen that only looks")
struct PlainReadOnlyTests {
    private let program: Sluice

    init() throws { program = try Sluice() }

    /// Lines that would set a destination up.
    private static let answers = [
        "new", "data landing zone", "", "My zone", "", "backups", "json", "gzip", "yes", "", "yes", "save",
        "quit", "yes",
    ]

    @Test(
        "sets no destination up, and says why",
        arguments: [(["--plain", "--read-only"], [:]), (["--plain"], ["SLUICE_READ_ONLY": "1"])])
    func noDestination(arguments: [String], environment: [String: String]) throws {
        let conversation = try Conversation(
            lines: Self.answers, with: program, arguments: arguments, environment: environment)
        let words = Comment(rawValue: conversation.transcript + conversation.errors)
        #expect(
            conversation.transcript.contains(
                "sluice only looks (--read-only or SLUICE_READ_ONLY): nothing can be changed"),
            words)
        #expect(try program("destinations", "list", "--json").output.contains("My zone") == false, words)
        // The same answers do it where things may be changed.
        let writing = try Conversation(
            lines: Self.answers, with: program, arguments: arguments + ["--no-read-only"],
            environment: environment)
        let destinations = try program("destinations", "list", "--json").output
        #expect(destinations.contains("My zone"), "\(writing.transcript)")
    }

    @Test("leaves runs that wait to others, while it is open")
    func noRun() throws {
        let inputs = try TemporaryFolder()
        let format = ISO8601DateFormatter()
        let plan = try program.nightlyPlan(
            in: inputs, start: format.string(from: Date(timeIntervalSinceNow: 86_400)),
            end: format.string(from: Date(timeIntervalSinceNow: 100 * 86_400)))
        try #require(try program("export", plan).status == 0)
        try #require(try program("runs", "start", "Nightly", "--no-wait").status == 0)
        func open(_ option: String) throws -> [String] {
            let opened = try Program.run(
                "sh", ["-c", "(sleep 3; echo quit) | '\(try Sluice.path)' --plain \(option)"],
                environment: [
                    "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": program.home.path, "LANG": "C.UTF-8",
                    "SLUICE_HOME": program.home.path,
                ])
            #expect(opened.status == 0, "\(opened.text)\(opened.errors)")
            return tree(program.home.path + "/landing-zone").filter { $0.hasSuffix(".gz") }
        }
        #expect(try open("--read-only").isEmpty)
        let waiting = try program("runs", "list", "Nightly").output
        #expect(waiting.contains("waiting") && !waiting.contains("success"))
        // A wizard that may change things makes them meanwhile.
        #expect(try open("--no-read-only").count == 2)
    }

    @Test("takes nothing but yes and no from SLUICE_READ_ONLY")
    func environment() throws {
        let wrong = try Conversation(
            lines: [], with: program, arguments: ["--plain"], environment: ["SLUICE_READ_ONLY": "perhaps"])
        #expect(wrong.status == 2 && wrong.errors.contains("SLUICE_READ_ONLY"))
    }
}
