// What is shown instead of a screen where the window is too small for it.
import Languages

/// The sentence for windows below a minimum.
public struct TooSmall: Sendable, Equatable {
    /// The smallest window that screens are drawn for.
    public var minimum: Size

    /// A rule for windows below `minimum`.
    public init(minimum: Size) {
        self.minimum = minimum
    }

    /// Whether a window of `size` is too small.
    public func applies(to size: Size) -> Bool {
        size.columns < minimum.columns || size.rows < minimum.rows
    }

    /// A frame of `size` that says what is needed and what there is.
    public func frame(size: Size, theme: Theme) -> Frame {
        var frame = theme.frame(size: size)
        let text = Text(
            "The window is too small: \(minimum.columns) columns and \(minimum.rows) rows are needed, it has \(size.columns) and \(size.rows)."
        )
        for (row, line) in theme.textWidth.wrapped(theme.say(text), to: size.columns).enumerated() {
            frame.put(line, at: Point(column: 0, row: row), style: theme[.text])
        }
        frame.cursor = Point(column: 0, row: 0)
        return frame
    }
}
