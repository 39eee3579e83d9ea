// `sluice demo --read-only`: something to look at, and nothing of it stays.
import Foundation
import TestFiles
import Testing

@Suite("A demo that only looks")
struct ReadOnlyDemoTests {
    private let home: TemporaryFolder
    private let temporary: TemporaryFolder
    private let program: Sluice

    init() throws {
        home = try TemporaryFolder()
        temporary = try TemporaryFolder()
        program = try Sluice()
    }

    private func talk(_ lines: [String], _ more: [String] = []) throws -> Conversation {
        try Conversation(
            lines: lines, with: program, arguments: ["demo", "--plain"] + more,
            environment: ["HOME": home.path, "SLUICE_HOME": "", "TMPDIR": temporary.path])
    }

    @Test("shows a lake with an export of it, changes nothing, and leaves nothing behind")
    func leavesNothing() throws {
        let talk = try talk(
            ["flows", "pause 1", "1", "back", "back", "1", "all", "next", "quit", "yes"], ["--read-only"])
        let transcript = talk.transcript
        #expect(talk.status == 0, "\(transcript)\(talk.errors)")
        #expect(
            transcript.contains("Nightly backup") && transcript.contains("Loyalty members"), "\(transcript)")
        #expect(transcript.contains("Web events"), "\(transcript)")
        let reason = "sluice only looks (--read-only or SLUICE_READ_ONLY): nothing can be changed"
        #expect(transcript.components(separatedBy: reason).count >= 3, "\(transcript)")
        #expect(tree(home.path) == [] && tree(temporary.path) == [])
    }

    @Test("shows a demo that there is as it is")
    func existing() throws {
        let writing = try talk(["1", "quit", "yes"])
        #expect(writing.status == 0, "\(writing.transcript)\(writing.errors)")
        let before = contents(of: home.path)
        try #require(!before.isEmpty)
        let looking = try talk(["new", "flows", "quit"], ["--read-only"])
        #expect(looking.status == 0, "\(looking.transcript)\(looking.errors)")
        #expect(!looking.transcript.contains("Nightly backup"), "\(looking.transcript)")
        #expect(contents(of: home.path) == before)
    }

    @Test("draws the same on a screen")
    func screen() throws {
        let session = try WizardSession(
            program, arguments: ["demo", "--read-only"],
            environment: ["HOME": home.path, "SLUICE_HOME": "", "TMPDIR": temporary.path])
        try session.see("read-only")
        try session.see("Landing zone")
        try session.press("n")
        try session.see("sluice only looks (--read-only or SLUICE_READ_ONLY): nothing can be changed")
        try session.press("f")
        try session.see("Nightly backup")
        try session.press("Enter")
        try session.see("all there")
        try session.press("Escape")
        try session.see("Nightly backup")
        try session.quit()
        #expect(tree(home.path) == [] && tree(temporary.path) == [])
    }
}
