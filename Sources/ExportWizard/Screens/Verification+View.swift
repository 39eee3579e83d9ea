// Verification, drawn: how the flow stands, then its runs as a tree of folders and files.
import ExportDomain
import FoundationEssentials
import TerminalKit

extension Wizard {
    func drawVerification(into frame: inout Frame, in body: Rect, at moment: Moment, theme: Theme) {
        guard let verification else { return }
        let (head, list) = body.split(top: 4)
        let facts = drawTitle(of: verification, into: &frame, in: head, theme: theme)
        let progress = verification.progress
        let summary = verification.summary(now: moment.now, glyphs: theme.glyphs)
        for (index, line) in summary.prefix(progress == nil ? 2 : 1).enumerated() {
            frame.put(
                line.text, at: facts.line(index).origin, style: theme[line.role], columns: facts.columns)
        }
        if let progress {
            ProgressBar(fraction: progress, label: verification.progressText)
                .draw(into: &frame, in: facts.line(1), theme: theme)
        }
        drawRuns(verification, into: &frame, in: list, theme: theme)
    }

    /// Draws the name of the flow and where its files go: in one line, or in two where one has no room for both.
    ///
    /// - Returns: what is left of the head.
    private func drawTitle(
        of verification: Verification, into frame: inout Frame, in head: Rect, theme: Theme
    ) -> Rect {
        let name = frame.textWidth.truncated(verification.flow.draft.name, to: head.columns)
        frame.put(name, at: head.origin, style: theme[.heading])
        let place = frame.textWidth.truncatedInMiddle(verification.place, to: head.columns)
        let isShort =
            frame.textWidth.width(of: name) + 2 + frame.textWidth.width(of: place) <= head.columns
        let right = head.line(0).split(right: frame.textWidth.width(of: place)).right
        frame.put(place, at: isShort ? right.origin : head.line(1).origin, style: theme[.muted])
        return head.split(top: isShort ? 1 : 2).rest
    }

    private func drawRuns(_ verification: Verification, into frame: inout Frame, in list: Rect, theme: Theme)
    {
        let rows = verification.rows
        if rows.isEmpty {
            frame.put(
                verification.emptyText, at: list.origin, style: theme[.muted], columns: list.columns)
            return
        }
        let count = verification.list.rowCount
        if count == 0 {
            frame.put(noMatchText, at: list.origin, style: theme[.muted], columns: list.columns)
        }
        let visible = verification.list.cursor.visible(count: count, height: list.rows)
        // The marks stand in the margin, where no figure is.
        if visible.lowerBound > 0 {
            let top = Point(column: list.endColumn, row: list.row)
            frame.put(String(theme.glyphs.moreAbove), at: top, style: theme[.accent])
        }
        if visible.upperBound < count {
            let bottom = Point(column: list.endColumn, row: list.endRow - 1)
            frame.put(String(theme.glyphs.moreBelow), at: bottom, style: theme[.accent])
        }
        for (offset, row) in visible.enumerated() {
            let line = list.line(offset)
            let isSelected = verification.list.selectedRow == row
            let index = verification.list.item(at: row)
            frame.addTarget(.row(row), in: line)
            if isSelected {
                frame.fill(line, style: theme[.selection])
                frame.cursor = line.origin
            }
            draw(rows[index], of: verification, into: &frame, in: line, isSelected: isSelected, theme: theme)
        }
    }

    private func draw(
        _ row: Verification.Row, of verification: Verification, into frame: inout Frame, in line: Rect,
        isSelected: Bool, theme: Theme
    ) {
        let text = verification.text(of: row, glyphs: theme.glyphs)
        let style = isSelected ? theme[.selection] : theme[text.role]
        let least = min(frame.textWidth.width(of: text.left), line.columns / 2)
        let (left, right) = line.split(
            right: min(line.columns - least - 1, frame.textWidth.width(of: text.right) + 1))
        frame.put(
            frame.textWidth.truncatedInMiddle(text.left, to: left.columns - 1), at: left.origin, style: style)
        frame.showMatches(
            of: verification.list.query, in: text.left, at: left.origin, isSelected: isSelected, theme: theme,
            columns: left.columns - 1)
        frame.put(
            frame.textWidth.padded(text.right, to: right.columns, alignment: .trailing), at: right.origin,
            style: style)
    }
}

extension Verification {
    /// What is said above the list: how the runs stand, and what comes next.
    func summary(now: Date, glyphs: Glyphs) -> [(text: String, role: Role)] {
        if let problem { return [("\(glyphs.failure) \(problem)", .failure)] }
        let failed = latest.count { $0.run.status == .failed }
        let running = latest.count { !$0.run.status.isOver }
        let findings = latest.reduce(0) { $0 + $1.verification.findings.count }
        let unseen = latest.count { $0.problem != nil }
        var lines: [(text: String, role: Role)] = []
        if running > 0 {
            lines.append(("\(running) of \(latest.count) runs under way", .accent))
        } else if failed > 0 {
            lines.append(
                (
                    "\(glyphs.failure) \(failed) of \(latest.count) runs failed: Enter on one tells why",
                    .failure
                ))
        } else if findings > 0 {
            lines.append(
                (
                    "\(glyphs.warning) What is there differs from what was exported: \(Formatting.count(findings, "finding", "findings"))",
                    .warning
                ))
        } else if unseen > 0 {
            lines.append(
                (
                    "\(glyphs.warning) The files of \(unseen) of \(latest.count) runs cannot be seen from here: Enter on one tells why",
                    .warning
                ))
        } else if !latest.isEmpty {
            lines.append(("\(glyphs.success) \(totals)", .success))
        }
        var prospects: [String] = []
        if running == 0, let next = nextOccurrence(after: now) {
            prospects.append("Next export \(WallClock(next).date) \(WallClock(next).time) UTC")
        }
        if let expiry {
            let left = expiry.timeIntervalSince(now)
            prospects.append(
                left > 0
                    ? "The platform deletes files in \(Formatting.duration(left))"
                    : "The platform has deleted files")
        }
        if !prospects.isEmpty { lines.append((prospects.joined(separator: "  \(glyphs.bullet)  "), .muted)) }
        return lines
    }

