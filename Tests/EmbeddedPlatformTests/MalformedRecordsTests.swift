import ExportDomain
import Foundation
import Testing

@testable import EmbeddedPlatform

@Suite("Records that are not JSON objects")
struct MalformedRecordsTests {
    private let test: TestPlatform

    init() throws { test = try TestPlatform() }

    private func mixed() async throws -> Dataset {
        let good = try test.folder.write("{\"a\":1}\n{\"a\":2}\n", to: "good.json")
        let bad = try test.folder.write("{\"a\":3}\nnot json\n{\"a\":4}\n42\n", to: "bad.json")
        return try await test.platform.lake.add(name: "Mixed", paths: [good, bad]).dataset
    }

    @Test("A run fails on them before anything is written, with count, file, line and what to do")
    func failBeforeAnythingIsWritten() async throws {
        let flow = try await test.addFlow([try await mixed()])
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .failed)
        #expect(run.metrics.outputFiles == 0 && run.metrics.outputRecords == 0)
        let message = try #require(run.metrics.errors.first?.message)
        #expect(message.hasPrefix("2 of 6 records are not JSON objects; the first is in bad.json, line 2: "))
        #expect(message.contains("malformedRecords = \"skip\""))
        #expect(run.metrics.errors.first?.code == "SLUICE-1001-422")
        #expect(test.published.isEmpty)
    }

    @Test("A run that skips them counts them and names the first")
    func areSkipped() async throws {
        let flow = try await test.addFlow([try await mixed()], malformedRecords: .skip)
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .success)
        #expect(run.metrics.inputRecords == 6 && run.metrics.outputRecords == 4)
        #expect(run.metrics.skippedRecords == 2)
        let message = try #require(run.metrics.errors.first?.message)
        #expect(
            message.hasPrefix(
                "2 records were left out, not being JSON objects; the first is in bad.json, line 2: "))
        let files = try await test.platform.exportedFiles(of: run)
        let rows = try files.map { try output(of: "gzip", "-dc", test.localPath(of: $0.path)) }
        #expect(rows == ["{\"a\":1}\n{\"a\":2}\n", "{\"a\":3}\n{\"a\":4}\n"])
        #expect(try await test.platform.verification(of: run).findings.isEmpty)
    }

    @Test("Met while a file is read, they fail the run and take back what it had published")
    func takeBackWhatWasPublished() async throws {
        let orders = try await test.addDataset("Orders", files: 3, records: 4)
        // The lake has a link to the file, so that what is appended here is in the lake as well.
        let file = try #require(FileHandle(forWritingAtPath: orders.paths[1]))
        try file.seekToEnd()
        try file.write(contentsOf: Data("{\"unfinished\":\n".utf8))
        try file.close()
        let flow = try await test.addFlow([orders.dataset])
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .failed)
        let message = try #require(run.metrics.errors.first?.message)
        #expect(message.contains("1 record is not a JSON object; the first is in data-1.ndjson, line 5: "))
        #expect(run.metrics.outputFiles == 0)
        #expect(test.published.isEmpty)
        #expect(try await test.platform.exportedFiles(of: run).isEmpty)
        #expect(try await test.platform.verification(of: run).findings.isEmpty)
    }
}
