// Pages of one column chunk, to be compressed with another codec.
import Languages

/// What is done at once: some consecutive pages of a chunk, or bytes of it as they stand.
struct TranscodingPiece: Sendable {
    /// The content of a piece.
    enum Content: Sendable {
        /// Pages, compressed with the chunk's codec.
        case pages([Page], CompressionCodec, isNested: Bool)
        /// Bytes that stay as they are.
        case bytes([UInt8])
        /// A chunk that the source does not have.
        case chunk(EncodedColumnChunk)
    }

    /// The row group in the file.
    var rowGroup: Int
    /// The place of the chunk in the row group.
    var column: Int
    /// Whether no other piece of the chunk was before.
    var isFirst: Bool
    var content: Content
}

/// What a piece became.
struct TranscodedPiece: Sendable {
    /// How it came about.
    enum Kind: Sendable {
        case recompressed
        case copied
        case added(EncodedColumnChunk)
    }

    /// The row group in the file.
    var rowGroup: Int
    /// The place of the chunk in the row group.
    var column: Int
    /// Whether no other piece of the chunk was before.
    var isFirst: Bool
    var kind: Kind
    /// What goes into the file.
    var bytes: [UInt8]
    /// The pages in `bytes`, if they were compressed again.
    var pages: [TranscodedPage] = []
}

/// A page in the new file.
struct TranscodedPage: Sendable {
    /// Whether it is a data page, and not a dictionary.
    var isData: Bool
    /// Its rows; nil if it does not state them.
    var rowCount: Int64?
    /// Bytes of the header and the page.
    var size: Int
    /// Bytes of the header and of the page when it is not compressed.
    var uncompressedSize: Int
}

extension TranscodingPiece {
    /// The piece with its pages compressed by `codec`.
    ///
    /// - Throws: `ParquetError` if a page is damaged.
    func transcoded(to codec: CompressionCodec, level: Int?) throws -> TranscodedPiece {
        switch content {
        case .bytes(let bytes): return result(.copied, bytes)
        case .chunk(let chunk): return result(.added(chunk), chunk.bytes)
        case .pages(let pages, let old, let isNested):
            var transcoder = try PageTranscoder(from: old, to: codec, level: level, isNested: isNested)
            var result = result(.recompressed, [])
            result.pages = try pages.compactMap { try transcoder.append($0) }
            result.bytes = transcoder.bytes
            return result
        }
    }

    private func result(_ kind: TranscodedPiece.Kind, _ bytes: [UInt8]) -> TranscodedPiece {
        TranscodedPiece(rowGroup: rowGroup, column: column, isFirst: isFirst, kind: kind, bytes: bytes)
    }
}

/// Compresses pages with another codec; their values stay encoded as they are.
private struct PageTranscoder {
    /// The pages so far, with their headers.
    private(set) var bytes: [UInt8] = []
    private let old: CompressionCodec
    private let new: CompressionCodec
    private let isNested: Bool
    private let decompressor = PageDecompressor()
    private let compressor: PageCompressor
    private var body: [UInt8] = []

    init(from old: CompressionCodec, to new: CompressionCodec, level: Int?, isNested: Bool) throws {
        self.old = old
        self.new = new
        self.isNested = isNested
        compressor = try PageCompressor(new, level: level)
    }

    /// Adds a page; gives nil for one of a kind that nothing refers to, which is left out.
    mutating func append(_ page: Page) throws -> TranscodedPage? {
        body.removeAll(keepingCapacity: true)
        var kind = page.header.kind
        let size = Int(page.header.uncompressedSize)
        switch kind {
        case .data(let header):
            guard header.encoding != nil else { throw ParquetError.unsupported(Text("an unknown encoding")) }
            try append(page.body, size: size, isCompressed: true)
        case .dictionary(let header):
            guard header.encoding != nil else { throw ParquetError.unsupported(Text("an unknown encoding")) }
            try append(page.body, size: size, isCompressed: true)
        case .dataV2(var header):
            guard header.encoding != nil else { throw ParquetError.unsupported(Text("an unknown encoding")) }
            let levels = Int(header.definitionLevelsSize) + Int(header.repetitionLevelsSize)
            guard levels <= page.body.count, levels <= size else {
                throw ParquetError.malformed(Text("the levels of a page are longer than the page"))
            }
            body += page.body.prefix(levels)
            // No values are not compressed: some readers cannot decompress nothing.
            let hasValues = size > levels
            if hasValues {
                try append(
                    page.body.dropFirst(levels), size: size - levels, isCompressed: header.isCompressed)
            }
            header.isCompressed = hasValues && new != .uncompressed
            kind = .dataV2(header)
        case .other: return nil
        }
        guard let compressedSize = Int32(exactly: body.count) else {
            throw ParquetError(.tooLarge(Text("a page of more than 2 GB")))
        }
        let header = CompactWriter.bytes(
            of: PageHeader(
                kind: kind, uncompressedSize: page.header.uncompressedSize,
                compressedSize: compressedSize, checksum: PageChecksum.crc32(body[...])))
        bytes += header
        bytes += body
        return TranscodedPage(
            isData: kind.isData, rowCount: kind.rowCount(isNested: isNested),
            size: header.count + body.count, uncompressedSize: header.count + size)
    }

    private mutating func append(_ stored: ArraySlice<UInt8>, size: Int, isCompressed: Bool) throws {
        let codec = isCompressed ? old : .uncompressed
        let plain = try decompressor.decompress(stored, codec: codec, size: size)
        try compressor.compress(plain, appendingTo: &body)
    }
}

extension PageHeader.Kind {
    fileprivate var isData: Bool {
        switch self {
        case .data, .dataV2: true
        case .dictionary, .other: false
        }
    }

    /// The rows of a data page; nil if the header does not tell.
    fileprivate func rowCount(isNested: Bool) -> Int64? {
        switch self {
        // Without repetition, every entry is a row.
        case .data(let header): isNested ? nil : Int64(header.entryCount)
        case .dataV2(let header): Int64(header.rowCount)
        case .dictionary, .other: nil
        }
    }
}
