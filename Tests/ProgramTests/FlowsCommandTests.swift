// `sluice flows`: what there is, what an edit brings about, and what is left of a flow that is deleted.
import Foundation
import TestFiles
import Testing

@Suite("sluice flows")
struct FlowsCommandTests {
    private let program: Sluice
    private let inputs: TemporaryFolder
    /// Today's date, so that schedules are under way.
    private let today = String(ISO8601DateFormatter().string(from: Date()).prefix(10))

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    private func addDataset(_ name: String) throws {
        let file = try inputs.write("\(name).json", "{\"n\":1}\n{\"n\":2}\n")
        let added = try program("datasets", "add", name, file)
        #expect(added.status == 0, Comment(rawValue: added.errors))
    }

    /// Makes a flow of the dataset “Orders” and lets it run.
    private func addFlow(_ name: String = "Nightly", days: Int = 365, folder: String? = nil) throws {
        let end = Date().addingTimeInterval(TimeInterval(days) * 86_400 + 3_600)
        let plan = try inputs.write(
            "\(name).toml",
            """
            name = "\(name)"
            datasets = ["Orders"]
            \(folder.map { "folder = \"\($0)\"" } ?? "")

            [destination]
            name = "Backups"
            spec = "Data Landing Zone"
            path = "backups"
            datasetFileType = "JSON"
            compression = "GZIP"

            [schedule]
            mode = "incremental"
            frequency = "daily"
            start = 2026-01-15T00:00:00Z
            end = \(ISO8601DateFormatter().string(from: end))
            """)
        let exported = try program("export", plan)
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
    }

    private func facts(_ json: String, _ expression: String) throws -> String {
        try Sluice.python("import json,sys; d=json.loads(sys.argv[1]); print(\(expression))", json)
    }

    private func flow(_ name: String = "Nightly", _ expression: String) throws -> String {
        let shown = try program("flows", "show", name, "--json")
        #expect(shown.status == 0, Comment(rawValue: shown.errors))
        return try facts(shown.output, expression)
    }

