// Scheduling, drawn: the form, then what follows from it.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    func drawScheduling(into frame: inout Frame, in body: Rect, at moment: Moment, theme: Theme) {
        guard let scheduling = timing else { return }
        let idle = Set(scheduling.form.fields.filter(scheduling.isIdle).map(\.id))
        let used = FormView(
            form: scheduling.form, problems: scheduling.problems(now: moment.now),
            unfinished: scheduling.unfinished(now: moment.now), notes: localTimes,
            previews: previews, idle: idle
        ).draw(into: &frame, in: body.split(bottom: 5).rest, theme: theme)
        var row = body.row + min(used + 1, body.rows - 5)
        for (text, role) in consequences(now: moment.now, glyphs: theme.glyphs) where row < body.endRow {
            frame.put(
                frame.textWidth.truncatedInMiddle(theme.say(text), to: body.columns - 1),
                at: Point(column: body.column + 1, row: row), style: theme[role])
            row += 1
        }
    }

    /// The time of day and the end on the clocks of the person at the keyboard.
    var localTimes: [String: Text] {
        guard let start = timing?.start else { return [:] }
        let local = WallClock(start, in: setting.timeZone)
        return ["time": Text("\(local.date) \(local.time) local time")]
    }

    /// The folders of the first run, as they will be.
    var previews: [String: Text] {
        let folders = previewedFolders
        guard let first = folders.first else { return [:] }
        let text = folders.count == 1 ? .verbatim(first) : Text("\(first) and \(folders.count - 1) more")
        return [Scheduling.foldersField: text]
    }

    /// What follows from what the form says.
    func consequences(now: Date, glyphs: Glyphs) -> [(Text, Role)] {
        guard let scheduling = timing else { return [] }
        var lines: [(Text, Role)] = []
        if let schedule = scheduling.schedule {
            lines.append((Text("Next     \(nextTimes(of: schedule, now: now))"), .text))
        }
        let warnings = scheduling.template?.warnings(
            datasetCount: scheduledCount, frequency: scheduling.schedule?.frequency ?? .once)
        lines += (warnings ?? []).map { (Text("\(glyphs.warning) \($0)"), .warning) }
        if scheduledCount > 1 {
            lines.append((Text("All \(scheduledCount) datasets share this schedule."), .muted))
        }
        return lines
    }

    /// The next three occurrences; one that has come already is run at once.
    private func nextTimes(of schedule: Schedule, now: Date) -> Text {
        let words = { (time: Date) in Text.verbatim("\(WallClock(time).date) \(WallClock(time).time)") }
        // A flow that there is has had those that have come.
        let due = screen == .flowSettings ? nil : schedule.latestOccurrence(notAfter: now)
        let later = schedule.occurrences(from: now, limit: 4).filter { $0 > now }.map(words)
        let times = (due.map { [Text("\(words($0)) at once")] } ?? []) + later
        return times.isEmpty
            ? Text("none: the end is before the start") : Text("\(Text.list(Array(times.prefix(3)))) UTC")
    }
}
