// Flows of a distant platform, cared for on the screen of flows and by commands.
import Foundation
import TerminalTesting
import TestFiles
import TestServers
import Testing

@Suite("Flows of a distant platform")
struct ServedFlowTests {
    private let platform: ServedPlatform
    private let destination: RealDestination

    /// Makes a flow of one dataset whose first export is tomorrow, to a bucket that both machines reach.
    init() async throws {
        destination = try await RealDestination.make(.amazonS3)
        platform = try ServedPlatform(environment: destination.environment)
        try platform.login()
        let added = try platform.run(
            [
                "destinations", "add", "s3", "--name", "Archive", "datasetFileType=JSON",
                "compression=GZIP", "includeFileManifest=true",
            ] + destination.arguments(secretsIn: platform.inputs), environment: destination.environment)
        try #require(added.status == 0, Comment(rawValue: added.errors))
        #expect(added.errors.contains("could not be kept") == false)
        let format = ISO8601DateFormatter()
        let plan = try platform.inputs.write(
            "plan.toml",
            """
            name = "Daily"
            datasets = ["Orders"]
            [destination]
            name = "Archive"
            [schedule]
            frequency = "daily"
            start = \(format.string(from: Date(timeIntervalSinceNow: 86_400)))
            end = \(format.string(from: Date(timeIntervalSinceNow: 100 * 86_400)))
            """)
        let made = try run("export", plan)
        try #require(made.status == 0, Comment(rawValue: made.errors))
    }

    private func run(_ arguments: String...) throws -> GuardedRun {
        try platform.run(arguments, environment: destination.environment)
    }

    private func facts(_ json: String, _ expression: String) throws -> String {
        try Sluice.python("import json,sys; d=json.loads(sys.argv[1]); print(\(expression))", json)
    }

    /// The files that are there, by somebody else's client.
    private func files() throws -> [String] {
        let local = try TemporaryFolder()
        try destination.client.fetch(RealDestination.folder, into: local)
        return try local.everything().filter { $0.hasSuffix(".json.gz") }
    }

    // MARK: Commands

