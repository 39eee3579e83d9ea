// One of a few, side by side where there is room.

/// The state of a choice of one among a few.
public struct Choice: Sendable, Equatable {
    /// What can be chosen.
    public var options: [String]
    /// The chosen one, as an index into `options`.
    public private(set) var selected: Int

    /// A choice among `options`.
    public init(_ options: [String], selected: Int = 0) {
        self.options = options
        self.selected = options.indices.contains(selected) ? selected : 0
    }

    /// Chooses the option at `index`; an index that is none changes nothing.
    public mutating func select(_ index: Int) {
        if options.indices.contains(index) { selected = index }
    }

    /// Left and right choose the neighbour, Space the next one, round and round.
    ///
    /// `false` means that the key means nothing here.
    public mutating func handle(_ key: Key) -> Bool {
        guard !options.isEmpty else { return false }
        switch key {
        case .left: selected = max(0, selected - 1)
        case .right: selected = min(options.count - 1, selected + 1)
        case .character(" "): selected = (selected + 1) % options.count
        default: return false
        }
        return true
    }

    /// Draws all options into the first row of `rect`, or the chosen one alone where they do not fit.
    public func draw(into frame: inout Frame, in rect: Rect, theme: Theme, isFocused: Bool) {
        let line = rect.line(0)
        guard !line.isEmpty, !options.isEmpty else { return }
        let glyphs = theme.glyphs
        let labels = options.indices.map {
            "\($0 == selected ? glyphs.chosen : glyphs.unchosen) \(options[$0])"
        }
        let widths = labels.map(frame.textWidth.width(of:))
        guard widths.reduce(0, +) + 3 * (labels.count - 1) <= line.columns else {
            drawSelected(into: &frame, in: line, theme: theme, isFocused: isFocused)
            return
        }
        var column = line.column
        for (index, label) in labels.enumerated() {
            let place = Point(column: column, row: line.row)
            let chosenStyle = theme[isFocused ? .selection : .mark]
            frame.put(label, at: place, style: index == selected ? chosenStyle : theme[.text])
            if isFocused, index == selected {
                frame.cursor = Point(column: column + 1, row: line.row)
            }
            column += widths[index] + 3
        }
    }

    private func drawSelected(into frame: inout Frame, in line: Rect, theme: Theme, isFocused: Bool) {
        let left = selected > 0 ? String(theme.glyphs.moreLeft) : " "
        let right = selected < options.count - 1 ? String(theme.glyphs.moreRight) : " "
        let text = frame.textWidth.truncated(options[selected], to: line.columns - 4)
        frame.put(
            "\(left) \(text) \(right)", at: line.origin, style: theme[isFocused ? .selection : .mark],
            columns: line.columns)
        if isFocused { frame.cursor = line.origin }
    }
}
