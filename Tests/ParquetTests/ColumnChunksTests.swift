// Chunks that are decoded when they are asked for, beside the same chunks decoded at once.

import Foundation
import Languages
import ParquetHostility
import TestFiles
import Testing

@testable import Parquet

@Suite struct ColumnChunksTests {
    /// The files of the corpus that can be opened, the damaged ones included.
    private static func corpus() async throws -> [ParquetFile] {
        let folder = CorpusTests.folder.path()
        var files: [ParquetFile] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
            guard let file = try? await ParquetFile(CorpusTests.file(path)) else { continue }
            files.append(file)
        }
        return files
    }

    @Test func theChunksAreThoseOfTheFooter() async throws {
        let files = try await Self.corpus()
        #expect(files.count > 50)
        for file in files {
            guard let bytes = file.metadata.rowGroups.first?.columns.bytes else { continue }
            var reader = CompactReader(bytes)
            let decoded = try WholeFooter(from: &reader).rowGroups
            #expect(file.metadata.rowGroups.map { Array($0.columns) } == decoded.map(\.chunks))
        }
    }

    @Test func theRowGroupsOfAFileShareTheBytesOfItsFooter() async throws {
        for file in try await Self.corpus() {
            let size = try await file.source.size()
            let places = file.metadata.rowGroups.map { group in
                group.columns.bytes.withUnsafeBytes { $0.baseAddress }
            }
            #expect(Set(places).count <= 1, "\(file.source.name)")
            for group in file.metadata.rowGroups {
                #expect(Int64(group.columns.bytes.count) == size - 8 - file.footerOffset)
            }
        }
    }

    @Test func chunksThatAreChangedAreReadAsTheyWereSet() async throws {
        for file in try await Self.corpus() {
            var metadata = file.metadata
            for group in metadata.rowGroups.indices {
                var chunks = Array(metadata.rowGroups[group].columns)
                #expect(ColumnChunks(chunks) == metadata.rowGroups[group].columns, "\(file.source.name)")
                for column in chunks.indices {
                    chunks[column].codec = column % 2 == 0 ? .zstd : nil
                    chunks[column].isEncrypted.toggle()
                    chunks[column].dataPageOffset &+= 1
                }
                metadata.rowGroups[group].columns = ColumnChunks(chunks)
                #expect(Array(metadata.rowGroups[group].columns) == chunks, "\(file.source.name)")
            }
            var reader = CompactReader(CompactWriter.bytes(of: metadata))
            #expect(try FileMetadata(from: &reader) == metadata, "\(file.source.name)")
        }
        #expect(ColumnChunks([]) == [] && ColumnChunks([]).isEmpty)
    }

    /// Each is refused when the footer is read, for the reason for which it would be if all chunks were kept.
    @Test func damagedChunksAreRefusedAtOnceAndForTheSameReason() async throws {
        let groups = try await Self.corpus().compactMap(\.metadata.rowGroups.first)
            .map { CompactWriter.bytes(of: $0) }.filter { $0.count < 20_000 }
        var refused: Set<String> = []
        for seed in UInt64(0)..<4_000 {
            var mutation = Mutation(seed: seed)
            let number = Int(seed) % groups.count
            let bytes = mutation.apply(to: groups[number], with: groups[(number + 1) % groups.count])
            let limit = seed % 16 == 0 ? 2_000 : 1 << 20
            let whole = Result { try read(WholeRowGroup.self, bytes, limit).chunks }
            let lazy = Result { try read(RowGroupMetadata.self, bytes, limit).columns }
            switch (whole, lazy) {
            case (.success(let whole), .success(let lazy)): #expect(whole == Array(lazy), "seed \(seed)")
            case (.failure(let whole as ParquetError), .failure(let lazy as ParquetError)):
                #expect("\(whole)" == "\(lazy)", "seed \(seed)")
                refused.insert("\(lazy)")
            default: Issue.record("seed \(seed): \(whole), but \(lazy)")
            }
        }
        #expect(refused.count >= 5, "\(refused)")
    }

    private func read<Value: CompactStruct>(
        _: Value.Type, _ bytes: [UInt8], _ memoryLimit: Int
    ) throws -> Value {
        var reader = CompactReader(bytes, memoryLimit: memoryLimit)
        return try Value(from: &reader)
    }
}

/// A footer with all chunks decoded.
private struct WholeFooter {
    var rowGroups: [WholeRowGroup] = []

    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            if field.id == 4 { rowGroups = try reader.readStructs(field) } else { try reader.skip(field) }
        }
    }
}

/// A row group with all chunks decoded.
private struct WholeRowGroup: CompactStruct {
    var chunks: [ColumnChunkMetadata] = []

    init(from reader: inout CompactReader) throws {
        var rowCount: Int64 = 0
        try reader.readFields { reader, field in
            switch field.id {
            case 1: chunks = try reader.readStructs(field)
            case 2, 5, 6: _ = try reader.readInt64(field)
            case 3: rowCount = try reader.readInt64(field)
            case 4: _ = try reader.readStructs(field, of: SortingColumn.self)
            case 7: _ = try reader.readInt16(field)
            default: try reader.skip(field)
            }
        }
        guard rowCount >= 0 else {
            throw ParquetError.malformed(Text("a row group has a negative number of rows"))
        }
    }

    func write(to writer: inout CompactWriter) { writer.write(1, chunks) }
}
