import ParquetHostility
import Testing

@testable import Parquet

@Suite struct FileEndTests {
    /// The end of a file of `count` row groups, in the pieces in which it is given, and the whole file.
    private func end(rowGroups count: Int) throws -> (pieces: [[UInt8]], file: [UInt8]) {
        let schema = try Schema(
            fields: (0..<20).map { SchemaNode("c\($0)", .required, .column(.int64, length: 0)) })
        let options = WriterOptions(codec: .uncompressed)
        let column = ColumnValues(
            entryCount: 3, definitionLevels: [], repetitionLevels: [], content: .plain(.int64([3, 1, 2])))
        var writer = try ParquetFileWriter(schema: schema, options: options)
        var file = writer.begin()
        for _ in 0..<count {
            let chunks = try schema.leaves.map { try EncodedColumnChunk([column], of: $0, options: options) }
            file += try writer.append(chunks, rowCount: 3)
        }
        var pieces: [[UInt8]] = []
        while let piece = writer.finish() { pieces.append(piece) }
        file += pieces.joined()
        #expect(Int64(file.count) == writer.size)
        #expect(writer.finish() == nil)
        return (pieces, file)
    }

    @Test(arguments: [0, 1, 14, 15, 16, 200])
    func aFileIsWholeWhateverTheNumberOfItsRowGroups(count: Int) async throws {
        let (_, bytes) = try end(rowGroups: count)
        let file = try await ParquetFile(MemoryFile(bytes))
        #expect(file.metadata.rowGroups.count == count && file.metadata.rowCount == Int64(count * 3))
        guard case .read(count * 3) = await readEverything(of: MemoryFile(bytes)) else {
            Issue.record("it cannot be read")
            return
        }
        // The same as if the footer had been written in one go.
        let footer = CompactWriter.bytes(of: file.metadata)
        #expect(bytes.dropLast(8).suffix(footer.count).elementsEqual(footer))
    }

    @Test func noPieceOfTheEndGrowsWithTheNumberOfRowGroups() throws {
        func largest(_ count: Int) throws -> Int { try end(rowGroups: count).pieces.map(\.count).max() ?? 0 }
        // Places further on take a byte or two more each.
        #expect(try largest(400) < largest(4) * 5 / 4)
    }

    @Test func theEndOfATranscodedFileIsGivenInPieces() async throws {
        func largest(_ count: Int) async throws -> Int {
            let file = try await ParquetFile(MemoryFile(end(rowGroups: count).file))
            var sizes: [Int] = []
            for try await piece in try TranscodedParquet(file, codec: .snappy) { sizes.append(piece.count) }
            return sizes.max() ?? 0
        }
        #expect(try await largest(400) < largest(4) * 5 / 4)
    }
}
