// The column chunks of a file in pieces of about a megabyte, in the order of the new file.
import Languages

/// Reads the chunks of a file one after another.
struct TranscodingFeed {
    /// The bytes that are read and worked on at once, if one page does not have more.
    static let pieceSize = 1 << 20
    /// The bytes of a page, not compressed, above which nothing else is in work beside it.
    static let largePage = 16 << 20

    private let file: ParquetFile
    private let target: TranscodingTarget
    private var rowGroup = 0
    private var column = 0
    private var state = State.between

    private enum State {
        case between
        case pages(PageReader, ColumnChunk, next: Page?)
        case bytes(Range<Int64>)
    }

    init(_ file: ParquetFile, _ target: TranscodingTarget) {
        self.file = file
        self.target = target
    }

    /// The next piece of work; nil after the last.
    ///
    /// - Throws: `ParquetError` if the file is damaged; errors of its source.
    mutating func next() async throws -> (@Sendable () throws -> TranscodedPiece)? {
        while rowGroup < file.metadata.rowGroups.count {
            guard column < target.schema.leaves.count else {
                rowGroup += 1
                column = 0
                continue
            }
            do {
                if let piece = try await nextOfChunk() { return try work(on: piece) }
            } catch {
                throw located(error)
            }
            column += 1
            state = .between
        }
        return nil
    }

    private func work(on piece: TranscodingPiece) throws -> @Sendable () throws -> TranscodedPiece {
        let target = target
        let file = file
        let work: @Sendable () throws -> TranscodedPiece = {
            do {
                return try piece.transcoded(to: target.codec, level: target.level)
            } catch {
                throw piece.column < file.schema.leaves.count
                    ? file.located(error, rowGroup: piece.rowGroup, column: piece.column) : error
            }
        }
        guard case .pages(let pages, _, _) = piece.content, pages.count == 1,
            pages[0].header.uncompressedSize > Self.largePage
        else { return work }
        let result = try work()
        return { result }
    }

    private mutating func nextOfChunk() async throws -> TranscodingPiece? {
        func piece(_ content: TranscodingPiece.Content, isFirst: Bool) -> TranscodingPiece {
            TranscodingPiece(rowGroup: rowGroup, column: column, isFirst: isFirst, content: content)
        }
        let isFirst = if case .between = state { true } else { false }
        if isFirst {
            let constant = column - file.schema.leaves.count
            guard constant < 0 else {
                state = .bytes(0..<0)
                let chunk = try target.constants[constant].chunk(
                    of: target.schema.leaves[column],
                    rowCount: Int(file.metadata.rowGroups[rowGroup].rowCount), options: target.options)
                return piece(.chunk(chunk), isFirst: true)
            }
            let chunk = try file.columnChunk(rowGroup: rowGroup, column: column)
            state =
                target.copies(chunk)
                ? .bytes(chunk.bytes)
                : .pages(PageReader(file.source, chunk, readAhead: Self.pieceSize), chunk, next: nil)
        }
        switch state {
        case .between: return nil
        case .bytes(let rest):
            // A chunk without bytes has a piece, too, so that the footer learns of it.
            guard isFirst || !rest.isEmpty else { return nil }
            let end = min(rest.lowerBound + Int64(Self.pieceSize), rest.upperBound)
            state = .bytes(end..<rest.upperBound)
            let bytes = rest.isEmpty ? [] : try await file.source.read(rest.lowerBound..<end)
            return piece(.bytes(bytes), isFirst: isFirst)
        case .pages(var reader, let chunk, var next):
            state = .between
            var pages: [Page] = []
            var size = 0
            if next == nil { next = try await reader.next() }
            while let page = next {
                let pageSize = Int(max(page.header.uncompressedSize, page.header.compressedSize))
                guard pages.isEmpty || size + pageSize <= Self.pieceSize else { break }
                pages.append(page)
                size += pageSize
                next = try await reader.next()
            }
            state = .pages(reader, chunk, next: next)
            guard isFirst || !pages.isEmpty else { return nil }
            let isNested = chunk.leaf.maximumRepetitionLevel > 0
            return piece(.pages(pages, chunk.codec, isNested: isNested), isFirst: isFirst)
        }
    }

    private func located(_ error: any Error) -> any Error {
        guard column < file.schema.leaves.count else { return error }
        return file.located(error, rowGroup: rowGroup, column: column)
    }
}

/// What a file is made into.
struct TranscodingTarget: Sendable {
    /// The fields of a row, the constants last.
    let schema: Schema
    let codec: CompressionCodec
    let level: Int?
    let constants: [ConstantColumn]
    /// Whether the sizes of chunks in the source's footer can be believed.
    private let sizesAreRight: Bool

    /// - Throws: `ParquetError` if the codec does not write, or the schema has a field called like a constant.
    init(
        _ file: ParquetFile, codec: CompressionCodec, level: Int?, constants: [ConstantColumn]
    ) throws {
        _ = try PageCompressor(codec, level: level)
        var names = Set(file.schema.fields.map(\.name))
        for constant in constants where !names.insert(constant.name).inserted {
            throw ParquetError(
                .invalidValues(Text("there is a column called \(constant.name) already")),
                file: file.source.name)
        }
        schema = try Schema(
            name: file.schema.name, fields: file.schema.fields + constants.map(\.field))
        self.codec = codec
        self.level = level
        self.constants = constants
        // Before 1.2.9 it left the header of a dictionary out (PARQUET-816).
        let writer = file.metadata.createdBy ?? ""
        sizesAreRight = !["parquet-mr version 1.0", "parquet-mr version 1.1", "parquet-mr version 1.2"]
            .contains { writer.hasPrefix($0) }
    }

    /// How the constants are written.
    var options: WriterOptions { WriterOptions(codec: codec, compressionLevel: level) }

    /// Whether the bytes of a chunk can stay as they are.
    func copies(_ chunk: ColumnChunk) -> Bool {
        chunk.entryCount == 0 || chunk.codec == codec && sizesAreRight
    }
}
