// Programs that are really killed while a distant platform makes a part of an export, whose answer nobody takes.
import Foundation
import Glibc
import TestFiles
import Testing

@Suite("An export on a distant platform whose program is killed while it is made")
struct KilledDistantTests {
    private let platform: ServedPlatform
    private let plan: String

    init() throws {
        platform = try ServedPlatform()
        try platform.login()
        plan = try platform.plan()
    }

    /// Kills the program while the platform makes a part, which is then there although it was never answered.
    private func kill(at index: Int) throws {
        try platform.far.hold(Sluice.partTables[index], forever: false)
        let process = try ChildProcess([
            try Sluice.path, "export", plan, "--profile", "acme", "--no-wait", "--home",
            platform.program.home.path,
        ])
        try platform.program.waitForNote(of: KilledMakingTests.parts[index].0)
        // The request is on its way a moment after it was noted.
        let requests = platform.server.log
        usleep(500_000)
        process.send(SIGKILL)
        #expect(process.wait() == 128 + SIGKILL, Comment(rawValue: requests))
        try platform.far.letGo()
    }

    @Test("is gone on with by the same plan, and nothing is made twice", arguments: 0..<4)
    func samePlan(index: Int) throws {
        try kill(at: index)
        let listed = try platform.run("flows", "unfinished", "--profile", "acme")
        #expect(
            listed.output.contains("The export “Once” was left half made"), Comment(rawValue: listed.errors))
        // The notes of one platform are not those of another.
        #expect(try platform.run("flows", "unfinished", "--profile", "embedded").output.isEmpty)
        let exported = try platform.run("export", plan, "--profile", "acme", "--no-wait")
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
        #expect(try platform.far.partCounts() == "1 1 1 1")
        #expect(platform.program.notes.isEmpty)
    }

    @Test("is removed, with what was made and never answered", arguments: 0..<4)
    func removed(index: Int) throws {
        try kill(at: index)
        let id = try #require(
            try platform.run("flows", "unfinished", "--profile", "acme").output.split(separator: " ").first)
        let removed = try platform.run("flows", "unfinished", "--profile", "acme", "--remove", String(id))
        #expect(removed.status == 0, Comment(rawValue: removed.errors))
        #expect(try platform.far.partCounts() == "0 0 0 0")
        #expect(platform.program.notes.isEmpty)
    }
}
