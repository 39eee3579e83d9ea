// What can be done on the embedded platform alone, and what is said where another was named.
import Languages

/// What no other platform does.
enum EmbeddedOnly {
    case vault, dueRuns, serving, demo, addingFiles, removingDatasets, notifications

    /// Why it is not done on a platform.
    /// - Parameter subject: what names that platform.
    fileprivate func refusal(_ subject: Text) -> Text {
        switch self {
        case .vault:
            Text(
                "\(subject) is a platform of its own. The vault belongs to the platform that sluice carries: give --profile embedded."
            )
        case .dueRuns:
            Text(
                "\(subject) is a platform of its own. sluice runs start --due runs flows of the platform that sluice carries: give --profile embedded."
            )
        case .serving:
            Text(
                "\(subject) is a platform of its own. sluice serve serves the platform that sluice carries: give --profile embedded."
            )
        case .demo:
            Text(
                "\(subject) is a platform of its own. The demo is a lake of the platform that sluice carries: give --profile embedded."
            )
        case .addingFiles:
            Text(
                "\(subject) is a platform of its own. Files are added to the lake of the platform that sluice carries: give --profile embedded."
            )
        case .removingDatasets:
            Text(
                "\(subject) is a platform of its own. Datasets are removed from the lake of the platform that sluice carries: give --profile embedded."
            )
        case .notifications:
            Text(
                "\(subject) is a platform of its own. Commands that tell what has come of a flow are run by the platform that sluice carries: give --profile embedded."
            )
        }
    }
}

extension Failure {
    /// What another platform than the embedded one cannot do.
    static func onlyEmbedded(_ subject: Text, _ what: EmbeddedOnly) -> Failure {
        Failure(what.refusal(subject), status: ExitStatus.usage)
    }
}
