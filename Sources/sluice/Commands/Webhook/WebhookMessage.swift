// What a webhook is sent: the facts of a notification, and a sentence for programs that show people one.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// The message of a notification.
///
/// Its facts come from the variables that a notification's command finds; those that are not among these, which may be
/// secrets, are left out.
struct WebhookMessage: Equatable {
    /// The variables by the names of their facts.
    private static let facts = [
        "event": "SLUICE_EVENT", "time": "SLUICE_TIME", "flowID": "SLUICE_FLOW_ID",
        "flowName": "SLUICE_FLOW_NAME", "runID": "SLUICE_RUN_ID", "dataset": "SLUICE_DATASET",
        "datasetID": "SLUICE_DATASET_ID", "status": "SLUICE_STATUS",
        "scheduledTime": "SLUICE_SCHEDULED_TIME", "folder": "SLUICE_FOLDER", "records": "SLUICE_RECORDS",
        "skippedRecords": "SLUICE_SKIPPED_RECORDS", "bytes": "SLUICE_BYTES", "files": "SLUICE_FILES",
        "attempt": "SLUICE_ATTEMPT", "error": "SLUICE_ERROR", "willRetry": "SLUICE_WILL_RETRY",
        "retryTime": "SLUICE_RETRY_TIME", "endTime": "SLUICE_END_TIME", "daysLeft": "SLUICE_DAYS_LEFT",
        "missed": "SLUICE_MISSED", "firstMissedTime": "SLUICE_FIRST_MISSED_TIME",
    ]
    private static let numbers: Set = [
        "records", "skippedRecords", "bytes", "files", "attempt", "daysLeft", "missed",
    ]

    private let facts: [String: String]
    private let occasion: FlowNotifications.Occasion

    /// Takes the facts from the variables of a command; nil where they tell nothing.
    init?(environment: [String: String]) {
        facts = Self.facts.compactMapValues { environment[$0] }
        guard let occasion = facts["event"].flatMap(FlowNotifications.Occasion.init(rawValue:)) else {
            return nil
        }
        self.occasion = occasion
    }

    /// The message as a JSON object: a fact each, and the sentence as `text`, by which Slack, Mattermost and Google Chat
    /// take a message.
    var json: JSONValue {
        var members = facts.reduce(into: [String: JSONValue]()) { members, fact in
            members[fact.key] =
                if Self.numbers.contains(fact.key), let number = Int(fact.value) {
                    .integer(number)
                } else if fact.key == "willRetry" {
                    .bool(fact.value == "yes")
                } else {
                    .string(fact.value)
                }
        }
        members["text"] = .string(sentence.said)
        return .object(members)
    }

    private var sentence: Text {
        let (flow, dataset) = (facts["flowName"] ?? "", facts["dataset"] ?? "")
        let (error, end) = (facts["error"] ?? "", facts["endTime"] ?? "")
        switch occasion {
        case .success:
            return Text("“\(flow)” has exported “\(dataset)”: \(records).")
        case .failure:
            return Text("“\(flow)” could not export “\(dataset)”: \(error)")
        case .retry:
            return Text(
                "“\(flow)” could not export “\(dataset)”, and tries again at \(facts["retryTime"] ?? ""): \(error)"
            )
        case .ending where facts["daysLeft"] == "0":
            return Text("The exports of “\(flow)” have ended, at \(end).")
        case .ending:
            return Text("The exports of “\(flow)” end at \(end).")
        case .missed:
            return Text(
                "“\(flow)” has missed exports, the first at \(facts["firstMissedTime"] ?? ""): nothing ran then."
            )
        }
    }

    private var records: Text { Text.records(facts["records"].flatMap { Int($0) } ?? 0) }
}
