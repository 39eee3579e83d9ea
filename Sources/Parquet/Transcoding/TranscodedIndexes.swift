// What stands between the pages and the footer: Bloom filters and page indexes.
import Languages

/// Gives the Bloom filters, then the column indexes, then the offset indexes, a chunk's at a time.
struct TranscodedIndexes {
    /// What is given one after another for all chunks.
    private enum Part {
        case bloomFilters, columnIndexes, offsetIndexes
    }

    private let file: ParquetFile
    private var part: Part? = .bloomFilters
    private var group = 0
    private var column = 0
    /// What of the source is still to be copied.
    private var rest: Range<Int64> = 0..<0

    init(_ file: ParquetFile) { self.file = file }

    /// The next bytes of the file; nil after the last.
    ///
    /// - Throws: `ParquetError` if an index is damaged; errors of the source.
    mutating func next(_ footer: inout TranscodedFooter) async throws -> [UInt8]? {
        while let part {
            if !rest.isEmpty {
                let end = min(rest.lowerBound + Int64(TranscodingFeed.pieceSize), rest.upperBound)
                defer { rest = end..<rest.upperBound }
                return try await file.source.read(rest.lowerBound..<end)
            }
            guard group < footer.rowGroupCount else {
                group = 0
                self.part =
                    switch part {
                    case .bloomFilters: .columnIndexes
                    case .columnIndexes: .offsetIndexes
                    case .offsetIndexes: nil
                    }
                continue
            }
            guard column < footer.columnCount else {
                group += 1
                column = 0
                continue
            }
            defer { column += 1 }
            do {
                let bytes =
                    switch part {
                    case .bloomFilters: try await bloomFilter(&footer)
                    case .columnIndexes: try columnIndex(&footer)
                    case .offsetIndexes: try await offsetIndex(&footer)
                    }
                if let bytes { return bytes }
            } catch {
                throw file.located(error, rowGroup: group, column: column)
            }
        }
        return nil
    }

    /// Makes the filter of the chunk the next to be copied.
    private mutating func bloomFilter(_ footer: inout TranscodedFooter) async throws -> [UInt8]? {
        guard column < file.schema.leaves.count else { return nil }
        let chunk = try file.chunkMetadata(rowGroup: group, column: column)
        guard let offset = chunk.bloomFilterOffset else { return nil }
        let stated = chunk.bloomFilterSize
        let size = if let stated { Int64(stated) } else { try await bloomFilterSize(at: offset) }
        rest = try range(offset, size, Text("a Bloom filter"))
        let place = footer.size
        try footer.change(group, column) { $0.bloomFilterOffset = place }
        return nil
    }

    /// The bytes of a filter whose size the footer does not state: its header tells.
    private func bloomFilterSize(at offset: Int64) async throws -> Int64 {
        let header = try range(offset, min(64, file.footerOffset - offset), Text("a Bloom filter"))
        var reader = CompactReader(try await file.source.read(header))
        var bytes: Int32 = -1
        try reader.readFields { reader, field in
            if field.id == 1 { bytes = try reader.readInt32(field) } else { try reader.skip(field) }
        }
        guard bytes >= 0 else { throw ParquetError.malformed(Text("a Bloom filter has no size")) }
        return Int64(reader.position) + Int64(bytes)
    }

    private mutating func columnIndex(_ footer: inout TranscodedFooter) throws -> [UInt8]? {
        guard column < file.schema.leaves.count else {
            guard let index = try footer.pages(group, column).columnIndex else { return nil }
            let bytes = CompactWriter.bytes(of: index)
            let place = footer.size
            try footer.change(group, column) { chunk in
                chunk.columnIndexOffset = place
                chunk.columnIndexSize = Int32(clamping: bytes.count)
            }
            return bytes
        }
        let chunk = try file.chunkMetadata(rowGroup: group, column: column)
        guard let offset = chunk.columnIndexOffset, let size = chunk.columnIndexSize else { return nil }
        // It says nothing of where pages stand, so it is copied as it is.
        rest = try range(offset, Int64(size), Text("a page index"))
        let place = footer.size
        try footer.change(group, column) { $0.columnIndexOffset = place }
        return nil
    }

    private func offsetIndex(_ footer: inout TranscodedFooter) async throws -> [UInt8]? {
        guard let index = try await newOffsetIndex(footer.pages(group, column)) else {
            // The one index is of no use without the other.
            try footer.change(group, column) { chunk in
                chunk.offsetIndexOffset = nil
                chunk.offsetIndexSize = nil
                chunk.columnIndexOffset = nil
                chunk.columnIndexSize = nil
            }
            return nil
        }
        let bytes = CompactWriter.bytes(of: index)
        let place = footer.size
        try footer.change(group, column) { chunk in
            chunk.offsetIndexOffset = place
            chunk.offsetIndexSize = Int32(clamping: bytes.count)
        }
        return bytes
    }

    private func newOffsetIndex(_ pages: ChunkPages) async throws -> OffsetIndex? {
        guard column < file.schema.leaves.count else { return pages.offsetIndex }
        let old = try await file.offsetIndex(rowGroup: group, column: column)
        guard let new = pages.offsetIndex else { return old?.moved(by: pages.distance) }
        guard var index = old, index.pages.count == new.pages.count else {
            return pages.rowCount == file.metadata.rowGroups[group].rowCount ? new : nil
        }
        for page in new.pages.indices {
            index.pages[page].offset = new.pages[page].offset
            index.pages[page].size = new.pages[page].size
        }
        return index
    }

    private func range(_ offset: Int64, _ size: Int64, _ what: Text) throws -> Range<Int64> {
        guard offset >= 0, size >= 0, offset <= file.footerOffset, size <= file.footerOffset - offset else {
            throw ParquetError.malformed(Text("\(what) does not stand in the file"))
        }
        return offset..<offset + size
    }
}
