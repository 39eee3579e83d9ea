// How many requests are answered at a time.
import Synchronization

/// Counts what is under way, up to a limit.
final class ConcurrencyLimit: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    init(_ limit: Int) { self.limit = limit }

    /// Begins one more; false where there are as many as there may be.
    func begin() -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    /// Ends one that was begun.
    func end() { count.withLock { $0 -= 1 } }
}
