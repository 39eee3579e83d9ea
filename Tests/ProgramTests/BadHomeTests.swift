// Home folders that are full, read-only, newer, damaged, or have lost data: a sentence each, and nothing lost.
import TestFiles
import Testing

@Suite("A bad home folder")
struct BadHomeTests {
    private static let cases = [
        "read-only", "full", "full-destination", "newer", "damaged-header", "damaged-schema",
        "damaged-middle", "damaged-most", "cut-in-half", "cut-within-page", "garbage-in-log", "data-gone",
        "data-cut", "limited-files", "little-memory",
    ]

    @Test(
        "is told in a sentence by every command, and the export is whole when all is well again",
        arguments: cases)
    func nothingLost(name: String) async throws {
        let ran = try await Python.runApart(
            "bad_homes.py", ["--sluice", try Sluice.path, "--case", name], in: "Interruptions")
        #expect(ran.status == 0, Comment(rawValue: ran.text + ran.errors))
    }
}
