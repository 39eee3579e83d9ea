import ParquetHostility
import TestFiles
import Testing

@testable import Parquet

@Suite struct RoundTripTests {
    private static let codecs: [CompressionCodec] = [.uncompressed, .snappy, .gzip, .zstd]

    /// A file with a random schema and random rows.
    private static func randomFile(seed: UInt64) throws -> (Schema, [[[TestValue]]], WriterOptions) {
        var random = SeededNumbers(seed: seed)
        let schema = try random.schema()
        let variety = [1, 5, 1000].randomElement(using: &random) ?? 5
        let groups = [0, 1, 13, 90].shuffled(using: &random).prefix(2).map { count in
            (0..<count).map { _ in schema.fields.map { random.value(of: $0, variety: variety) } }
        }
        let options = WriterOptions(
            codec: codecs.randomElement(using: &random) ?? .uncompressed,
            dataPageSize: Int.random(in: 1...400, using: &random),
            pageRowLimit: Int.random(in: 1...40, using: &random),
            dictionaryPageSize: random.oneIn(3) ? 60 : 1 << 20)
        return (schema, groups, options)
    }

    @Test(arguments: 0..<4)
    func whatIsWrittenIsReadAgain(series: Int) async throws {
        for seed in series * 50..<(series + 1) * 50 {
            let (schema, groups, options) = try Self.randomFile(seed: UInt64(seed))
            let bytes = try WrittenFile.bytes(schema, groups, options: options, piece: 17)
            let file = try await ParquetFile(MemoryFile(bytes))
            #expect(file.schema == schema, "seed \(seed)")
            for (group, records) in groups.enumerated() {
                #expect(file.metadata.rowGroups[group].rowCount == records.count, "seed \(seed)")
                let wanted = TestColumns(schema, records).columns
                for leaf in schema.leaves {
                    var parts: [ColumnValues] = []
                    for try await batch in file.batches(
                        columns: [leaf.index], rowGroups: group..<group + 1, maximumRows: 31)
                    { parts.append(batch.columns[0]) }
                    let found = try Entries(parts, leaf)
                    #expect(try found == Entries([wanted[leaf.index]], leaf), "seed \(seed), \(leaf.name)")
                }
            }
        }
    }

    @Test func indexesBoundTheValuesOfTheirPages() async throws {
        for seed in UInt64(500)..<560 {
            let (schema, groups, options) = try Self.randomFile(seed: seed)
            let bytes = try WrittenFile.bytes(schema, groups, options: options)
            let file = try await ParquetFile(MemoryFile(bytes))
            for (group, records) in groups.enumerated() {
                let columns = TestColumns(schema, records).columns
                for leaf in schema.leaves {
                    let offsets = try await file.offsetIndex(rowGroup: group, column: leaf.index)
                    let places = try #require(offsets).pages
                    guard let index = try await file.columnIndex(rowGroup: group, column: leaf.index)
                    else { continue }
                    try #require(index.nullPages.count == places.count)
                    let ends = places.dropFirst().map(\.firstRow) + [Int64(records.count)]
                    for (page, (place, end)) in zip(places, ends).enumerated() {
                        let rows = Int(place.firstRow)..<Int(end)
                        let part = TestColumns(schema, Array(records[rows])).columns[leaf.index]
                        guard case .plain(let values) = part.content else { continue }
                        #expect(index.nullPages[page] == (values.count == 0))
                        #expect(index.nullCounts?[page] == Int64(part.entryCount - values.count))
                        let order = ValueOrder(of: leaf)
                        guard let bounds = ValueBounds(of: values, at: 0..<values.count, in: order)
                        else { continue }
                        #expect(!order.isLess(bounds.minimum, index.minimums[page]), "seed \(seed)")
                        #expect(!order.isLess(index.maximums[page], bounds.maximum), "seed \(seed)")
                    }
                    #expect(columns[leaf.index].entryCount >= records.count)
                }
            }
        }
    }
}

/// The entries of a column, however they came in pieces.
private struct Entries: Equatable {
    var definition: [UInt8]
    var repetition: [UInt8]
    /// Encoded, so that each NaN is what it is.
    var values: [UInt8] = []

    init(_ parts: [ColumnValues], _ leaf: LeafColumn) throws {
        definition = parts.flatMap(\.definitionLevels)
        repetition = parts.flatMap(\.repetitionLevels)
        let joined = try PhysicalValues(joining: parts.map(\.content), of: leaf)
        PlainEncoder.encode(joined, 0..<joined.count, appendingTo: &values)
    }
}
