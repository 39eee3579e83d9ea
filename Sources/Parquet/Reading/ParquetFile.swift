// A Parquet file that is open for reading: its footer, and where its pages end.
import Languages

/// A Parquet file, of which the footer has been read.
///
/// It is a value: it may be read at several places at once, as often as wanted.
public struct ParquetFile: Sendable {
    /// Where the bytes come from.
    public let source: any RandomAccessSource
    /// What the footer says.
    public let metadata: FileMetadata
    /// Where the footer begins: all pages stand before it.
    let footerOffset: Int64

    /// The fields of a row.
    public var schema: Schema { metadata.schema }

    /// Reads the footer of `source`, and nothing else.
    ///
    /// - Throws: `ParquetError` naming the source if it is no Parquet file, is encrypted, or has a wrong footer;
    ///   errors of the source.
    public init(_ source: any RandomAccessSource) async throws {
        do {
            let footer = try await Footer(of: source)
            var reader = CompactReader(footer.bytes, memoryLimit: footer.memoryLimit)
            metadata = try FileMetadata(from: &reader)
            footerOffset = footer.offset
            self.source = source
        } catch let error as ParquetError {
            throw error.at(file: source.name)
        }
    }
}

/// The footer's bytes and where they stand: the end of the file is the footer, its length, and `PAR1`.
private struct Footer {
    var bytes: [UInt8]
    var offset: Int64

    /// What most footers fit in, so that one read is enough.
    private static let firstRead: Int64 = 64 << 10
    /// The magic before and after, and the length.
    private static let smallestFile: Int64 = 12

    init(of source: any RandomAccessSource) async throws {
        let size = try await source.size()
        guard size >= Self.smallestFile else { throw ParquetError(.notParquet) }
        let end = try await source.read(max(0, size - Self.firstRead)..<size)
        guard end.count >= 8 else { throw ParquetError(.truncated) }
        let magic = end.suffix(4)
        guard !magic.elementsEqual(FileMagic.encrypted) else { throw ParquetError(.encrypted) }
        guard magic.elementsEqual(FileMagic.plain) else { throw ParquetError(.notParquet) }
        let length = end.dropLast(4).suffix(4).reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard length <= size - Self.smallestFile else {
            throw ParquetError.malformed(Text("its footer is said to be longer than the file"))
        }
        offset = size - 8 - length
        bytes =
            length + 8 <= end.count
            ? Array(end.dropLast(8).suffix(Int(length)))
            : try await source.read(offset..<size - 8)
    }

    /// What the metadata may take: they are larger in memory than in the file, but not without measure.
    var memoryLimit: Int { min(256 << 20, 16 << 20 + 32 * bytes.count) }
}