    @Test("lists flows with what they join, when they ran and run, and marks an end that is near")
    func list() throws {
        #expect(try program("flows", "--json").output.filter { !$0.isWhitespace } == "[]")
        try addDataset("Orders")
        try addFlow()
        try addFlow("Short", days: 12)
        let listed = try program("flows", "list")
        #expect(listed.status == 0, Comment(rawValue: listed.errors))
        let lines = listed.output.split(separator: "\n")
        #expect(lines.count == 3 && lines[0].hasPrefix("NAME") && lines[0].hasSuffix("END (UTC)"))
        #expect(lines[1].hasPrefix("Short") && lines[1].hasSuffix("(ends in 12 days)"))
        #expect(lines[2].hasPrefix("Nightly") && lines[2].contains("Backups") && lines[2].hasSuffix("Z"))
        let all = try program("flows", "--json").output
        #expect(
            try facts(
                all,
                "[(f['name'], f['state'], f['destination']['name'], [x['name'] for x in f['datasets']]) for f in d]"
            )
                == "[('Short', 'enabled', 'Backups', ['Orders']), ('Nightly', 'enabled', 'Backups', ['Orders'])]"
        )
        #expect(
            try facts(
                all,
                "all(f['lastRun']['status'] == 'success' and f['lastRun']['scheduledTime'] >= '\(today)' and f['nextRun'] > f['lastRun']['scheduledTime'] for f in d)"
            ) == "True")
        #expect(try facts(all, "[f['schedule'].get('endsInDays') for f in d]") == "[12, None]")
        let shown = try program("flows", "show", "Short").output
        for fact in [
            "Dataset      Orders", "Backups, /backups", "daily, from 2026-01-15T00:00:00Z", "ends in 12 days",
        ] {
            #expect(shown.contains(fact), Comment(rawValue: shown))
        }
    }

    @Test("edits name, end, frequency and folders; what is not given stays")
    func edit() throws {
        try addDataset("Orders")
        try addFlow()
        let renamed = try program(
            "flows", "edit", "Nightly", "--name", "Exports", "--description", "All", "--json")
        #expect(renamed.status == 0, Comment(rawValue: renamed.errors))
        #expect(try facts(renamed.output, "d['name'], d['description'], d['conflicts']") == "Exports All []")
        let steps: [([String], String, String)] = [
            (["--end", "2099-06-01"], "d['schedule']['end']", "2099-06-01T00:00:00Z"),
            (["--extend", "6mo"], "d['schedule']['end']", "2099-12-01T00:00:00Z"),
            (["--end", "2098-01-02T03:04:05Z"], "d['schedule']['end']", "2098-01-02T03:04:05Z"),
            (["--frequency", "hourly", "--interval", "6"], "d['schedule']['frequency']", "every 6 hours"),
            (["--interval", "8"], "d['schedule']['frequency']", "every 8 hours"),
            (["--frequency", "daily"], "d['schedule']['frequency']", "daily"),
            (["--folder", "%DATASET_NAME%/%EXPORT_TIME%"], "d['folder']", "%DATASET_NAME%/%EXPORT_TIME%"),
            (["--frequency", "once", "--start", "2098-01-01"], "d['schedule']['mode']", "Export full files"),
        ]
        for (arguments, expression, expected) in steps {
            let edited = try run(["flows", "edit", "Exports", "--json"] + arguments)
            #expect(edited.status == 0, Comment(rawValue: edited.errors))
            #expect(try facts(edited.output, expression) == expected)
            #expect(try flow("Exports", expression) == expected)
        }
        #expect(
            try flow("Exports", "d['name'], d['description'], 'end' in d['schedule']") == "Exports All False")
        let again = try program("flows", "edit", "Exports", "--name", "Exports")
        #expect(again.status == 0 && again.errors.contains("“Exports” is like that already"))
    }

    @Test("adds and removes datasets; what is not exported any more is said first")
    func datasets() throws {
        try addDataset("Orders")
        try addDataset("Events")
        try addFlow()
        let added = try program("flows", "edit", "Nightly", "--add-dataset", "Events", "--json")
        #expect(added.status == 0, Comment(rawValue: added.errors))
        #expect(try facts(added.output, "[x['name'] for x in d['datasets']]") == "['Orders', 'Events']")
        let refused = try program("flows", "edit", "Nightly", "--remove-dataset", "Orders")
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(
            refused.errors.contains("“Orders” would no longer be exported. Files that were exported stay."))
        #expect(refused.errors.contains("“Nightly” was not changed: give --yes"))
        #expect(try flow("Nightly", "len(d['datasets'])") == "2")
        let removed = try program("flows", "edit", "Nightly", "--remove-dataset", "Orders", "--yes", "--json")
        #expect(removed.status == 0, Comment(rawValue: removed.errors))
        #expect(
            try facts(removed.output, "[x['name'] for x in d['datasets']], len(d['conflicts'])")
                == "['Events'] 1")
        // What a flow no longer exports can be removed from the lake.
        #expect(try program("datasets", "remove", "Orders", "--yes").status == 0)
    }

    @Test("says what would share a folder, and does it only with --yes")
    func sharedFolders() throws {
        try addDataset("Orders")
        try addDataset("Events")
        try addFlow()
        try addFlow("Other", folder: "all/%EXPORT_TIME%")
        let both = ["flows", "edit", "Nightly", "--folder", "all/%EXPORT_TIME%", "--add-dataset", "Events"]
        let refused = try run(both)
        #expect(refused.status == 1)
        #expect(
            refused.errors.contains(
                "The files of “Orders”, “Events” would come into one folder, /backups/all/"))
        #expect(refused.errors.contains("The flow “Other” exports into the same folder, /backups/all/"))
        #expect(try run(both + ["--yes"]).status == 0)
        #expect(try flow("Nightly", "d['folder']") == "all/%EXPORT_TIME%")
    }

    @Test(
        "refuses what cannot be with exit status 2, names the flow or the option, and changes nothing",
        arguments: [
            ([], "Say what is to change"),
            (["--end", "2020-01-01"], "The end has gone by: nothing would ever be exported."),
            (["--start", "2199-01-01"], "“Nightly” was not changed. The end is before the start"),
            (["--end", "soon"], "--end"), (["--extend", "6months"], "--extend"),
            (["--end", "2099-01-01", "--extend", "1y"], "not both"),
            (["--interval", "5"], "“Nightly” is not exported hourly"),
            (["--frequency", "hourly"], "“Nightly” needs --interval"),
            (
                ["--frequency", "hourly", "--interval", "5"],
                "“Nightly” was not changed. Every 5 hours is not offered"
            ),
            (["--frequency", "daily", "--interval", "6"], "--interval is for hourly exports"),
            (["--frequency", "weekly"], "--frequency"), (["--folder", "%NOPE%"], "%NOPE% is not a macro"),
            (["--frequency", "once", "--extend", "1y"], "“Nightly” is exported once"),
            (["--add-dataset", "Orders"], "“Nightly” exports “Orders” already"),
            (["--remove-dataset", "Nope"], "“Nightly” does not export “Nope”; it exports “Orders”"),
            (["--remove-dataset", "Orders"], "“Nightly” was not changed. No dataset would be left"),
        ])
    func refusals(arguments: [String], sentence: String) throws {
        try addDataset("Orders")
        try addFlow()
        let before = try program("flows", "show", "Nightly", "--json").output
        let refused = try run(["flows", "edit", "Nightly", "--yes"] + arguments)
        #expect(refused.status == 2)
        #expect(refused.errors.contains(sentence), Comment(rawValue: refused.errors))
        #expect(try program("flows", "show", "Nightly", "--json").output == before)
    }

    @Test("pauses and resumes, and says so where nothing is to be done")
    func pause() throws {
        try addDataset("Orders")
        try addFlow()
        let paused = try program("flows", "pause", "Nightly", "--json")
        #expect(paused.status == 0 && paused.errors.contains("Paused “Nightly”."))
        #expect(try facts(paused.output, "d['state'], 'nextRun' in d") == "disabled False")
        let again = try program("flows", "pause", "Nightly")
        #expect(
            again.status == 1 && again.errors.contains("“Nightly” is paused already; sluice flows resume"))
        #expect(try program("flows", "resume", "Nightly").status == 0)
        #expect(try flow("Nightly", "d['state']") == "enabled")
        #expect(try program("flows", "resume", "Nightly").errors.contains("“Nightly” is not paused"))
        let unknown = try program("flows", "pause", "Nihtly")
        #expect(unknown.status == 1 && unknown.errors.contains("did you mean “Nightly”?"))
    }

    @Test("deletes a flow and leaves what it exported; the destination goes only when it is told to and free")
    func delete() throws {
        try addDataset("Orders")
        try addFlow()
        try addFlow("Second")
        let files = tree(program.home.path + "/landing-zone")
        #expect(!files.isEmpty)
        let refused = try program("flows", "delete", "Nightly", "--yes", "--with-destination")
        #expect(refused.status == 1 && refused.errors.contains("“Second” also exports to “Backups”"))
        let deleted = try program("flows", "delete", "Nightly", "--yes", "--json")
        #expect(deleted.status == 0, Comment(rawValue: deleted.errors))
        #expect(deleted.errors.contains("Its files stay in /backups."))
        #expect(
            try facts(deleted.output, "d['name'], d['filesRemainIn'], d['destinationRemoved']")
                == "Nightly /backups False")
        #expect(try program("flows", "show", "Nightly").errors.contains("There is no flow “Nightly”"))
        #expect(try program("destinations", "show", "Backups").status == 0)
        #expect(try program("flows", "delete", "Second", "--yes", "--with-destination").status == 0)
        #expect(try program("destinations", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
        #expect(tree(program.home.path + "/landing-zone") == files)
        #expect(try program("flows", "--json").output.filter { !$0.isWhitespace } == "[]")
    }

    private func run(_ arguments: [String]) throws -> Sluice.Outcome {
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        return try Sluice.run(try Sluice.path, arguments, environment: environment)
    }
}
