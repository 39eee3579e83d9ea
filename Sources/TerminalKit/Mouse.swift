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
}

extension ControlSequence {
    /// What the mouse did, where the sequence says so (xterm, "ctlseqs", SGR mouse mode: `CSI < button ; column ; row M`).
    var mouse: MouseEvent? {
        guard final == UInt8(ascii: "M"), parameters.first == UInt8(ascii: "<") else { return nil }
        let numbers = parameters.dropFirst().split(
            separator: UInt8(ascii: ";"), omittingEmptySubsequences: false
        )
        .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
        let point = Point(column: numbers[1] - 1, row: numbers[2] - 1)
        // The bits of Shift, Alt and Ctrl are passed over.
        switch numbers[0] & ~0b11100 {
        case 0: return MouseEvent(.press, at: point)
        case 64: return MouseEvent(.wheelUp, at: point)
        case 65: return MouseEvent(.wheelDown, at: point)
        default: return nil
        }
    }
}
