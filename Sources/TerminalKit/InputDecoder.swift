// From what the terminal sends to keys and pastes, whatever pieces it comes in. A character, an escape
// sequence or a paste may be split over any number of reads. Knows nothing of ncurses.

/// A step of the terminal's input, as ncurses hands it over.
enum InputUnit: Sendable, Equatable {
    /// A byte that is no part of a sequence known to terminfo.
    case byte(UInt8)
    /// A key that terminfo knows.
    case key(Key)
    /// The mark before a pasted text.
    case pasteStart
    /// The mark after it.
    case pasteEnd
}

/// Collects input until it makes keys and pastes.
struct InputDecoder: Sendable, Equatable {
    /// Longer pastes lose their end: nothing here takes a text of that size.
    static let longestPaste = 1 << 20
    /// Longer control sequences are no sequences.
    private static let longestSequence = 32

    private enum State: Equatable {
        case ground
        case escape
        case singleShift
        case sequence([UInt8])
        /// The three bytes of the mouse in its oldest form, of terminals that know no other.
        case oldMouse([UInt8])
    }

    private var state = State.ground
    private var events: [TerminalEvent] = []
    /// Bytes of text, the last of which may be an unfinished character.
    private var text: [UInt8] = []
    /// The bytes of a paste that has not ended.
    private var pasted: [UInt8]?

    /// Takes one step of input.
    mutating func take(_ unit: InputUnit) {
        switch unit {
        case .byte(let byte): take(byte)
        case .key(let key):
            // A key inside a paste is a sequence that was pasted: it means nothing there.
            guard pasted == nil else { return }
            endSequence()
            emit(key)
        case .pasteStart: startPaste()
        case .pasteEnd: endPaste()
        }
    }

    /// The keys and pastes that are complete, at the end of what can be read now: an escape that nothing
    /// has followed is the Escape key.
    mutating func takeEvents() -> [TerminalEvent] {
        if state == .escape || state == .singleShift { endSequence() }
        emitText()
        defer { events = [] }
        return events
    }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .ground: takeGround(byte)
        case .escape:
            switch byte {
            case UInt8(ascii: "["): state = .sequence([])
            case UInt8(ascii: "O"): state = .singleShift
            default:
                endSequence()
                takeGround(byte)
            }
        case .singleShift:
            if let key = ControlSequence.singleShift(byte) {
                state = .ground
                emit(key)
            } else {
                endSequence()
                takeGround(byte)
            }
        case .sequence(let bytes):
            if (0x20...0x3F).contains(byte), bytes.count < Self.longestSequence {
                state = .sequence(bytes + [byte])
                return
            }
            state = .ground
            guard (0x40...0x7E).contains(byte) else { return takeGround(byte) }
            if byte == UInt8(ascii: "M"), bytes.isEmpty {
                state = .oldMouse([])
                return
            }
            take(ControlSequence(parameters: bytes, final: byte))
        case .oldMouse(let bytes):
            state = bytes.count < 2 ? .oldMouse(bytes + [byte]) : .ground
            if bytes.count == 2, let mouse = MouseEvent(old: bytes + [byte]) { take(mouse) }
        }
    }

    private mutating func take(_ mouse: MouseEvent) {
        guard pasted == nil else { return }
        emitText()
        events.append(.mouse(mouse))
    }

    private mutating func takeGround(_ byte: UInt8) {
        if byte == 0x1B {
            state = .escape
        } else if pasted != nil {
            if (pasted?.count ?? 0) < Self.longestPaste { pasted?.append(byte) }
        } else if byte >= 0x20, byte != 0x7F {
            text.append(byte)
        } else {
            emit(Self.controlKey(byte))
        }
    }

    private mutating func take(_ sequence: ControlSequence) {
        if let mouse = sequence.mouse { return take(mouse) }
        switch sequence.meaning {
        case .pasteStart: startPaste()
        case .pasteEnd: endPaste()
        case .key(let key): if pasted == nil { emit(key) }
        case .nothing: break
        }
    }

    /// Ends a sequence that turned out to be none: it was the Escape key, and perhaps a letter after it.
    private mutating func endSequence() {
        let ended = state
        state = .ground
        guard ended != .ground else { return }
        if pasted == nil { emit(.escape) }
        if ended == .singleShift { takeGround(UInt8(ascii: "O")) }
    }

    private mutating func startPaste() {
        state = .ground
        emitText()
        pasted = []
    }

    private mutating func endPaste() {
        state = .ground
        guard let bytes = pasted else { return }
        pasted = nil
        events.append(.paste(String(decoding: bytes, as: UTF8.self)))
    }

    private mutating func emit(_ key: Key) {
        emitText()
        text = []  // A character that was never finished.
        events.append(.key(key))
    }

    /// Turns the bytes of whole characters into keys, one for each grapheme cluster.
    private mutating func emitText() {
        guard !text.isEmpty else { return }
        let unfinished = Self.unfinishedTail(of: text)
        let whole = String(decoding: text.dropLast(unfinished), as: UTF8.self)
        text = Array(text.suffix(unfinished))
        events += whole.filter { $0 != "\u{FFFD}" }.map { .key(.character($0)) }
    }

    /// The number of bytes at the end of `bytes` that begin a character and do not finish it.
    private static func unfinishedTail(of bytes: [UInt8]) -> Int {
        for (place, byte) in bytes.suffix(3).reversed().enumerated() where byte & 0xC0 != 0x80 {
            let length =
                switch byte {
                case 0xC2...0xDF: 2
                case 0xE0...0xEF: 3
                case 0xF0...0xF4: 4
                default: 1
                }
            return length > place + 1 ? place + 1 : 0
        }
        return 0
    }

    private static func controlKey(_ byte: UInt8) -> Key {
        switch byte {
        case 0x00: .control(" ")
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        default: .control(Character(Unicode.Scalar(byte + 0x40)))
        }
    }
}
