// What a failed transfer means for a storage behind HTTP, whatever the service.

import Languages
import Transfer

extension StorageError {
    /// The error of a call that failed with `error` before the service answered, or in the middle of it.
    ///
    /// A name without an address may be a passing fault of the network, and is told as one; only when
    /// somebody is setting the storage up it is most likely a typing error.
    init(
        _ error: TransferError, action: StorageFailure.Action, location: String, key: String?
    ) {
        let failure = StorageFailure(
            action: action, location: location, key: key, reason: StorageFailure.Reason(error))
        let mayPass = error.isRetryable && !(error.kind == .nameNotResolved && action == .reach)
        self = mayPass ? .transient(failure) : .permanent(failure)
    }
}

extension StorageFailure.Reason {
    /// Why a transfer failed.
    init(_ error: TransferError) {
        self =
            switch error.kind {
            case .nameNotResolved: .nameNotResolved(host: error.host)
            case .refused, .unreachable, .timedOut, .proxy:
                .unreachable(host: error.host, words: error.reason)
            case .certificateNotTrusted: .notTrusted(host: error.host, words: error.reason)
            case .stalled, .interrupted: .interrupted(error.reason)
            case .secureConnectionFailed, .tooLarge, .invalidRequest, .invalidAnswer, .shutDown, .other:
                .other(Text("\(error.host): \(error.reason)"))
            }
    }
}
