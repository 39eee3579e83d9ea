// The words of a plan file: its keys, and the values that stand for modes and frequencies.
import ExportDomain

/// The keys of a plan, in the order in which they are written.
enum PlanKeys {
    static let top = [
        "name", "datasets", "folder", "malformedRecords", "destination", "schedule", "notifications",
    ]
    static let destination = ["name", "spec", "account", "description"]
    static let notifications = ["on", "command"]
    static let schedule = ["mode", "frequency", "interval", "start", "end", "missed"]
}

extension ExportMode {
    /// The modes by their words in a plan.
    static let byWord = [("incremental", ExportMode.incremental), ("full", ExportMode.full)]

    /// The mode's word in a plan.
    var word: String { self == .full ? "full" : "incremental" }
}

extension ExportFrequency {
    /// The frequency's word in a plan, without its hours.
    var word: String {
        switch self {
        case .once: "once"
        case .daily: "daily"
        case .hourly: "hourly"
        }
    }

    static let words = ["once", "daily", "hourly"]
}
