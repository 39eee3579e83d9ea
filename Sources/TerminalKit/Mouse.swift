// What the mouse does, and what there is to click on a screen.

/// Something that was done with the mouse.
public struct MouseEvent: Sendable, Hashable {
    /// What was done.
    public enum Kind: Sendable, Hashable {
        /// The left button was pressed.
        case press
        /// The wheel was turned away from its user.
        case wheelUp
        /// The wheel was turned towards its user.
        case wheelDown
    }

    /// What was done.
    public var kind: Kind
    /// Where the pointer was.
    public var point: Point

    /// Something that was done at a place.
    public init(_ kind: Kind, at point: Point) {
        self.kind = kind
        self.point = point
    }
}

/// What a click on a part of a frame is for.
public enum ClickTarget: Sendable, Hashable {
    /// The same as a key.
    case key(Key)
    /// To go to a row of the list.
    case row(Int)
    /// To mark a row of the list.
    case mark(Int)
    /// To order the list by a column.
    case column(Int)
    /// To go to a field of the form.
    case field(Int)
    /// To go to a step of the journey.
    case step(Int)
}

extension ControlSequence {
    /// What the mouse did, where the sequence says so (xterm, "ctlseqs", SGR mouse mode: `CSI < button ; column ; row M`).
    var mouse: MouseEvent? {
        guard final == UInt8(ascii: "M"), parameters.first == UInt8(ascii: "<") else { return nil }
        let numbers = parameters.dropFirst().split(
            separator: UInt8(ascii: ";"), omittingEmptySubsequences: false
        )
        .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
        guard numbers.count == 3 else { return nil }
        return MouseEvent(button: numbers[0], column: numbers[1], row: numbers[2])
    }
}

extension MouseEvent {
    /// The three bytes of the oldest form, each with 32 added (xterm, "ctlseqs": mode 1000).
    init?(old bytes: [UInt8]) {
        guard bytes.count == 3, bytes.allSatisfy({ $0 >= 32 }) else { return nil }
        self.init(button: Int(bytes[0]) - 32, column: Int(bytes[1]) - 32, row: Int(bytes[2]) - 32)
    }

    /// What a terminal says of a button, with columns and rows from 1; nil for what is none of ours.
    fileprivate init?(button: Int, column: Int, row: Int) {
        guard column > 0, row > 0 else { return nil }
        let point = Point(column: column - 1, row: row - 1)
        // The bits of Shift, Alt and Ctrl are passed over.
        switch button & ~0b11100 {
        case 0: self.init(.press, at: point)
        case 64: self.init(.wheelUp, at: point)
        case 65: self.init(.wheelDown, at: point)
        default: return nil
        }
    }
}
