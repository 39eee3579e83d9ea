// What the verification pane says: how the runs stand, how fast they go on, and each row of the tree.
import ExportDomain
import FoundationEssentials
import TerminalKit

extension Verification {
    /// A row as text.
    struct RowText {
        /// How it stands, in one letter.
        var sign: Character?
        /// What it is.
        var left: String
        /// Its figures, from left to right; what matters least goes first where there is no room.
        var figures: [Figure] = []
        var role = Role.text

        struct Figure {
            var text: String
            /// The higher, the longer it stays.
            var priority: Int
        }

        /// The figures that have room.
        func right(within columns: Int, _ rules: TextWidth) -> String {
            var kept = figures
            while true {
                let text = kept.map(\.text).joined(separator: "  ")
                if kept.isEmpty || rules.width(of: text) <= columns { return text }
                let least = kept.map(\.priority).min()
                kept.removeAll { $0.priority == least }
            }
        }
    }

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
            lines.append(("\(glyphs.failure) \(failed) of \(latest.count) runs failed", .failure))
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
        let facts = [
            Formatting.count(files, "file", "files"),
            Formatting.bytes(tree.tallies.reduce(0) { $0 + $1.bytes }),
            Formatting.count(records(of: latest) ?? 0, "record", "records"),
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

    // MARK: Progress

    /// How much of what is under way has been read, 0–1; nil where nothing is or the whole is not known.
    var progress: Double? {
        guard latest.contains(where: { !$0.run.status.isOver }) else { return nil }
        return Self.progress(of: latest)
    }

    /// Rate and time left.
    var progressText: String {
        let planned = Self.sum(latest.map(\.run.metrics.plannedInputBytes))
        let left = planned.map { max(0, $0 - readBytes) }
        return Self.texts(of: rate, left: left).map(\.text).joined(separator: "  ")
    }

    private var readBytes: Int { latest.reduce(0) { $0 + ($1.run.metrics.inputBytes ?? 0) } }

    private static func progress(of reports: [RunReport]) -> Double? {
        guard let planned = sum(reports.map(\.run.metrics.plannedInputBytes)), planned > 0 else { return nil }
        return min(1, Double(reports.reduce(0) { $0 + ($1.run.metrics.inputBytes ?? 0) }) / Double(planned))
    }

    private static func texts(of rate: TransferRate, left: Int?) -> [RowText.Figure] {
        var figures: [RowText.Figure] = []
        if let speed = rate.bytesPerSecond {
            figures.append(RowText.Figure(text: Formatting.rate(speed), priority: 3))
        }
        if let left, let range = rate.timeLeft(for: left) {
            figures.append(RowText.Figure(text: Formatting.timeLeft(range), priority: 2))
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
                left: "\(datasetName(of: report.run))  \(report.run.status.title)",
                figures: figures(of: report, now: now), role: report.run.status.role)
        case .error(let error, let report):
            let hasFailed = report.run.status == .failed
            return RowText(
                sign: hasFailed ? glyphs.failure : glyphs.warning, left: error.message,
                role: hasFailed ? .failure : .warning)
        case .folder(let report):
            let files = report.verification.files.count
            let differing = tree.tally(report.id).differing.count
            var figures = [
                RowText.Figure(text: Formatting.count(files, "file", "files"), priority: 3),
                RowText.Figure(text: Formatting.bytes(tree.tally(report.id).bytes), priority: 2),
            ]
            if differing > 0 {
                figures.insert(
                    RowText.Figure(
                        text: "\(glyphs.warning) \(Formatting.count(differing, "differs", "differ"))",
                        priority: 4), at: 0)
            }
            return RowText(left: "\(report.verification.folder)/", figures: figures, role: .muted)
        case .unseen(_, let problem):
            return RowText(sign: glyphs.warning, left: problem, role: .warning)
        case .file(let file, _): return text(of: file, glyphs: glyphs)
        case .finding(let finding, _):
            return RowText(sign: glyphs.warning, left: "\(finding)", role: .warning)
        case .older:
            return RowText(left: "Older runs are not shown: Enter tells how to see them", role: .muted)
        }
    }

    /// What stands before the sparkline.
    static let sparklineTitle = "rows per run"

    private func flowText(_ glyphs: Glyphs) -> RowText {
        let sparkline = Sparkline(tree.exports.reversed().map { records(of: $0.reports) })
        var figures = [
            RowText.Figure(text: Formatting.count(latest.count, "run", "runs"), priority: 1)
        ]
        if tree.exports.count > 1 {
            figures.insert(
                RowText.Figure(
                    text: "\(Self.sparklineTitle) \(sparkline.text(columns: 16, glyphs: glyphs))", priority: 2
                ), at: 0)
        }
        return RowText(left: flow.draft.name, figures: figures + sums(of: latest), role: .heading)
    }

