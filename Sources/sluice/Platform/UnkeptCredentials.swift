// Credentials that a distant platform has and this machine could not keep, until somebody was told.
import ExportDomain
import Languages
import Synchronization

/// Why credentials could not be kept here.
final class UnkeptCredentials: Sendable {
    private let reason = Mutex<Text?>(nil)

    /// Takes note of what kept them from being sealed.
    func add(_ error: any Error) {
        let text = Text.of(error)
        reason.withLock { $0 = text }
    }

    /// What a person is to be told, once; nil where there is nothing.
    /// - Parameter destination: the name of the destination that uses them.
    func takeSentence(about destination: String) -> Text? {
        let reason = reason.withLock { reason in
            defer { reason = nil }
            return reason
        }
        guard let reason else { return nil }
        return Text(
            "“\(destination)” is ready, but its credentials could not be kept on this machine, which cannot look into its files without them: when that is mended, give them again with sluice destinations edit, or with e in the wizard. The reason: \(reason)"
        )
    }
}
