// From nothing to an export that was proved, for each destination: in a terminal, on a real server, with what lies
// there at the end looked at by somebody else's client.
import Foundation
import TerminalTesting
import TestFiles
import TestServers
import Testing

@Suite("The whole way to each destination")
struct DestinationJourneyTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    /// Three files of records, and what they hold, line by line.
    private func addEvents() throws -> [String] {
        let files = (0..<3).map { file in
            (0..<200).map { #"{"n":\#(file * 200 + $0),"text":"naïve 東京 🚀 \#($0 % 7)"}"# }
        }
        let paths = try files.enumerated().map { number, lines in
            try inputs.write("events-\(number).json", lines.joined(separator: "\n") + "\n")
        }
        let added = try Sluice.run(
            try Sluice.path, ["datasets", "add", "Events"] + paths,
            environment: ProcessInfo.processInfo.environment.merging(["SLUICE_HOME": program.home.path]) {
                $1
            })
        try #require(added.status == 0, Comment(rawValue: added.errors))
        return files.flatMap { $0 }
    }

    @Test(
        "is gone in the wizard, and what is there in the end is what went in; damage is found",
        arguments: RealDestination.Kind.allCases)
    func journey(kind: RealDestination.Kind) async throws {
        try go(
            to: try await RealDestination.make(kind),
            isWide: kind == .azureBlob || kind == .googleCloudStorage)
    }

    @Test(
        "is gone to a server of SFTP by password and by the SSH agent as well",
        arguments: [.password, .agent] as [RealDestination.SFTPSignIn])
    func journey(signIn: RealDestination.SFTPSignIn) throws {
        try go(to: try RealDestination.sftp(signIn), isWide: false)
    }

    private func go(to destination: RealDestination, isWide: Bool) throws {
        let lines = try addEvents()
        try exportInWizard(destination, isWide: isWide)
        let found = try fetch(destination, "\(RealDestination.folder)")
        try expect(found, toHold: lines)
        let whole = try verify("Events to Nightly", destination)
        #expect(whole.status == 0, Comment(rawValue: whole.output + whole.errors))
        #expect(
            whole.output.contains("The platform deletes these files in 6 d ") == destination.deletesFiles)
        try expectExpiryOfRun(destination)
        try expectCopyOfParquet(to: destination)
        try damage(found, in: destination)
        #expect(SecretSearch(destination.secrets).traces(below: program.home.path) == [])
    }

    /// Sets the destination up, exports to it, and sees that all is there.
    private func exportInWizard(_ destination: RealDestination, isWide: Bool) throws {
        var environment = destination.environment
        var arguments: [String] = []
        // Authorities can be named either way.
        if isWide, let authority = environment.removeValue(forKey: "SSL_CERT_FILE") {
            arguments = ["--cacert", authority]
        }
        let wizard = try WizardSession(
            program, arguments: arguments, environment: environment, columns: isWide ? 120 : 80,
            rows: isWide ? 40 : 24)
        try wizard.see("There is no destination yet")
        try wizard.fillForm(of: destination, name: "Nightly")
        try wizard.testAndSave()
        try wizard.see("1 of 1")
        try wizard.press("Space")
        try wizard.see("1 selected")
        try wizard.press("Enter")
        try wizard.see("at once")
        try wizard.press("Enter")
        try wizard.see("Folders of the first run")
        try wizard.press("Enter")
        try wizard.see("1 run complete")
        let end = try wizard.see("all there")
        #expect(end.joined().contains("600 records"))
        #expect(
            end.joined().contains("/\(RealDestination.folder)"),
            Comment(rawValue: end.joined(separator: "\n")))
        #expect(
            WizardSession.flat(end).contains("The platform deletes files in ") == destination.deletesFiles)
        try wizard.quit()
        try wizard.expectNoTrace(of: destination.secrets)
    }

    /// A run says until when its files are there, where that is not for ever.
    private func expectExpiryOfRun(_ destination: RealDestination) throws {
        let listed = try program("runs", "list", "Events to Nightly", "--json")
        let facts = try Sluice.python(
            """
            import datetime, json, sys
            run = json.loads(sys.argv[1])[0]
            expiry = run.get("expiryTime")
            if expiry:
                left = datetime.datetime.fromisoformat(expiry) - datetime.datetime.now(datetime.timezone.utc)
                print(run["id"], left.days)
            else:
                print(run["id"], "never")
            """, listed.output
        ).split(separator: " ").map(String.init)
        try #require(facts.count == 2, Comment(rawValue: listed.output + listed.errors))
        #expect(facts[1] == (destination.deletesFiles ? "6" : "never"))
        let shown = try program("runs", "show", facts[0]).output
        #expect(shown.contains("The platform deletes these files in 6 d ") == destination.deletesFiles)
    }

    /// Brings everything below a folder here, by somebody else's client.
    private func fetch(_ destination: RealDestination, _ folder: String) throws -> TemporaryFolder {
        let local = try TemporaryFolder()
        try destination.client.fetch(folder, into: local)
        return local
    }

    private func parts(of folder: TemporaryFolder) throws -> [String] {
        try folder.everything().filter { $0.contains("/part-") }
    }

    /// Every record is there once, as it went in, and the manifest lists the files with their sizes.
    private func expect(_ folder: TemporaryFolder, toHold lines: [String]) throws {
        let report = try Sluice.python(
            """
            import glob, gzip, json, os, sys
            root, expected = sys.argv[1:]
            parts = sorted(glob.glob(root + "/*/exportTime=*/part-*.json.gz"))
            found = sorted(line for part in parts for line in gzip.open(part, "rb").read().splitlines())
            with open(expected, "rb") as file:
                wanted = sorted(file.read().splitlines())
            manifests = glob.glob(root + "/*/exportTime=*/manifest-*.json")
            listed = json.load(open(manifests[0]))["exportResults"]
            sizes = {os.path.basename(entry["name"]) for entry in listed}
            print(len(parts), found == wanted, len(manifests), len(listed),
                  sizes == {os.path.basename(part) for part in parts})
            """, folder.file(RealDestination.folder),
            try inputs.write("expected", lines.joined(separator: "\n")))
        #expect(report == "3 True 1 3 True")
    }

    /// Verifies a flow, every byte of it.
    private func verify(
        _ flow: String, _ destination: RealDestination, _ more: String...
    ) throws -> Sluice.Outcome {
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        environment.merge(destination.environment) { $1 }
        return try Sluice.run(
            try Sluice.path, ["verify", flow, "--deep"] + more, environment: environment)
    }

    /// A plan exports with the account of the wizard; a Parquet file that needs no other codec arrives as it was.
    private func expectCopyOfParquet(to destination: RealDestination) throws {
        let source = inputs.file("rows.parquet")
        let made = try Python.run("small_parquet.py", [source])
        try #require(made.status == 0, Comment(rawValue: made.errors))
        #expect(try program("datasets", "add", "Rows", source).status == 0)
        let places = ["bucketName", "container"].compactMap { id in
            destination.fields.first { $0.id == id }.map { "\(id) = \"\($0.value)\"" }
        }
        let path = destination.kind == .sftp ? "remotePath" : "path"
        let plan = try inputs.write(
            "plan.toml",
            """
            name = "Copy"
            datasets = ["Rows"]
            [destination]
            name = "Copies"
            spec = "\(destination.kind.rawValue)"
            account = "Nightly"
            \(places.joined(separator: "\n"))
            \(path) = "copies"
            datasetFileType = "PARQUET"
            compression = "NONE"
            includeFileManifest = true
            [schedule]
            mode = "full"
            """)
        let exported = try program("export", plan, environment: destination.environment)
        try #require(exported.status == 0, Comment(rawValue: exported.errors))
        let copies = try fetch(destination, "copies")
        let names = try copies.everything().filter { $0.hasSuffix(".parquet") }
        #expect(names.count == 1)
        for name in names {
            #expect(try digest(copies.file(name)) == digest(source))
        }
        #expect(try copies.everything().contains { $0.contains("/manifest-") })
        #expect(try verify("Copy", destination).status == 0)
    }

    private func digest(_ path: String) throws -> String {
        String(try Sluice.run("sha256sum", [path]).output.prefix(64))
    }

    /// Damages what is there, each file in another way, and expects each to be named for what was done to it.
    private func damage(_ found: TemporaryFolder, in destination: RealDestination) throws {
        let parts = try parts(of: found)
        try #require(parts.count == 3)
        let longer = try inputs.write(try found.bytes(of: parts[1]) + [0], to: "longer")
        var bytes = try found.bytes(of: parts[2])
        bytes[bytes.count / 2] ^= 1
        let changed = try inputs.write(bytes, to: "changed")
        let extra = (parts[0] as NSString).deletingLastPathComponent + "/part-from-elsewhere.json.gz"
        try destination.client.delete(parts[0])
        try destination.client.put(longer, at: parts[1])
        try destination.client.put(changed, at: parts[2])
        try destination.client.put(longer, at: extra)
        let verified = try verify("Events to Nightly", destination, "--json")
        #expect(verified.status == 3, Comment(rawValue: verified.errors))
        let kinds = try Sluice.python(
            """
            import json, sys
            found = json.loads(sys.argv[1])[0]["findings"]
            def kinds(path): return "+".join(sorted(f["kind"] for f in found if f["path"].endswith(path)))
            print(*(kinds(path) for path in sys.argv[2:]), len(found))
            """, verified.output, parts[0], parts[1], parts[2], extra)
        let words = kinds.split(separator: " ").map(String.init)
        try #require(words.count == 5, Comment(rawValue: kinds))
        #expect(words[0] == "missing")
        #expect(words[1].contains("size"))
        #expect(words[2].contains("unreadable") || words[2].contains("digest"))
        #expect(words[3] == "extra")
        let told = try verify("Events to Nightly", destination)
        #expect(told.status == 3)
        for path in parts + [extra] { #expect(told.output.contains(path)) }
    }
}
