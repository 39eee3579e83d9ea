import ExportDomain
import Foundation
import Records
import SampleLake
import Testing

@testable import EmbeddedPlatform

@Suite("An export")
struct ExportTests {
    private let test: TestPlatform

    init() throws { test = try TestPlatform() }

    /// Exports once, and gives the runs.
    private func export(
        _ datasets: [Dataset], to target: TargetConnection? = nil, template: FolderTemplate = .standard
    ) async throws -> [FlowRun] {
        let flow = try await test.addFlow(datasets, to: target, template: template)
        return try await test.platform.runDue(flow: flow.id)
    }

    @Test("Its files hold every record, in order, as other programs read them")
    func holdsEveryRecord() async throws {
        let orders = try await test.addDataset("Orders", files: 3, records: 200)
        let run = try #require(try await export([orders.dataset]).first)
        #expect(run.status == .success)
        let folder = "\(test.landingZone)/backups/\(orders.dataset.id)/exportTime=202601150600"
        let parts = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasSuffix(".json.gz") }
        #expect(parts.count == 3)
        let source = try orders.paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
        for (part, expected) in zip(parts, source) {
            _ = try output(of: "gzip", "-t", "\(folder)/\(part)")
            #expect(try output(of: "gzip", "-dc", "\(folder)/\(part)") == expected)
        }
        let program = """
            import glob, gzip, json, sys
            rows = [json.loads(line) for f in sorted(glob.glob(sys.argv[1] + '/part-*.json.gz'))
                    for line in gzip.open(f, 'rt', encoding='utf-8')]
            print(len(rows), sum(r['record'] for r in rows), len({(r['file'], r['record']) for r in rows}))
            """
        #expect(try output(of: "python3", "-c", program, folder) == "600 \(3 * 199 * 100) 600\n")
    }

    @Test("The sample lake arrives whole", arguments: SampleLake.datasets.map(\.name))
    func exportsTheSampleLake(name: String) async throws {
        let sample = try #require(SampleLake.datasets.first { $0.name == name })
        let generated = try TemporaryFolder()
        let paths = try await SampleLake.generate(
            sample, into: generated.path, now: test.clock.now, scale: 0.02)
        let expected = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
        let added = try await test.platform.lake.add(
            name: sample.name, description: sample.description, files: paths.map { DataFile(path: $0) },
            ownership: .move)
        #expect(added.batch.malformedRecords == 0)
        let run = try #require(try await export([added.dataset]).first)
        #expect(run.status == .success)
        #expect(run.metrics.outputRecords == expected.split(separator: "\n").count)
        let files = try await test.platform.exportedFiles(of: run).map {
            test.localPath(of: $0.path)
        }
        let program = "import gzip, sys; [sys.stdout.buffer.write(gzip.open(f).read()) for f in sys.argv[1:]]"
        #expect(try output(of: "python3", ["-c", program] + files) == expected)
    }

    @Test("Its manifest lists just its files, with their sizes, as python's json reads it")
    func hasAManifest() async throws {
        let orders = try await test.addDataset("Orders", files: 3).dataset
        let run = try #require(try await export([orders]).first)
        let path = try #require(try await test.platform.manifestPath(of: run))
        #expect(path == "backups/\(orders.id)/exportTime=202601150600/manifest-\(run.flowID)-\(run.id).json")
        let program = """
            import json, os, sys
            m = json.load(open(sys.argv[2]))
            assert m['flowRunId'] == sys.argv[3] and m['scheduledTime'] == '2026-01-15T06:00:00Z'
            paths = [sys.argv[1] + r['sinkPath'] + '/' + r['name'] for r in m['exportResults']]
            assert [os.path.getsize(p) for p in paths] == [r['size'] for r in m['exportResults']]
            there = {e.path for e in os.scandir(os.path.dirname(sys.argv[2]))}
            assert there == set(paths) | {sys.argv[2]}, there
            print(len(paths))
            """
        let count = try output(
            of: "python3", "-c", program, test.landingZone, test.localPath(of: path),
            run.id.rawValue)
        #expect(count == "3\n")
    }

    @Test("Its record has times, records, bytes and files")
    func hasARecord() async throws {
        let orders = try await test.addDataset("Orders", files: 2, records: 5).dataset
        let run = try #require(try await export([orders]).first)
        let files = try await test.platform.exportedFiles(of: run)
        #expect(run.scheduledTime == test.clock.now)
        #expect(run.metrics.startedAt == test.clock.now && run.metrics.completedAt == test.clock.now)
        #expect(run.metrics.inputRecords == 10 && run.metrics.outputRecords == 10)
        #expect(run.metrics.skippedRecords == 0 && run.metrics.errors.isEmpty)
        #expect(run.metrics.inputBytes == orders.bytes && run.metrics.plannedInputBytes == orders.bytes)
        #expect(run.metrics.inputFiles == 2 && run.metrics.outputFiles == 2)
        #expect(run.metrics.outputBytes == files.reduce(0) { $0 + $1.bytes })
        #expect(files.map(\.records) == [5, 5])
        for file in files {
            let sum = try output(of: "sha256sum", test.localPath(of: file.path))
            #expect(file.digest == String(sum.prefix(64)))
        }
        #expect(try await test.platform.run(run.id) == run)
    }

    @Test("Its files share one transaction and one UUID, and are numbered from 0")
    func namesItsFiles() async throws {
        let orders = try await test.addDataset("Orders", files: 3).dataset
        let run = try #require(try await export([orders]).first)
        let names = try await test.platform.exportedFiles(of: run).map { try #require(PartFileName($0.name)) }
        #expect(names.map(\.part) == [0, 1, 2])
        #expect(Set(names.map(\.transaction)).count == 1 && Set(names.map(\.job)).count == 1)
        #expect(names.allSatisfy { $0.fileExtension == "json.gz" })
    }

    @Test("Each dataset has a run of its own, and one that fails does not hold up the others")
    func runsEachDataset() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let path = try test.folder.write("{}\nnull\n", to: "bad.json")
        let bad = try await test.platform.lake.add(name: "Bad", paths: [path]).dataset
        let profiles = try await test.addDataset("Profiles").dataset
        let runs = try await export([orders, bad, profiles])
        #expect(runs.map(\.datasetID) == [orders.id, bad.id, profiles.id])
        #expect(runs.map(\.status) == [.success, .failed, .success])
        #expect(!test.published.contains { $0.contains(bad.id.rawValue) })
    }

    @Test("Without a manifest there is none")
    func hasNoManifest() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let target = try await test.addDestination(manifest: false)
        let run = try #require(try await export([orders], to: target).first)
        #expect(try await test.platform.manifestPath(of: run) == nil)
        #expect(test.published.allSatisfy { $0.hasSuffix(".json.gz") })
        #expect(test.published.count == 2)
    }

    @Test("Verification finds nothing wrong, then what was removed, cut, added and altered")
    func isVerified() async throws {
        let orders = try await test.addDataset("Orders", files: 3).dataset
        let run = try #require(try await export([orders]).first)
        let whole = try await test.platform.verification(of: run)
        #expect(whole.findings.isEmpty && whole.files.count == 4)
        let files = try await test.platform.exportedFiles(of: run)
        let local = files.map { test.localPath(of: $0.path) }
        try FileManager.default.removeItem(atPath: local[0])
        try Data("cut".utf8).write(to: URL(fileURLWithPath: local[1]))
        try test.folder.write("stranger", to: "home/landing-zone/\(whole.folder)/stranger.txt")
        let findings = try await test.platform.verification(of: run).findings
        #expect(Set(findings.map(\.kind)) == ["missing", "size", "extra"])
        let manifest = try #require(try await test.platform.manifestPath(of: run))
        try FileManager.default.removeItem(atPath: test.localPath(of: manifest))
        #expect(
            try await test.platform.verification(of: run).findings
                .contains(.manifestMissing(path: "/" + manifest)))
    }

    @Test("Runs that share a folder do not take each other's files for strangers")
    func sharesAFolder() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let profiles = try await test.addDataset("Profiles").dataset
        let runs = try await export([orders, profiles], template: try FolderTemplate("/"))
        for run in runs {
            #expect(try await test.platform.folder(of: run) == "backups")
            let verification = try await test.platform.verification(of: run)
            #expect(verification.findings.isEmpty && verification.files.count == 3)
        }
    }

    @Test("The first records of a file can be looked at")
    func isPreviewed() async throws {
        let orders = try await test.addDataset("Orders", files: 1, records: 50).dataset
        let run = try #require(try await export([orders]).first)
        let file = try #require(try await test.platform.exportedFiles(of: run).first)
        let preview = try await test.platform.preview(file.path, of: run.id, records: 2)
        #expect(
            preview.records == TestPlatform.lines(file: 0, records: 2).split(separator: "\n").map(String.init)
        )
    }

    @Test("A folder that cannot be written to fails the run with the reason")
    func failsOnTheStorage() async throws {
        let orders = try await test.addDataset("Orders").dataset
        try test.folder.write("in the way", to: "home/landing-zone/backups")
        let run = try #require(try await export([orders]).first)
        #expect(run.status == .failed)
        let message = try #require(run.metrics.errors.first?.message)
        #expect(message.contains("Cannot write") && message.contains(test.landingZone))
        #expect(run.metrics.errors.count == 1)
        #expect(test.published == ["backups"])
    }

    @Test("A file of the lake that is gone fails the run with its name")
    func failsOnTheLake() async throws {
        let orders = try await test.addDataset("Orders", files: 2).dataset
        let file = try #require(test.folder.files(below: "home/lake").last)
        try FileManager.default.removeItem(atPath: "\(test.folder.path)/home/lake/\(file)")
        let run = try #require(try await export([orders]).first)
        #expect(run.status == .failed)
        let message = try #require(run.metrics.errors.first?.message)
        #expect(
            message
                == "Cannot read data-1.ndjson of the dataset: no such file or directory. Add the data again.")
        #expect(test.published.isEmpty)
    }

    @Test("A dataset that was removed fails its run with a sentence")
    func failsOnARemovedDataset() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        try await test.platform.perform(.disable, on: flow.id)
        try await test.platform.lake.remove(orders.id)
        try await test.platform.perform(.enable, on: flow.id)
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .failed)
        #expect(run.metrics.errors.first?.message.contains("was removed from the lake") == true)
    }
}
