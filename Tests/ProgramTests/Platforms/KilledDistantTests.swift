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

@Suite("A change on a distant platform whose program is killed, and which is done there without an answer")
struct KilledDistantChangeTests {
    private let platform: ServedPlatform

    init() throws {
        platform = try ServedPlatform()
        try platform.login()
        let extra = try platform.inputs.write("extra.json", "{\"n\":1}\n")
        try #require(try platform.far("datasets", "add", "Extra", extra).status == 0)
        let plan = try platform.plan(start: Date(timeIntervalSinceNow: 30 * 86_400))
        let made = try platform.run("export", plan, "--no-wait")
        try #require(made.status == 0, Comment(rawValue: made.errors))
    }

    private func kill(at step: Int) throws {
        let (word, table, operation) = datasetSteps[step]
        try platform.far.hold(table, on: operation, forever: false)
        let process = try ChildProcess([
            try Sluice.path, "flows", "edit", "Once", "--add-dataset", "Extra", "--yes", "--home",
            platform.program.home.path,
        ])
        try platform.program.waitForNote(of: word)
        // The request is on its way a moment after it was noted; either way what comes of it is the same.
        usleep(500_000)
        process.send(SIGKILL)
        #expect(process.wait() == 128 + SIGKILL)
        try platform.far.letGo()
    }

    private func datasets() throws -> Int {
        let shown = try platform.run("flows", "show", "Once", "--json").output
        return try #require(
            Int(try Sluice.python("import json,sys; print(len(json.loads(sys.argv[1])['datasets']))", shown)))
    }

    private func leftID() throws -> String {
        let listed = try platform.run("flows", "unfinished")
        #expect(
            listed.output.contains("The change of the flow “Once” was left half made"),
            Comment(rawValue: listed.errors))
        return String(try #require(listed.output.split(separator: " ").first))
    }

    @Test("is gone on with, and nothing is made twice or left over", arguments: 0..<3)
    func resumed(step: Int) throws {
        try kill(at: step)
        let resumed = try platform.run("flows", "unfinished", "--resume", try leftID())
        #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
        #expect(try datasets() == 2)
        #expect(try platform.far.partCounts() == "1 1 1 1")
        #expect(platform.program.notes.isEmpty)
    }

    @Test("is taken back, unless it was done to its end", arguments: 0..<3)
    func removed(step: Int) throws {
        try kill(at: step)
        let removed = try platform.run("flows", "unfinished", "--remove", try leftID())
        #expect(removed.status == 0, Comment(rawValue: removed.errors))
        let left = try datasets()
        #expect(step == 2 ? [1, 2].contains(left) : left == 1)
        #expect(try platform.far.partCounts() == "1 1 1 1")
        #expect(platform.program.notes.isEmpty)
    }
}

@Suite("An export by a credential of the environment whose program is killed")
struct KilledCredentialTests {
    private let platform: ServedPlatform

    init() throws { platform = try ServedPlatform() }

    private func kill(at index: Int, _ plan: String) throws {
        try platform.far.hold(Sluice.partTables[index], forever: false)
        let environment = ProcessInfo.processInfo.environment.merging(platform.credential) { $1 }
        let process = try ChildProcess(
            [try Sluice.path, "export", plan, "--no-wait", "--home", platform.program.home.path],
            environment: environment)
        try platform.program.waitForNote(of: KilledMakingTests.parts[index].0)
        usleep(500_000)
        process.send(SIGKILL)
        #expect(process.wait() == 128 + SIGKILL)
        try platform.far.letGo()
    }

    private func run(_ arguments: String..., sandbox: String = "prod") throws -> GuardedRun {
        try platform.run(
            arguments, environment: platform.credential.merging(["SLUICE_SANDBOX": sandbox]) { $1 })
    }

    @Test("is noted without the secret, for this organisation, sandbox and client alone")
    func noted() throws {
        let plan = try platform.plan()
        try kill(at: 2, plan)
        let listed = try run("flows", "unfinished")
        #expect(
            listed.output.contains("The export “Once” was left half made"), Comment(rawValue: listed.errors))
        #expect(try run("flows", "unfinished", sandbox: "dev").output.isEmpty)
        let exported = try run("export", plan, "--no-wait")
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
        #expect(try platform.far.partCounts() == "1 1 1 1")
        #expect(platform.program.notes.isEmpty)
        #expect(SecretSearch([platform.secret]).traces(below: platform.program.home.path) == [])
    }

    @Test("is removed by its id")
    func removed() throws {
        try kill(at: 1, try platform.plan())
        let id = try #require(try run("flows", "unfinished").output.split(separator: " ").first)
        let removed = try run("flows", "unfinished", "--remove", String(id))
        #expect(removed.status == 0, Comment(rawValue: removed.errors))
        #expect(try platform.far.partCounts() == "0 0 0 0")
        #expect(platform.program.notes.isEmpty)
    }

    @Test(
        "goes without notes where nothing can be written, and makes no home folder that nothing is noted in")
    func noHome() throws {
        let folder = try TemporaryFolder()
        let plan = try platform.plan()
        let nowhere = ["SLUICE_HOME", "XDG_DATA_HOME", "HOME"].map { ($0, "") }
        let homes: [(arguments: [String], variables: [String: String])] = [
            ([], Dictionary(uniqueKeysWithValues: nowhere)),
            (["--home", try folder.write("", to: "file") + "/home"], [:]),
        ]
        for home in homes {
            let exported = try platform.program.guarded(
                platform.secret, ["export", plan, "--no-wait"] + home.arguments,
                environment: platform.credential.merging(home.variables) { $1 })
            #expect(exported.status == 0, Comment(rawValue: exported.errors))
            #expect(try platform.far.partCounts() == "1 1 1 1")
        }
        let listed = try platform.program.guarded(
            platform.secret, ["flows", "list", "--home", folder.file("new")], environment: platform.credential
        )
        #expect(listed.status == 0 && listed.output.contains("Once"), Comment(rawValue: listed.errors))
        #expect(!FileManager.default.fileExists(atPath: folder.file("new")))
    }
}
