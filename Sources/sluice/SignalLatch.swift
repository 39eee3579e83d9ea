// The first signal that came.
import Synchronization

/// Remembers the first of several signals.
final class SignalLatch: Sendable {
    private let first = Mutex<Int32?>(nil)

    /// Notes a signal; false where one came before.
    func set(_ number: Int32) -> Bool {
        first.withLock { first in
            guard first == nil else { return false }
            first = number
            return true
        }
    }

    /// The first signal, or nil.
    var value: Int32? { first.withLock { $0 } }
}
