// How long the engine waits for a storage that does not answer well. The storages repeat single requests themselves;
// this is for what outlasts that: a server that is restarted, a network that is down for some minutes.
import ObjectStorage
import Transfer

/// How often something is tried again that a storage says may succeed later.
struct Patience: Sendable {
    /// The waits, and for how long everything may fail before a run does.
    var policy: RetryPolicy

    /// Up to a dozen attempts within a quarter of an hour from the first failure.
    static let standard = Patience(
        policy: RetryPolicy(
            attempts: 12, firstDelay: .seconds(1), longestDelay: .seconds(60), timeLimit: .seconds(900)))

    /// Does something that may be done again from its beginning, until it succeeds or there is no hope.
    /// - Parameter onFailure: called whenever it has failed and will be tried again.
    /// - Throws: the last error, once patience has run out.
    func run<Value>(
        onFailure: (StorageError) -> Void = { _ in }, _ operation: () async throws -> Value
    ) async throws -> Value {
        var firstFailure: ContinuousClock.Instant?
        var attempt = 1
        while true {
            do {
                return try await operation()
            } catch let error as StorageError where error.isRetryable {
                try Task.checkCancellation()
                // What takes an hour and then fails has not been failing for an hour.
                let failing = firstFailure ?? .now
                firstFailure = failing
                guard
                    let delay = policy.delay(
                        after: .retry(after: error.delay), attempt: attempt, elapsed: .now - failing,
                        chance: .random(in: 0..<1))
                else { throw error }
                onFailure(error)
                try await Task.sleep(for: delay)
                attempt += 1
            }
        }
    }
}

extension StorageError {
    /// The wait that the storage asks for.
    fileprivate var delay: Duration? {
        if case .throttled(_, let delay) = self { delay } else { nil }
    }
}
