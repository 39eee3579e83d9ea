// How much of something is done, as a bar with a number beside it.

/// A bar.
public struct ProgressBar: Sendable, Equatable {
    /// The part that is done, 0...1; nothing where it is not known.
    public var fraction: Double?
    /// What stands at the right of the bar.
    public var label: String

    /// A bar; fractions outside 0...1 count as the nearer end.
    public init(fraction: Double?, label: String = "") {
        self.fraction = fraction.map { $0.isNaN ? 0 : min(1, max(0, $0)) }
        self.label = label
    }

    /// Draws the bar, the part done as a whole percentage, and the label into the first row of `rect`.
    ///
    /// Where it is narrow, the numbers stay and the bar goes.
    public func draw(into frame: inout Frame, in rect: Rect, theme: Theme) {
        let line = rect.line(0)
        guard !line.isEmpty else { return }
        let rules = frame.textWidth
        let percent = fraction.map { rules.padded("\(Int($0 * 100)) %", to: 5, alignment: .trailing) }
        let text = [percent, label.isEmpty ? nil : label].compactMap { $0 }.joined(separator: "  ")
        let bar = line.columns - rules.width(of: text) - 1
        var column = line.column
        if bar >= 4 {
            let full = Int(Double(bar) * (fraction ?? 0))
            column += frame.put(
                String(repeating: theme.glyphs.progressFull, count: full), at: line.origin,
                style: theme[.progress])
            column += frame.put(
                String(repeating: theme.glyphs.progressEmpty, count: bar - full),
                at: Point(column: column, row: line.row), style: theme[.muted])
            column += 1
        }
        frame.put(
            text, at: Point(column: column, row: line.row), style: theme[.text],
            columns: line.endColumn - column)
    }
}
