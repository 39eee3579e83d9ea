import Foundation
import Parquet
import ParquetHostility
import TestFiles
import Testing

@Suite struct TranscodingTests {
    private static let codecs: [CompressionCodec] = [.uncompressed, .snappy, .gzip, .brotli, .zstd, .lz4Raw]

    private static func bytes(_ parquet: TranscodedParquet) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in parquet { bytes += piece }
        return bytes
    }

    /// The files of the corpus that can be read.
    private static func corpus() async throws -> [(name: String, file: ParquetFile)] {
        let folder = CorpusTests.folder.appending(path: "data").path()
        var files: [(String, ParquetFile)] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            guard let file = try? await ParquetFile(CorpusTests.file("data/" + name)),
                (try? await CorpusText.lines(of: file, maximumRows: 10_000)) != nil
            else { continue }
            files.append((name, file))
        }
        return files
    }

    @Test(arguments: codecs)
    func filesOfOthersHoldTheSameInAnotherCodec(codec: CompressionCodec) async throws {
        let corpus = try await Self.corpus()
        #expect(corpus.count > 50)
        for (name, file) in corpus {
            let bytes = try await Self.bytes(TranscodedParquet(file, codec: codec))
            let new = try await ParquetFile(MemoryFile(bytes))
            let found = try await CorpusText.lines(of: new, maximumRows: 10_000)
            #expect(try await CorpusText.lines(of: file, maximumRows: 10_000) == found, "\(name)")
            let codecs = new.metadata.rowGroups.flatMap(\.columns).filter { $0.entryCount > 0 }.map(\.codec)
            #expect(codecs.allSatisfy { $0 == codec }, "\(name)")
        }
    }

    @Test func aFileThatHasTheCodecStaysAsItIs() async throws {
        for (name, file) in try await Self.corpus() {
            let codecs = Set(file.metadata.rowGroups.flatMap(\.columns).map(\.codec))
            guard codecs.count == 1, let codec = codecs.first ?? nil, Self.codecs.contains(codec) else {
                continue
            }
            let old = try file.sourceBytes()
            #expect(try await Self.bytes(TranscodedParquet(file, codec: codec)) == old, "\(name)")
        }
    }

    @Test func otherProgramsReadWhatIsTranscoded() async throws {
        let folder = try TemporaryFolder()
        var random = SeededNumbers(seed: 7)
        let kinds = ColumnKinds.all.map {
            var field = $0
            field.repetition = .optional
            return field
        }
        let schema = try Schema(fields: kinds)
        let groups = [150, 3].map { count in
            (0..<count).map { _ in schema.fields.map { random.value(of: $0, variety: 400) } }
        }
        let options = WriterOptions(codec: .snappy, dataPageSize: 1500, pageRowLimit: 40)
        let file = try await ParquetFile(MemoryFile(WrittenFile.bytes(schema, groups, options: options)))
        let added = [
            ConstantColumn(name: "region", value: .string("eu")),
            ConstantColumn(name: "year", value: .integer(2026)),
            ConstantColumn(name: "nothing", value: .integer(nil)),
        ]
        let values: [TestValue] = [.bytes(Array("eu".utf8)), .integer(2026), .null]
        let longer = try Schema(fields: kinds + added.map(\.field))
        let longerGroups = groups.map { $0.map { $0 + values } }
        for codec in Self.codecs {
            let plain = try await Self.bytes(TranscodedParquet(file, codec: codec))
            try folder.write(plain, to: "\(codec).parquet")
            try folder.write(WrittenFile.json(schema, groups), to: "\(codec).json")
            guard codec == .gzip || codec == .snappy else { continue }
            let with = try await Self.bytes(TranscodedParquet(file, codec: codec, adding: added))
            try folder.write(with, to: "\(codec)-more.parquet")
            try folder.write(WrittenFile.json(longer, longerGroups), to: "\(codec)-more.json")
        }
        let checked = try Python.run("parquet_files.py", [folder.path])
        #expect(checked.status == 0, "\(checked.errors)")
        #expect(checked.text.split(separator: "\n").last == "all 8 files are right")
    }

    @Test func aColumnIsNotAddedTwice() async throws {
        let file = try await ParquetFile(CorpusTests.file("data/alltypes_plain.parquet"))
        #expect(throws: ParquetError.self) {
            try TranscodedParquet(
                file, codec: .gzip, adding: [ConstantColumn(name: "id", value: .integer(1))])
        }
    }

    @Test func damagedFilesAreRefusedOrTranscoded() async throws {
        var random = SeededNumbers(seed: 3)
        let schema = try random.schema()
        let groups = [40, 7].map { count in
            (0..<count).map { _ in schema.fields.map { random.value(of: $0, variety: 9) } }
        }
        let options = WriterOptions(codec: .snappy, pageRowLimit: 16)
        let whole = try WrittenFile.bytes(schema, groups, options: options)
        var refused = 0
        for seed in UInt64(0)..<400 {
            var mutation = Mutation(seed: seed)
            let damaged = MemoryFile(mutation.apply(to: whole, with: whole))
            do {
                let file = try await ParquetFile(damaged)
                let added = [ConstantColumn(name: "added", value: .integer(1))]
                _ = try await Self.bytes(
                    TranscodedParquet(file, codec: seed % 2 == 0 ? .zstd : .snappy, adding: added))
            } catch is ParquetError {
                refused += 1
            }
        }
        #expect(refused > 100)
    }

    @Test func aDamagedPageIsNamedByItsPlace() async throws {
        let file = try await ParquetFile(
            CorpusTests.file("data/rle-dict-uncompressed-corrupt-checksum.parquet"))
        await #expect {
            _ = try await Self.bytes(TranscodedParquet(file, codec: .gzip))
        } throws: { error in
            let error = error as? ParquetError
            return error?.problem == .wrongChecksum && error?.rowGroup == 0 && error?.column != nil
        }
    }
}

extension ParquetFile {
    fileprivate func sourceBytes() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: source.name)))
    }
}
