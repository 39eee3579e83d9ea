// Parquet files in, a `.json.gz` out.

import Parquet
import Synchronization
import TestFiles
import Testing

@testable import Records

@Suite struct GzippedParquetRecordsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let fields: [SchemaNode] = [
        .column("n", .int64), .column("text", .byteArray, .string),
    ]

    private static func text(_ row: Int) -> String { "row \(row % 97) with some \"words\"" }

    private static func lines(_ rows: Range<Int>, _ more: String = "") -> String {
        rows.map { "{\"n\":\($0),\"text\":\"row \($0 % 97) with some \\\"words\\\"\"\(more)}\n" }.joined()
    }

    /// A file of the rows in row groups of `rowGroup`.
    private func write(_ rows: Range<Int>, rowGroup: Int, to name: String) throws -> String {
        let options = WriterOptions(codec: .uncompressed)
        let schema = try Schema(fields: Self.fields)
        var writer = try ParquetFileWriter(schema: schema, options: options)
        var bytes = writer.begin()
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: rowGroup) {
            let part = start..<min(start + rowGroup, rows.upperBound)
            let columns = [
                Columns.required(.int64(part.map(Int64.init))),
                Columns.required(Columns.texts(part.map { Array(Self.text($0).utf8) })),
            ]
            let chunks = try zip(columns, schema.leaves).map {
                try EncodedColumnChunk([$0], of: $1, options: options)
            }
            bytes += try writer.append(chunks, rowCount: part.count)
        }
        while let last = writer.finish() { bytes += last }
        return try folder.write(bytes, to: name)
    }

    private func collect(_ records: GzippedParquetRecords) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in records { bytes += chunk }
        return bytes
    }

    private func gunzip(_ bytes: [UInt8]) throws -> String {
        String(decoding: try Program.run("gzip", ["-dc"], input: bytes).output, as: UTF8.self)
    }

    @Test("The rows of several files are one gzip member, the same every time")
    func severalFiles() async throws {
        let files = [
            try write(0..<7_000, rowGroup: 2_000, to: "a.parquet"),
            try write(0..<0, rowGroup: 1, to: "b.parquet"),
            try write(7_000..<9_000, rowGroup: 5_000, to: "c.parquet"),
        ]
        let progress = Mutex<[Int]>([])
        let records = GzippedParquetRecords(
            files: try files.enumerated().map { index, file in
                let constants = index < 2 ? [] : [ConstantColumn(name: "day", value: .string("x"))]
                return ParquetInput(try LocalFile(path: file), constants: constants)
            },
            onProgress: { summary in progress.withLock { $0.append(summary.count.records) } })
        let bytes = try await collect(records)
        let expected = Self.lines(0..<7_000) + Self.lines(7_000..<9_000, #","day":"x""#)
        #expect(try gunzip(bytes) == expected)
        let summary = records.summary
        #expect(summary.count.records == 9_000)
        #expect(summary.count.recordBytes == expected.utf8.count)
        #expect(summary.bytesWritten == bytes.count)
        #expect(summary.count.bytesRead >= 9_000 * 8)
        #expect(bytes.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) } == summary.crc32)
        #expect(progress.withLock { $0 == $0.sorted() && $0.last == 9_000 })
        #expect(try await collect(records) == bytes)
    }

    @Test("Rows that are much larger as JSON than as columns come out whole")
    func largeRecords() async throws {
        // One value of 300 KB in a dictionary, and 60 rows of it: more than one piece, or one batch, may take.
        let options = WriterOptions(codec: .uncompressed)
        let schema = try Schema(fields: [.column("t", .byteArray, .string)])
        let text = String(repeating: "\u{1}", count: 50_000)
        let column = ColumnValues(
            entryCount: 60, definitionLevels: [], repetitionLevels: [],
            content: .dictionary(indices: [Int32](repeating: 0, count: 60), Columns.texts(text)))
        var writer = try ParquetFileWriter(schema: schema, options: options)
        var file = writer.begin()
        file += try writer.append(
            [EncodedColumnChunk([column], of: schema.leaves[0], options: options)], rowCount: 60)
        while let last = writer.finish() { file += last }
        let records = GzippedParquetRecords(files: [
            ParquetInput(try LocalFile(path: try folder.write(file, to: "large.parquet")))
        ])
        let line = "{\"t\":\"" + String(repeating: "\\u0001", count: 50_000) + "\"}\n"
        #expect(try gunzip(try await collect(records)) == String(repeating: line, count: 60))
        #expect(records.summary.count.records == 60)
    }

    @Test("No files, and no rows, are an empty gzip member")
    func nothing() async throws {
        let records = GzippedParquetRecords(files: [])
        #expect(try gunzip(try await collect(records)) == "")
        #expect(records.summary.count.records == 0)
    }

    @Test("A damaged file is named, with the place of the damage")
    func damaged() async throws {
        let path = try write(0..<3_000, rowGroup: 1_000, to: "damaged.parquet")
        let whole = try folder.bytes(of: "damaged.parquet")
        let cut = try folder.write(Array(whole.dropLast(1)), to: "cut.parquet")
        let records = GzippedParquetRecords(files: [
            ParquetInput(try LocalFile(path: path)), ParquetInput(try LocalFile(path: cut)),
        ])
        await #expect {
            _ = try await collect(records)
        } throws: { error in
            (error as? ParquetError)?.file == cut
        }
    }

    @Test("A cancelled iteration ends")
    func cancelled() async throws {
        let path = try write(0..<20_000, rowGroup: 5_000, to: "long.parquet")
        let records = GzippedParquetRecords(files: [ParquetInput(try LocalFile(path: path))])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await collect(records)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("A preview has the first rows", arguments: [0, 1, 700, 2_000, 5_000])
    func preview(limit: Int) async throws {
        let path = try write(0..<2_000, rowGroup: 600, to: "p.parquet")
        let preview = try await ParquetPreview(ParquetFile(LocalFile(path: path)), limit: limit)
        #expect(preview.error == nil)
        let expected = Self.lines(0..<min(limit, 2_000)).split(separator: "\n").map(String.init)
        #expect(preview.records == expected)
    }

    @Test(
        "Rows are read from any one on, page after page",
        arguments: [0, 1, 599, 600, 1_300, 1_999, 2_000, 9_000])
    func pages(first: Int) async throws {
        let path = try write(0..<2_000, rowGroup: 600, to: "p.parquet")
        let reader = try ParquetRecordReader(try await ParquetFile(LocalFile(path: path)), from: first)
        var records: [String] = []
        var isLast = false
        while !isLast {
            let page = try await reader.next(limit: 170)
            #expect(page.error == nil && page.records.count <= 170)
            records += page.records
            isLast = page.isLast
        }
        let expected = Self.lines(min(first, 2_000)..<2_000).split(separator: "\n").map(String.init)
        #expect(records == expected)
    }

    @Test("A preview keeps to its bytes")
    func previewOfBytes() async throws {
        let path = try write(0..<2_000, rowGroup: 600, to: "p.parquet")
        let preview = try await ParquetPreview(
            ParquetFile(LocalFile(path: path)), limit: 2_000, maximumBytes: 10_000)
        #expect((100..<300).contains(preview.records.count))
    }
}
