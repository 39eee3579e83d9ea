// The control sequences of xterm and its kin that terminfo does not list: keys with Shift or Ctrl held, and
// paste marks (xterm, "ctlseqs": PC-Style Function Keys, Bracketed Paste Mode).

/// A sequence that began with ESC [.
struct ControlSequence: Sendable, Equatable {
    /// What a sequence stands for.
    enum Meaning: Sendable, Equatable {
        case key(Key)
        case pasteStart
        case pasteEnd
        case nothing
    }

    /// The bytes between the bracket and the last byte.
    var parameters: [UInt8]
    /// The byte that ends it.
    var final: UInt8

    /// What it stands for; held modifiers are passed over.
    var meaning: Meaning {
        if final == UInt8(ascii: "~") { return numbered }
        if final == UInt8(ascii: "Z") { return .key(.backTab) }
        // Enter has no sequence of this form, and F3 has that of a cursor report, which is no key.
        guard let key = Self.singleShift(final), key != .enter, key != .function(3) else {
            return .nothing
        }
        return .key(key)
    }

    /// The key that ESC O and `final` stand for.
    static func singleShift(_ final: UInt8) -> Key? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4F)
        default: nil
        }
    }

    private var numbered: Meaning {
        let digits = parameters.prefix { $0 != UInt8(ascii: ";") }
        guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return .nothing }
        switch number {
        case 1, 7: return .key(.home)
        case 2: return .key(.insert)
        case 3: return .key(.delete)
        case 4, 8: return .key(.end)
        case 5: return .key(.pageUp)
        case 6: return .key(.pageDown)
        case 11...15: return .key(.function(number - 10))
        case 17...21: return .key(.function(number - 11))
        case 23, 24: return .key(.function(number - 12))
        case 200: return .pasteStart
        case 201: return .pasteEnd
        default: return .nothing
        }
    }
}
