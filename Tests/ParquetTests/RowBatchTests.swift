// How rows are cut into batches, whatever the pages are like.

import Languages
import ParquetHostility
import Testing

@testable import Parquet

@Suite struct RowBatchTests {
    private func batches(
        of file: HandmadeFile, maximumRows: Int = 32_768, targetBytes: Int = 8 << 20
    ) async throws -> [RowBatch] {
        var batches: [RowBatch] = []
        let parquet = try await ParquetFile(file.file)
        for try await batch in parquet.batches(maximumRows: maximumRows, targetBytes: targetBytes) {
            batches.append(batch)
        }
        return batches
    }

    private func problem(of file: HandmadeFile) async -> ParquetError.Problem? {
        guard case .refused(let error) = await readEverything(of: file.file) else { return nil }
        return error.problem
    }

    private func numbers(_ numbers: Range<UInt32>) -> [UInt8] {
        numbers.flatMap(HandmadeFile.littleEndian)
    }

    @Test func aRowMayGoOnFromPageToPage() async throws {
        var file = try HandmadeFile.lists(rowCount: 3, entryCount: 9)
        file.addPage(
            entryCount: 4, repetition: [(0, 1), (1, 1), (0, 1), (1, 1)], definition: [(1, 4)],
            values: numbers(0..<4))
        file.addPage(entryCount: 3, repetition: [(1, 3)], definition: [(1, 3)], values: numbers(4..<7))
        file.addPage(
            entryCount: 2, repetition: [(1, 1), (0, 1)], definition: [(1, 1), (0, 1)], values: numbers(7..<8))
        let all = try await batches(of: file)
        #expect(all.map(\.rowCount) == [3])
        #expect(all[0].columns[0].repetitionLevels == [0, 1, 0, 1, 1, 1, 1, 1, 0])
        #expect(all[0].columns[0].definitionLevels == [1, 1, 1, 1, 1, 1, 1, 1, 0])
        let single = try await batches(of: file, maximumRows: 1)
        #expect(single.map { $0.columns[0].entryCount } == [2, 6, 1])
        #expect(single.map { $0.columns[0].content.count } == [2, 6, 0])
    }

    @Test func aColumnThatGivesUpItsDictionaryIsReadAsValues() async throws {
        var file = try HandmadeFile.text(rowCount: 6)
        file.addDictionary([[1], [2, 2]])
        // Two places of one bit each.
        file.addPage(entryCount: 2, encoding: .rleDictionary, values: [1, 3, 0b10])
        file.addPage(entryCount: 2, values: HandmadeFile.plain([[3], []]))
        file.addPage(entryCount: 2, encoding: .plainDictionary, values: [1, 3, 0b01])
        let all = try await batches(of: file)
        guard all.count == 1, case .plain(.byteArray(let arrays)) = all[0].columns[0].content else {
            Issue.record("the values of a batch are of two kinds")
            return
        }
        #expect((0..<arrays.count).map { Array(arrays[$0]) } == [[1], [2, 2], [3], [], [2, 2], [1]])
        let pairs = try await batches(of: file, maximumRows: 2)
        let areIndices = pairs.map { if case .dictionary = $0.columns[0].content { true } else { false } }
        #expect(areIndices == [true, false, true])
    }

    @Test func pagesWithoutEntriesAndOfUnknownKindsArePassedOver() async throws {
        var file = try HandmadeFile.text(rowCount: 2)
        file.addPage(.other(1), [1, 2, 3])
        file.addPage(entryCount: 0, values: [])
        file.addPage(entryCount: 1, values: HandmadeFile.plain([[7]]))
        file.addPage(.other(99), [])
        file.addPage(entryCount: 1, values: HandmadeFile.plain([[8]]))
        #expect(try await batches(of: file).map(\.rowCount) == [2])
    }