    @Test("are exported now by sluice runs start, which waits and shows what was written")
    func started() throws {
        let before = try facts(run("flows", "show", "Daily", "--json").output, "d['nextRun']")
        let started = try run("runs", "start", "Daily")
        #expect(started.status == 0, Comment(rawValue: started.errors))
        #expect(started.output.contains("success") && started.output.contains("100"))
        #expect(try files().count == 1)
        #expect(try facts(run("flows", "show", "Daily", "--json").output, "d['nextRun']") == before)
        let verified = try run("verify", "Daily", "--deep")
        #expect(verified.status == 0 && verified.output.contains("✓ ok"), Comment(rawValue: verified.output))

        let named = try run("runs", "start", "Daily", "Orders", "--json")
        #expect(named.status == 0, Comment(rawValue: named.errors))
        #expect(
            try facts(named.output, "[(r['status'], r['records'], len(r['files'])) for r in d['runs']]")
                == "[('success', 0, 0)]")
    }

    @Test("are exported now without waiting; the newest runs are listed, and all of them on demand")
    func listed() throws {
        let ids = try (0..<3).map { _ in
            let started = try run("runs", "start", "Daily", "--no-wait")
            #expect(started.status == 0, Comment(rawValue: started.errors))
            let id = started.output.trimmingCharacters(in: .whitespacesAndNewlines)
            try wait { try run("runs", "show", id, "--json").output.contains("\"success\"") }
            return id
        }
        for arguments in [["runs", "list", "Daily"], ["runs", "list"]] {
            let newest = try platform.run(
                arguments + ["--newest", "2", "--json"], environment: destination.environment)
            #expect(try facts(newest.output, "[r['id'] for r in d]") == "['\(ids[2])', '\(ids[1])']")
            #expect(newest.errors.contains("These are the newest 2: --newest NUMBER lists more"))
            let all = try platform.run(arguments + ["--all"], environment: destination.environment)
            for id in ids { #expect(all.output.contains(id)) }
            #expect(all.errors.isEmpty, Comment(rawValue: all.errors))
        }
        #expect(try run("runs", "list", "--newest", "0").status == 2)
    }

    @Test("are not exported where that cannot be, and it is said why")
    func refusals() throws {
        let unknown = try run("runs", "start", "Daily", "Ordres")
        #expect(
            unknown.status == 2 && unknown.errors.contains("does not export “Ordres”; it exports “Orders”"))
        #expect(try run("flows", "pause", "Daily").status == 0)
        let paused = try run("runs", "start", "Daily")
        #expect(paused.status == 1)
        #expect(paused.errors.contains("The flow “Daily” is paused"), Comment(rawValue: paused.errors))
        #expect(try run("flows", "resume", "Daily").status == 0)
        #expect(platform.server.stop(SIGTERM) == 0)
        let gone = try run("runs", "start", "Daily")
        #expect(gone.status == 1)
        #expect(gone.errors.contains("refuses connections"), Comment(rawValue: gone.errors))
        #expect(try files().isEmpty)
    }

    @Test("tell nothing by commands of this machine, which is said before anything is changed or made")
    func notifications() throws {
        let flows = try run("flows", "list", "--json").output
        let plan = try platform.inputs.write(
            "telling.toml",
            """
            name = "Telling"
            datasets = ["Orders"]
            [destination]
            name = "Archive"
            [schedule]
            frequency = "daily"
            start = 2030-01-01T00:00:00Z
            end = 2030-07-01T00:00:00Z
            [notifications]
            on = ["failure"]
            command = ["true"]
            """)
        for arguments in [
            ["flows", "edit", "Daily", "--name", "Other", "--notify-command", "true"], ["export", plan],
        ] {
            let refused = try platform.run(arguments, environment: destination.environment)
            #expect(refused.status == 2, Comment(rawValue: refused.output))
            #expect(
                refused.errors.contains("Commands that tell what has come of a flow are run by")
                    && refused.errors.contains("The profile “acme”"),
                Comment(rawValue: refused.errors))
            let other = try platform.run(
                arguments, environment: destination.environment.merging(platform.credential) { $1 })
            #expect(
                other.status == 2 && other.errors.contains("SLUICE_CLIENT_ID"),
                Comment(rawValue: other.errors))
        }
        #expect(try run("flows", "list", "--json").output == flows)
    }

    // MARK: The screen

    @Test("are put off, paused, exported now, followed and deleted by the keys of the screen of flows")
    func screen() throws {
        let wizard = try WizardSession(platform.program, environment: destination.environment)
        try wizard.see("1 destination")
        try wizard.press("f")
        try wizard.see("Daily")
        try wizard.see("none yet")
        try wizard.press("p")
        try wizard.see("“Daily” is paused")
        try wizard.press("s")
        try wizard.see("paused")
        try wizard.press("p")
        try wizard.see("“Daily” exports by its schedule again")
        try wizard.press("+")
        try wizard.see("“Daily” ends on")
        try wizard.press("s")
        try wizard.see("Export “Daily” now?")
        try wizard.press("y")
        try wizard.see("1 run complete", timeout: 120)
        #expect(try files().count == 1)
        try wizard.press("Escape")
        try wizard.see("success")
        try wizard.press("x")
        try wizard.see("Delete the flow “Daily”?")
        try wizard.press("y")
        try wizard.see("is deleted; its files stay")
        try wizard.quit()
        #expect(try files().count == 1)
        #expect(try run("flows", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
        try wizard.expectNoTrace(of: destination.secrets + [platform.secret])
    }

    @Test("stay on the screen when the platform is gone, with the reason, and can be used when it is back")
    func outage() throws {
        let wizard = try WizardSession(platform.program, environment: destination.environment)
        try wizard.see("1 destination")
        try wizard.press("f")
        try wizard.see("Daily")
        let port = try #require(platform.server.start.url.split(separator: ":").last)
        #expect(platform.server.stop(SIGTERM) == 0)
        try wizard.press("p")
        try wizard.see("“Daily” was not changed", timeout: 180)
        try wizard.see("refuses connections")
        let again = try ServingSluice(
            home: platform.far.home.path,
            [
                "--certificate", platform.certificates.certificate, "--key", platform.certificates.key,
                "--sandbox", "prod=\(platform.far.home.path)",
            ], port: String(port), environment: destination.environment)
        try wizard.press("Escape", "r")
        try wizard.see("Daily")
        try wizard.press("p")
        try wizard.see("“Daily” is paused", timeout: 180)
        try wizard.quit()
        #expect(again.stop(SIGTERM) == 0)
    }

    private func wait(_ condition: () throws -> Bool) throws {
        let end = Date(timeIntervalSinceNow: 180)
        while Date() < end {
            if try condition() { return }
            usleep(50_000)
        }
        Issue.record("Waited in vain")
    }
}
