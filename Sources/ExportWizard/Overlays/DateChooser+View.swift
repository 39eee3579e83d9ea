// The calendar, drawn: a week a row, today with a star, the chosen day in brackets; below it the instant on two clocks.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension DateChooser {
    private static let dayNames = [
        Text("Mo"), Text("Tu"), Text("We"), Text("Th"), Text("Fr"), Text("Sa"), Text("Su"),
    ]
    private static let dayColumns = 6
    /// Weeks that a month can have.
    private static let mostWeeks = 6

    func draw(
        into frame: inout Frame, layout: WizardLayout, now: Date, zone: TimeZone, theme: Theme
    ) {
        let rows = 2 + Self.mostWeeks + 3
        let columns = Self.dayColumns * 7 + 4
        let rect = layout.overlay(lines: rows, columns: columns)
        let title =
            switch purpose {
            case .start: Text("First export (UTC)")
            case .end, .line: Text("Last day (UTC)")
            case .field(_, let title, _): title
            }
        frame.fill(rect, style: theme[.text])
        frame.box(
            rect, style: theme[.borderFocused], title: title, titleStyle: theme[.title], glyphs: theme.glyphs)
        let inside = rect.inset(columns: 2, rows: 1)
        let month = CalendarMonth(of: instant)
        drawHead(of: month, into: &frame, in: inside, theme: theme)
        let today = WallClock(now)
        for (index, week) in month.weeks.enumerated() {
            for (weekday, day) in week.enumerated() {
                guard let day else { continue }
                let isToday = (today.year, today.month, today.day) == (month.year, month.month, day)
                let place = Point(
                    column: inside.column + weekday * Self.dayColumns, row: inside.row + 2 + index)
                draw(day, isToday: isToday, into: &frame, at: place, theme: theme)
            }
        }
        let (_, foot) = inside.split(bottom: 3)
        drawTime(into: &frame, in: foot.line(0), theme: theme)
        drawClocks(zone: zone, into: &frame, in: foot.split(top: 1).rest, theme: theme)
    }

    private func drawHead(of month: CalendarMonth, into frame: inout Frame, in inside: Rect, theme: Theme) {
        let line = inside.line(0)
        let name = theme.say(month.title)
        let start = line.column + max(0, (line.columns - frame.textWidth.width(of: name)) / 2)
        frame.put(name, at: Point(column: start, row: line.row), style: theme[.heading])
        let (before, rest) = line.split(left: 3)
        let (_, after) = rest.split(right: 3)
        frame.put(" < ", at: before.origin, style: theme[.hintKey])
        frame.put(" > ", at: after.origin, style: theme[.hintKey])
        frame.addTarget(.key(.character("<")), in: before)
        frame.addTarget(.key(.character(">")), in: after)
        for (weekday, name) in Self.dayNames.enumerated() {
            frame.put(
                name, at: Point(column: line.column + weekday * Self.dayColumns + 1, row: line.row + 1),
                style: theme[.muted])
        }
    }

    private func draw(
        _ day: Int, isToday: Bool, into frame: inout Frame, at place: Point, theme: Theme
    ) {
        let isChosen = day == WallClock(instant).day
        let number = day < 10 ? " \(day)" : "\(day)"
        let text = (isChosen ? "[\(number)]" : " \(number) ") + (isToday ? "*" : " ")
        let isFocused = isChosen && part == .day
        let style = theme[isFocused ? .selection : isChosen ? .selectionInactive : isToday ? .accent : .text]
        frame.put(text, at: place, style: style)
        frame.addTarget(.row(day), in: Rect(column: place.column, row: place.row, columns: 5, rows: 1))
        if isFocused { frame.cursor = Point(column: place.column + 1, row: place.row) }
    }

    /// The time of day, of which hours and minutes are changed apart.
    private func drawTime(into frame: inout Frame, in line: Rect, theme: Theme) {
        guard purpose.hasTime else {
            frame.put(Text("* is today"), at: line.origin, style: theme[.muted], columns: line.columns)
            return
        }
        let clock = WallClock(instant).time.split(separator: ":").map(String.init)
        var column = line.column
        column += frame.put(theme.say(Text("Time")) + "  ", at: line.origin, style: theme[.text])
        for (part, text) in zip([Part.hour, .minute], clock) {
            let isFocused = self.part == part
            let place = Point(column: column, row: line.row)
            let shown = isFocused ? "[\(text)]" : " \(text) "
            column += frame.put(shown, at: place, style: theme[isFocused ? .selection : .field])
            if isFocused { frame.cursor = Point(column: place.column + 1, row: line.row) }
            if part == .hour {
                column += frame.put(":", at: Point(column: column, row: line.row), style: theme[.text])
            }
        }
        frame.addTarget(.key(.tab), in: line)
        frame.put(
            "    " + theme.say(Text("Tab: hours, minutes")), at: Point(column: column, row: line.row),
            style: theme[.muted],
            columns: max(0, line.endColumn - column))
    }

    private func drawClocks(zone: TimeZone, into frame: inout Frame, in rect: Rect, theme: Theme) {
        let utc = WallClock(instant)
        let local = WallClock(instant, in: zone)
        let titles = [Text("UTC"), Text("Local time")].map(theme.say)
        let width = (titles.map(frame.textWidth.width).max() ?? 0) + 1
        for (offset, clock) in [utc, local].enumerated() {
            frame.put(
                frame.textWidth.padded(titles[offset], to: width) + "\(clock.date) \(clock.time)",
                at: rect.line(offset).origin, style: theme[offset == 0 ? .text : .muted],
                columns: rect.columns)
        }
    }
}

extension CalendarMonth {
    /// The month as a calendar is headed.
    fileprivate var title: Text {
        switch month {
        case 1: Text("January \(year)")
        case 2: Text("February \(year)")
        case 3: Text("March \(year)")
        case 4: Text("April \(year)")
        case 5: Text("May \(year)")
        case 6: Text("June \(year)")
        case 7: Text("July \(year)")
        case 8: Text("August \(year)")
        case 9: Text("September \(year)")
        case 10: Text("October \(year)")
        case 11: Text("November \(year)")
        default: Text("December \(year)")
        }
    }
}
