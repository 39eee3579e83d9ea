import ExportDomain
import Foundation
import Languages
import Testing

@testable import EmbeddedPlatform

@Suite("The data lake")
struct LakeTests {
    private let test: TestPlatform
    private var lake: Lake { test.platform.lake }

    init() throws { test = try TestPlatform() }

    @Test("A dataset has the records and the bytes of its files, and an id of 24 hex digits")
    func adds() async throws {
        let added = try await test.addDataset("Orders", files: 2, records: 5)
        #expect(added.dataset.id.rawValue.wholeMatch(of: /[0-9a-f]{24}/) != nil)
        #expect(added.dataset.records == 10)
        #expect(added.dataset.lastBatchAt == test.clock.now)
        #expect(added.dataset.format == "json")
        let bytes = try added.paths.reduce(0) { $0 + (try Data(contentsOf: URL(fileURLWithPath: $1)).count) }
        #expect(added.dataset.bytes == bytes)
        #expect(try await lake.list() == [added.dataset])
    }

    @Test("Files on the same file system are linked, not copied")
    func links() async throws {
        let added = try await test.addDataset("Orders", files: 1)
        let inode = { (path: String) in
            try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
        }
        let inLake = test.folder.path + "/home/lake/" + (test.folder.files(below: "home/lake").first ?? "")
        #expect(try inode(inLake) == inode(added.paths[0]))
    }

