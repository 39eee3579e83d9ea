// A question before something that cannot be undone. It names the object; the safe answer is the default.
import Languages

/// The state of a question to be answered by yes or no.
public struct ConfirmDialog: Sendable, Equatable {
    /// The answer.
    public enum Answer: Sendable, Hashable {
        /// It is to be done.
        case yes
        /// It is not.
        case no
    }

    /// The question, with the name of the object in it.
    public var question: Text
    /// What the answer entails, in a sentence; nil where there is nothing to say.
    public var detail: Text?
    /// The words for yes: what will be done, as a verb.
    public var yesTitle: Text
    /// The words for no.
    public var noTitle: Text
    /// The answer that Enter gives.
    public private(set) var selected = Answer.no

    /// A question.
    public init(
        question: Text, detail: Text? = nil, yesTitle: Text = Text("Yes"), noTitle: Text = Text("No")
    ) {
        self.question = question
        self.detail = detail
        self.yesTitle = yesTitle
        self.noTitle = noTitle
    }

    /// Does what `key` says: y and n answer, arrows and Tab go to the other answer, Enter gives the one
    /// under the cursor, Escape says no.
    /// - Returns: the answer, once there is one.
    public mutating func handle(_ key: Key) -> Answer? {
        switch key {
        case .character("y"), .character("Y"): return .yes
        case .character("n"), .character("N"), .escape, .control("g"), .control("c"): return .no
        case .enter: return selected
        case .left, .right, .up, .down, .tab, .backTab: selected = selected == .no ? .yes : .no
        default: break
        }
        return nil
    }

    /// Draws the question over the middle of `rect`.
    public func draw(into frame: inout Frame, in rect: Rect, theme: Theme) {
        frame.restyle(rect, style: theme[.overlay])
        let width = min(rect.columns - 4, 60)
        let texts = [(question, Role.title)] + (detail.map { [($0, Role.text)] } ?? [])
        let lines = texts.flatMap { text, role in
            theme.textWidth.wrapped(theme.say(text), to: width - 4).map { (text: $0, role: role) }
        }
        let box = rect.centered(Size(columns: width, rows: min(rect.rows, lines.count + 4)))
        let inside = box.inset(columns: 2, rows: 1)
        guard !inside.isEmpty else { return }
        frame.fill(box, style: theme[.text])
        frame.box(box, style: theme[.borderFocused], glyphs: theme.glyphs)
        // The answers keep their row even where the question has to be cut.
        for (place, line) in lines.prefix(max(0, inside.rows - 1)).enumerated() {
            frame.put(
                line.text, at: inside.line(place).origin, style: theme[line.role],
                columns: inside.columns)
        }
        drawAnswers(into: &frame, in: inside.line(inside.rows - 1), theme: theme)
    }

    private func drawAnswers(into frame: inout Frame, in line: Rect, theme: Theme) {
        var column = line.column
        for (answer, title) in [(Answer.no, noTitle), (.yes, yesTitle)] {
            let place = Point(column: column, row: line.row)
            let isSelected = answer == selected
            let sign = isSelected ? String(theme.glyphs.pointer) : " "
            let used = frame.put(
                "\(sign) \(theme.say(title)) ", at: place, style: theme[isSelected ? .selection : .text],
                columns: max(0, line.endColumn - column))
            if isSelected { frame.cursor = place }
            frame.addTarget(
                .key(.character(answer == .yes ? "y" : "n")),
                in: Rect(column: column, row: line.row, columns: used, rows: 1))
            column += used + 2
        }
    }
}
