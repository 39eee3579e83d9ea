// A server that is ended while it exports, and what the next one makes of the run.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("A run of sluice serve")
struct ServedRunTests {
    @Test(
        "that is ended in its middle is finished by the next server: every record once, one manifest, nothing left over",
        arguments: [SIGTERM, SIGINT, SIGKILL])
    func ended(signal: Int32) throws {
        let program = try Sluice()
        let inputs = try TemporaryFolder()
        try program.addSlowRecords()
        var destination = try RealDestination.sftp()
        let server = try #require(destination.server)
        let folder = server.home.replacing("//", with: "/") + "/" + RealDestination.folder
        // The storage can be made to say nothing at all.
        let proxy = try CuttingProxy(before: server.port)
        destination = destination.with("remotePath", folder).with("port", "\(proxy.port)")
        try program.add(destination, secretsIn: inputs)

        // So slow that it takes some seconds: all of it is some 600 kB.
        let first = try ServingSluice(home: program.home.path, ["--limit", "60k"])
        let flow = try makeFlow(on: first)
        let published = { tree(folder).filter { $0.hasSuffix(".json.gz") && !$0.contains("/.") } }
        try wait { published().count >= 2 }
        try proxy.tell(.hold)
        // It ends in order although the storage answers nothing until it has ended.
        #expect(first.stop(signal) == (signal == SIGKILL ? 128 + SIGKILL : 0))
        let names = Set(published())
        #expect(names.count < SlowExport.parts, "It was over before it was ended")
        #expect(!tree(folder).contains { $0.contains("manifest-") })
        let left = try program.listedRuns(of: flow)
        #expect(left.map(\.status) == ["inProgress"])

        try proxy.tell(.pass)
        let second = try ServingSluice(home: program.home.path)
        try wait { try program.listedRuns(of: flow).map(\.status) != ["inProgress"] }
        let finished = try program.listedRuns(of: flow)
        #expect(finished.map(\.status) == ["success"] && finished.map(\.id) == left.map(\.id))
        #expect(second.stop(SIGTERM) == 0)
        #expect(try ExportedFolder(folder).facts == SlowExport.wholeFacts)
        #expect(names.isSubset(of: published()))
        let verified = try program("verify", flow, "--deep")
        #expect(verified.status == 0, Comment(rawValue: verified.output + verified.errors))
        // The folder as the server has it: from its root.
        #expect(verified.output.contains("  \(folder)/"), Comment(rawValue: verified.output))
    }

    @Test("is held back by --limit, as is sluice export: no second has more bytes than that")
    func limited() throws {
        let program = try Sluice()
        let inputs = try TemporaryFolder()
        try program.addSlowRecords()
        let destination = try RealDestination.sftp()
        let server = try #require(destination.server)
        try program.add(destination, secretsIn: inputs)
        let plan = try inputs.write(
            "plan.toml",
            """
            name = "Limited"
            datasets = ["Records"]
            [destination]
            name = "Nightly"
            [schedule]
            mode = "full"
            """)
        let rate = 80_000
        let begun = ContinuousClock.now
        let process = try ChildProcess(
            [try Sluice.path, "export", plan, "--home", program.home.path, "--limit", "\(rate / 1_000)k"])
        // However slow the machine is, there is never more than the rate allows since the start, and a saved-up
        // second beside it.
        var most = 0
        while !process.hasEnded {
            let bytes = try self.bytes(below: server.home)
            let allowed = Double(rate) * ((ContinuousClock.now - begun) / .seconds(1) + 1)
            #expect(Double(bytes) <= allowed)
            most = max(most, bytes)
            usleep(50_000)
        }
        #expect(process.wait() == 0)
        let all = try bytes(below: server.home)
        #expect(all > 4 * rate && most > rate)
        #expect((ContinuousClock.now - begun) / .seconds(1) >= Double(all) / Double(rate) - 1)
    }

    @Test("begins when another sluice makes it due, while the server has nothing to do and sleeps")
    func dueByAnother() throws {
        let program = try Sluice()
        let inputs = try TemporaryFolder()
        let data = try inputs.write("orders.json", "{\"n\":1}\n")
        #expect(try program("datasets", "add", "Orders", data).status == 0)
        let start = Date(timeIntervalSinceNow: 3)
        let plan = try inputs.wholePlan(named: "Soon", start: start.formatted(.iso8601))
        #expect(try program("export", plan).status == 0)
        #expect(try program("flows", "pause", "Soon").status == 0)
        let server = try ServingSluice(home: program.home.path)
        try wait { Date() > start.addingTimeInterval(1) }
        #expect(try program.listedRuns(of: "Soon").isEmpty)
        #expect(try program("flows", "resume", "Soon").status == 0)
        // Without being told, the server would look in an hour.
        try wait { try program.listedRuns(of: "Soon").map(\.status) == ["success"] }
        #expect(server.stop(SIGTERM) == 0)
    }

    /// Makes a dataflow that is due, as a client of the API does; gives its id.
    private func makeFlow(on server: ServingSluice) throws -> String {
        let made = try Python.run("make_flow.py", [server.output, "Nightly", "Records"])
        try #require(made.status == 0, Comment(rawValue: made.errors))
        return made.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The bytes of all files below a folder.
    private func bytes(below folder: String) throws -> Int {
        tree(folder).reduce(0) { sum, path in
            var facts = stat()
            // A file may get its name, and lose the one before, at any time.
            guard !path.hasSuffix("/"), stat("\(folder)/\(path)", &facts) == 0 else { return sum }
            return sum + Int(facts.st_size)
        }
    }
}