    @Test("Where linking is not possible files are copied")
    func copies() throws {
        let source = try test.folder.write("{}\n", to: "source.json")
        try FileSystem.copy(source, to: test.folder.path + "/copy.json")
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: test.folder.path + "/copy.json")) == Data("{}\n".utf8))
        #expect(throws: SystemFailure.self) {
            try FileSystem.copy(source, to: test.folder.path + "/copy.json")
        }
    }

    @Test("A folder stands for the files in it and below it; hidden, empty and _ ones are passed over")
    func takesFolders() async throws {
        for name in ["b.json", "a.ndjson", "day=1/c.jsonl", ".hidden.json", "_SUCCESS", "_tmp/d.json"] {
            try test.folder.write("{}\n", to: "data/\(name)")
        }
        try test.folder.write("", to: "data/empty.txt")
        let added = try await lake.add(name: "Days", paths: [test.folder.path + "/data"])
        #expect(added.batch.files.map(\.name) == ["a.ndjson", "b.json", "day=1/c.jsonl"])
    }

    @Test("A link to a file is followed, so that the lake keeps the data and not the link")
    func followsLinks() async throws {
        let target = try test.folder.write("{}\n{}\n", to: "blob")
        let link = test.folder.path + "/link.json"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        let added = try await lake.add(name: "Linked", paths: [link])
        try FileManager.default.removeItem(atPath: target)
        #expect(added.batch.files.map(\.name) == ["link.json"])
        #expect(added.batch.records == 2)
        #expect(test.folder.files(below: "home/lake").count == 1)
    }

    @Test("Gzip files are counted by their contents")
    func countsGzip() async throws {
        let path = try test.folder.write(TestPlatform.lines(file: 0, records: 7), to: "a.json")
        _ = try output(of: "gzip", path)
        let added = try await lake.add(name: "Zipped", paths: [path + ".gz"])
        #expect(added.batch.records == 7)
    }

    @Test(
        "A file that is not taken is named with what is",
        arguments: [("a.csv", "not taken"), ("a.orc", "not taken")])
    func refusesOthers(_ name: String, _ reason: String) async throws {
        let path = try test.folder.write("x", to: "data/\(name)")
        try test.folder.write("{}\n", to: "data/good.json")
        let error = await #expect(throws: PlatformError.self) {
            try await lake.add(name: "Mixed", paths: [test.folder.path + "/data"])
        }
        #expect(error?.description.contains(path) == true)
        #expect(error?.description.contains(reason) == true)
        #expect(error?.description.contains(".json.gz") == true)
        #expect(try await lake.list().isEmpty)
        #expect(test.folder.files(below: "home/lake").isEmpty)
    }

    @Test("A path that is not there, or has no data, is named")
    func refusesNothing() async throws {
        let missing = await #expect(throws: PlatformError.self) {
            try await lake.add(name: "None", paths: [test.folder.path + "/nowhere"])
        }
        #expect(missing?.description == "Cannot read \(test.folder.path)/nowhere: no such file or directory.")
        let empty = try test.folder.write("", to: "empty.json")
        await #expect(throws: PlatformError.nothingToAdd(paths: [empty])) {
            try await lake.add(name: "None", paths: [empty])
        }
    }

    @Test("A name that is taken is refused, saying how to add a batch")
    func refusesTakenName() async throws {
        let added = try await test.addDataset("Orders")
        let error = await #expect(throws: PlatformError.self) {
            try await lake.add(name: "Orders", paths: added.paths)
        }
        #expect(error?.description.contains("--into \(added.dataset.id)") == true)
    }

    @Test(
        "A name that nobody could type or see is refused",
        arguments: ["", "a\nb", String(repeating: "a", count: 256)])
    func refusesBadName(_ name: String) async throws {
        let path = try test.folder.write("{}\n", to: "a.json")
        await #expect(throws: PlatformError.badDatasetName(name)) {
            try await lake.add(name: name, paths: [path])
        }
    }

    @Test("A batch joins a dataset that exists")
    func addsBatches() async throws {
        let orders = try await test.addDataset("Orders", files: 1, records: 2).dataset
        test.clock.now = test.clock.now.addingTimeInterval(60)
        let path = try test.folder.write("{}\n", to: "later.json")
        let added = try await lake.add(paths: [path], into: orders.id)
        #expect(added.dataset.records == 3)
        #expect(added.dataset.lastBatchAt == test.clock.now)
        let contents = try await lake.show(orders.id)
        #expect(contents.batches.map(\.records) == [2, 1])
        await #expect(throws: PlatformError.noDataset(id: "x")) {
            try await lake.add(paths: [path], into: "x")
        }
    }

    @Test("Malformed lines are taken note of and not refused")
    func notesMalformedLines() async throws {
        let good = try test.folder.write("{}\n{}\n", to: "a.json")
        let bad = try test.folder.write("{}\n\n[1]\n{\"a\":\n", to: "b.json")
        let batch = try await lake.add(name: "Mixed", paths: [good, bad]).batch
        #expect(batch.records == 3)
        #expect(batch.malformedRecords == 2)
        #expect(batch.firstMalformed?.file == "b.json")
        #expect(batch.firstMalformed?.line == 3)
        #expect(batch.firstMalformed?.reason.english.isEmpty == false)
    }

    @Test("Files that were made for the lake are moved into it with the counts that are known")
    func movesFiles() async throws {
        let path = try test.folder.write("{}\n", to: "made.json")
        let arrival = test.clock.now.addingTimeInterval(-86_400)
        let added = try await lake.add(
            name: "Made", files: [DataFile(path: path, records: 42)], ownership: .move, arrivedAt: arrival)
        #expect(added.dataset.records == 42)
        #expect(added.dataset.lastBatchAt == arrival)
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(test.folder.files(below: "home/lake").count == 1)
    }

    @Test("An add that fails half way leaves nothing, neither files nor a dataset")
    func isAllOrNothing() async throws {
        let good = try test.folder.write("{}\n", to: "good.json")
        let damaged =
            try test.folder.write(TestPlatform.lines(file: 0, records: 100), to: "damaged.json") + ".gz"
        _ = try output(of: "gzip", String(damaged.dropLast(3)))
        try #require(FileHandle(forUpdatingAtPath: damaged)).truncate(atOffset: 100)
        let error = await #expect(throws: PlatformError.self) {
            try await lake.add(name: "Half", paths: [good, damaged])
        }
        #expect(error?.description.hasPrefix("Cannot bring damaged.json.gz into the lake: ") == true)
        #expect(try await lake.list().isEmpty)
        #expect(test.folder.files(below: "home/lake").isEmpty)
    }

    @Test("What an add that died has left is removed by the next, what a living one holds is not")
    func removesLeftovers() async throws {
        let kept = try await test.addDataset("Kept").dataset
        try test.folder.write("{}\n", to: "home/lake/0123456789abcdef01234567/died/00000.json")
        let living = try BatchFolder(lake: test.folder.path + "/home/lake", dataset: kept.id)
        try test.folder.write("{}\n", to: "home/lake/\(living.relativePath)/00000.json")
        _ = try await test.addDataset("Next")
        let files = test.folder.files(below: "home/lake")
        #expect(!files.contains { $0.contains("died") })
        #expect(files.contains("\(living.relativePath)/00000.json"))
        #expect(files.count == 5)
        living.discard()
    }

    @Test("A dataset is removed with its files")
    func removes() async throws {
        let orders = try await test.addDataset("Orders").dataset
        try await lake.remove(orders.id)
        #expect(try await lake.list().isEmpty)
        #expect(test.folder.files(below: "home/lake").isEmpty)
        await #expect(throws: PlatformError.noDataset(id: orders.id)) { try await lake.remove(orders.id) }
    }

    @Test("A dataset that a flow still exports is not removed, until the flow is paused")
    func keepsWhatIsExported() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        await #expect(throws: PlatformError.datasetInUse(name: "Orders", flows: ["Nightly"])) {
            try await lake.remove(orders.id)
        }
        try await test.platform.perform(.disable, on: flow.id)
        try await lake.remove(orders.id)
    }

    @Test("A dataset whose only flow has run for the last time is removed")
    func removesWhatIsOver() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders])
        await #expect(throws: PlatformError.self) { try await lake.remove(orders.id) }
        _ = try await test.platform.runDue(flow: flow.id)
        try await lake.remove(orders.id)
        #expect(try await test.platform.allRuns(of: flow.id).map(\.status) == [.success])
    }

    @Test("A dataset is found by its id and by its name")
    func finds() async throws {
        let orders = try await test.addDataset("Orders").dataset
        #expect(try await lake.find("Orders") == orders)
        #expect(try await lake.find(orders.id.rawValue) == orders)
        await #expect(throws: PlatformError.self) { try await lake.find("orders") }
    }
}
