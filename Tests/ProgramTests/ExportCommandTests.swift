// `sluice export`: the layout, the results and the sentences that scripts and people get.
import Foundation
import TestFiles
import Testing

@Suite("sluice export")
struct ExportCommandTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    private static let records = (0..<5_000).map { #"{"n":\#($0),"city":"東京","tags":["a",{"b":null}]}"# }

    private func addDataset(_ name: String = "Web events") throws -> String {
        let half = Self.records.count / 2
        let first = try inputs.write("a.json", Self.records[..<half].joined(separator: "\n") + "\n")
        let second = try inputs.write("b.ndjson", Self.records[half...].joined(separator: "\n"))
        let added = try program("datasets", "add", name, first, second, "--json")
        #expect(added.status == 0, Comment(rawValue: added.errors))
        return try Sluice.python("import json,sys; print(json.loads(sys.argv[1])['id'])", added.output)
    }

    private func plan(
        dataset: String = "Web events", path: String = "backups", schedule: String = #"mode = "full""#,
        extra: String = ""
    ) throws -> String {
        try inputs.write(
            "plan.toml",
            """
            name = "Nightly backup"
            datasets = ["\(dataset)"]
            \(extra)

            [destination]
            name = "Backups"
            spec = "Data Landing Zone"
            path = "\(path)"
            datasetFileType = "JSON"
            compression = "GZIP"
            includeFileManifest = true

            [schedule]
            \(schedule)
            start = 2026-01-15T06:00:00Z
            """)
    }

    @Test("writes folder/datasetID/exportTime=…/ with every record once and a manifest that is right")
    func wholeExport() throws {
        let dataset = try addDataset()
        let exported = try program("export", try plan(), "--json")
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
        let zone = program.home.path + "/landing-zone"
        let folder = "backups/\(dataset)/exportTime=202601150600/"
        #expect(tree(zone).filter { $0.hasSuffix("/") } == ["backups/", "backups/\(dataset)/", folder])
        let report = try Sluice.python(
            """
            import gzip, glob, json, os, sys
            folder, result = sys.argv[1], json.loads(sys.argv[2])
            parts = sorted(glob.glob(folder + "part-*.json.gz"))
            rows = [json.loads(line) for part in parts for line in gzip.open(part)]
            manifests = glob.glob(folder + "manifest-*.json")
            manifest = json.load(open(manifests[0]))
            listed = {r["name"]: r["size"] for r in manifest["exportResults"]}
            run = result["runs"][0]
            print([r["n"] for r in rows] == list(range(5000)), all(r["city"] == "東京" for r in rows),
                  len(parts), len(manifests),
                  listed == {os.path.basename(p): os.path.getsize(p) for p in parts},
                  os.path.basename(manifests[0]) == f"manifest-{result['flow']}-{run['id']}.json",
                  manifest["flowRunId"] == run["id"], manifest["scheduledTime"],
                  run["records"], run["status"], run["folder"] + "/" == sys.argv[3],
                  sum(f["records"] for f in run["files"]), run["errors"])
            """, zone + "/" + folder, exported.output, folder)
        #expect(report == "True True 2 1 True True True 2026-01-15T06:00:00Z 5000 success True 5000 []")
        let parts = tree(zone).filter { $0.hasSuffix(".gz") }
        for part in parts {
            #expect(try Sluice.run("gzip", ["-t", "\(zone)/\(part)"]).status == 0)
        }
    }

    @Test("exports once: the same plan again finds the flow and says that nothing is due")
    func onlyOnce() throws {
        _ = try addDataset()
        #expect(try program("export", try plan()).status == 0)
        let before = tree(program.home.path + "/landing-zone")
        let again = try program("export", try plan(), "--json")
        #expect(again.status == 0)
        #expect(again.errors.contains("Nothing is due"))
        #expect(tree(program.home.path + "/landing-zone") == before)
    }

    @Test("does nothing in a dry run but says which folders there would be")
    func dryRun() throws {
        let dataset = try addDataset()
        let dry = try program("export", try plan(), "--dry-run")
        #expect(dry.status == 0)
        #expect(dry.output.contains("backups/\(dataset)/exportTime=202601150600/"))
        #expect(tree(program.home.path + "/landing-zone").isEmpty)
        #expect(try program("runs", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
    }

