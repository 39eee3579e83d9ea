import ParquetHostility
import TestFiles
import Testing

@testable import Parquet

@Suite struct PageIndexTests {
    /// Of the libraries that the tests have, only DataFusion skips pages: pyarrow, DuckDB and Polars read whole chunks.
    @Test func aReaderThatKnowsPageIndexesReadsFewPagesForARow() async throws {
        let schema = try Schema(fields: [
            SchemaNode("number", .required, .column(.int64, length: 0)),
            SchemaNode("payload", .required, .column(.byteArray, length: 0)),
        ])
        var random = SeededNumbers(seed: 11)
        let records = (0..<16_000).map { number -> [TestValue] in
            let payload = (0..<75).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }
            return [.integer(Int64(number)), .bytes(payload)]
        }
        let options = WriterOptions(pageRowLimit: 500, usesDictionaries: false)
        let written = try WrittenFile.bytes(schema, [records], options: options)
        var transcoded: [UInt8] = []
        let file = try await ParquetFile(MemoryFile(written))
        for try await chunk in try TranscodedParquet(file, codec: .gzip) { transcoded += chunk }

        let folder = try TemporaryFolder()
        let paths = try [
            folder.write(written, to: "written.parquet"), folder.write(transcoded, to: "transcoded.parquet"),
        ]
        let read = try Python.run("page_index.py", paths)
        #expect(read.status == 0, "\(read.errors)")
        let bytes = read.text.split(separator: "\n").map { $0.split(separator: " ").compactMap { Int($0) } }
        #expect(bytes.count == 2)
        for bytes in bytes {
            try #require(bytes.count == 2)
            #expect(bytes[0] < bytes[1] / 4 && bytes[1] > 9_000_000)
        }
    }
}
