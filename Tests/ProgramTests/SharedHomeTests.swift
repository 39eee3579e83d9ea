// Several programs on one home folder at the same time, as cron, a server and a person start them; each occurrence and
// each row is counted by Python.
import TestFiles
import Testing

@Suite("Programs that work on one home folder at the same time", .serialized)
struct SharedHomeTests {
    private func crowd(_ arguments: String...) async throws {
        let ran = try await Python.runApart(
            "crowd.py", ["--sluice", try Sluice.path, "--seed", "1"] + arguments, in: "Interruptions")
        #expect(ran.status == 0, Comment(rawValue: ran.text + ran.errors))
    }

    @Test("run what is due once, eight of them, servers among them") func eachOnce() async throws {
        try await crowd()
    }

    @Test("run it once also where some of them are killed in the middle") func killed() async throws {
        try await crowd("--killed", "3")
    }

    @Test("make the flow of a plan once, though it is given to all of them at the same moment")
    func madeOnce() async throws { try await crowd("--unmade", "--servers", "0") }
}
