// Texts as JSON strings: what must be escaped is, and what is not UTF-8 is replaced.

extension JSONText {
    /// How many bytes a byte may become: six, as a control character or a replacement.
    static let stringGrowth = 6

    /// The bytes from `source` to `end` as the inside of a JSON string.
    ///
    /// What is not UTF-8 becomes U+FFFD, one for as much as could begin a character (as Unicode recommends it).
    /// Quotes, backslashes and control characters are escaped. It needs `stringGrowth` times the bytes as room.
    ///
    /// - Parameter readable: the end of the memory that may be read.
    @inline(__always)
    static func putString(
        _ source: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, readable: UnsafePointer<UInt8>,
        at place: OutputPointer
    ) -> OutputPointer {
        var source = source
        var place = place
        while true {
            let left = end - source
            if left >= 8 {
                let word = UnsafeRawPointer(source).loadUnaligned(as: UInt64.self)
                place.store(word)
                let stops = stops(in: word)
                if stops == 0 {
                    source += 8
                    place += 8
                    continue
                }
                let count = stops.trailingZeroBitCount / 8
                source += count
                place += count
            } else {
                guard left > 0 else { return place }
                var word: UInt64 = 0
                if readable - source >= 8 {
                    word = UnsafeRawPointer(source).loadUnaligned(as: UInt64.self)
                } else {
                    for index in 0..<left { word |= UInt64(source[index]) << UInt64(8 &* index) }
                }
                place.store(word)
                let stops = stops(in: word) & (1 << UInt64(truncatingIfNeeded: 8 &* left) &- 1)
                if stops == 0 { return place + left }
                let count = stops.trailingZeroBitCount / 8
                source += count
                place += count
            }
            place = putSpecial(&source, end: end, at: place)
        }
    }

    /// In the highest bit of each byte, whether it must be looked at; right at least up to the first.
    @inline(__always)
    private static func stops(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = (word ^ 0x2222_2222_2222_2222) &- ones
        let backslashes = (word ^ 0x5C5C_5C5C_5C5C_5C5C) &- ones
        let controls = word &- 0x2020_2020_2020_2020
        return (word | quotes | backslashes | controls) & 0x8080_8080_8080_8080
    }

    /// What begins with a byte that is not simply copied, and characters beyond ASCII that follow it.
    private static func putSpecial(
        _ source: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, at place: OutputPointer
    ) -> OutputPointer {
        guard source.pointee >= 0x80 else {
            defer { source += 1 }
            return putEscape(source.pointee, at: place)
        }
        var place = place
        while source < end && source.pointee >= 0x80 {
            let (count, isWhole) = character(at: source, end: end)
            if isWhole {
                for index in 0..<count { place[index] = source[index] }
                place += count
            } else {
                place[0] = 0xEF
                place[1] = 0xBF
                place[2] = 0xBD
                place += 3
            }
            source += count
        }
        return place
    }

    private static func putEscape(_ byte: UInt8, at place: OutputPointer) -> OutputPointer {
        let short: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): short = byte
        case 0x08: short = UInt8(ascii: "b")
        case 0x09: short = UInt8(ascii: "t")
        case 0x0A: short = UInt8(ascii: "n")
        case 0x0C: short = UInt8(ascii: "f")
        case 0x0D: short = UInt8(ascii: "r")
        default:
            return putHexadecimal(byte, at: place.put("\\u00"))
        }
        return place.put(UInt8(ascii: "\\")).put(short)
    }

    /// How many bytes belong to the character that begins with a byte beyond ASCII, and whether it is whole; if not,
    /// how many of them could have begun one, at least 1 (Unicode, table 3-7).
    @inline(__always)
    private static func character(
        at source: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
    ) -> (count: Int, isWhole: Bool) {
        let first = source.pointee
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if first == 0xE0 { second = 0xA0...0xBF }
            if first == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if first == 0xF0 { second = 0x90...0xBF }
            if first == 0xF4 { second = 0x80...0x8F }
        default: return (1, false)
        }
        let left = end - source
        guard left > 1, second.contains(source[1]) else { return (1, false) }
        if length == 2 { return (2, true) }
        guard left > 2, source[2] & 0xC0 == 0x80 else { return (2, false) }
        if length == 3 { return (3, true) }
        guard left > 3, source[3] & 0xC0 == 0x80 else { return (3, false) }
        return (4, true)
    }

    /// Two hexadecimal digits.
    @inline(__always)
    static func putHexadecimal(_ byte: UInt8, at place: OutputPointer) -> OutputPointer {
        let digits: StaticString = "0123456789abcdef"
        return place.put(digits.utf8Start[Int(byte >> 4)]).put(digits.utf8Start[Int(byte & 15)])
    }
}
