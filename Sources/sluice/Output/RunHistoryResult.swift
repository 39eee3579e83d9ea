// What was done for a run before, and what it exports, as `runs show` prints it.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// The batches and the attempts of a run.
struct RunHistoryResult: Encodable {
    var batches: [Batch]
    /// The attempts before the latest.
    var attempts: [Attempt]
    /// When the run is made again by itself.
    var nextAttempt: String?

    struct Batch: Encodable {
        var id: Int64
        /// Nil where it is not in the lake any more.
        var arrivedAt: String?
        var files: Int
        var records: Int
    }

    struct Attempt: Encodable {
        var number: Int
        var startedAt: String?
        var endedAt: String?
        var status: String
        var errors: [FlowRunError]
    }

    func printText() {
        for batch in batches {
            let arrival = batch.arrivedAt.map { Text("arrived \($0)") } ?? Text("no longer in the lake")
            let (files, records) = (Text.files(batch.files), Text.records(batch.records))
            print(Text("Batch     \(batch.id)  \(arrival)  \(files)  \(records)").said)
        }
        for attempt in attempts {
            let reasons = Text.sentences(attempt.errors.map(\.text)).said
            let status = Text.state(attempt.status).said
            let words = [attempt.endedAt ?? Text("not begun").said, status, reasons].filter { !$0.isEmpty }
            print(
                Text(
                    "Attempt   \(attempt.number)  \(TextWidth.standard.sanitized(words.joined(separator: "  ")))"
                ).said)
        }
        if let nextAttempt { print(Text("Next try  \(nextAttempt)").said) }
    }
}

extension RunHistory {
    /// The history as it is printed.
    var result: RunHistoryResult {
        RunHistoryResult(
            batches: batches.map { batch in
                RunHistoryResult.Batch(
                    id: batch.id, arrivedAt: batch.arrivedAt?.rfc3339, files: batch.files,
                    records: batch.records)
            },
            attempts: attempts.map { attempt in
                RunHistoryResult.Attempt(
                    number: attempt.number, startedAt: attempt.startedAt?.rfc3339,
                    endedAt: attempt.endedAt?.rfc3339, status: attempt.status.word, errors: attempt.errors)
            }, nextAttempt: nextAttempt?.rfc3339)
    }
}
