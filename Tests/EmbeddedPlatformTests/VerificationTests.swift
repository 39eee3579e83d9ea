// What was promised against what is there: damage of each kind, done by hand.
import ExportDomain
import Foundation
import GRDB
import Languages
import ObjectStorage
import Synchronization
import Testing

@testable import EmbeddedPlatform

@Suite("Verification against the store")
struct VerificationTests {
    private let test: TestPlatform
    private let storage: ObservedStorage

    init() throws {
        let folder = try TemporaryFolder()
        let storage = ObservedStorage(folder: FolderStorage(path: folder.path + "/home/landing-zone"))
        self.storage = storage
        test = try TestPlatform(folder: folder) { _ in storage }
    }

    private func export(
        _ fileType: DatasetFileType, files: Int = 3, records: Int = 200
    ) async throws -> (run: FlowRun, paths: [String]) {
        let dataset = try await test.addDataset("Orders", files: files, records: records).dataset
        return try await export(dataset, as: fileType)
    }

    private func export(
        _ dataset: Dataset, as fileType: DatasetFileType
    ) async throws -> (run: FlowRun, paths: [String]) {
        let target = try await test.addDestination(fileType: fileType)
        let flow = try await test.addFlow([dataset], to: target)
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .success, "\(run.metrics.errors)")
        return (
            run, try await test.platform.exportedFiles(of: run).map { test.localPath(of: $0.path) }
        )
    }

    private func findings(
        _ run: FlowRun, _ depth: VerificationDepth
    ) async throws -> [VerificationFinding] {
        try await test.platform.verification(of: run, depth: depth).findings
    }

    /// Changes a file's bytes, its size staying as it is.
    private func change(_ path: String, _ body: (inout [UInt8]) -> Void) throws {
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let size = bytes.count
        body(&bytes)
        #expect(bytes.count == size)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    @Test(
        "What was just exported has no findings, however far one looks",
        arguments: [DatasetFileType.json, .parquet])
    func allWell(fileType: DatasetFileType) async throws {
        let (run, _) = try await export(fileType)
        for depth in [VerificationDepth.listing, .rows, .contents] {
            #expect(try await findings(run, depth).isEmpty)
        }
    }

    @Test("A flipped bit is told from a file that was written anew with the same records and size")
    func damagedJSON() async throws {
        let (run, paths) = try await export(.json)
        try change(paths[0]) { $0[$0.count / 2] ^= 1 }
        // The system that wrote it, in the header (RFC 1952, section 2.3): the records stay the same.
        try change(paths[1]) { $0[9] = 3 }
        #expect(try await findings(run, .listing).isEmpty)
        #expect(try await findings(run, .rows).isEmpty)
        let found = try await findings(run, .contents)
        #expect(found.map(\.kind) == ["unreadable", "digest"])
        #expect(found.first?.description.contains("gzip stream is damaged") == true)
    }

    @Test("Rows that are gone and lines that are no records are found, with the line")
    func damagedRecords() async throws {
        let (run, paths) = try await export(.json)
        // Another content of any size: the record of the run is made to agree with it.
        let rewrite = """
            import gzip, sys
            rows = gzip.open(sys.argv[1]).read().splitlines(keepends=True)
            rows = rows[1:] if sys.argv[2] == 'cut' else rows[:6] + [b'null\\n'] + rows[7:]
            open(sys.argv[1], 'wb').write(gzip.compress(b''.join(rows)))
            """
        _ = try output(of: "python3", "-c", rewrite, paths[0], "cut")
        _ = try output(of: "python3", "-c", rewrite, paths[1], "null")
        let twice = try Data(contentsOf: URL(fileURLWithPath: paths[2]))
        try (twice + twice).write(to: URL(fileURLWithPath: paths[2]))
        #expect(try await findings(run, .listing).map(\.kind) == ["size", "size", "size"])
        try await recordSizes(of: run)
        let found = try await findings(run, .contents)
        #expect(found.map(\.kind) == ["rows", "unreadable", "unreadable"])
        #expect(found[0].description.contains("has 199 rows and was exported with 200"))
        #expect(found[1].description.contains("line 7 is not a JSON object"))
        #expect(found[2].description.contains("a second gzip stream follows the first"))
    }

    @Test("Of Parquet a page, the footer, and bytes that are no page are each told")
    func damagedParquet() async throws {
        let (run, paths) = try await export(.parquet)
        try change(paths[0]) { $0[$0.count / 3] ^= 0xFF }
        try change(paths[1]) { $0[$0.count - 5] ^= 0xFF }
        let found = try await findings(run, .contents)
        #expect(found.map(\.kind) == ["unreadable", "unreadable"])
        #expect(found[0].description.contains("column"))
        #expect(try await findings(run, .rows).map(\.path) == [found[1].path])
        #expect(try await findings(run, .listing).isEmpty)
    }

    @Test("The rows of a Parquet file cost one request each, and are compared with the record")
    func rowsOfFooters() async throws {
        let (run, paths) = try await export(.parquet)
        try FileManager.default.removeItem(atPath: paths[0])
        let more = try test.folder.write(TestPlatform.lines(file: 0, records: 7), to: "more.ndjson")
        let other = try await test.platform.lake.add(name: "Other", paths: [more]).dataset
        let (_, others) = try await export(other, as: .parquet)
        try FileManager.default.copyItem(atPath: others[0], toPath: paths[0])
        try await recordSizes(of: run)
        _ = storage.takeCounts()
        let found = try await findings(run, .rows)
        #expect(found.map(\.kind) == ["rows"])
        // Three footers and the manifest.
        let counts = storage.takeCounts()
        #expect(counts.reads == 4 && counts.looks == 0)
    }

    @Test("A manifest that is no manifest, and one that lists other files, differ")
    func damagedManifest() async throws {
        let (run, _) = try await export(.json)
        let manifest = try #require(try await test.platform.manifestPath(of: run))
        let path = test.localPath(of: manifest)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try Data(text.replacing("part-00001", with: "part-00009").utf8).write(to: URL(fileURLWithPath: path))
        #expect(try await findings(run, .listing).map(\.kind) == ["manifest-differs"])
        try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
        #expect(
            try await findings(run, .contents) == [
                .manifestDiffers(path: "/" + manifest, reason: Text("cannot be read"))
            ]
        )
    }

    @Test(
        "Files are read back whole over connections that break, each byte once",
        arguments: [DatasetFileType.json, .parquet])
    func brokenConnections(fileType: DatasetFileType) async throws {
        let file = test.folder.path + "/large.ndjson"
        let program = """
            import random, sys
            random.seed(4)
            with open(sys.argv[1], 'w') as out:
                for n in range(150_000):
                    out.write('{"n":%d,"key":"%032x"}\\n' % (n, random.getrandbits(128)))
            """
        _ = try output(of: "python3", "-c", program, file)
        let dataset = try await test.platform.lake.add(name: "Large", paths: [file]).dataset
        let (run, paths) = try await export(dataset, as: fileType)
        let size = try Data(contentsOf: URL(fileURLWithPath: paths[0])).count
        #expect(size > 2 << 20)
        storage.cutsAfter = 1 << 20
        _ = storage.takeCounts()
        #expect(try await findings(run, .contents).isEmpty)
        let counts = storage.takeCounts()
        // The file once, and of a Parquet file its end twice.
        #expect(counts.bytes < size + (128 << 10))
    }

    @Test("Progress ends with all files and all bytes")
    func progress() async throws {
        let (run, _) = try await export(.json)
        let last = Latest<VerificationProgress>()
        _ = try await test.platform.verification(of: run, depth: .contents) { last.value = $0 }
        let progress = try #require(last.value)
        #expect(progress.filesDone == 3 && progress.files == 3)
        #expect(progress.bytesDone == progress.bytes && progress.bytes > 0)
    }

    @Test("Ten thousand files are verified, and of them the one that is missing")
    func manyFiles() async throws {
        let (run, paths) = try await export(.json, files: 1)
        let stored = try await test.platform.storedRun(run.id)
        try await test.platform.store.write(Text("add files")) { db in
            var file = try #require(try StoredRunFile.filter(Column("runID") == run.id).fetchOne(db))
            let name = file.name
            for part in 1..<10_000 {
                file.part = part
                file.name = "\(part)-\(name)"
                try file.insert(db)
                if part == 5_000 { continue }
                try FileManager.default.linkItem(
                    atPath: paths[0], toPath: "\(test.landingZone)/\(stored.folder)/\(file.name)")
            }
        }
        let found = try await findings(run, .listing)
        #expect(found.map(\.kind) == ["missing", "manifest-differs"])
        #expect(found[0].path.contains("/5000-part"))
    }

    @Test(
        "The first records of a distant file cost few requests", arguments: [DatasetFileType.json, .parquet])
    func preview(fileType: DatasetFileType) async throws {
        let (run, _) = try await export(fileType, files: 1, records: 5_000)
        let file = try #require(try await test.platform.exportedFiles(of: run).first)
        _ = storage.takeCounts()
        let preview = try await test.platform.preview(file.path, of: run.id, records: 20)
        #expect(preview.records.count == 20)
        let counts = storage.takeCounts()
        #expect(counts.reads == 1 && counts.looks == 1)
    }

    @Test(
        "The records of a file are read page by page, back and forth",
        arguments: [DatasetFileType.json, .parquet])
    func pages(fileType: DatasetFileType) async throws {
        let (run, _) = try await export(fileType, files: 1, records: 5_000)
        let file = try #require(try await test.platform.exportedFiles(of: run).first)
        let pages = try await test.platform.records(of: file.path, in: run.id)
        let all = try await pages.page(from: 0, limit: 6_000)
        #expect(all.records.count == 5_000 && all.isLast && all.problem == nil)
        #expect(all.total == (fileType == .parquet ? 5_000 : nil))
        for (first, limit) in [
            (0, 100), (100, 100), (200, 1), (4_950, 100), (50, 10), (5_000, 5), (9_999, 1),
        ] {
            let page = try await pages.page(from: first, limit: limit)
            #expect(page.first == first)
            #expect(page.records == Array(all.records.dropFirst(first).prefix(limit)), "from \(first)")
            #expect(page.isLast == (first + limit >= 5_000), "from \(first)")
        }
    }

    @Test("Pages that are asked for at once, or no more, do not get into each other's way")
    func pagesAtOnce() async throws {
        let (run, _) = try await export(.json, files: 1, records: 5_000)
        let file = try #require(try await test.platform.exportedFiles(of: run).first)
        let pages = try await test.platform.records(of: file.path, in: run.id)
        let all = try await pages.page(from: 0, limit: 6_000).records
        try await withThrowingTaskGroup(of: Void.self) { group in
            for first in stride(from: 0, to: 5_000, by: 250).shuffled() {
                group.addTask {
                    let page = try await pages.page(from: first, limit: 40)
                    #expect(page.records == Array(all[first..<first + 40]))
                }
                group.addTask {
                    let unwanted = Task { try await pages.page(from: first + 1, limit: 40) }
                    unwanted.cancel()
                    _ = await unwanted.result
                }
            }
            try await group.waitForAll()
        }
    }

    /// Makes the record of a run agree with the sizes of its files, so that only their contents differ from it.
    private func recordSizes(of run: FlowRun) async throws {
        let stored = try await test.platform.storedRun(run.id)
        let zone = test.landingZone
        let files = try await test.platform.store.write(Text("note the sizes")) { db in
            try StoredRunFile.filter(Column("runID") == run.id).order(Column("part")).fetchAll(db).map {
                file in
                var file = file
                let path = "\(zone)/\(stored.layout.path(of: file.name))"
                file.bytes = try Data(contentsOf: URL(fileURLWithPath: path)).count
                try file.update(db)
                return (name: file.name, bytes: file.bytes ?? 0)
            }
        }
        let manifest = Manifest(
            run: run.id, scheduledTime: Date(seconds: stored.scheduledTime), folder: stored.folder,
            files: files)
        try Data(manifest.json.utf8).write(to: URL(fileURLWithPath: "\(zone)/\(stored.manifestPath)"))
    }
}

/// The last value that came, from any thread.
private final class Latest<Value: Sendable>: Sendable {
    private let held = Mutex<Value?>(nil)

    var value: Value? {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }
}
