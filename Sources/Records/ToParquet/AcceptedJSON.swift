// Reading JSON text that `JSONLineScanner` has accepted: what the grammar promises is not checked again.

/// A place in an accepted line; everything up to the line feed, and `JSONLineScanner.padding` bytes beyond it,
/// may be read.
typealias JSONPlace = UnsafePointer<UInt8>

/// Steps through accepted JSON text.
enum AcceptedJSON {
    /// Goes on to what is no white space.
    @inline(__always)
    static func skipSpace(_ place: inout JSONPlace) {
        while place.pointee <= 0x20 && place.pointee != 0x0A { place += 1 }
    }

    /// From the byte after a string's opening quote to its closing quote; returns whether there are escapes.
    @inline(__always)
    static func skipToQuote(_ place: inout JSONPlace) -> Bool {
        var hasEscapes = false
        while true {
            let stops = self.stops(UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
            if stops == 0 {
                place += 8
                continue
            }
            place += stops.trailingZeroBitCount >> 3
            if place.pointee == UInt8(ascii: "\"") { return hasEscapes }
            hasEscapes = true
            place += 2
        }
    }

    /// The highest bit of the first byte of `group` that is a quote or a backslash is set, and none before it.
    @inline(__always)
    static func stops(_ group: UInt64) -> UInt64 {
        // A byte of `x` that is 0 has its highest bit set here; the first such byte is told rightly.
        let quotes = group.littleEndian ^ 0x2222_2222_2222_2222
        let backslashes = group.littleEndian ^ 0x5C5C_5C5C_5C5C_5C5C
        let zeroQuotes = (quotes &- 0x0101_0101_0101_0101) & ~quotes
        let zeroBackslashes = (backslashes &- 0x0101_0101_0101_0101) & ~backslashes
        return (zeroQuotes | zeroBackslashes) & 0x8080_8080_8080_8080
    }

    /// From the first byte of a value to the byte after its last.
    static func skipValue(_ place: inout JSONPlace) {
        switch place.pointee {
        case UInt8(ascii: "\""):
            place += 1
            _ = skipToQuote(&place)
            place += 1
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            skipContainer(&place)
        default:
            skipScalar(&place)
        }
    }

    /// From within a number or a literal to the byte after it.
    @inline(__always)
    static func skipScalar(_ place: inout JSONPlace) {
        while true {
            switch place.pointee {
            case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0...0x20: return
            default: place += 1
            }
        }
    }

    private static func skipContainer(_ place: inout JSONPlace) {
        var depth = 0
        while true {
            switch place.pointee {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 {
                    place += 1
                    return
                }
            case UInt8(ascii: "\""):
                place += 1
                _ = skipToQuote(&place)
            default:
                break
            }
            place += 1
        }
    }

    /// Writes the content of a string, its escapes resolved, to `target`; returns the byte after what was
    /// written, which is never more than `text`.
    ///
    /// A `\u` escape that is half of a surrogate pair becomes U+FFFD.
    static func unescape(
        _ text: UnsafeBufferPointer<UInt8>, into target: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        var target = target
        guard var place = text.baseAddress else { return target }
        let end = place + text.count
        while place < end {
            guard place.pointee == UInt8(ascii: "\\") else {
                target.pointee = place.pointee
                target += 1
                place += 1
                continue
            }
            switch place[1] {
            case UInt8(ascii: "u"):
                appendCharacter(codePoint(&place, before: end), to: &target)
                continue
            case UInt8(ascii: "b"): target.pointee = 0x08
            case UInt8(ascii: "f"): target.pointee = 0x0C
            case UInt8(ascii: "n"): target.pointee = 0x0A
            case UInt8(ascii: "r"): target.pointee = 0x0D
            case UInt8(ascii: "t"): target.pointee = 0x09
            default: target.pointee = place[1]
            }
            target += 1
            place += 2
        }
        return target
    }

    /// The character of a `\u` escape, or of two that are a surrogate pair.
    private static func codePoint(_ place: inout JSONPlace, before end: JSONPlace) -> UInt32 {
        let first = hexadecimal(place + 2)
        place += 6
        guard first & 0xF800 == 0xD800 else { return first }
        guard first < 0xDC00, end - place >= 6, place[0] == UInt8(ascii: "\\"), place[1] == UInt8(ascii: "u")
        else { return 0xFFFD }
        let second = hexadecimal(place + 2)
        guard second & 0xFC00 == 0xDC00 else { return 0xFFFD }
        place += 6
        return 0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF)
    }

    private static func hexadecimal(_ place: JSONPlace) -> UInt32 {
        var value: UInt32 = 0
        for index in 0..<4 {
            let byte = place[index]
            value = value << 4 | UInt32(byte & 0xF) &+ (byte >> 6 == 0 ? 0 : 9)
        }
        return value
    }

    private static func appendCharacter(_ code: UInt32, to target: inout UnsafeMutablePointer<UInt8>) {
        guard let encoded = Unicode.Scalar(code).flatMap({ UTF8.encode($0) }) else { return }
        for byte in encoded {
            target.pointee = byte
            target += 1
        }
    }

    /// The content of the string whose opening quote is before `place`; goes on to the byte after the closing
    /// one.
    static func string(_ place: inout JSONPlace) -> [UInt8] {
        let start = place
        let hasEscapes = skipToQuote(&place)
        let text = UnsafeBufferPointer(start: start, count: place - start)
        place += 1
        guard hasEscapes else { return Array(text) }
        return [UInt8](unsafeUninitializedCapacity: text.count) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            count = unescape(text, into: base) - base
        }
    }
}
