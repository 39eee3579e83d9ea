// The hot loop: checks that a line is one JSON object (RFC 8259), without allocating or recursing. It trusts
// its callers for memory; `JSONLineValidator` and `CheckedLines` are the safe ways to use it.

/// Checks lines, one after the other.
struct JSONLineScanner {
    /// How many bytes after a line's end must be readable, since bytes are looked at in groups.
    static let padding = 8

    /// The closing bracket that each open object or array waits for.
    private var closings = InlineArray<512, UInt8>(repeating: 0)

    /// What is wrong with the line that `scan` refused last.
    private(set) var rule = JSONLineFault.Rule.notAnObject
    /// Where that was seen.
    private(set) var position: UnsafePointer<UInt8>?

    private enum State {
        case value, memberOrEnd, member, afterValue
    }

    /// Checks the line at `start`; returns the byte after the object, or nil if there is none.
    ///
    /// The line must be ended by a line feed, and `padding` bytes must be readable after that. Nothing after
    /// the line feed is looked at with any consequence: in no place of a JSON text is it taken for anything
    /// but the end.
    mutating func scan(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        var byte = start
        var depth = 1
        Self.skipSpace(&byte)
        guard byte.pointee == UInt8(ascii: "{") else { return refuse(.notAnObject, byte) }
        closings[0] = UInt8(ascii: "}")
        byte += 1
        var state = State.memberOrEnd
        while true {
            Self.skipSpace(&byte)
            switch state {
            case .memberOrEnd:
                if byte.pointee == UInt8(ascii: "}") {
                    byte += 1
                    depth -= 1
                    if depth == 0 { return byte }
                    state = .afterValue
                    continue
                }
                fallthrough
            case .member:
                guard byte.pointee == UInt8(ascii: "\"") else { return refuseByte(byte) }
                guard scanString(&byte) else { return nil }
                Self.skipSpace(&byte)
                guard byte.pointee == UInt8(ascii: ":") else { return refuseByte(byte) }
                byte += 1
                Self.skipSpace(&byte)
                fallthrough
            case .value:
                switch byte.pointee {
                case UInt8(ascii: "\""):
                    guard scanString(&byte) else { return nil }
                case UInt8(ascii: "{"):
                    guard depth < closings.count else { return refuse(.tooDeep, byte) }
                    closings[depth] = UInt8(ascii: "}")
                    depth += 1
                    byte += 1
                    state = .memberOrEnd
                    continue
                case UInt8(ascii: "["):
                    guard depth < closings.count else { return refuse(.tooDeep, byte) }
                    closings[depth] = UInt8(ascii: "]")
                    byte += 1
                    Self.skipSpace(&byte)
                    if byte.pointee == UInt8(ascii: "]") {
                        byte += 1
                    } else {
                        depth += 1
                        state = .value
                        continue
                    }
                case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    guard scanNumber(&byte) else { return nil }
                case UInt8(ascii: "t"):
                    guard scanLiteral(&byte, "true") else { return nil }
                case UInt8(ascii: "f"):
                    guard scanLiteral(&byte, "false") else { return nil }
                case UInt8(ascii: "n"):
                    guard scanLiteral(&byte, "null") else { return nil }
                case UInt8(ascii: "N"), UInt8(ascii: "I"):
                    return refuse(.invalidLiteral, byte)
                default:
                    return refuseByte(byte)
                }
                Self.skipSpace(&byte)
                fallthrough
            case .afterValue:
                let next = byte.pointee
                if next == UInt8(ascii: ",") {
                    byte += 1
                    state = closings[depth - 1] == UInt8(ascii: "}") ? .member : .value
                } else if next == closings[depth - 1] {
                    byte += 1
                    depth -= 1
                    if depth == 0 { return byte }
                    state = .afterValue
                } else {
                    return refuseByte(byte)
                }
            }
        }
    }

    @inline(__always)
    private static func skipSpace(_ byte: inout UnsafePointer<UInt8>) {
        if byte.pointee > 0x20 { return }
        while byte.pointee == 0x20 || byte.pointee == 0x09 || byte.pointee == 0x0D { byte += 1 }
    }

