// Files of many writers, read as pyarrow reads them. Corpus/SOURCE.md says where they come from.

import Foundation
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

    /// pyarrow does not look at checksums unless it is told to.
    private static let refused: [String: ParquetError.Problem] = [
        "data/datapage_v1-corrupt-checksum.parquet": .wrongChecksum,
        "data/rle-dict-uncompressed-corrupt-checksum.parquet": .wrongChecksum,
        "data/encrypt_columns_and_footer.parquet.encrypted": .encrypted,
        "data/encrypt_columns_plaintext_footer.parquet.encrypted": .encrypted,
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
}
