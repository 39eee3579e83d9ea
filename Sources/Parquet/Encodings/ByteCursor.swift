// A place in the bytes of a page.
import Languages

/// Reads what stands before encoded values: numbers, and ranges of bytes.
struct ByteCursor {
    let bytes: [UInt8]
    /// The place of the next byte.
    private(set) var position: Int
    /// Where the bytes end that may be read.
    let end: Int

    /// - Throws: `ParquetError` if `range` is not within `bytes`.
    init(_ bytes: [UInt8], in range: Range<Int>) throws {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { throw ParquetError.pageTooShort }
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// How many bytes are left.
    var count: Int { end - position }

    mutating func readByte() throws -> UInt8 {
        guard position < end else { throw ParquetError.pageTooShort }
        defer { position += 1 }
        return bytes[position]
    }

    /// Passes over `count` bytes and returns where they are.
    mutating func take(_ count: Int) throws -> Range<Int> {
        guard count >= 0, count <= self.count else { throw ParquetError.pageTooShort }
        defer { position += count }
        return position..<position + count
    }

    /// Passes over up to `count` bytes, as many as there are, and returns where they are.
    mutating func take(upTo count: Int) -> Range<Int> {
        let count = max(0, min(count, self.count))
        defer { position += count }
        return position..<position + count
    }

    /// An unsigned number of up to eight bytes, the low byte first.
    mutating func readLittleEndian(byteCount: Int) throws -> UInt64 {
        try take(byteCount).reversed().reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
    }

    /// A length of four bytes, the low byte first, and where the bytes are of which it speaks.
    mutating func takePrefixed() throws -> Range<Int> {
        try take(Int(try readLittleEndian(byteCount: 4)))
    }

    /// An unsigned number in seven bits a byte (ULEB128).
    mutating func readVarint() throws -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try readByte()
            guard shift < 63 || (shift == 63 && byte <= 1) else {
                throw ParquetError.malformed(Text("a page has a number that is too long"))
            }
            value |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
    }

    /// A number of values or bytes: at most 31 bits.
    mutating func readCount() throws -> Int {
        let value = try readVarint()
        guard value <= UInt64(Int32.max) else {
            throw ParquetError.malformed(Text("a page has a length that is too large"))
        }
        return Int(value)
    }

    mutating func readZigZag() throws -> Int64 {
        let value = try readVarint()
        return Int64(bitPattern: (value >> 1) ^ (~(value & 1) &+ 1))
    }
}
