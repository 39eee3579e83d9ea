// Credentials that a distant platform has and this machine could not keep, until somebody was told.
import ExportDomain
import Synchronization
import TerminalKit

/// Why credentials could not be kept here.
final class UnkeptCredentials: Sendable {
    private let reason = Mutex<String?>(nil)

    /// Takes note of what kept them from being sealed.
    func add(_ error: any Error) {
        let text = TextWidth.standard.sanitized("\(error)")
        reason.withLock { $0 = text }
    }

    /// What a person is to be told, once; nil where there is nothing.
    /// - Parameter destination: the name of the destination that uses them.
    func takeSentence(about destination: String) -> String? {
        let reason = reason.withLock { reason in
            defer { reason = nil }
            return reason
        }
        guard var reason else { return nil }
        if reason.hasSuffix(".") { reason.removeLast() }
        return
            "“\(destination)” is ready, but its credentials could not be kept on this machine, which cannot look into its files without them (\(reason)): when that is mended, give them again with sluice destinations edit, or with e in the wizard."
    }
}
