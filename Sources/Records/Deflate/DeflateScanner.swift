// Walks over the blocks of a deflate stream (RFC 1951) without inflating them.

/// The last block of a deflate stream: the first that says so of itself.
struct LastDeflateBlock: Hashable {
    /// The number of the bit with which its header begins; bits are counted from the lowest of each byte.
    let start: Int
    /// The number of the bit after its last.
    let end: Int

    /// Finds the last block of the stream that `bytes` are, with zeros in what its last byte has left; nil if
    /// they are none.
    ///
    /// What it does not find out: whether distances go back too far, and, mostly, what the last block holds.
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
    private var lengthCode = DeflateCode()
    private var symbolCode = DeflateCode()
    private var distanceCode = DeflateCode()
    private var steps = DeflateSteps()

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
            case 1: readFixedCodes() && (isLast && passToEnd() || passSymbols())
            case 2: readCodes() && (isLast && passToEnd() || passSymbols())
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
        return symbolCode.assign(lengths.span.extracting(first: 288))
            && distanceCode.assign(lengths.span.extracting(last: 32))
    }

    /// The codes at the beginning of a block that brings its own (section 3.2.7).
    private mutating func readCodes() -> Bool {
        guard input.refill() else { return false }
        let literals = 257 + input.take(5)
        let distances = 1 + input.take(5)
        let count = 4 + input.take(4)
        var order = InlineArray<19, UInt8>(repeating: 0)
        for (index, symbol) in DeflateAlphabet.codeLengthOrder.enumerated().prefix(count) {
            if index == 12 { guard input.refill() else { return false } }
            order[symbol] = UInt8(truncatingIfNeeded: input.take(3))
        }
        guard lengthCode.assign(order.span) else { return false }

        var lengths = InlineArray<320, UInt8>(repeating: 0)
        var filled = 0
        while filled < literals + distances {
            guard input.refill(), let (symbol, bits) = lengthCode.symbol(input.next) else { return false }
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
        return symbolCode.assign(used.extracting(first: literals))
            && distanceCode.assign(used.extracting(last: distances))
    }

    /// All symbols of the last block, with its end, found from behind; false if it is not to be found so.
    ///
    /// The stream's last bit that is one is the last such bit of the word that ends the block, since nothing
    /// but zeros follow. Only a word of zeros cannot be found.
    private mutating func passToEnd() -> Bool {
        guard let (word, bits) = symbolCode.word(of: DeflateAlphabet.endOfBlock), word != 0 else {
            return false
        }
        let zeros = word.leadingZeroBitCount - (Int.bitWidth - bits)
        return input.skip(toLastOneAnd: zeros)
    }

    /// All symbols of a block, with its end.
    private mutating func passSymbols() -> Bool {
        steps.assign(symbols: symbolCode, distances: distanceCode)
        // In registers, for this is where the time goes.
        var input = self.input
        defer { self.input = input }
        var expected = DeflateSteps.Expected.symbol
        while true {
            // 56 bits are ready then: enough for two steps, of which one can have 12 bits of words and 5 after
            // them, and one 12 and 13.
            guard input.refill() else { return false }
            for _ in 0..<2 {
                let step = steps[input.next, expected]
                if step.isUnknown {
                    switch passWord(expected, in: &input) {
                    case .expecting(let next): expected = next
                    case .endOfBlock: return true
                    case .invalid: return false
                    }
                } else {
                    input.drop(step.bits)
                    expected = step.expected
                }
            }
        }
    }

    private enum Passed {
        case expecting(UInt16)
        case endOfBlock
        case invalid
    }

    /// Passes over a word that the table of steps does not tell, with the bits after it.
    private func passWord(_ expected: UInt16, in input: inout DeflateBits) -> Passed {
        let isDistance = expected == DeflateSteps.Expected.distance
        guard input.refill(),
            let (symbol, bits) = (isDistance ? distanceCode : symbolCode).symbol(input.next)
        else { return .invalid }
        input.drop(bits)
        if isDistance {
            guard let extra = DeflateAlphabet.extraBits(ofDistance: symbol) else { return .invalid }
            input.drop(extra)
            return .expecting(DeflateSteps.Expected.symbol)
        }
        if symbol == DeflateAlphabet.endOfBlock { return .endOfBlock }
        if symbol < DeflateAlphabet.endOfBlock { return .expecting(DeflateSteps.Expected.symbol) }
        guard let extra = DeflateAlphabet.extraBits(ofLength: symbol) else { return .invalid }
        input.drop(extra)
        return .expecting(DeflateSteps.Expected.distance)
    }
}
