// Records as columns: exports to Parquet, columns of folders, fields of mixed types.
import ExportDomain
import Foundation
import Records
import Testing

@testable import EmbeddedPlatform

@Suite("Records and columns in the lake")
struct ColumnsTests {
    private let test: TestPlatform

    init() throws { test = try TestPlatform() }

    /// Exports a dataset, and gives the first records of every file.
    private func export(_ dataset: Dataset, as fileType: DatasetFileType) async throws -> [[String]] {
        let target = try await test.addDestination(path: fileType.rawValue, fileType: fileType)
        let flow = try await test.addFlow([dataset], to: target)
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .success, "\(run.metrics.errors)")
        var records: [[String]] = []
        for file in try await test.platform.exportedFiles(of: run) {
            let preview = try await test.platform.preview(file.path, of: run.id, records: 10)
            #expect(preview.problem == nil)
            records.append(preview.records)
        }
        return records
    }

    @Test("Parquet files can be previewed as records, and all have the columns of all")
    func parquetPreview() async throws {
        let first = try test.folder.write(#"{"a":1,"b":"x"}"# + "\n", to: "in/1.json")
        let second = try test.folder.write(#"{"c":[1.5,null],"a":null}"# + "\n", to: "in/2.json")
        let added = try await test.platform.lake.add(name: "Rows", paths: [first, second])
        let records = try await export(added.dataset, as: .parquet)
        #expect(records == [[#"{"a":1,"b":"x"}"#], [#"{"c":[1.5,null]}"#]])
    }

    @Test(
        "Folders called name=value give their JSON a column, unless it has one of that name",
        arguments: [DatasetFileType.json, .parquet])
    func partitionsOfJSON(_ fileType: DatasetFileType) async throws {
        try test.folder.write(#"{"id":1,"city":"a"}"# + "\n{ }\n", to: "in/year=2024/x=S%C3%A3o/a.json")
        try test.folder.write(
            #"{"id":2,"city":"own"} "# + "\n", to: "in/year=2025/city=Rome/b.json")
        try test.folder.write(
            #"{"id":3,"city":null}"# + "\n", to: "in/year=2025/city=__HIVE_DEFAULT_PARTITION__/c.json")
        let added = try await test.platform.lake.add(name: "Parts", paths: [test.folder.path + "/in"])
        let records = try await export(added.dataset, as: fileType)
        let plain = records.map { $0.map { $0.filter { $0 != " " } } }
        #expect(
            plain == [
                [#"{"id":1,"city":"a","year":2024,"x":"São"}"#, #"{"year":2024,"x":"São"}"#],
                [#"{"id":2,"city":"own","year":2025}"#],
                [fileType == .json ? #"{"id":3,"city":null,"year":2025}"# : #"{"id":3,"year":2025}"#],
            ])
    }

    @Test("Fields whose values have no common type are told when data are added, with file and line")
    func mixedFields() async throws {
        let file = try test.folder.write("{\"v\":1}\n{\"v\":\"x\"}\n{\"v\":[]}\n", to: "mixed.json")
        let added = try await test.platform.lake.add(name: "Mixed", paths: [file])
        #expect(
            added.mixedFields.map { "\($0)" } == [
                "“v” holds numbers (line 1 of mixed.json), text (line 2 of mixed.json) and arrays "
                    + "(line 3 of mixed.json), so its Parquet column is text: the JSON of each value"
            ])
    }

    @Test("Records that cannot be made columns are still taken, and go as JSON")
    func tooManyFields() async throws {
        let fields = (0...RecordShape.maximumFields).map { "\"f\($0)\":1" }.joined(separator: ",")
        let file = try test.folder.write("{\(fields)}\n", to: "wide.json")
        let added = try await test.platform.lake.add(name: "Wide", paths: [file])
        #expect(added.batch.records == 1)
        #expect(try await export(added.dataset, as: .json).map(\.count) == [1])
    }
}
