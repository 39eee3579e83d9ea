// Decodes definition and repetition levels.
import Languages

/// The levels of a data page, a piece at a time.
struct LevelDecoder {
    private enum Form {
        case runLength(RunLengthDecoder)
        case bitPacked(BitPackedLevelDecoder)
    }

    private var form: Form
    private let maximumLevel: UInt8
    /// Whether levels can be too large: the numbers of their width go beyond the maximum.
    private let mustBeChecked: Bool

    /// The levels of a data page of version 1.
    ///
    /// `position` moves behind them.
    ///
    /// If the maximum is 0, nothing is stored and all levels are 0.
    ///
    /// - Parameters:
    /// - limit: where the page ends.
    /// - entryCount: the levels of the page.
    init(
        encoding: Encoding, bytes: [UInt8], at position: inout Int, limit: Int, maximumLevel: Int,
        entryCount: Int
    ) throws {
        guard position <= limit else { throw ParquetError.pageTooShort }
        let bitWidth = BitWidth.of(maximum: maximumLevel)
        var cursor = try ByteCursor(bytes, in: position..<limit)
        // A page of no entries may have no levels at all.
        if maximumLevel == 0 || (entryCount == 0 && cursor.count == 0) {
            try self.init(version2: bytes, in: position..<position, maximumLevel: maximumLevel)
            return
        }
        switch encoding {
        case .rle:
            try self.init(version2: bytes, in: try cursor.takePrefixed(), maximumLevel: maximumLevel)
        case .bitPacked:
            let range = try cursor.take((entryCount * bitWidth + 7) / 8)
            self.init(
                .bitPacked(try BitPackedLevelDecoder(bytes, in: range, bitWidth: bitWidth)), maximumLevel)
        default:
            throw ParquetError.malformed(Text("a page has levels in the encoding \(encoding)"))
        }
        position = cursor.position
    }

    /// The levels of a data page of version 2: RLE in all of `range`.
    init(version2 bytes: [UInt8], in range: Range<Int>, maximumLevel: Int) throws {
        let runs = try RunLengthDecoder(bytes, in: range, bitWidth: BitWidth.of(maximum: maximumLevel))
        self.init(.runLength(runs), maximumLevel)
    }

    private init(_ form: Form, _ maximumLevel: Int) {
        self.form = form
        // Schemas are nested less deep than a byte counts.
        self.maximumLevel = UInt8(clamping: maximumLevel)
        mustBeChecked = maximumLevel & (maximumLevel + 1) != 0
    }

    /// Adds the next `count` levels, each of which is at most the maximum.
    mutating func decode(_ count: Int, appendingTo levels: inout [UInt8]) throws {
        let start = levels.count
        switch form {
        case .runLength(var runs):
            try runs.decode(count, appendingTo: &levels)
            form = .runLength(runs)
        case .bitPacked(var packed):
            try packed.decode(count, appendingTo: &levels)
            form = .bitPacked(packed)
        }
        guard mustBeChecked else { return }
        let largest = levels.withUnsafeBufferPointer { levels in
            levels[start...].reduce(0) { max($0, $1) }
        }
        guard largest <= maximumLevel else {
            throw ParquetError.malformed(
                Text("a page has a level above \(maximumLevel), its column's maximum"))
        }
    }
}
