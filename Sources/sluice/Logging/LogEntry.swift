// What is logged of an event: its level, a sentence for people, and its facts under names that stay the same.
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import Logging
import TerminalKit

/// An event as it is logged.
struct LogEntry {
    var level: Logger.Level
    var message: String
    var facts: Logger.Metadata

    private init(_ level: Logger.Level, _ event: String, _ message: String, _ facts: Logger.Metadata = [:]) {
        self.level = level
        self.message = message
        self.facts = facts
        self.facts["event"] = .string(event)
    }

    /// Words an event.
    init(_ event: PlatformEvent) {
        switch event {
        case .schedulerBegan:
            self.init(.info, "scheduler-began", "Dataflows are run as they fall due")
        case .schedulerEnded:
            self.init(.info, "scheduler-ended", "Dataflows are no longer run")
        case .runBegan(let run, isResumed: false):
            self.init(
                .info, "run-began", "\(run.title): the export\(run.ofTime) begins\(run.mark)", run.facts)
        case .runBegan(let run, isResumed: true):
            self.init(
                .info, "run-resumed", "\(run.title): the export\(run.ofTime) is gone on with\(run.mark)",
                run.facts)
        case .runTriesAgain(let run, let reason):
            self.init(
                .warning, "run-tries-again",
                "\(run.title): something failed and is tried again: \(reason)\(run.mark)",
                run.facts.adding("reason", reason))
        case .runInterrupted(let run):
            self.init(
                .notice, "run-interrupted",
                "\(run.title): the export\(run.ofTime) is interrupted, and will be gone on with\(run.mark)",
                run.facts)
        case .runEnded(let run): self.init(ended: run)
        case .flowNotRun(let flow, let reason):
            self.init(
                .error, "flow-not-run", "\(flow.name): cannot be run now, and is tried again: \(reason)",
                flow.facts.adding("reason", reason))
        case .occurrencesMissed(let flow, let missed):
            self.init(
                .warning, "occurrences-missed", "\(flow.name): \(missed.words)",
                flow.facts.adding("missed", missed.count).adding("firstMissed", missed.first.rfc3339)
                    .adding("lastMissed", missed.last.rfc3339))
        case .endNear(let flow, let end, let days):
            let left = days == 0 ? "less than a day" : Formatting.count(days, "day", "days")
            self.init(
                .warning, "end-near",
                "\(flow.name): exports end in \(left), at \(end.rfc3339); sluice flows edit --extend puts it off",
                flow.facts.adding("end", end.rfc3339).adding("daysLeft", days))
        case .flowOver(let flow, let end):
            self.init(
                .warning, "flow-over", "\(flow.name): exports have ended, at \(end.rfc3339)",
                flow.facts.adding("end", end.rfc3339))
        case .notified(let notified): self.init(notified)
        }
    }

    private init(ended run: PlatformEvent.Run) {
        let (status, errors) = (run.run.status, run.run.metrics.errors)
        let reasons = errors.map(\.message).joined(separator: " ")
        let facts = run.facts.merging(run.figures) { $1 }
        switch status {
        case .success:
            let notes = reasons.isEmpty ? "" : ". \(reasons)"
            self.init(
                errors.isEmpty ? .info : .warning, "run-ended",
                "\(run.title): \(run.figuresInWords) to \(run.folder)/\(run.mark)\(notes)", facts)
        case .failed:
            self.init(
                .error, "run-ended",
                "\(run.title): the export\(run.ofTime) failed: \(reasons)\(run.mark)\(run.retry)",
                facts)
        default:
            self.init(
                .notice, "run-ended", "\(run.title): the export\(run.ofTime) is \(status.word)\(run.mark)",
                facts)
        }
    }

    private init(_ notified: PlatformEvent.Notified) {
        let what = "\(notified.flow.name): the command that tells of \(notified.occasion.rawValue)"
        let output = notified.output.trimmingPrefix { $0.isWhitespace }
        let said =
            output.isEmpty
            ? "" : "; it wrote: \(output.split(whereSeparator: \.isNewline).joined(separator: " | "))"
        var facts = notified.flow.facts.adding("occasion", notified.occasion.rawValue)
        if !output.isEmpty { facts = facts.adding("output", String(output)) }
        if let problem = notified.problem {
            self.init(
                .error, "notification-failed", "\(what) failed: \(problem)\(said)",
                facts.adding("problem", problem))
        } else {
            self.init(.info, "notification-sent", "\(what) has run\(said)", facts)
        }
    }
}

extension Logger.Metadata {
    fileprivate func adding(_ key: String, _ text: String) -> Self { merging([key: .string(text)]) { $1 } }

    fileprivate func adding(_ key: String, _ number: Int) -> Self {
        merging([key: .stringConvertible(number)]) { $1 }
    }
}

extension PlatformEvent.FlowName {
    fileprivate var facts: Logger.Metadata { ["flowId": .string(id.rawValue), "flow": .string(name)] }
}

extension PlatformEvent.Missed {
    fileprivate var words: String {
        count == 1
            ? "nothing ran at \(first.rfc3339)"
            : "nothing ran at \(Formatting.count(count)) times of its schedule, from \(first.rfc3339) to \(last.rfc3339)"
    }
}

extension PlatformEvent.Run {
    fileprivate var title: String { "\(flow.name) / \(dataset.name)" }

    fileprivate var ofTime: String { run.scheduledTime.map { " of \($0.rfc3339)" } ?? "" }

    fileprivate var mark: String { " (run \(run.id))" }

    fileprivate var retry: String { retryTime.map { "; it is made again at \($0.rfc3339)" } ?? "" }

    fileprivate var facts: Logger.Metadata {
        var facts = flow.facts.adding("runId", run.id.rawValue).adding("datasetId", dataset.id.rawValue)
            .adding("dataset", dataset.name).adding("status", run.status.word).adding("folder", folder)
        if let time = run.scheduledTime { facts = facts.adding("scheduledTime", time.rfc3339) }
        return facts
    }

    fileprivate var figures: Logger.Metadata {
        let metrics = run.metrics
        let numbers = [
            ("records", metrics.outputRecords), ("skippedRecords", metrics.skippedRecords),
            ("bytes", metrics.outputBytes), ("files", metrics.outputFiles),
        ]
        var figures: Logger.Metadata = [:]
        for case (let name, let number?) in numbers { figures[name] = .stringConvertible(number) }
        if let retryTime { figures["retryTime"] = .string(retryTime.rfc3339) }
        if let seconds { figures["seconds"] = .stringConvertible(seconds) }
        if !metrics.errors.isEmpty { figures["errors"] = .array(metrics.errors.map { .string($0.message) }) }
        return figures
    }

    /// How long it took; nil where that is not known.
    private var seconds: Double? {
        guard let start = run.metrics.startedAt, let end = run.metrics.completedAt else { return nil }
        return end.timeIntervalSince(start)
    }

    fileprivate var figuresInWords: String {
        let metrics = run.metrics
        let records = Formatting.count(metrics.outputRecords ?? 0, "record", "records")
        let files = Formatting.count(metrics.outputFiles ?? 0, "file", "files")
        let time = seconds.map { " in \(Formatting.duration($0))" } ?? ""
        return "\(records), \(Formatting.bytes(metrics.outputBytes ?? 0)) in \(files) exported\(time)"
    }
}
