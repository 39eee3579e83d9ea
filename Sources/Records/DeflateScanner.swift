// Walks over the blocks of a deflate stream (RFC 1951) without inflating them.

/// The last block of a deflate stream: the first that says so of itself.
struct LastDeflateBlock: Hashable {
    /// The number of the bit with which its header begins; bits are counted from the lowest of each byte.
    let start: Int
    /// The number of the bit after its last.
    let end: Int

    /// Finds the last block of the stream at the beginning of `bytes`; nil if there is no whole stream.
    ///
    /// What it does not find out: whether distances go back too far.
    init?(of bytes: UnsafeRawBufferPointer) {
        var scanner = DeflateScanner(bytes)
        while true {
            let start = scanner.position
            guard let isLast = scanner.passBlock() else { return nil }
            if isLast {
                self.start = start
                end = scanner.position
                return
            }
        }
    }
}

/// Passes over one block after the other.
private struct DeflateScanner {
    private var input: DeflateBits
    private var codeLengthCode = DeflateCode(.codeLengths)
    private var literalCode = DeflateCode(.literalsAndLengths)
    private var distanceCode = DeflateCode(.distances)

    /// The number of the next bit.
    var position: Int { input.position }

    init(_ bytes: UnsafeRawBufferPointer) {
        input = DeflateBits(bytes)
    }

    /// Passes over a block and tells whether it is the last; nil if it is none, or not whole.
    mutating func passBlock() -> Bool? {
        guard input.refill() else { return nil }
        let isLast = input.take(1) == 1
        let isPassed =
            switch input.take(2) {
            case 0: passStored()
            case 1: readFixedCodes() && passSymbols()
            case 2: readCodes() && passSymbols()
            default: false
            }
        return isPassed && !input.isBeyondEnd ? isLast : nil
    }

    /// A block of bytes as they are (section 3.2.4).
    private mutating func passStored() -> Bool {
        input.alignToByte()
        guard input.refill() else { return false }
        let length = input.take(16)
        guard input.take(16) == length ^ 0xFFFF else { return false }
        return input.skip(bytes: length)
    }

    /// The codes of a block that does not bring its own (section 3.2.6).
    private mutating func readFixedCodes() -> Bool {
        var lengths = InlineArray<320, UInt8>(repeating: 8)
        for symbol in 144..<256 { lengths[symbol] = 9 }
        for symbol in 256..<280 { lengths[symbol] = 7 }
        for symbol in 288..<320 { lengths[symbol] = 5 }
        return literalCode.assign(lengths.span.extracting(first: 288))
            && distanceCode.assign(lengths.span.extracting(last: 32))
    }

    /// The codes at the beginning of a block that brings its own (section 3.2.7).
    private mutating func readCodes() -> Bool {
        guard input.refill() else { return false }
        let literals = 257 + input.take(5)
        let distances = 1 + input.take(5)
        let count = 4 + input.take(4)
        var order = InlineArray<19, UInt8>(repeating: 0)
        for (index, symbol) in Self.codeLengthOrder.enumerated().prefix(count) {
            if index == 12 { guard input.refill() else { return false } }
            order[symbol] = UInt8(truncatingIfNeeded: input.take(3))
        }
        guard codeLengthCode.assign(order.span) else { return false }

        var lengths = InlineArray<320, UInt8>(repeating: 0)
        var filled = 0
        while filled < literals + distances {
            guard input.refill(), let (symbol, bits) = codeLengthCode.symbol(input.next) else { return false }
            _ = input.take(bits)
            var value: UInt8 = 0
            var times = 1
            switch symbol {
            case 16:
                guard filled > 0 else { return false }
                value = lengths[filled - 1]
                times = 3 + input.take(2)
            case 17: times = 3 + input.take(3)
            case 18: times = 11 + input.take(7)
            default: value = UInt8(truncatingIfNeeded: symbol)
            }
            guard filled + times <= literals + distances else { return false }
            for index in filled..<(filled + times) { lengths[index] = value }
            filled += times
        }
        let used = lengths.span.extracting(first: filled)
        return literalCode.assign(used.extracting(first: literals))
            && distanceCode.assign(used.extracting(last: distances))
    }

    private static let codeLengthOrder = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]

    /// All symbols of a block, with its end.
    private mutating func passSymbols() -> Bool {
        while true {
            // 56 bits at least: enough for two entries of literals, or one and a length with its distance.
            guard input.refill() else { return false }
            var entry = literalCode.entry(input.next)
            if entry.isLiteral {
                input.drop(entry.bits)
                entry = literalCode.entry(input.next)
                if entry.isLiteral {
                    input.drop(entry.bits)
                    continue
                }
            }
            if entry.isSpecial {
                guard let symbol = passSymbol() else { return false }
                if symbol == 256 { return true }
                if symbol < 256 { continue }
            } else {
                input.drop(entry.bits)
            }
            let distance = distanceCode.entry(input.next)
            if distance.isSpecial {
                guard passDistance() else { return false }
            } else {
                input.drop(distance.bits)
            }
        }
    }

    /// A literal, or a length with its bits, or the end of a block; nil if it is none.
    private mutating func passSymbol() -> Int? {
        guard input.refill(), let (symbol, bits) = literalCode.symbol(input.next) else { return nil }
        input.drop(bits)
        guard symbol > 256 else { return symbol }
        guard let extra = DeflateCode.extraBits(ofLength: symbol) else { return nil }
        input.drop(extra)
        return symbol
    }

    private mutating func passDistance() -> Bool {
        guard input.refill(), let (symbol, bits) = distanceCode.symbol(input.next),
            let extra = DeflateCode.extraBits(ofDistance: symbol)
        else { return false }
        input.drop(bits + extra)
        return true
    }
}
