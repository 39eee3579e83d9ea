// What a Parquet file's footer says of each column, over all row groups.
import Parquet

/// A column of a Parquet file.
struct ColumnOutline: Encodable, Equatable {
    /// Its path, the parts joined by dots.
    var name: String
    /// The codecs of its chunks, each once.
    var codecs: [String] = []
    /// The encodings of its values and levels, each once.
    var encodings: [String] = []
    /// Values, nulls and empty lists.
    var entries: Int64 = 0
    /// Nulls; nil where a row group does not say.
    var nulls: Int64? = 0
    /// Bytes in the file.
    var compressedBytes: Int64 = 0
    /// Bytes of its pages before they were compressed.
    var uncompressedBytes: Int64 = 0

    /// All columns of a file, in the order of its schema.
    static func all(of metadata: FileMetadata) -> [ColumnOutline] {
        metadata.schema.leaves.map { leaf in
            var column = ColumnOutline(name: leaf.name)
            for rowGroup in metadata.rowGroups where leaf.index < rowGroup.columns.count {
                column.add(rowGroup.columns[leaf.index])
            }
            return column
        }
    }

    private mutating func add(_ chunk: ColumnChunkMetadata) {
        Self.add(chunk.codec.map { "\($0)" } ?? "unknown", to: &codecs)
        for encoding in chunk.encodings { Self.add("\(encoding)", to: &encodings) }
        // The footer is another's: figures that make no sense must not end the program.
        entries = entries.addingReportingOverflow(chunk.entryCount).partialValue
        nulls = nulls.flatMap { nulls in
            chunk.statistics?.nullCount.map { nulls.addingReportingOverflow($0).partialValue }
        }
        compressedBytes = compressedBytes.addingReportingOverflow(chunk.compressedSize).partialValue
        uncompressedBytes = uncompressedBytes.addingReportingOverflow(chunk.uncompressedSize).partialValue
    }

    private static func add(_ name: String, to names: inout [String]) {
        if !names.contains(name) { names.append(name) }
    }
}
