// The signs that a list goes on beyond what is in sight.

extension Frame {
    /// Draws signs into the last column of `rect` where rows of `count` lie above or below `visible`.
    public mutating func putScrollMarks(_ visible: Range<Int>, count: Int, in rect: Rect, theme: Theme) {
        guard !visible.isEmpty, !rect.isEmpty else { return }
        let column = rect.endColumn - 1
        if visible.lowerBound > 0 {
            let top = Point(column: column, row: rect.row)
            put(String(theme.glyphs.moreAbove), at: top, style: theme[.accent])
        }
        if visible.upperBound < count {
            let bottom = Point(column: column, row: rect.endRow - 1)
            put(String(theme.glyphs.moreBelow), at: bottom, style: theme[.accent])
        }
    }
}
