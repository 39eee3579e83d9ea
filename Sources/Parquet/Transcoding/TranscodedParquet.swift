// A Parquet file with its pages compressed by another codec.

import ParallelWork

/// The bytes of a new file with the rows of another: its pages are compressed again, their values stay as they
/// are encoded.
///
/// Chunks that have the codec already are copied. If all have, and no columns are added, the new file is the old
/// one, byte for byte. Pages are worked on in parallel, a bounded number at a time.
public struct TranscodedParquet: AsyncSequence, Sendable {
    /// Consecutive bytes of the new file.
    public typealias Element = [UInt8]

    private let file: ParquetFile
    private let target: TranscodingTarget
    private let isSame: Bool
    private let onProgress: @Sendable (_ rows: Int64, _ bytes: Int64) -> Void

    /// `file` with its pages compressed by `codec`.
    ///
    /// - Parameters:
    ///   - file: the file, which stays as it is.
    ///   - codec: what the pages of the new file are compressed by.
    ///   - level: how hard the codec tries, on its own scale; nil for what suits most files.
    ///   - constants: columns to add at the end of each row.
    ///   - onProgress: called with the rows of all row groups that are done, and the bytes of the new file.
    /// - Throws: `ParquetError` if the codec does not write, a column to add exists already, or the footer
    ///   contradicts itself or the file.
    public init(
        _ file: ParquetFile, codec: CompressionCodec, level: Int? = nil,
        adding constants: [ConstantColumn] = [],
        onProgress: @escaping @Sendable (_ rows: Int64, _ bytes: Int64) -> Void = { _, _ in }
    ) throws {
        self.file = file
        self.onProgress = onProgress
        target = try TranscodingTarget(file, codec: codec, level: level, constants: constants)
        var isSame = constants.isEmpty
        for group in file.metadata.rowGroups.indices {
            for column in file.schema.leaves.indices {
                let chunk = try file.columnChunk(rowGroup: group, column: column)
                isSame = isSame && (chunk.codec == codec || chunk.entryCount == 0)
            }
        }
        self.isSame = isSame
    }

    /// Reads the old file and gives the new one's bytes as they are asked for.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(file, target, isSame: isSame, onProgress)
    }

    /// Gives the bytes of the new file in order.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private enum Stage {
            case copying(from: Int64)
            case beginning, pages, indexes
            case end(FileEnd<RowGroupMetadata>)
            case done
        }

        private let file: ParquetFile
        private let onProgress: @Sendable (_ rows: Int64, _ bytes: Int64) -> Void
        private let work = OrderedWork<TranscodedPiece>()
        private var stage: Stage
        private var feed: TranscodingFeed
        private var footer: TranscodedFooter
        private var indexes: TranscodedIndexes
        private var rowsDone: Int64 = 0
        /// The piece to be copied next, on its way.
        private var ahead: Task<[UInt8], any Error>?

        fileprivate init(
            _ file: ParquetFile, _ target: TranscodingTarget, isSame: Bool,
            _ onProgress: @escaping @Sendable (_ rows: Int64, _ bytes: Int64) -> Void
        ) {
            self.file = file
            self.onProgress = onProgress
            stage = isSame ? .copying(from: 0) : .beginning
            feed = TranscodingFeed(file, target)
            footer = TranscodedFooter(file.metadata, target)
            indexes = TranscodedIndexes(file)
        }

        /// The next bytes; nil after the last.
        ///
        /// - Throws: `ParquetError` naming the place if the file is damaged; errors of its source;
        ///   `CancellationError`.
        public mutating func next() async throws -> [UInt8]? {
            while true {
                switch stage {
                case .copying(let offset): return try await copy(from: offset)
                case .beginning:
                    stage = .pages
                    return give(FileMagic.plain)
                case .pages:
                    var feed = feed
                    let piece = try await work.next { try await feed.next() }
                    self.feed = feed
                    guard let piece else {
                        stage = .indexes
                        continue
                    }
                    try footer.add(piece)
                    report(piece)
                    if !piece.bytes.isEmpty { return piece.bytes }
                case .indexes:
                    if let bytes = try await indexes.next(&footer) { return give(bytes) }
                    stage = .end(footer.end())
                    onProgress(file.metadata.rowCount, footer.size)
                case .end(var end):
                    let bytes = end.next()
                    stage = .end(end)
                    return bytes
                case .done: return nil
                }
            }
        }

        private mutating func give(_ bytes: [UInt8]) -> [UInt8] {
            footer.add(bytes)
            return bytes
        }

        private mutating func report(_ piece: TranscodedPiece) {
            if piece.isFirst, piece.column == 0, piece.rowGroup > 0 {
                rowsDone &+= file.metadata.rowGroups[piece.rowGroup - 1].rowCount
            }
            onProgress(rowsDone, footer.size)
        }

        private mutating func copy(from offset: Int64) async throws -> [UInt8]? {
            try Task.checkCancellation()
            let size = try await file.source.size()
            guard offset < size else {
                stage = .done
                onProgress(file.metadata.rowCount, offset)
                return nil
            }
            let current = ahead ?? reading(from: offset, size: size)
            let end = Self.pieceEnd(from: offset, size: size)
            // The next piece is read while whoever asked writes this one.
            ahead = end < size ? reading(from: end, size: size) : nil
            let bytes = try await withTaskCancellationHandler {
                try await current.value
            } onCancel: {
                current.cancel()
            }
            stage = .copying(from: end)
            onProgress(0, end)
            return bytes
        }

        private func reading(from offset: Int64, size: Int64) -> Task<[UInt8], any Error> {
            let source = file.source
            let range = offset..<Self.pieceEnd(from: offset, size: size)
            return Task { try await source.read(range) }
        }

        private static func pieceEnd(from offset: Int64, size: Int64) -> Int64 {
            Swift.min(offset + Int64(TranscodingFeed.pieceSize), size)
        }
    }
}
