// The steps of a journey in one line: which are done, which is at hand, which are to come.
import Languages

/// A line of steps.
public struct StepRail: Sendable, Equatable {
    /// How far a step is.
    public enum Progress: Sendable, Hashable {
        /// It is done.
        case done
        /// It is at hand.
        case current
        /// It is still to come.
        case upcoming
    }

    /// One step.
    public struct Step: Sendable, Equatable {
        /// Its name.
        public var title: Text
        /// How far it is.
        public var progress: Progress

        /// A step.
        public init(_ title: Text, _ progress: Progress) {
            self.title = title
            self.progress = progress
        }
    }

    /// The steps in their order.
    public var steps: [Step]

    /// A line of steps.
    public init(_ steps: [Step]) {
        self.steps = steps
    }

    /// The steps called `titles`; those before `current` are done.
    public init(_ titles: [Text], current: Int) {
        steps = titles.enumerated().map { index, title in
            Step(title, index < current ? .done : index == current ? .current : .upcoming)
        }
    }

    /// Draws the steps into the first row of `rect`.
    ///
    /// Where they do not fit, the titles farthest from the step at hand go first.
    public func draw(into frame: inout Frame, in rect: Rect, theme: Theme) {
        let line = rect.line(0)
        let arrow = " \(theme.glyphs.arrow) "
        var column = line.column
        for (index, text) in labels(fitting: line.columns, theme: theme).enumerated() {
            if index > 0 {
                column += frame.put(
                    arrow, at: Point(column: column, row: line.row), style: theme[.muted],
                    columns: line.endColumn - column)
            }
            let used = frame.put(
                text, at: Point(column: column, row: line.row),
                style: theme[Self.role(steps[index].progress)], columns: line.endColumn - column)
            frame.addTarget(.step(index), in: Rect(column: column, row: line.row, columns: used, rows: 1))
            column += used
        }
    }

    /// The text of each step where the line has `columns` columns.
    func labels(fitting columns: Int, theme: Theme) -> [String] {
        let current = steps.firstIndex { $0.progress == .current } ?? 0
        let rules = theme.textWidth
        let arrows = max(0, steps.count - 1) * rules.width(of: " \(theme.glyphs.arrow) ")
        var labels: [String] = []
        for reach in (0...max(0, steps.count - 1)).reversed() {
            labels = steps.indices.map { index in
                let sign = Self.sign(steps[index].progress, number: index + 1, theme.glyphs)
                return abs(index - current) <= reach ? "\(sign) \(theme.say(steps[index].title))" : sign
            }
            if labels.reduce(arrows, { $0 + rules.width(of: $1) }) <= columns { break }
        }
        return labels
    }

    private static func sign(_ progress: Progress, number: Int, _ glyphs: Glyphs) -> String {
        switch progress {
        case .done: String(glyphs.success)
        case .current: "\(glyphs.pointer)\(number)"
        case .upcoming: "\(number)"
        }
    }

    private static func role(_ progress: Progress) -> Role {
        switch progress {
        case .done: .success
        case .current: .title
        case .upcoming: .muted
        }
    }
}
