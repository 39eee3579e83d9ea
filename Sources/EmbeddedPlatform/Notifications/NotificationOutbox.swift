// What waits to be told by a flow's command. It is put there in the transaction that writes down what has happened, so
// that neither is without the other, whoever is killed when.
import ExportDomain
import FoundationEssentials
import GRDB

enum NotificationOutbox {
    /// Lets an event wait to be told, where its flow wants to tell it.
    static func put(_ event: PlatformEvent, at now: Date, _ db: Database) throws {
        guard let (flow, occasion) = event.occasion,
            let stored = try StoredNotifications.of(flow.id, db), stored.settings.occasions.contains(occasion)
        else { return }
        var waiting = WaitingNotification(
            flowID: flow.id, occasion: occasion, facts: event.facts(of: flow, occasion, at: now))
        try waiting.insert(db)
    }
}

extension PlatformEvent {
    /// The flow that may tell it, and as what; nil for what no flow tells.
    var occasion: (flow: FlowName, occasion: FlowNotifications.Occasion)? {
        switch self {
        case .runEnded(let run) where run.run.status == .success: (run.flow, .success)
        case .runEnded(let run) where run.run.status == .failed && !run.isCancelled:
            (run.flow, run.retryTime == nil ? .failure : .retry)
        case .endNear(let flow, _, _), .flowOver(let flow, _): (flow, .ending)
        case .occurrencesMissed(let flow, _): (flow, .missed)
        default: nil
        }
    }

    /// The variables by which a command learns what has happened.
    ///
    /// None has a control character, so that none can be more than a line of a message.
    fileprivate func facts(
        of flow: FlowName, _ occasion: FlowNotifications.Occasion, at now: Date
    ) -> [String: String] {
        var facts = [
            "SLUICE_EVENT": occasion.rawValue, "SLUICE_TIME": now.rfc3339,
            "SLUICE_FLOW_ID": flow.id.rawValue, "SLUICE_FLOW_NAME": flow.name,
        ]
        switch self {
        case .runEnded(let ended): facts.merge(ended.facts) { $1 }
        case .endNear(_, let end, let days):
            facts["SLUICE_END_TIME"] = end.rfc3339
            facts["SLUICE_DAYS_LEFT"] = String(days)
        case .flowOver(_, let end):
            facts["SLUICE_END_TIME"] = end.rfc3339
            facts["SLUICE_DAYS_LEFT"] = "0"
        case .occurrencesMissed(_, let missed):
            facts["SLUICE_MISSED"] = String(missed.count)
            facts["SLUICE_FIRST_MISSED_TIME"] = missed.first.rfc3339
            facts["SLUICE_SCHEDULED_TIME"] = missed.last.rfc3339
        default: break
        }
        return facts.mapValues(\.inOneLine)
    }
}

extension PlatformEvent.Run {
    /// Whether a person has ended it, who need not be told.
    fileprivate var isCancelled: Bool {
        run.metrics.errors.first?.code == PlatformError.cancelled.runError.code
    }

    fileprivate var facts: [String: String] {
        let metrics = run.metrics
        let numbers = [
            "SLUICE_RECORDS": metrics.outputRecords, "SLUICE_SKIPPED_RECORDS": metrics.skippedRecords,
            "SLUICE_BYTES": metrics.outputBytes, "SLUICE_FILES": metrics.outputFiles,
        ]
        var facts = numbers.compactMapValues { $0.map(String.init) }
        facts["SLUICE_RUN_ID"] = run.id.rawValue
        facts["SLUICE_DATASET"] = dataset.name
        facts["SLUICE_DATASET_ID"] = dataset.id.rawValue
        facts["SLUICE_STATUS"] = run.status.word
        facts["SLUICE_SCHEDULED_TIME"] = run.scheduledTime?.rfc3339
        facts["SLUICE_FOLDER"] = folder
        facts["SLUICE_ATTEMPT"] = String(attempt)
        if run.status == .failed {
            facts["SLUICE_WILL_RETRY"] = retryTime == nil ? "no" : "yes"
            facts["SLUICE_RETRY_TIME"] = retryTime?.rfc3339
        }
        if !metrics.errors.isEmpty {
            facts["SLUICE_ERROR"] = metrics.errors.map(\.message).joined(separator: " ")
        }
        return facts
    }
}

extension String {
    /// The text with a space for each control character and line break, and not longer than a variable may well be.
    var inOneLine: String {
        var scalars = UnicodeScalarView()
        for scalar in unicodeScalars.prefix(4_096) {
            let isControl =
                [.control, .lineSeparator, .paragraphSeparator, .format].contains(
                    scalar.properties.generalCategory)
            scalars.append(isControl ? " " : scalar)
        }
        return String(scalars)
    }
}