    private func text(of export: RunTree.Export, glyphs: Glyphs, now: Date?) -> RowText {
        let runs = export.reports
        let (failed, running) = (
            runs.count { $0.run.status == .failed }, runs.count { !$0.run.status.isOver }
        )
        let differing = runs.count { !$0.verification.findings.isEmpty }
        let time = export.time.map { "\(WallClock($0).date) \(WallClock($0).time) UTC" } ?? "Export"
        let (sign, words, role): (Character, String, Role) =
            if running > 0 {
                (
                    sign(of: .processing, glyphs, now: now), "\(running) of \(runs.count) under way", .accent
                )
            } else if failed > 0 {
                (glyphs.failure, "\(failed) of \(runs.count) failed", .failure)
            } else if differing > 0 {
                (glyphs.warning, "\(differing) of \(runs.count) differ", .warning)
            } else {
                (glyphs.success, Formatting.count(runs.count, "dataset", "datasets"), .text)
            }
        return RowText(sign: sign, left: "\(time)  \(words)", figures: sums(of: runs), role: role)
    }

    private func text(of file: FileVerification, glyphs: Glyphs) -> RowText {
        let sign =
            switch file.state {
            case .differs: glyphs.warning
            case .present: glyphs.success
            case .arrived: glyphs.bullet
            }
        var figures = [RowText.Figure(text: Formatting.bytes(file.file.bytes), priority: 2)]
        if let records = file.file.records {
            figures.insert(
                RowText.Figure(text: Formatting.count(records, "record", "records"), priority: 1), at: 0)
        }
        return RowText(
            sign: sign, left: file.file.name, figures: figures,
            role: file.state == .differs ? .warning : .text)
    }

    /// What several runs have come to together.
    private func sums(of reports: [RunReport]) -> [RowText.Figure] {
        var figures: [RowText.Figure] = []
        if let records = records(of: reports) {
            figures.append(RowText.Figure(text: Formatting.count(records, "record", "records"), priority: 4))
        }
        let bytes = reports.reduce(0) { $0 + ($1.run.metrics.outputBytes ?? tree.tally($1.id).bytes) }
        figures.append(RowText.Figure(text: Formatting.bytes(bytes), priority: 3))
        return figures
    }

    private func figures(of report: RunReport, now: Date?) -> [RowText.Figure] {
        let metrics = report.run.metrics
        var figures: [RowText.Figure] = []
        if let records = metrics.outputRecords {
            figures.append(RowText.Figure(text: Formatting.count(records, "record", "records"), priority: 5))
        }
        if let bytes = metrics.outputBytes {
            figures.append(RowText.Figure(text: Formatting.bytes(bytes), priority: 4))
        }
        if !report.run.status.isOver {
            if now == nil { return figures }
            if let progress = Self.progress(of: [report]) {
                figures.append(RowText.Figure(text: "\(Int(progress * 100)) %", priority: 6))
            }
            let left = metrics.plannedInputBytes.map { max(0, $0 - (metrics.inputBytes ?? 0)) }
            return figures + (rates[report.id].map { Self.texts(of: $0, left: left) } ?? [])
        }
        if let start = metrics.startedAt, let end = metrics.completedAt {
            let seconds = end.timeIntervalSince(start)
            figures.append(RowText.Figure(text: Formatting.duration(seconds), priority: 3))
            if let read = metrics.inputBytes, read > 0, seconds >= 0.5 {
                figures.append(RowText.Figure(text: Formatting.rate(Double(read) / seconds), priority: 2))
            }
        }
        return figures
    }

    private func sign(of status: FlowRunStatus, _ glyphs: Glyphs, now: Date?) -> Character {
        guard status == .processing, let now else { return status.sign(glyphs) }
        return Spinner.frame(at: now.timeIntervalSince1970, glyphs: glyphs)
    }

    /// A row with all that it says, without a word cut.
    func fullText(of row: Row) -> String {
        switch row {
        case .flow: "Flow \(flow.id)"
        case .export(let export):
            export.reports.map { "\(datasetName(of: $0.run)): \($0.run.status.title)" }
                .joined(separator: ", ")
        case .run(let report):
            (report.run.metrics.errors.map(\.message) + ["Run \(report.id)"]).joined(separator: "\n")
        case .error(let error, _): "\(error.message) (\(error.code))"
        case .unseen(_, let problem): problem
        case .folder(let report): "\(report.verification.folder)/"
        case .file(let file, let report):
            "\(report.writtenPath(of: file))\n\(Formatting.count(file.file.bytes, "byte", "bytes"))"
        case .finding(let finding, _): finding.description
        case .older: "The newest \(RunReport.mostShown) runs are shown here."
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