    /// Everything exported, in a sentence.
    private var totals: String {
        let files = latest.reduce(0) { $0 + $1.verification.files.count }
        let bytes = latest.reduce(0) { $0 + $1.verification.files.reduce(0) { $0 + $1.file.bytes } }
        let records = latest.reduce(0) { $0 + ($1.run.metrics.outputRecords ?? 0) }
        let facts = [
            Formatting.count(files, "file", "files"), Formatting.bytes(bytes),
            Formatting.count(records, "record", "records"),
        ]
        return
            "\(Formatting.count(latest.count, "run", "runs")) complete: \(facts.joined(separator: ", ")), all there"
    }

    var emptyText: String {
        switch reports {
        case .idle, .loading: latest.isEmpty ? "Looking for runs" : ""
        case .failed: ""
        case .loaded: "No run yet. The first is due \(flow.draft.schedule.start.rfc3339)."
        }
    }

    /// How much of what is under way has been read, 0–1; nil where nothing is or the whole is not known.
    var progress: Double? {
        guard latest.contains(where: { !$0.run.status.isOver }), let planned = plannedBytes, planned > 0
        else { return nil }
        return min(1, Double(readBytes) / Double(planned))
    }

    /// Rate and time left.
    var progressText: String {
        var parts: [String] = []
        if let speed = rate.bytesPerSecond { parts.append(Formatting.rate(speed)) }
        if let planned = plannedBytes, let left = rate.timeLeft(for: max(0, planned - readBytes)) {
            parts.append(Formatting.timeLeft(left * 0.9...left * 1.2))
        }
        return parts.joined(separator: "  ")
    }

    private var readBytes: Int { latest.reduce(0) { $0 + ($1.run.metrics.inputBytes ?? 0) } }

    private var plannedBytes: Int? {
        let planned = latest.map { $0.run.metrics.plannedInputBytes }
        return planned.contains(nil) ? nil : planned.reduce(0) { $0 + ($1 ?? 0) }
    }

    /// A row as text: what it is, and its figures.
    func text(of row: Row, glyphs: Glyphs) -> (left: String, right: String, role: Role) {
        switch row {
        case .run(let report):
            let sign = report.run.status.sign(glyphs)
            return (
                "\(sign) \(datasetName(of: report.run))  \(report.run.status.title)", figures(of: report),
                report.run.status.role
            )
        case .folder(let report):
            return ("    \(report.verification.folder)/", "", .muted)
        case .unseen(_, let problem):
            return ("      \(glyphs.warning) \(problem)", "", .warning)
        case .file(let file, _):
            let sign =
                file.state == .differs
                ? glyphs.warning : file.state == .present ? glyphs.success : glyphs.bullet
            let records = file.file.records.map { Formatting.count($0, "record", "records") + "  " } ?? ""
            return (
                "      \(sign) \(file.file.name)", "\(records)\(Formatting.bytes(file.file.bytes))",
                file.state == .differs ? .warning : .text
            )
        case .finding(let finding, _):
            return ("      \(glyphs.warning) \(finding)", "", .warning)
        case .older:
            return ("Older runs are not shown: Enter tells how to see them", "", .muted)
        }
    }

    private func figures(of report: RunReport) -> String {
        let metrics = report.run.metrics
        var parts: [String] = []
        if let records = metrics.outputRecords {
            parts.append(Formatting.count(records, "record", "records"))
        }
        if let bytes = metrics.outputBytes { parts.append(Formatting.bytes(bytes)) }
        if let start = metrics.startedAt, let end = metrics.completedAt {
            parts.append(Formatting.duration(end.timeIntervalSince(start)))
        }
        if let time = report.run.scheduledTime {
            parts.append("\(WallClock(time).date) \(WallClock(time).time)")
        }
        return parts.joined(separator: "  ")
    }
}

extension FlowRunStatus {
    /// The status as Experience Platform's user interface names it, in lower case.
    var title: String {
        switch self {
        case .processing: "processing"
        case .waiting, .success, .failed, .other: word
        }
    }

    func sign(_ glyphs: Glyphs) -> Character {
        switch self {
        case .success: glyphs.success
        case .failed: glyphs.failure
        case .waiting, .other: glyphs.bullet
        case .processing: glyphs.pointer
        }
    }

    var role: Role {
        switch self {
        case .success: .success
        case .failed: .failure
        case .waiting, .other: .muted
        case .processing: .accent
        }
    }
}
