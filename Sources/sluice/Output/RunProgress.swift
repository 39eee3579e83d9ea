// How far runs have come, and what they have come to in the end, in words.
import ExportDomain
import FoundationEssentials
import Languages
import Synchronization
import TerminalKit

/// The progress of runs, from one look at them to the next.
struct RunProgress: Equatable {
    private var rate = TransferRate()
    private var runs: [FlowRun] = []

    /// Takes how they stand now.
    mutating func take(_ runs: [FlowRun], at now: Date) {
        self.runs = runs
        rate.add(runs.reduce(0) { $0 + ($1.metrics.inputBytes ?? 0) }, at: now)
    }

    /// How far they have come; what is not known is left out.
    var text: Text {
        var facts = [Text("\(runs.count { $0.status.isOver }) of \(Text.runs(runs.count)) over")]
        let totals = RunTotals(runs)
        if totals.records > 0 { facts.append(.records(totals.records)) }
        if totals.files > 0 { facts.append(.files(totals.files)) }
        if totals.bytesWritten > 0 { facts.append(.verbatim(Formatting.bytes(totals.bytesWritten))) }
        if let speed = rate.bytesPerSecond { facts.append(.verbatim(Formatting.rate(speed))) }
        let planned = runs.map(\.metrics.plannedInputBytes)
        if !planned.contains(nil) {
            let left = planned.reduce(0) { $0 + ($1 ?? 0) } - totals.bytesRead
            if let range = rate.timeLeft(for: max(0, left)) { facts.append(.timeLeft(range)) }
        }
        return .list(facts)
    }
}

/// What runs have come to together.
struct RunTotals: Equatable {
    let runs: Int
    let records: Int
    let files: Int
    let bytesRead: Int
    let bytesWritten: Int
    /// From the first beginning to the last end, in seconds; nil where one is not known.
    let seconds: Double?

    init(_ runs: [FlowRun]) {
        let metrics = runs.map(\.metrics)
        func sum(_ value: KeyPath<FlowRunMetrics, Int?>) -> Int {
            metrics.reduce(0) { $0 + ($1[keyPath: value] ?? 0) }
        }
        self.runs = runs.count
        records = sum(\.outputRecords)
        files = sum(\.outputFiles)
        bytesRead = sum(\.inputBytes)
        bytesWritten = sum(\.outputBytes)
        let (starts, ends) = (metrics.compactMap(\.startedAt), metrics.compactMap(\.completedAt))
        seconds =
            if starts.count == runs.count, ends.count == runs.count, let start = starts.min(),
                let end = ends.max()
            { max(0, end.timeIntervalSince(start)) } else { nil }
    }

    /// A sentence about all of it, with the average rate of reading.
    var sentence: Text {
        let facts = Text.list([.records(records), .files(files), .verbatim(Formatting.bytes(bytesWritten))])
        guard let seconds, seconds >= 0.05 else { return Text("\(Text.runs(runs)): \(facts).") }
        // What takes hardly any time has no rate.
        guard bytesRead > 0, seconds >= 0.5 else {
            return Text("\(Text.runs(runs)) in \(Text.duration(seconds)): \(facts).")
        }
        let rate = Formatting.rate(Double(bytesRead) / seconds)
        return Text("\(Text.runs(runs)) in \(Text.duration(seconds)): \(facts), read at \(rate) on average.")
    }
}

/// Shows the progress of runs, from any thread.
final class RunProgressLine: Sendable {
    private let line: ProgressLine
    private let progress = Mutex(RunProgress())

    init(_ line: ProgressLine) { self.line = line }

    /// How often it is looked at runs that others make meanwhile.
    private static let interval = Duration.milliseconds(400)

    /// Takes how runs stand now, and shows it if that is due.
    func take(_ runs: [FlowRun]) {
        let now = progress.withLock { progress in
            progress.take(runs, at: Date())
            return progress
        }
        line.show(now.text)
    }

    /// Takes the line away, so that something else can be written.
    func clear() { line.clear() }

    /// Shows how the runs of a flow come along while they are made.
    func following<Value: Sendable>(
        _ flow: Identifier<Flow>, on service: any FlowService,
        _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        // Ended with the work.
        async let _ = look(at: flow, on: service)
        return try await work()
    }

    private func look(at flow: Identifier<Flow>, on service: any FlowService) async {
        defer { clear() }
        if line.isQuiet { return }
        var known: Set<Identifier<FlowRun>> = []
        while true {
            do { try await Task.sleep(for: Self.interval) } catch { return }
            // A look that fails takes nothing from the export.
            guard let runs = try? await service.newestRuns(of: flow, limit: 100) else { continue }
            known.formUnion(runs.lazy.filter { !$0.status.isOver }.map(\.id))
            let followed = runs.filter { known.contains($0.id) }
            if !followed.isEmpty { take(followed) }
        }
    }
}
