// The Parquet file that records become.

import Parquet
import Synchronization
import TestFiles
import Testing

@testable import Records

@Suite struct ParquetRecordsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static func lines(_ count: Int, from first: Int = 0) -> String {
        (first..<(first + count)).map {
            #"{"n":\#($0),"tags":["a","日本 \#($0 % 7)",null],"x":\#($0).5}"# + "\n"
        }.joined()
    }

    private func records(
        _ files: [String], malformedLines: MalformedLinePolicy = .fail
    ) async throws -> ParquetRecords {
        let schema = try await SchemaInference.run(files: files).shape.schema().schema
        return try ParquetRecords(
            files: files, schema: schema, options: WriterOptions(codec: .gzip), malformedLines: malformedLines
        )
    }

    private func collect(_ records: ParquetRecords) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in records { bytes += chunk }
        return bytes
    }

    @Test("Files in are one Parquet file out, the same every time")
    func oneFile() async throws {
        let files = try [Self.lines(300), "", Self.lines(200, from: 300)].enumerated().map {
            try folder.write($1, to: "part-\($0).json")
        }
        let records = try await records(files)
        let bytes = try await collect(records)
        #expect(bytes.prefix(4).elementsEqual("PAR1".utf8))
        #expect(bytes.suffix(4).elementsEqual("PAR1".utf8))
        #expect(records.summary.count.records == 500)
        #expect(records.summary.count.recordBytes == Self.lines(500).utf8.count)
        #expect(records.summary.bytesWritten == bytes.count)
        #expect(records.summary.rowGroups == 1)
        #expect(try await collect(records) == bytes)
    }

    @Test("A row group of many blocks is the same as that of one")
    func blocks() async throws {
        let file = try folder.write(Self.lines(400), to: "records.json")
        var records = try await records([file])
        let whole = try await collect(records)
        for blockSize in [1, 1_000, 7_000] {
            records.blockSize = blockSize
            #expect(try await collect(records) == whole, "\(blockSize)")
        }
    }

    @Test("Row groups end at a number of bytes")
    func rowGroups() async throws {
        let file = try folder.write(Self.lines(1_000), to: "records.json")
        var records = try await records([file])
        records.blockSize = 5_000
        records.rowGroupSize = 10_000
        let bytes = try await collect(records)
        #expect(records.summary.rowGroups == 4)
        #expect(records.summary.count.records == 1_000)
        #expect(try await collect(records) == bytes)
    }

    @Test("No records are a file without row groups")
    func noRecords() async throws {
        let file = try folder.write("\n\n", to: "empty.json")
        let schema = try Schema(fields: [SchemaNode("a", .optional, .column(.int64, length: 0))])
        let records = try ParquetRecords(
            files: [file], schema: schema, options: WriterOptions(), malformedLines: .fail)
        #expect(try await collect(records).suffix(4).elementsEqual("PAR1".utf8))
        #expect(records.summary.rowGroups == 0)
    }

    @Test("Malformed lines are reported as for a gzip export, by file and line")
    func malformed() async throws {
        let texts = [Self.lines(100), Self.lines(50) + "{\"n\":7,}\n" + Self.lines(50) + "[]\n"]
        let files = try texts.enumerated().map { try folder.write($1, to: "part-\($0).json") }
        var failing = try await records(files)
        failing.blockSize = 1_000
        let first = MalformedLine(
            file: files[1], line: 51, fault: JSONLineFault(rule: .unexpectedByte, offset: 7))
        await #expect(throws: RecordsError.malformedLine(first, malformedLines: 1)) {
            _ = try await collect(failing)
        }
        let skipping = try await records(files, malformedLines: .skip)
        _ = try await collect(skipping)
        let gzipped = GzippedRecords(files: files, malformedLines: .skip)
        for try await _ in gzipped {}
        #expect(skipping.summary.count == gzipped.summary.count)
        #expect(skipping.summary.count.malformedLines == 2)
        #expect(skipping.summary.count.firstMalformed == first)
    }

    @Test("A record that does not fit is told by file, line and path")
    func misfit() async throws {
        let good = try folder.write(Self.lines(100), to: "good.json")
        let other = try folder.write(Self.lines(100) + #"{"n":"1"}"#, to: "other.json")
        let schema = try await records([good]).schema
        var records = try ParquetRecords(
            files: [good, other], schema: schema, options: WriterOptions(), malformedLines: .skip)
        records.blockSize = 1_000
        let misfit = RecordMisfit(file: other, line: 101, path: ["n"], reason: .unfit("INT64"))
        await #expect(throws: RecordsError.misfit(misfit)) { _ = try await collect(records) }
    }

    @Test("Short records in many columns do not take memory without end")
    func manyColumns() async throws {
        let count = 1_000_000
        let fields = (0..<count / 100).map { SchemaNode("f\($0)", .optional, .column(.int64, length: 0)) }
        let file = try folder.write(String(repeating: "{}\n", count: 1_000), to: "records.json")
        var blocks = ShreddableBlocks(LineBlocks(files: [file]), columnCount: fields.count)
        let shredder = ColumnShredder(try Schema(fields: fields), unknownFields: .fail)
        var rows: [Int] = []
        while let block = try blocks.next() { rows.append(shredder.shred(block).columns[0].entryCount) }
        #expect(rows.reduce(0, +) == 1_000)
        #expect((rows.max() ?? 0) * fields.count <= 4 << 20)
    }

    @Test("The figures grow while chunks come, and cancelling ends the work")
    func progress() async throws {
        let file = try folder.write(Self.lines(3_000), to: "records.json")
        let schema = try await records([file]).schema
        let seen = Mutex<[Int]>([])
        var records = try ParquetRecords(
            files: [file], schema: schema, options: WriterOptions(), malformedLines: .fail
        ) { summary in seen.withLock { $0.append(summary.count.records) } }
        records.blockSize = 10_000
        _ = try await collect(records)
        let figures = seen.withLock { $0 }
        #expect(figures == figures.sorted())
        #expect(figures.last == 3_000)
        #expect(figures.count > 5)
        let cancelled = Task { [records] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await collect(records)
        }
        await #expect(throws: CancellationError.self) { _ = try await cancelled.value }
    }
}