    @Test func aBatchHoldsFewerRowsWhereRowsAreLarge() async throws {
        var file = try HandmadeFile.text(rowCount: 1_100)
        file.addPage(entryCount: 1_000, values: HandmadeFile.plain(Array(repeating: [1], count: 1_000)))
        let large = [UInt8](repeating: 2, count: 10_000)
        file.addPage(entryCount: 100, values: HandmadeFile.plain(Array(repeating: large, count: 100)))
        let all = try await batches(of: file, targetBytes: 100_000)
        let bytes = all.map { batch in
            if case .plain(let values) = batch.columns[0].content { values.byteCount } else { 0 }
        }
        #expect(all.reduce(0) { $0 + $1.rowCount } == 1_100)
        #expect(all.count < 20)
        #expect(bytes.allSatisfy { $0 <= 110_000 })
    }

    @Test func aDictionaryOfLargeValuesCountsAsItsValuesDo() async throws {
        var file = try HandmadeFile.text(rowCount: 1_000)
        file.addDictionary([[1]] + Array(repeating: [], count: 98) + [[UInt8](repeating: 2, count: 50_000)])
        file.addPage(
            entryCount: 1_000, encoding: .rleDictionary, values: [7] + HandmadeFile.run(of: 99, 1_000))
        let all = try await batches(of: file, targetBytes: 1_000_000)
        #expect(all.allSatisfy { $0.rowCount <= 20 })
        #expect(all.reduce(0) { $0 + $1.rowCount } == 1_000)
    }

    @Test func whatContradictsTheFooterIsRefused() async throws {
        var short = try HandmadeFile.text(rowCount: 2)
        short.addPage(entryCount: 1, values: HandmadeFile.plain([[7]]))
        #expect(await problem(of: short) == .malformed(Text("the pages of a column lack \(1) of its values")))

        var long = try HandmadeFile.text(rowCount: 1)
        long.addPage(entryCount: 2, values: HandmadeFile.plain([[7], [8]]))
        #expect(
            await problem(of: long)
                == .malformed(Text("the pages of a column have more values than the column")))

        var rows = try HandmadeFile.lists(rowCount: 1, entryCount: 2)
        rows.addPage(entryCount: 2, repetition: [(0, 2)], definition: [(1, 2)], values: numbers(0..<2))
        #expect(await problem(of: rows) == .malformed(Text("a column has more rows than its row group")))

        var fewer = try HandmadeFile.lists(rowCount: 2, entryCount: 2)
        fewer.addPage(
            entryCount: 2, repetition: [(0, 1), (1, 1)], definition: [(1, 2)], values: numbers(0..<2))
        #expect(
            await problem(of: fewer)
                == .malformed(Text("a column has fewer rows than its row group, which has \(2)")))

        var none = try HandmadeFile.text(rowCount: 1)
        none.addPage(entryCount: 1, encoding: .rleDictionary, values: [1, 2, 0])
        #expect(
            await problem(of: none)
                == .malformed(Text("a page refers to a dictionary that the column does not have")))

        var two = try HandmadeFile.text(rowCount: 1)
        two.addDictionary([[1]])
        two.addDictionary([[1]])
        two.addPage(entryCount: 1, encoding: .rleDictionary, values: [1, 2, 0])
        #expect(await problem(of: two) == .malformed(Text("a column has two dictionaries")))
    }

    @Test func fewBytesThatStandForBillionsAreRefused() async throws {
        let count = Int(Int32.max)
        var row = try HandmadeFile.lists(rowCount: 1, entryCount: count)
        row.addPage(
            entryCount: count, repetition: [(0, 1), (1, count - 1)], definition: [(0, count)], values: [])
        #expect(await problem(of: row) == .tooLarge(Text("a row of more than \(256) MB")))

        var dictionary = try HandmadeFile.text(rowCount: 1)
        var header = DictionaryPageHeader()
        header.valueCount = Int32.max
        dictionary.addPage(.dictionary(header), [])
        dictionary.addPage(entryCount: 1, encoding: .rleDictionary, values: [1, 2, 0])
        #expect(await problem(of: dictionary) == .malformed(Text("a page ends before its values do")))
    }
}
