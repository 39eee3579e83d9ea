// What the verification pane says: how the runs stand, how fast they go on, and each row of the tree.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Verification {
    /// A row as text.
    struct RowText {
        /// How it stands, in one letter.
        var sign: Character?
        /// What it is.
        var left: Text
        /// How it stands, in words behind what it is; nil where the sign says it all.
        var state: Text?
        /// Its figures, from left to right; what matters least goes first where there is no room.
        var figures: [Figure] = []
        var role = Role.text

        /// What it is, and how it stands.
        var name: Text { state.map { Text("\(left)  \($0)") } ?? left }

        struct Figure {
            var text: Text
            /// The higher, the longer it stays.
            var priority: Int
            /// Whether it is drawn, and says nothing to those who hear it.
            var isDrawn = false
        }

        /// The figures that have room.
        func right(within columns: Int, theme: Theme) -> String {
            var kept = figures
            while true {
                let text = kept.map { theme.say($0.text) }.joined(separator: "  ")
                if kept.isEmpty || theme.textWidth.width(of: text) <= columns { return text }
                let least = kept.map(\.priority).min()
                kept.removeAll { $0.priority == least }
            }
        }
    }

    /// What is said above the list: how the runs stand, and what comes next.
    func summary(now: Date, glyphs: Glyphs) -> [(text: Text, role: Role)] {
        if let problem { return [(Text("\(glyphs.failure) \(problem)"), .failure)] }
        let failed = latest.count { $0.run.status == .failed }
        let running = latest.count { !$0.run.status.isOver }
        let findings = latest.reduce(0) { $0 + $1.verification.findings.count }
        let unseen = latest.count { $0.problem != nil }
        var lines: [(text: Text, role: Role)] = []
        if running > 0 {
            lines.append((Text("\(running) of \(latest.count) runs under way"), .accent))
        } else if failed > 0 {
            lines.append((Text("\(glyphs.failure) \(failed) of \(latest.count) runs failed"), .failure))
        } else if findings > 0 {
            lines.append(
                (
                    Text(
                        "\(glyphs.warning) What is there differs from what was exported: \(Text.findings(findings))"
                    ),
                    .warning
                ))
        } else if unseen > 0 {
            lines.append(
                (
                    Text(
                        "\(glyphs.warning) The files of \(unseen) of \(latest.count) runs cannot be seen from here: Enter on one tells why"
                    ),
                    .warning
                ))
        } else if !latest.isEmpty {
            lines.append((Text("\(glyphs.success) \(totals)"), .success))
        }
        var prospects: [Text] = []
        if running == 0, let next = nextOccurrence(after: now) {
            prospects.append(Text("Next export \(WallClock(next).date) \(WallClock(next).time) UTC"))
        }
        if let expiry {
            let left = expiry.timeIntervalSince(now)
            prospects.append(
                left > 0
                    ? Text("The platform deletes files in \(Text.duration(left))")
                    : Text("The platform has deleted files"))
        }
        if !prospects.isEmpty {
            lines.append((.joined(prospects) { Text("\($0)  \(glyphs.bullet)  \($1)") }, .muted))
        }
        return lines
    }

    /// Everything exported, in a sentence.
    private var totals: Text {
        let files = latest.reduce(0) { $0 + $1.verification.files.count }
        let facts = [
            Text.files(files), .verbatim(Formatting.bytes(tree.tallies.reduce(0) { $0 + $1.bytes })),
            .records(records(of: latest) ?? 0),
        ]
        return Text("\(Text.runs(latest.count)) complete: \(Text.list(facts)), all there")
    }

    var emptyText: Text? {
        switch reports {
        case .idle, .loading: latest.isEmpty ? Text("Looking for runs") : nil
        case .failed: nil
        case .loaded: Text("No run yet. The first is due \(flow.draft.schedule.start.rfc3339).")
        }
    }

    // MARK: Progress

    /// How much of what is under way has been read, 0–1; nil where nothing is or the whole is not known.
    var progress: Double? {
        guard latest.contains(where: { !$0.run.status.isOver }) else { return nil }
        return Self.progress(of: latest)
    }

    /// Rate and time left.
    var progressText: [Text] {
        let planned = Self.sum(latest.map(\.run.metrics.plannedInputBytes))
        let left = planned.map { max(0, $0 - readBytes) }
        return Self.texts(of: rate, left: left).map(\.text)
    }

    private var readBytes: Int { latest.reduce(0) { $0 + ($1.run.metrics.inputBytes ?? 0) } }

    private static func progress(of reports: [RunReport]) -> Double? {
        guard let planned = sum(reports.map(\.run.metrics.plannedInputBytes)), planned > 0 else { return nil }
        return min(1, Double(reports.reduce(0) { $0 + ($1.run.metrics.inputBytes ?? 0) }) / Double(planned))
    }

    private static func texts(of rate: TransferRate, left: Int?) -> [RowText.Figure] {
        var figures: [RowText.Figure] = []
        if let speed = rate.bytesPerSecond {
            figures.append(RowText.Figure(text: .verbatim(Formatting.rate(speed)), priority: 3))
        }
        if let left, let range = rate.timeLeft(for: left) {
            figures.append(RowText.Figure(text: .timeLeft(range), priority: 2))
        }
        return figures
    }

    /// The sum of numbers; nil where one is not known.
    private static func sum(_ values: [Int?]) -> Int? {
        values.contains(nil) ? nil : values.reduce(0) { $0 + ($1 ?? 0) }
    }

    private func records(of reports: [RunReport]) -> Int? {
        let known = reports.compactMap(\.run.metrics.outputRecords)
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    // MARK: Rows

    /// A row as text: how it stands, what it is, and its figures.
    ///
    /// - Parameter now: for what turns and what is left; nil where it does not matter.
    func text(of row: Row, glyphs: Glyphs, now: Date?) -> RowText {
        switch row {
        case .flow: return flowText(glyphs)
        case .export(let export): return text(of: export, glyphs: glyphs, now: now)
        case .run(let report):
            return RowText(
                sign: sign(of: report.run.status, glyphs, now: now),
                left: datasetName(of: report.run), state: report.run.status.title,
                figures: figures(of: report, now: now), role: report.run.status.role)
        case .error(let error, let report):
            let hasFailed = report.run.status == .failed
            return RowText(
                sign: hasFailed ? glyphs.failure : glyphs.warning, left: error.text,
                role: hasFailed ? .failure : .warning)
        case .folder(let report):
            let files = report.verification.files.count
            let differing = tree.tally(report.id).differing.count
            var figures = [
                RowText.Figure(text: .files(files), priority: 3),
                RowText.Figure(text: .verbatim(Formatting.bytes(tree.tally(report.id).bytes)), priority: 2),
            ]
            if differing > 0 {
                figures.insert(
                    RowText.Figure(
                        text: differing == 1
                            ? Text("\(glyphs.warning) 1 differs")
                            : Text("\(glyphs.warning) \(Formatting.count(differing)) differ"),
                        priority: 4), at: 0)
            }
            return RowText(left: .verbatim("\(report.verification.folder)/"), figures: figures, role: .muted)
        case .unseen(_, let problem):
            return RowText(sign: glyphs.warning, left: problem, role: .warning)
        case .file(let file, _): return text(of: file, glyphs: glyphs)
        case .finding(let finding, _):
            return RowText(sign: glyphs.warning, left: finding.text, role: .warning)
        case .older:
            return RowText(left: Text("Older runs are not shown: Enter tells how to see them"), role: .muted)
        }
    }

    /// What stands before the sparkline.
    static let sparklineTitle = Text("rows per run")

    private func flowText(_ glyphs: Glyphs) -> RowText {
        let sparkline = Sparkline(tree.exports.reversed().map { records(of: $0.reports) })
        var figures = [
            RowText.Figure(text: .runs(latest.count), priority: 1)
        ]
        if tree.exports.count > 1 {
            figures.insert(
                RowText.Figure(
                    text: Text("\(Self.sparklineTitle) \(sparkline.text(columns: 16, glyphs: glyphs))"),
                    priority: 2,
                    isDrawn: true
                ), at: 0)
        }
        return RowText(left: .verbatim(flow.draft.name), figures: figures + sums(of: latest), role: .heading)
    }

    private func text(of export: RunTree.Export, glyphs: Glyphs, now: Date?) -> RowText {
        let runs = export.reports
        let (failed, running) = (
            runs.count { $0.run.status == .failed }, runs.count { !$0.run.status.isOver }
        )
        let differing = runs.count { !$0.verification.findings.isEmpty }
        let time =
            export.time.map { Text("\(WallClock($0).date) \(WallClock($0).time) UTC") } ?? Text("Export")
        let (sign, words, role): (Character, Text, Role) =
            if running > 0 {
                (
                    sign(of: .processing, glyphs, now: now), Text("\(running) of \(runs.count) under way"),
                    .accent
                )
            } else if failed > 0 {
                (glyphs.failure, Text("\(failed) of \(runs.count) failed"), .failure)
            } else if differing > 0 {
                (glyphs.warning, Text("\(differing) of \(runs.count) differ"), .warning)
            } else {
                (glyphs.success, .datasets(runs.count), .text)
            }
        return RowText(sign: sign, left: time, state: words, figures: sums(of: runs), role: role)
    }

    private func text(of file: FileVerification, glyphs: Glyphs) -> RowText {
        let sign =
            switch file.state {
            case .differs: glyphs.warning
            case .present: glyphs.success
            case .arrived: glyphs.bullet
            }
        var figures = [RowText.Figure(text: .verbatim(Formatting.bytes(file.file.bytes)), priority: 2)]
        if let records = file.file.records {
            figures.insert(
                RowText.Figure(text: .records(records), priority: 1), at: 0)
        }
        return RowText(
            sign: sign, left: .verbatim(file.file.name), figures: figures,
            role: file.state == .differs ? .warning : .text)
    }

    /// What several runs have come to together.
    private func sums(of reports: [RunReport]) -> [RowText.Figure] {
        var figures: [RowText.Figure] = []
        if let records = records(of: reports) {
            figures.append(RowText.Figure(text: .records(records), priority: 4))
        }
        let bytes = reports.reduce(0) { $0 + ($1.run.metrics.outputBytes ?? tree.tally($1.id).bytes) }
        figures.append(RowText.Figure(text: .verbatim(Formatting.bytes(bytes)), priority: 3))
        return figures
    }

    private func figures(of report: RunReport, now: Date?) -> [RowText.Figure] {
        let metrics = report.run.metrics
        var figures: [RowText.Figure] = []
        if let records = metrics.outputRecords {
            figures.append(RowText.Figure(text: .records(records), priority: 5))
        }
        if let bytes = metrics.outputBytes {
            figures.append(RowText.Figure(text: .verbatim(Formatting.bytes(bytes)), priority: 4))
        }
        if !report.run.status.isOver {
            if now == nil { return figures }
            if let progress = Self.progress(of: [report]) {
                figures.append(RowText.Figure(text: .verbatim("\(Int(progress * 100)) %"), priority: 6))
            }
            let left = metrics.plannedInputBytes.map { max(0, $0 - (metrics.inputBytes ?? 0)) }
            return figures + (rates[report.id].map { Self.texts(of: $0, left: left) } ?? [])
        }
        if let start = metrics.startedAt, let end = metrics.completedAt {
            let seconds = end.timeIntervalSince(start)
            figures.append(RowText.Figure(text: .duration(seconds), priority: 3))
            if let read = metrics.inputBytes, read > 0, seconds >= 0.5 {
                figures.append(
                    RowText.Figure(text: .verbatim(Formatting.rate(Double(read) / seconds)), priority: 2))
            }
        }
        return figures
    }

    private func sign(of status: FlowRunStatus, _ glyphs: Glyphs, now: Date?) -> Character {
        guard status == .processing, let now else { return status.sign(glyphs) }
        return Spinner.frame(at: now.timeIntervalSince1970, glyphs: glyphs)
    }

    /// A row with all that it says, without a word cut.
    func fullText(of row: Row) -> Text {
        switch row {
        case .flow: Text("Flow \(flow.id)")
        case .export(let export):
            .list(export.reports.map { Text("\(datasetName(of: $0.run)): \($0.run.status.title)") })
        case .run(let report):
            .onLines(report.run.metrics.errors.map(\.text) + [Text("Run \(report.id)")])
        case .error(let error, _): error.fullText
        case .unseen(_, let problem): problem
        case .folder(let report): .verbatim("\(report.verification.folder)/")
        case .file(let file, let report):
            .onLines([.verbatim(report.writtenPath(of: file)), .exactBytes(file.file.bytes)])
        case .finding(let finding, _): finding.text
        case .older: Text("The newest \(RunReport.mostShown) runs are shown here.")
        }
    }
}

extension RunReport {
    /// The path of a file as people write it.
    func writtenPath(of file: FileVerification) -> String {
        let folder = verification.folder
        return folder.isEmpty || folder.hasSuffix("/")
            ? folder + file.file.name : "\(folder)/\(file.file.name)"
    }
}

extension FlowRunStatus {
    /// The status as Experience Platform's user interface names it, in lower case.
    var title: Text {
        switch self {
        case .processing: Text("processing")
        case .waiting: Text("waiting")
        case .success: Text("success")
        case .failed: Text("failed")
        case .other: .state(word)
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

extension FlowRunError {
    /// What went wrong, and the code that Experience Platform has for it.
    var fullText: Text { Text("\(text) (\(code))") }
}
