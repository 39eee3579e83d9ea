// Damage of every kind, done by somebody else's client to what lies in each kind of store, and what `sluice verify`
// makes of it.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("What is damaged in a store is found, and called what it is")
struct DamageTests {
    /// A store, and how files are exported to it.
    struct Place: Sendable, CustomTestStringConvertible {
        /// Nil for a folder of the file system.
        var kind: RealDestination.Kind?
        var fileType: String

        var testDescription: String { "\(kind?.rawValue ?? "folder"), \(fileType)" }

        static let all = (RealDestination.Kind.allCases + [nil]).flatMap { kind in
            ["JSON", "PARQUET"].map { Place(kind: kind, fileType: $0) }
        }
    }

    /// What is done to one file each; `extra` is a file beside them.
    private static let kinds = ["missing", "size", "digest", "rows", "unreadable"]

    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    @Test("by its kind, file by file, with exit status 3", arguments: Place.all)
    func everyKind(place: Place) async throws {
        let store = try await store(place)
        try export(to: store, as: place.fileType)
        let whole = try verify(store)
        #expect(whole.status == 0, Comment(rawValue: whole.output + whole.errors))

        let found = try TemporaryFolder()
        try store.client.fetch(RealDestination.folder, into: found)
        let files = try found.everything()
        let manifests = files.filter { $0.contains("/manifest-") }
        // The dataset of one file loses its manifest; the other's says something else.
        let alone = try #require(
            manifests.first { folder(of: $0) != folder(of: files.first { $0.contains("part-00001") } ?? "") })
        let other = try #require(manifests.first { $0 != alone })
        let parts = files.filter { $0.contains("/part-") && folder(of: $0) == folder(of: other) }
        try #require(parts.count == Self.kinds.count)

        var expected = [alone: "manifest-missing", other: "manifest-differs"]
        for (part, kind) in zip(parts, Self.kinds) {
            expected[part] = kind
            if kind != "missing" { try damage(part, kind, of: found, in: store) }
        }
        try damage(other, "manifest-differs", of: found, in: store)
        let extra = folder(of: parts[0]) + "/part-from-elsewhere"
        expected[extra] = "extra"
        try store.client.put(try inputs.write("extra", "{}\n"), at: extra)
        try store.client.delete(parts[0])
        try store.client.delete(alone)
        try expectFindings(expected, in: store)
    }

    private func folder(of path: String) -> String { (path as NSString).deletingLastPathComponent }

    /// A new store with a client of somebody else.
    private func store(_ place: Place) async throws -> RealDestination {
        if let kind = place.kind { return try await RealDestination.make(kind) }
        return RealDestination(
            kind: .landingZone,
            fields: [RealDestination.Field(id: "path", title: "Folder path", value: RealDestination.folder)],
            secrets: [], environment: [:],
            client: FolderStoreClient(folder: program.home.path + "/landing-zone"))
    }

    /// Exports a dataset of five files and one of one file.
    private func export(to store: RealDestination, as fileType: String) throws {
        for (name, count) in [("Many", Self.kinds.count), ("One", 1)] {
            let paths = try (0..<count).map { file in
                let lines = (0..<60).map {
                    #"{"n":\#($0),"text":"\#(UUID().uuidString)\#(UUID().uuidString)"}"#
                }
                return try inputs.write("\(name)-\(file).json", lines.joined(separator: "\n") + "\n")
            }
            try succeed(["datasets", "add", name] + paths, store)
        }
        var arguments = [
            "destinations", "add", store.kind.rawValue, "--name", "Store", "datasetFileType=\(fileType)",
            "compression=\(fileType == "JSON" ? "GZIP" : "NONE")", "includeFileManifest=true",
        ]
        if let way = store.way { arguments += ["--auth", way] }
        if let server = store.server { arguments += ["--host-key", try server.fingerprint()] }
        try succeed(arguments + store.arguments(secretsIn: inputs), store)
        let plan = try inputs.write(
            "plan.toml",
            """
            name = "Backup"
            datasets = ["Many", "One"]
            [destination]
            name = "Store"
            [schedule]
            mode = "full"
            """)
        try succeed(["export", plan], store)
    }

    private func succeed(_ arguments: [String], _ store: RealDestination) throws {
        let ran = try run(arguments, store)
        try #require(ran.status == 0, Comment(rawValue: ran.errors))
    }

    private func run(_ arguments: [String], _ store: RealDestination) throws -> Sluice.Outcome {
        var environment = ProcessInfo.processInfo.environment.merging(store.environment) { $1 }
        environment["SLUICE_HOME"] = program.home.path
        return try Sluice.run(try Sluice.path, arguments, environment: environment)
    }

    private func verify(_ store: RealDestination) throws -> Sluice.Outcome {
        try run(["verify", "Backup", "--deep", "--json"], store)
    }

    private func damage(
        _ path: String, _ kind: String, of found: TemporaryFolder, in store: RealDestination
    ) throws {
        let new = inputs.file("damaged")
        let made = try Python.run("damage.py", [kind, found.file(path), new])
        try #require(made.status == 0, Comment(rawValue: made.errors))
        try store.client.put(new, at: path)
    }

    private func expectFindings(_ expected: [String: String], in store: RealDestination) throws {
        let verified = try verify(store)
        #expect(verified.status == 3, Comment(rawValue: verified.errors))
        let lines = try Sluice.python(
            """
            import json, sys
            for run in json.loads(sys.argv[1]):
                for finding in run["findings"]: print(finding["path"].lstrip("/"), finding["kind"], sep="\\t")
            """, verified.output)
        let found = lines.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        #expect(found.count == expected.count, Comment(rawValue: lines))
        for (path, kind) in expected {
            let kinds = found.filter { $0[0].hasSuffix(path) }.map { $0[1] }
            #expect(kinds == [kind], "\(path)")
        }
    }
}

/// `cp` and `rm`.
private struct FolderStoreClient: StoreClient {
    let folder: String

    func fetch(_ folder: String, into local: TemporaryFolder) throws {
        let parent = (local.file(folder) as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: "\(self.folder)/\(folder)", toPath: local.file(folder))
    }

    func put(_ file: String, at key: String) throws {
        try Data(contentsOf: URL(fileURLWithPath: file)).write(to: URL(fileURLWithPath: "\(folder)/\(key)"))
    }

    func delete(_ key: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(key)") }
}
