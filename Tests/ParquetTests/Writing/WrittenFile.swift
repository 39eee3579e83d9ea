// Files of records, written as a program would.

import Parquet

enum WrittenFile {
    /// The bytes of a file of `groups`: a row group each, every column in pieces of `piece` rows.
    static func bytes(
        _ schema: Schema, _ groups: [[[TestValue]]], options: WriterOptions, piece: Int = 700
    ) throws -> [UInt8] {
        var writer = try ParquetFileWriter(schema: schema, options: options)
        var bytes = writer.begin()
        for records in groups {
            let pieces = stride(from: 0, to: records.count, by: piece).map { start in
                TestColumns(schema, Array(records[start..<min(start + piece, records.count)])).columns
            }
            let chunks = try schema.leaves.map { leaf in
                try EncodedColumnChunk(pieces.map { $0[leaf.index] }, of: leaf, options: options)
            }
            bytes += try writer.append(chunks, rowCount: records.count)
        }
        while let last = writer.finish() { bytes += last }
        return bytes
    }

    /// The records as JSON, one a line.
    static func json(_ schema: Schema, _ groups: [[[TestValue]]]) -> String {
        groups.joined().map { record in
            let fields = zip(schema.fields, record).map { "\"\($0.name)\":\($1.json($0))" }
            return "{" + fields.joined(separator: ",") + "}\n"
        }.joined()
    }
}
