// Decodes byte arrays that are written as what differs from the array before.
import Languages

/// DELTA_BYTE_ARRAY values (Encodings.md of the Parquet format, DELTA_BYTE_ARRAY = 7), a piece at a time: how many
/// bytes each shares with the beginning of the one before, and the bytes that follow.
struct DeltaByteArrayDecoder {
    /// What the arrays of one piece may take in memory: a few bytes can repeat a long array over and over.
    static let maximumBytes = 256 << 20

    private var prefixes: DeltaDecoder
    private var suffixes: DeltaLengthDecoder
    private let bytes: [UInt8]
    /// The last array of the piece before.
    private var last: [UInt8] = []

    init(_ cursor: ByteCursor) throws {
        prefixes = try DeltaDecoder(cursor, maximumBitWidth: 32)
        suffixes = try DeltaLengthDecoder(ByteCursor(cursor.bytes, in: prefixes.end()..<cursor.end))
        bytes = cursor.bytes
    }

    /// Adds the next `count` arrays.
    mutating func decode(_ count: Int, appendingTo values: inout ByteArrays) throws {
        var end = values.bytes.count
        let piece = try takePiece(count)
        guard piece.size <= Int(Int32.max) - end else { throw PlainDecoder.tooManyBytes }
        append(piece, to: &values.bytes)
        values.offsets.append(exactly: count) { offsets in
            for index in offsets.indices {
                end += Int(piece.prefixes[index]) + Int(piece.suffixes[index])
                offsets[index] = Int32(truncatingIfNeeded: end)
            }
        }
    }

    /// Adds the next `count` arrays, all of which must have the width of `values`.
    mutating func decode(_ count: Int, appendingTo values: inout FixedByteArrays) throws {
        let piece = try takePiece(count)
        guard zip(piece.prefixes, piece.suffixes).allSatisfy({ Int($0) + Int($1) == values.width }) else {
            throw ParquetError.malformed(Text("a page has a value of another length than its column's"))
        }
        append(piece, to: &values.bytes)
        values.count += count
    }

    /// Arrays before they are put together.
    private struct Piece {
        /// The length that each shares with the one before, which is as long or longer.
        var prefixes: [Int32] = []
        /// The length of the rest of each.
        var suffixes: [Int32]
        /// Where the rests stand, one after another.
        var source: Range<Int>
        /// Bytes of all arrays.
        var size = 0
    }

    private mutating func takePiece(_ count: Int) throws -> Piece {
        let (suffixes, source) = try suffixes.take(count)
        var piece = Piece(suffixes: suffixes, source: source)
        try prefixes.decode(count, appendingTo: &piece.prefixes)
        var length = last.count
        for (prefix, suffix) in zip(piece.prefixes, piece.suffixes) {
            guard (0...length).contains(Int(prefix)) else {
                throw ParquetError.malformed(Text("a page has a value that repeats more than the one before"))
            }
            length = Int(prefix) + Int(suffix)
            piece.size += length
            guard piece.size <= Self.maximumBytes else {
                throw ParquetError(
                    .tooLarge(Text("byte arrays of more than \(Self.maximumBytes >> 20) MB at a time")))
            }
        }
        return piece
    }

    /// Puts the arrays of `piece` together at the end of `output`.
    private mutating func append(_ piece: Piece, to output: inout [UInt8]) {
        output.append(exactly: piece.size) { target in
            let target = UnsafeMutableRawBufferPointer(target)
            bytes.withUnsafeBytes { bytes in
                last.withUnsafeBytes { last in
                    var previous = last
                    var source = piece.source.lowerBound
                    var start = 0
                    for (prefix, suffix) in zip(piece.prefixes, piece.suffixes) {
                        let middle = start + Int(prefix)
                        let end = middle + Int(suffix)
                        UnsafeMutableRawBufferPointer(rebasing: target[start..<middle])
                            .copyMemory(from: UnsafeRawBufferPointer(rebasing: previous[..<Int(prefix)]))
                        UnsafeMutableRawBufferPointer(rebasing: target[middle..<end])
                            .copyMemory(
                                from: UnsafeRawBufferPointer(rebasing: bytes[source..<source + Int(suffix)]))
                        previous = UnsafeRawBufferPointer(rebasing: target[start..<end])
                        source += Int(suffix)
                        start = end
                    }
                }
            }
        }
        guard let prefix = piece.prefixes.last, let suffix = piece.suffixes.last else { return }
        last = Array(output.suffix(Int(prefix) + Int(suffix)))
    }
}
