// Exports whose network breaks, or which are ended themselves, against the destinations' real servers; what has
// arrived is looked at by clients that others made. `make interruptions` does the same with 3 GB.
import TestFiles
import Testing

@Suite("An export that is interrupted", .serialized)
struct InterruptedExportTests {
    private func interrupt(_ destination: String, _ arguments: String...) async throws {
        let all =
            ["--sluice", try Sluice.path, "--destination", destination, "--size", "60", "--files", "4"]
            + arguments
        let ran = try await Python.runApart("interruptions.py", all, in: "Interruptions")
        #expect(ran.status == 0, Comment(rawValue: ran.text + ran.errors))
    }

    @Test(
        "arrives whole and once, with nothing left over, though connections are cut and the server is away",
        arguments: ["s3", "gcs", "blob", "adls", "dlz", "sftp"])
    func survives(destination: String) async throws {
        try await interrupt(destination, "--scenario", "cuts", "--away", "1", "--refusals", "5")
    }

    @Test("is taken up by the next one when it was killed in the middle", arguments: ["s3", "sftp"])
    func killed(destination: String) async throws { try await interrupt(destination, "--scenario", "killed") }

    @Test("ends within two seconds by Ctrl-C, and is taken up by the next one", arguments: ["s3", "sftp"])
    func stopped(destination: String) async throws {
        try await interrupt(destination, "--scenario", "stopped")
    }

    @Test(
        "fails with the cause when the credentials are taken away in the middle, and is whole when it is made again",
        arguments: ["s3", "gcs", "blob", "adls", "dlz", "sftp"])
    func revoked(destination: String) async throws {
        try await interrupt(destination, "--scenario", "revoked")
    }

    @Test("ends as fast where the network lets no byte pass", arguments: ["s3", "adls", "sftp"])
    func held(destination: String) async throws { try await interrupt(destination, "--scenario", "held") }
}
