// Decodes RLE: levels, dictionary indices and booleans, in runs of equal numbers and of packed ones.
import Languages

/// The RLE and bit-packing hybrid (Encodings.md of the Parquet format, RLE = 3), a piece at a time.
struct RunLengthDecoder {
    private var cursor: ByteCursor
    private let bitWidth: Int
    private var run = Run.equal(0, count: 0)

    /// What is left of the current run.
    private enum Run {
        case equal(UInt32, count: Int)
        /// Numbers from a bit of the page on.
        case packed(bit: Int, count: Int)

        var count: Int {
            switch self {
            case .equal(_, let count), .packed(_, let count): count
            }
        }

        /// Takes away the first `count`, of as many or more.
        mutating func take(_ taken: Int, bitWidth: Int) {
            switch self {
            case .equal(let value, let count): self = .equal(value, count: count - taken)
            case .packed(let bit, let count):
                self = .packed(bit: bit + taken * bitWidth, count: count - taken)
            }
        }
    }

    /// - Throws: `ParquetError` if the width is not from 0 to 32, or the range is not within the bytes.
    init(_ bytes: [UInt8], in range: Range<Int>, bitWidth: Int) throws {
        guard (0...32).contains(bitWidth) else {
            throw ParquetError.malformed(Text("a page has numbers of \(bitWidth) bits"))
        }
        cursor = try ByteCursor(bytes, in: range)
        self.bitWidth = bitWidth
        // Numbers of no bits are 0, however many and whether or not there are runs.
        if bitWidth == 0 { run = .equal(0, count: .max) }
    }

    /// Adds the next `count` levels.
    ///
    /// The width must be 8 at the most.
    mutating func decode(_ count: Int, appendingTo values: inout [UInt8]) throws {
        guard bitWidth <= 8 else {
            throw ParquetError.malformed(Text("a page has levels of \(bitWidth) bits"))
        }
        try values.append(exactly: count) { try decode(into: $0) }
    }

    /// Adds the next `count` booleans.
    ///
    /// The width must be 1 at the most.
    mutating func decode(_ count: Int, appendingTo values: inout [Bool]) throws {
        guard bitWidth <= 1 else {
            throw ParquetError.malformed(Text("a page has booleans of \(bitWidth) bits"))
        }
        try values.append(exactly: count) { booleans in
            // A boolean is a byte of 0 or 1, which numbers of one bit are.
            try booleans.withMemoryRebound(to: UInt8.self) { try decode(into: $0) }
        }
    }

    /// Adds the next `count` indices.
    ///
    /// One of 32 bits may come out negative.
    mutating func decode(_ count: Int, appendingTo values: inout [Int32]) throws {
        try values.append(exactly: count) { indices in
            try indices.withMemoryRebound(to: UInt32.self) { try decode(into: $0) }
        }
    }

    /// Passes over the next `count` numbers.
    mutating func skip(_ count: Int) throws {
        var left = count
        while left > 0 {
            if run.count == 0 { try readRun() }
            let taken = min(left, run.count)
            run.take(taken, bitWidth: bitWidth)
            left -= taken
        }
    }

    // MARK: - Runs

    private mutating func decode(into output: UnsafeMutableBufferPointer<UInt8>) throws {
        try forEachPart(of: output) { part, run, bytes, bitWidth in
            switch run {
            case .equal(let value, _): part.update(repeating: UInt8(truncatingIfNeeded: value))
            case .packed(let bit, _): BitUnpacking.unpack(bytes, at: bit, bitWidth: bitWidth, into: part)
            }
        }
    }

    private mutating func decode(into output: UnsafeMutableBufferPointer<UInt32>) throws {
        try forEachPart(of: output) { part, run, bytes, bitWidth in
            switch run {
            case .equal(let value, _): part.update(repeating: value)
            case .packed(let bit, _): BitUnpacking.unpack(bytes, at: bit, bitWidth: bitWidth, into: part)
            }
        }
    }

    /// Calls `write` for the parts of `output` that come from one run each.
    @inline(__always)
    private mutating func forEachPart<Number>(
        of output: UnsafeMutableBufferPointer<Number>,
        _ write: (UnsafeMutableBufferPointer<Number>, Run, UnsafeRawBufferPointer, _ bitWidth: Int) -> Void
    ) throws {
        var filled = 0
        while filled < output.count {
            if run.count == 0 { try readRun() }
            let taken = min(output.count - filled, run.count)
            let part = UnsafeMutableBufferPointer(rebasing: output[filled..<filled + taken])
            cursor.bytes.withUnsafeBytes { write(part, run, $0, bitWidth) }
            run.take(taken, bitWidth: bitWidth)
            filled += taken
        }
    }

    /// Reads the header of the next run, which may be empty: it has taken a byte at the least.
    private mutating func readRun() throws {
        let header = try cursor.readVarint()
        guard header <= UInt64(UInt32.max) else {
            throw ParquetError.malformed(Text("a page has a run that is too long"))
        }
        let count = Int(header >> 1)
        if header & 1 == 0 {
            let value = try cursor.readLittleEndian(byteCount: (bitWidth + 7) / 8)
            guard value <= BitUnpacking.mask(bitWidth) else {
                throw ParquetError.malformed(Text("a page has a number of more than \(bitWidth) bits"))
            }
            run = .equal(UInt32(truncatingIfNeeded: value), count: count)
        } else {
            // Groups of eight numbers. Some writers leave out what would fill up the last.
            let packed = cursor.take(upTo: count * bitWidth)
            run = .packed(bit: packed.lowerBound * 8, count: min(count * 8, packed.count * 8 / bitWidth))
        }
    }
}
