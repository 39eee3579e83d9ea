// Verification: the runs of the dataflow, their folders and files, as they come.
import ExportDomain
import FoundationEssentials
import TerminalKit

/// The state of the verification pane.
struct Verification: Equatable, Sendable {
    var flow: Flow
    /// Where the files go, as text.
    var place: String
    var datasetNames: [Identifier<Dataset>: String]
    /// Runs that were asked for, which the platform may not show yet.
    var awaited: Set<Identifier<FlowRun>>
    var reports: Loadable<[RunReport]> = .idle
    /// The reports that were last loaded; they stay on the screen while others are asked for.
    private(set) var latest: [RunReport] = []
    /// Why the last refresh did not work.
    private(set) var problem: String?
    var list = ListState()
    /// The row under the cursor, by what it shows: rows that come and go do not move it.
    private var selection: RowID?
    private(set) var rate = TransferRate()
    /// The token of the wake-up that refreshes the pane.
    var wakeToken: Int?
    /// The token under which a run is being made again, or ended.
    var changeToken: Int?

    init(
        flow: Flow, place: String, datasetNames: [Identifier<Dataset>: String],
        awaited: Set<Identifier<FlowRun>> = []
    ) {
        self.awaited = awaited
        self.flow = flow
        self.place = place
        self.datasetNames = datasetNames
    }

    /// A row of the pane.
    enum Row: Equatable {
        case run(RunReport)
        case folder(RunReport)
        case unseen(RunReport, problem: String)
        case file(FileVerification, in: RunReport)
        case finding(VerificationFinding, in: RunReport)
        /// That there may be runs which are not shown.
        case older
    }

    private enum RowID: Equatable {
        case run(Identifier<FlowRun>)
        case folder(Identifier<FlowRun>)
        case unseen(Identifier<FlowRun>)
        case file(Identifier<FlowRun>, path: String)
        case finding(Identifier<FlowRun>, VerificationFinding)
        case older
    }

    var rows: [Row] {
        runRows + (isCut ? [.older] : [])
    }

    /// Whether there may be more runs than are shown.
    private var isCut: Bool { latest.count >= RunReport.mostShown }

    private var runRows: [Row] {
        latest.flatMap { report -> [Row] in
            var rows: [Row] = [.run(report)]
            if let problem = report.problem { return rows + [.unseen(report, problem: problem)] }
            if report.run.status != .waiting { rows.append(.folder(report)) }
            rows += report.verification.files.map { .file($0, in: report) }
            rows += report.verification.findings.map { .finding($0, in: report) }
            return rows
        }
    }

    var selected: Row? {
        let rows = rows
        return list.selectedItem.flatMap { rows.indices.contains($0) ? rows[$0] : nil }
    }

    /// Searches the list: of runs by the dataset and how they stand, of files by their names.
    mutating func arrangeList() {
        let rows = rows
        let pane = self
        list.arrange(count: rows.count) { (pane.text(of: rows[$0], glyphs: .ascii).left, "") }
    }

    /// The run that the cursor is on, or in.
    var selectedReport: RunReport? {
        switch selected {
        case .run(let report)?, .folder(let report)?, .unseen(let report, _)?, .file(_, let report)?,
            .finding(_, let report)?:
            report
        case .older?, nil: nil
        }
    }

    /// Whether something is under way or about to be.
    func isLive(now: Date) -> Bool {
        if latest.contains(where: { !$0.run.status.isOver }) { return true }
        if !isCut, !awaited.isSubset(of: latest.map(\.id)) { return true }
        let schedule = flow.draft.schedule
        guard flow.state == .enabled, let due = schedule.latestOccurrence(notAfter: now) else { return false }
        let isLate = now.timeIntervalSince(due) > MissedOccurrences.punctuality
        if isLate, schedule.missed == .skip { return false }
        return !latest.contains { $0.run.scheduledTime.map { $0 >= due } ?? false }
    }

    /// When the flow exports next, after what is due now.
    func nextOccurrence(after now: Date) -> Date? {
        guard flow.state == .enabled else { return nil }
        return flow.draft.schedule.occurrences(from: now.addingTimeInterval(1), limit: 1).first
    }

    /// When the platform deletes the first of the files; nil where it keeps them.
    var expiry: Date? {
        latest.filter { !$0.verification.files.isEmpty }.compactMap(\.expiry).min()
    }

    /// The dataset of a run by its name, as far as that is known.
    func datasetName(of run: FlowRun) -> String { datasetNames[run.datasetID] ?? run.datasetText }

    /// Takes what came of a refresh; the cursor stays on what it was on.
    mutating func take(_ reports: [RunReport], now: Date) {
        problem = nil
        latest = reports
        self.reports = .loaded(reports)
        rate.add(reports, at: now)
        let rows = rows
        if let selection, let index = rows.firstIndex(where: { Self.id(of: $0) == selection }) {
            list.place(onItem: index)
        }
    }

    mutating func fail(_ reason: String) {
        problem = reason
        reports = .failed(reason)
    }

    /// Remembers what the cursor is on, after it was moved.
    mutating func noteSelection() { selection = selected.map(Self.id) }

    private static func id(of row: Row) -> RowID {
        switch row {
        case .run(let report): .run(report.id)
        case .folder(let report): .folder(report.id)
        case .unseen(let report, _): .unseen(report.id)
        case .file(let file, let report): .file(report.id, path: file.file.path)
        case .finding(let finding, let report): .finding(report.id, finding)
        case .older: .older
        }
    }
}

/// How fast the runs that are under way read, over the last seconds.
struct TransferRate: Equatable, Sendable {
    private var samples: [Sample] = []
    private static let window = 10.0

    private struct Sample: Equatable, Sendable {
        var time: Date
        var bytes: Int
    }

    /// Notes how far all runs have come.
    mutating func add(_ reports: [RunReport], at now: Date) {
        let bytes = reports.reduce(0) { $0 + ($1.run.metrics.inputBytes ?? 0) }
        if let last = samples.last, bytes < last.bytes { samples = [] }
        samples.append(Sample(time: now, bytes: bytes))
        samples.removeAll { now.timeIntervalSince($0.time) > Self.window }
    }

    /// Bytes a second; nil before it can be known.
    var bytesPerSecond: Double? {
        guard let first = samples.first, let last = samples.last else { return nil }
        let seconds = last.time.timeIntervalSince(first.time)
        guard seconds >= 0.5, last.bytes > first.bytes else { return nil }
        return Double(last.bytes - first.bytes) / seconds
    }

    /// Seconds until so many bytes more are read; nil before it can be known.
    func timeLeft(for bytes: Int) -> Double? {
        bytesPerSecond.map { Double(bytes) / $0 }
    }
}
