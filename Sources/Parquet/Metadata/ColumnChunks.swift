// The chunks of a row group as the footer has them: a file of 25 GB has thousands, and needs few at a time.

/// What the footer says of each column in one row group.
///
/// A chunk is decoded when it is asked for. What is kept are the bytes of the footer, which all row groups of a file
/// share, and where in them each chunk begins: about a fifth of what the chunks would take.
public struct ColumnChunks: RandomAccessCollection, Sendable {
    /// The footer, or another list of chunks, encoded.
    let bytes: [UInt8]
    /// Where each chunk begins.
    private let places: [Int]

    /// These chunks.
    public init(_ chunks: some Sequence<ColumnChunkMetadata>) {
        let encoded = chunks.map { CompactWriter.bytes(of: $0) }
        bytes = Array(joining: encoded)
        var end = 0
        places = encoded.map { chunk in
            defer { end += chunk.count }
            return end
        }
    }

    /// Reads a list of chunks, each whole.
    init(from reader: inout CompactReader, _ field: CompactField) throws {
        places = try reader.readPlaces(field, of: ColumnChunkMetadata.self)
        bytes = reader.bytes
    }

    /// The position of the first column.
    public var startIndex: Int { 0 }
    /// How many columns there are.
    public var endIndex: Int { places.count }

    /// The chunk of the column at `position` among the leaves.
    public subscript(position: Int) -> ColumnChunkMetadata {
        var reader = CompactReader(bytes, from: places[position])
        // All have been read or written before. If it could fail, nobody would take a chunk of nothing for one that
        // stands in the file.
        return (try? ColumnChunkMetadata(from: &reader)) ?? ColumnChunkMetadata()
    }
}

extension ColumnChunks: ExpressibleByArrayLiteral {
    /// These chunks, written one by one.
    public init(arrayLiteral chunks: ColumnChunkMetadata...) { self.init(chunks) }
}

extension ColumnChunks: Hashable {
    /// Whether both say the same of all columns.
    public static func == (one: ColumnChunks, other: ColumnChunks) -> Bool { one.elementsEqual(other) }

    /// Adds what is said of all columns.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for chunk in self { hasher.combine(chunk) }
    }
}