    /// From the opening quote to the byte after the closing one.
    @inline(__always)
    private mutating func scanString(_ byte: inout UnsafePointer<UInt8>) -> Bool {
        byte += 1
        while true {
            // Eight bytes at a time: in `stops`, the highest bit of the first byte that is a quote, a
            // backslash, a control character or not ASCII is set, and none before it.
            let group = UnsafeRawPointer(byte).loadUnaligned(as: UInt64.self).littleEndian
            let quotes = (group ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101
            let backslashes = (group ^ 0x5C5C_5C5C_5C5C_5C5C) &- 0x0101_0101_0101_0101
            let controls = group &- 0x2020_2020_2020_2020
            let stops = (quotes | backslashes | controls | group) & 0x8080_8080_8080_8080
            if stops == 0 {
                byte += 8
                continue
            }
            byte += stops.trailingZeroBitCount >> 3
            if byte.pointee == UInt8(ascii: "\"") {
                byte += 1
                return true
            }
            guard scanUnusual(&byte) else { return false }
        }
    }

    /// An escape or a character that is not ASCII; refuses a control character.
    @inline(never)
    private mutating func scanUnusual(_ byte: inout UnsafePointer<UInt8>) -> Bool {
        if byte.pointee == UInt8(ascii: "\\") {
            switch byte[1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
                UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
                byte += 2
                return true
            case UInt8(ascii: "u"):
                for digit in 2..<6 where !Self.isHexadecimal(byte[digit]) {
                    return refuse(byte[digit] == 0x0A ? .unfinished : .invalidEscape, byte) != nil
                }
                byte += 6
                return true
            default:
                return refuse(byte[1] == 0x0A ? .unfinished : .invalidEscape, byte) != nil
            }
        }
        if byte.pointee < 0x20 {
            return refuse(byte.pointee == 0x0A ? .unfinished : .controlCharacter, byte) != nil
        }
        while byte.pointee >= 0x80 {
            let length = Self.lengthOfCharacter(byte)
            if length == 0 { return refuse(.invalidUTF8, byte) != nil }
            byte += length
        }
        return true
    }

    /// The length of the character of two to four bytes at `byte`; 0 if it is none (RFC 3629, section 4).
    @inline(__always)
    private static func lengthOfCharacter(_ byte: UnsafePointer<UInt8>) -> Int {
        // Each byte is looked at only if the one before it was right, so never beyond the line feed.
        let second: ClosedRange<UInt8>
        let length: Int
        switch byte[0] {
        case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
        case 0xE0: (second, length) = (0xA0...0xBF, 3)
        case 0xE1...0xEC, 0xEE, 0xEF: (second, length) = (0x80...0xBF, 3)
        case 0xED: (second, length) = (0x80...0x9F, 3)
        case 0xF0: (second, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
        case 0xF4: (second, length) = (0x80...0x8F, 4)
        default: return 0
        }
        guard second.contains(byte[1]) else { return 0 }
        for index in 2..<4 where index < length {
            guard byte[index] & 0xC0 == 0x80 else { return 0 }
        }
        return length
    }

    /// A number (RFC 8259, section 6).
    @inline(__always)
    private mutating func scanNumber(_ byte: inout UnsafePointer<UInt8>) -> Bool {
        let start = byte
        if byte.pointee == UInt8(ascii: "-") { byte += 1 }
        if byte.pointee == UInt8(ascii: "0") {
            byte += 1
        } else {
            guard Self.skipDigits(&byte) else { return refuseNumber(byte, start) }
        }
        if byte.pointee == UInt8(ascii: ".") {
            byte += 1
            guard Self.skipDigits(&byte) else { return refuseNumber(byte, start) }
        }
        if byte.pointee | 0x20 == UInt8(ascii: "e") {
            byte += 1
            if byte.pointee == UInt8(ascii: "+") || byte.pointee == UInt8(ascii: "-") { byte += 1 }
            guard Self.skipDigits(&byte) else { return refuseNumber(byte, start) }
        }
        // What cannot follow a number, as in 01 or 1.2.3, is told as a fault of the number.
        if Self.isDigit(byte.pointee) || byte.pointee == UInt8(ascii: ".") {
            return refuse(.invalidNumber, start) != nil
        }
        return true
    }

    @inline(__always)
    private static func skipDigits(_ byte: inout UnsafePointer<UInt8>) -> Bool {
        guard isDigit(byte.pointee) else { return false }
        repeat { byte += 1 } while isDigit(byte.pointee)
        return true
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6
    }

    @inline(__always)
    private mutating func scanLiteral(_ byte: inout UnsafePointer<UInt8>, _ literal: StaticString) -> Bool {
        for index in 0..<literal.utf8CodeUnitCount where byte[index] != literal.utf8Start[index] {
            return refuse(byte[index] == 0x0A ? .unfinished : .invalidLiteral, byte) != nil
        }
        byte += literal.utf8CodeUnitCount
        return true
    }

    @inline(never)
    private mutating func refuse(
        _ rule: JSONLineFault.Rule, _ byte: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8>? {
        self.rule = rule
        position = byte
        return nil
    }

    @inline(never)
    private mutating func refuseByte(_ byte: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
        refuse(byte.pointee == 0x0A ? .unfinished : .unexpectedByte, byte)
    }

    @inline(never)
    private mutating func refuseNumber(_ byte: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>) -> Bool {
        refuse(byte.pointee == 0x0A ? .unfinished : .invalidNumber, start) != nil
    }
}
