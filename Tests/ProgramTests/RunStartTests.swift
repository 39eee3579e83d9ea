// `sluice runs start`: exports outside of the schedule.
import Foundation
import TestFiles
import Testing

@Suite("sluice runs start")
struct RunStartTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    /// Makes a flow of two datasets whose first export is tomorrow.
    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        let format = ISO8601DateFormatter()
        let plan = try program.nightlyPlan(
            in: inputs, records: 2, start: format.string(from: Date().addingTimeInterval(86_400)),
            end: format.string(from: Date().addingTimeInterval(100 * 86_400)))
        let made = try program("export", plan)
        #expect(made.status == 0 && made.errors.contains("Nothing is due"), Comment(rawValue: made.errors))
    }

    private func facts(_ json: String, _ expression: String) throws -> String {
        try Sluice.python("import json,sys; d=json.loads(sys.argv[1]); print(\(expression))", json)
    }

    private var files: [String] { tree(program.home.path + "/landing-zone").filter { $0.hasSuffix(".gz") } }

    @Test("Exports all datasets at once and waits for them; the schedule stays as it is")
    func all() throws {
        let before = try facts(program("flows", "show", "Nightly", "--json").output, "d['nextRun']")
        let started = try program("runs", "start", "Nightly")
        #expect(started.status == 0, Comment(rawValue: started.errors))
        #expect(started.output.contains("success") && files.count == 2)
        #expect(try facts(program("flows", "show", "Nightly", "--json").output, "d['nextRun']") == before)
        #expect(try program("verify", "Nightly").status == 0)
    }

    @Test("Exports the datasets that are named, by name or id, and prints the runs as JSON")
    func some() throws {
        let started = try program("runs", "start", "Nightly", "Events", "--json")
        #expect(started.status == 0, Comment(rawValue: started.errors))
        let runs = "[(r['status'], r['records'], len(r['files'])) for r in d['runs']]"
        #expect(try facts(started.output, runs) == "[('success', 2, 1)]")
        let id = try facts(
            program("datasets", "list", "--json").output, "[x['id'] for x in d if x['name']=='Orders'][0]")
        #expect(try program("runs", "start", "Nightly", id).status == 0)
        #expect(try program("runs", "list", "Nightly", "--json").output.contains(id))
    }

    @Test("Goes on with what an export that was killed has left, though nobody exports any more")
    func killed() throws {
        try program.hold("runFile", on: "UPDATE")
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        let process = try ChildProcess(
            [try Sluice.path, "runs", "start", "Nightly"], environment: environment)
        for _ in 0..<12_000 where files.isEmpty { usleep(10_000) }
        process.send(SIGKILL)
        #expect(process.wait() == 128 + SIGKILL)
        try program.letGo()
        let left = files
        #expect(left.count == 1)
        let refused = try program("runs", "start", "Nightly", "--no-wait")
        #expect(refused.status == 1, Comment(rawValue: refused.output))
        #expect(
            refused.errors.contains("2 runs of the flow “Nightly” are not finished, and nothing was begun"))
        let started = try program("runs", "start", "Nightly", "--json")
        #expect(started.status == 0, Comment(rawValue: started.errors))
        #expect(started.errors.contains("were not finished, and nobody makes them: gone on with now"))
        let runs = "[(r['status'], r['records'], len(r['files'])) for r in d['runs']]"
        #expect(try facts(started.output, runs) == "[('success', 2, 1), ('success', 2, 1)]")
        #expect(files.count == 2 && Set(left).isSubset(of: files))
        #expect(try facts(program("runs", "list", "--json").output, "len(d)") == "2")
        #expect(try program("verify", "Nightly").status == 0)
    }

    @Test("Makes no run of a dataset of which nothing has arrived since its last export, and says so")
    func nothingNew() throws {
        #expect(try program("runs", "start", "Nightly").status == 0)
        let nothing = try program("runs", "start", "Nightly", "--json")
        #expect(nothing.status == 0)
        #expect(try facts(nothing.output, "d['runs']") == "[]")
        #expect(
            nothing.errors.contains("Nothing has arrived since the last export of “Orders”, “Events”"),
            Comment(rawValue: nothing.errors))
        let more = try inputs.write("more.json", "{\"n\":3}\n")
        let id = try facts(
            program("datasets", "list", "--json").output, "[x['id'] for x in d if x['name']=='Orders'][0]")
        #expect(try program("datasets", "add", "--into", id, more).status == 0)
        let some = try program("runs", "start", "Nightly", "--json")
        #expect(try facts(some.output, "[r['records'] for r in d['runs']]") == "[1]")
        #expect(some.errors.contains("the last export of “Events”: no run is made"))
        #expect(try facts(program("runs", "list", "--json").output, "len(d)") == "3")
    }

    @Test("Without waiting prints the ids, and whoever runs the flow next makes the runs")
    func noWait() throws {
        let started = try program("runs", "start", "Nightly", "Orders", "--no-wait")
        #expect(started.status == 0, Comment(rawValue: started.errors))
        let id = started.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let waiting = try program("runs", "show", id, "--json").output
        #expect(try facts(waiting, "d['status']") == "waiting")
        #expect(files.isEmpty)
        let again = try program("runs", "start", "Nightly", "Orders", "--no-wait")
        #expect(
            again.status == 1
                && again.errors.contains("1 run of the flow “Nightly” is not finished, and nothing was begun")
        )
        let server = try ServingSluice(home: program.home.path)
        for _ in 0..<6_000 where files.isEmpty { usleep(10_000) }
        #expect(files.count == 1)
        #expect(server.stop(SIGTERM) == 0)
        let json = try program("runs", "start", "Nightly", "Events", "--no-wait", "--json").output
        #expect(try facts(json, "len(d['runs'])") == "1")
    }

    @Test("Says what is not exported and what is paused, and begins nothing")
    func refusals() throws {
        let unknown = try program("runs", "start", "Nightly", "Ordres")
        #expect(unknown.status == 2)
        #expect(
            unknown.errors.contains("does not export “Ordres”; it exports “Orders”, “Events”"),
            Comment(rawValue: unknown.errors))
        #expect(try program("flows", "pause", "Nightly").status == 0)
        let paused = try program("runs", "start", "Nightly")
        #expect(paused.status == 1)
        #expect(
            paused.errors.contains("The flow “Nightly” is paused, and nothing was begun: resume it first."))
        #expect(try facts(program("runs", "list", "--json").output, "len(d)") == "0")
    }

    @Test("A run that fails is told, with the exit status of a failure")
    func failure() throws {
        let broken = try inputs.write("broken.json", "{\"n\":1}\nnot json\n")
        let id = try facts(
            program("datasets", "list", "--json").output, "[x['id'] for x in d if x['name']=='Orders'][0]")
        let added = try program("datasets", "add", "--into", id, broken)
        #expect(added.status == 0, Comment(rawValue: added.errors))
        let started = try program("runs", "start", "Nightly", "Orders")
        #expect(started.status == 1 && started.errors.contains("line 2"), Comment(rawValue: started.errors))
    }
}
