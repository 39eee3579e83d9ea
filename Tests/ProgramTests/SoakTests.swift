// Exports whose program is killed, again and again and at each of its steps; what is there then is counted by means that
// know nothing of ours. `make soak` does it hundreds of times, and with real servers too.
import TerminalTesting
import TestFiles
import Testing

@Suite("An export whose program is killed", .serialized)
struct SoakTests {
    private func soak(_ arguments: String...) async throws {
        let all =
            [
                "--sluice", try Sluice.path, "--faults",
                try BuiltProgram.path("libSystemCallFaults.so"), "--small", "--seed", "1", "--destination",
                "folder",
            ] + arguments
        let ran = try await Python.runApart("soak.py", all, in: "Interruptions")
        #expect(ran.status == 0, Comment(rawValue: ran.text + ran.errors))
    }

    @Test("at any of its steps is taken up by the next: all rows once, one manifest, nothing left over")
    func everyStep() async throws { try await soak("--every-step", "later", "--type", "JSON") }

    @Test("while it makes its destination and its flow is taken up by the next as well")
    func firstExport() async throws {
        try await soak("--every-step", "first", "--stride", "6", "--type", "PARQUET")
    }

    @Test("at random moments, and while it is taken up, is whole in the end")
    func storm() async throws { try await soak("--kills", "20") }

    @Test(
        "whose disk is full, or broken, from one of its steps on, says so and goes on when it has room",
        arguments: ["full", "broken"])
    func faultyDisk(fault: String) async throws {
        try await soak("--every-step", "later", "--stride", "5", "--fault", fault, "--type", "JSON")
    }
}
