// Pages that are harmless one by one.

import Parquet
import ParquetHostility
import Testing

@Suite struct HeldPagesTests {
    @Test func pagesOfManyColumnsThatWouldFillTheMemoryTogetherAreRefused() async throws {
        let schema = try Schema(
            fields: (0..<20).map { SchemaNode("c\($0)", .required, .column(.byteArray, length: 0)) })
        var values = ByteArrays()
        values.append([UInt8](repeating: 0, count: 20 << 20))
        let column = ColumnValues(
            entryCount: 1, definitionLevels: [], repetitionLevels: [], content: .plain(.byteArray(values)))
        let options = WriterOptions(codec: .zstd, usesDictionaries: false)
        var writer = try ParquetFileWriter(schema: schema, options: options)
        var bytes = writer.begin()
        let chunks = try schema.leaves.map { try EncodedColumnChunk([column], of: $0, options: options) }
        bytes += try writer.append(chunks, rowCount: 1)
        while let last = writer.finish() { bytes += last }
        #expect(bytes.count < 1 << 20)

        let file = try await ParquetFile(MemoryFile(bytes))
        let error = await #expect(throws: ParquetError.self) { for try await _ in file.batches() {} }
        #expect(error?.column == "c12" && error?.rowGroup == 0)
        var rows = 0
        for try await batch in file.batches(columns: [0, 1, 2]) { rows += batch.rowCount }
        #expect(rows == 1)
    }
}