    @Test("fails with a sentence for a dataset that does not exist")
    func wrongDataset() throws {
        let outcome = try program("export", try plan(dataset: "Wbe events"))
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("There is no dataset “Wbe events”."))
        #expect(outcome.output.isEmpty)
    }

    @Test("fails with a sentence for a folder that cannot be written")
    func unwritableFolder() throws {
        _ = try addDataset()
        // A file where a folder would have to be, which stops even root.
        _ = FileManager.default.createFile(atPath: program.home.path + "/landing-zone/backups", contents: nil)
        let outcome = try program("export", try plan())
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("backups"))
        #expect(tree(program.home.path + "/landing-zone") == ["backups"])
    }

    @Test("publishes nothing of a dataset with a malformed line, and names file and line")
    func malformedLine() throws {
        let file = try inputs.write(
            "bad.json", #"{"n":1}"# + "\n" + #"{"n":2"# + "\n" + "[3]\n" + #"{"n":4}"# + "\n")
        let added = try program("datasets", "add", "Bad", file)
        #expect(added.errors.contains("2 lines are not a JSON object, the first in bad.json, line 2"))
        let outcome = try program("export", try plan(dataset: "Bad"))
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("bad.json"))
        #expect(outcome.errors.contains("line 2"))
        #expect(tree(program.home.path + "/landing-zone").filter { !$0.hasSuffix("/") }.isEmpty)
    }

    @Test("leaves malformed lines out and counts them where the plan says so")
    func skippedLines() throws {
        let file = try inputs.write("bad.json", #"{"n":1}"# + "\n" + #"{"n":2"# + "\n" + #"{"n":4}"# + "\n")
        _ = try program("datasets", "add", "Bad", file)
        let outcome = try program(
            "export", try plan(dataset: "Bad", extra: #"malformedRecords = "skip""#), "--json")
        #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
        let counts = try Sluice.python(
            "import json,sys; r=json.loads(sys.argv[1])['runs'][0]; print(r['records'], r['skippedRecords'])",
            outcome.output)
        #expect(counts == "2 1")
    }

    @Test("exports what was added since in the next run of an incremental flow")
    func incremental() throws {
        _ = try addDataset()
        let daily = #"mode = "incremental""# + "\nend = 2036-01-15T06:00:00Z"
        let first = try program("export", try plan(schedule: daily), "--json")
        #expect(first.status == 0, Comment(rawValue: first.errors))
        let more = try inputs.write("more.json", #"{"n":-1}"# + "\n")
        #expect(try program("datasets", "add", "--into", "Web events", more).status == 0)
        // The same occurrence is not run twice; what arrived waits for the next.
        let second = try program("export", try plan(schedule: daily), "--json")
        #expect(second.errors.contains("Nothing is due: the next export is at"))
    }

    @Test("verifies what it wrote, and finds what was damaged afterwards")
    func verification() throws {
        _ = try addDataset()
        _ = try program("export", try plan())
        #expect(try program("verify", "Nightly backup").status == 0)
        let zone = program.home.path + "/landing-zone/"
        let parts = tree(zone).filter { $0.hasSuffix(".gz") }
        try FileManager.default.removeItem(atPath: zone + parts[0])
        try Data("x".utf8).write(to: URL(fileURLWithPath: zone + parts[1]))
        let folder = String(parts[0][..<(parts[0].lastIndex(of: "/") ?? parts[0].endIndex)])
        _ = FileManager.default.createFile(atPath: "\(zone)\(folder)/stranger.txt", contents: Data("?".utf8))
        let outcome = try program("verify", "Nightly backup", "--json")
        #expect(outcome.status == 3)
        let kinds = try Sluice.python(
            "import json,sys; print(sorted(f['kind'] for f in json.loads(sys.argv[1])[0]['findings']))",
            outcome.output)
        #expect(kinds == "['extra', 'missing', 'size']")
    }

    @Test("reads everything back with --deep, and finds the bit that flipped")
    func deepVerification() throws {
        _ = try addDataset()
        _ = try program("export", try plan())
        let whole = try program("verify", "Nightly backup", "--deep")
        #expect(whole.status == 0, Comment(rawValue: whole.output + whole.errors))
        let zone = program.home.path + "/landing-zone/"
        let part = try #require(tree(zone).first { $0.hasSuffix(".gz") })
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: zone + part)))
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: zone + part))
        #expect(try program("verify", "Nightly backup").status == 0)
        let damaged = try program("verify", "Nightly backup", "--deep")
        #expect(damaged.status == 3)
        let finding = "unreadable: /\(part) cannot be read back: the gzip stream is damaged"
        #expect(damaged.output.contains(finding), Comment(rawValue: damaged.output))
    }

    @Test("names file and key of a plan that is wrong, with exit status 1")
    func wrongPlan() throws {
        let path = try inputs.write(
            "broken.toml",
            "name = \"x\"\ndatasets = 3\n[destination]\nname = \"y\"\n[schedule]\nmode = \"full\"\n")
        let outcome = try program("export", path)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("broken.toml"))
        #expect(outcome.errors.contains("datasets"))
    }

    @Test(
        "exits with 2 for wrong usage",
        arguments: [["export"], ["export", "--nope"], ["frobnicate"], ["verify"]])
    func usage(arguments: [String]) throws {
        let outcome = try Sluice.run(try Sluice.path, arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
    }

    @Test("says how to go on without a screen where there is no terminal")
    func noTerminal() throws {
        let outcome = try program()
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("sluice export PLAN.toml"))
    }
}
