// What became of the pages of a row group, as it is noted until the indexes are written: encoded, since there are many.

/// The pages of a chunk in the new file.
struct ChunkPages {
    /// Of a column that the source does not have.
    var columnIndex: ColumnIndex?
    /// Where the data pages stand; nil if they are as they were, `distance` further on.
    var offsetIndex: OffsetIndex?
    /// How many bytes further on.
    var distance: Int64 = 0
    /// The rows of the pages so far; nil if a page does not state its own.
    var rowCount: Int64?
}

extension ChunkPages: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: columnIndex = try reader.readStruct(field)
            case 2: offsetIndex = try reader.readStruct(field)
            case 3: distance = try reader.readInt64(field)
            case 4: rowCount = try reader.readInt64(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, columnIndex)
        writer.write(2, offsetIndex)
        writer.write(3, distance)
        writer.write(4, rowCount)
    }
}

/// The pages of all chunks of a row group in the new file.
struct RowGroupPages {
    var chunks: [ChunkPages]

    /// Pages that are where they were.
    init(chunkCount: Int) {
        chunks = Array(repeating: ChunkPages(), count: chunkCount)
    }
}

extension RowGroupPages: CompactStruct {
    init(from reader: inout CompactReader) throws {
        var chunks: [ChunkPages] = []
        try reader.readFields { reader, field in
            if field.id == 1 { chunks = try reader.readStructs(field) } else { try reader.skip(field) }
        }
        self.chunks = chunks
    }

    func write(to writer: inout CompactWriter) { writer.write(1, chunks) }
}
