// Files of many writers, read as pyarrow reads them. Corpus/SOURCE.md says where they come from.

import Foundation
import Languages
import Parquet
import ParquetHostility
import Testing

@Suite struct CorpusTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

    static func file(_ name: String) throws -> LocalFile {
        try LocalFile(path: folder.appending(path: name).path())
    }

    /// What pyarrow reads, by the name of the file.
    private static func expected() throws -> [(name: String, lines: [String])] {
        let text = try String(contentsOf: folder.appending(path: "expected.txt"), encoding: .utf8)
        return text.split(separator: "\n\n").map { section in
            var lines = section.split(separator: "\n").map(String.init)
            return (String(lines.removeFirst().dropFirst(2)), lines)
        }
    }

    /// What cannot be read, and why.
    ///
    /// pyarrow reads the first: it looks at checksums only if it is told to.
    private static let refused: [String: ParquetError.Problem] = [
        "data/rle-dict-uncompressed-corrupt-checksum.parquet": .wrongChecksum,
        "data/encrypt_columns_and_footer.parquet.encrypted": .encrypted,
        "data/encrypt_columns_plaintext_footer.parquet.encrypted": .encrypted,
        "data/large_string_map.brotli.parquet": .tooLarge(Text("a page of more than \(256) MB")),
        "bad_data/ARROW-GH-45185.parquet":
            .malformed(Text("the first row of a column begins with a repetition level that is not 0")),
        "bad_data/ARROW-GH-47662.parquet": .malformed(Text("a page ends before its values do")),
        "bad_data/ARROW-RS-GH-6229-DICTHEADER.parquet": .malformed(
            Text("a column does not stand in the file")),
        "bad_data/ARROW-RS-GH-6229-LEVELS.parquet":
            .malformed(Text("the pages of a column have more values than the column")),
        "bad_data/PARQUET-1481.parquet": .unsupported(Text("the physical type \(-7)")),
    ]

    @Test(arguments: [1, 7, 32_768])
    func everyFileIsReadAsOthersReadIt(maximumRows: Int) async throws {
        let expected = try Self.expected()
        #expect(expected.count > 50)
        for (name, lines) in expected where Self.refused["data/" + name] == nil {
            let file = try await ParquetFile(Self.file("data/" + name))
            let found = try await CorpusText.lines(of: file, maximumRows: maximumRows)
            for (line, wanted) in zip(found, lines) { #expect(line == wanted, "\(name)") }
            #expect(found.count == lines.count, "\(name)")
        }
    }

    @Test func whatIsDamagedOrForeignIsRefusedWithItsReason() async throws {
        for (name, problem) in Self.refused {
            let source = try Self.file(name)
            let error = await #expect(throws: ParquetError.self, "\(name)") {
                for try await _ in try await ParquetFile(source).batches() {}
            }
            #expect(error?.problem == problem, "\(name)")
            #expect(error?.file == source.name, "\(name)")
        }
    }

    /// Indices of no bits, all of the dictionary's only value.
    ///
    /// The file is Polars', and lies among the damaged ones since
    /// a reader crashed on it; parquet-mr, among others, writes such pages too.
    @Test func indicesOfNoBitsAreRead() async throws {
        let file = try await ParquetFile(Self.file("bad_data/ARROW-GH-43605.parquet"))
        let lines = try await CorpusText.lines(of: file, maximumRows: 10_000)
        #expect(lines.first == "21186 rows")
        #expect(lines.last?.hasPrefix("min_fl INT32: 0 0 0 0 ") == true)
    }

    /// Indices of no bits are of the dictionary's first value, and of none if it is empty.
    ///
    /// Writers count a page's bits by what the dictionary has until then: more values may follow with later pages.
    @Test func indicesOfNoBitsAreOfAValueThatIsThere() async throws {
        for (dictionary, isGood) in [(["a"], true), (["a", "b"], true), ([], false)] as [([String], Bool)] {
            var made = try HandmadeFile.text(rowCount: 3)
            made.addDictionary(dictionary.map { Array($0.utf8) })
            made.addPage(entryCount: 3, encoding: .rleDictionary, values: [0, 3 << 1])
            let file = try await ParquetFile(made.file)
            if isGood {
                let lines = try await CorpusText.lines(of: file, maximumRows: 10)
                #expect(lines.last == "text BYTE_ARRAY: 61 61 61")
            } else {
                await #expect(throws: ParquetError.self) {
                    for try await _ in file.batches() {}
                }
            }
        }
    }

    /// A map with keys that may be null, which the specification forbids.
    @Test func aMapWithOptionalKeysIsRead() async throws {
        let file = try await ParquetFile(Self.file("data/incorrect_map_schema.parquet"))
        let lines = try await CorpusText.lines(of: file, maximumRows: 10)
        #expect(
            lines == [
                "1 rows", "my_map.key_value.key BYTE_ARRAY: 706172656e74 1:6e616d65",
                "my_map.key_value.value BYTE_ARRAY: 616e6f74686572 1:7265706f7274",
            ])
    }

    @Test func pageIndexesAreRead() async throws {
        let file = try await ParquetFile(Self.file("data/int32_with_null_pages.parquet"))
        let columnIndex = try #require(try await file.columnIndex(rowGroup: 0, column: 0))
        let offsetIndex = try #require(try await file.offsetIndex(rowGroup: 0, column: 0))
        #expect(columnIndex.nullPages.count == offsetIndex.pages.count)
        #expect(columnIndex.nullPages.contains(true))
        #expect(offsetIndex.pages.map(\.firstRow) == offsetIndex.pages.map(\.firstRow).sorted())
        let plain = try await ParquetFile(Self.file("data/alltypes_plain.parquet"))
        #expect(try await plain.columnIndex(rowGroup: 0, column: 0) == nil)
        #expect(try await plain.offsetIndex(rowGroup: 0, column: 0) == nil)
    }

    @Test func columnsAndRowGroupsAreReadInTheOrderAskedFor() async throws {
        let file = try await ParquetFile(Self.file("data/sort_columns.parquet"))
        var rowGroups: [Int] = []
        for try await batch in file.batches(columns: [1, 0, 1], rowGroups: 1..<2) {
            rowGroups.append(batch.rowGroup)
            #expect(batch.columns.map(\.entryCount) == [3, 3, 3])
            guard case .dictionary(_, .byteArray) = batch.columns[0].content,
                case .dictionary(_, .int64) = batch.columns[1].content
            else {
                Issue.record("the columns stand in another order")
                return
            }
        }
        #expect(rowGroups == [1])
        var rows = 0
        for try await batch in file.batches(columns: []) { rows += batch.rowCount }
        #expect(rows == 6)
    }
}
