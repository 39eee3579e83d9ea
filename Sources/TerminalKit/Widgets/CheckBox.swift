// A box to tick.

/// The state of a box to tick.
public struct CheckBox: Sendable, Equatable {
    /// What it says.
    public var title: String
    /// Whether it is ticked.
    public var isOn: Bool

    /// A box.
    public init(_ title: String, isOn: Bool = false) {
        self.title = title
        self.isOn = isOn
    }

    /// Space ticks it or takes the tick away.
    ///
    /// `false` means that the key means nothing here.
    public mutating func handle(_ key: Key) -> Bool {
        guard key == .character(" ") else { return false }
        isOn.toggle()
        return true
    }

    /// Draws the box and its title into the first row of `rect`.
    public func draw(into frame: inout Frame, in rect: Rect, theme: Theme, isFocused: Bool) {
        let line = rect.line(0)
        guard !line.isEmpty else { return }
        let sign = isOn ? theme.glyphs.checked : theme.glyphs.unchecked
        let text = frame.textWidth.truncated("\(sign) \(title)", to: line.columns)
        let style = theme[isFocused ? .selection : isOn ? .mark : .text]
        frame.put(text, at: line.origin, style: style, columns: line.columns)
        if isFocused { frame.cursor = Point(column: line.column + 1, row: line.row) }
    }
}
