// When something is tried again, and after what wait: a pure decision, and the loop that keeps to it.

/// How often, and how patiently, something is tried again.
public struct RetryPolicy: Hashable, Sendable {
    /// The most attempts, the first included.
    public var attempts: Int
    /// The longest wait before the second attempt; it doubles with each further one.
    public var firstDelay: Duration
    /// Where the doubling stops.
    public var longestDelay: Duration
    /// No attempt begins later than this after the first began.
    public var timeLimit: Duration

    /// Says how often something is tried.
    public init(
        attempts: Int, firstDelay: Duration = .milliseconds(200), longestDelay: Duration = .seconds(20),
        timeLimit: Duration = .seconds(300)
    ) {
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.timeLimit = timeLimit
    }

    /// One attempt.
    public static let none = RetryPolicy(attempts: 1)
    /// What suits a service over the internet.
    public static let standard = RetryPolicy(attempts: 8)

    /// What one attempt says about trying again.
    public enum Advice: Hashable, Sendable {
        /// It is done, or will fail again.
        case stop
        /// It may succeed later, and not before `after` if the server said so.
        case retry(after: Duration?)
    }

    /// The wait before the next attempt, nil for none.
    ///
    /// The waits are spread over half of their length, so that clients that failed together do not come back
    /// together. What the server asks for is waited for in full, or not at all if the time limit forbids it.
    ///
    /// - Parameter attempt: the number of attempts made, at least 1.
    /// - Parameter elapsed: the time since the first began.
    /// - Parameter chance: a number in 0..<1.
    public func delay(
        after advice: Advice, attempt: Int, elapsed: Duration, chance: Double
    ) -> Duration? {
        guard case .retry(let asked) = advice, attempt < attempts else { return nil }
        var ceiling = firstDelay
        for _ in 1..<max(1, attempt) where ceiling < longestDelay { ceiling *= 2 }
        let own = min(ceiling, longestDelay) * (0.5 + chance / 2)
        let delay = max(own, asked ?? .zero)
        return elapsed + delay <= timeLimit ? delay : nil
    }

    /// Runs `operation` until it succeeds, or throws what `advice` or the policy's limits do not repeat.
    ///
    /// Whether repeating is safe is the caller's to know. A cancelled task waits no longer, and throws
    /// `CancellationError`.
    public func run<Value>(
        advice: (any Error) -> Advice, _ operation: () async throws -> Value
    ) async throws -> Value {
        let start = ContinuousClock.now
        var attempt = 1
        while true {
            do {
                return try await operation()
            } catch {
                try Task.checkCancellation()
                guard
                    let delay = delay(
                        after: advice(error), attempt: attempt, elapsed: .now - start,
                        chance: .random(in: 0..<1))
                else { throw error }
                try await Task.sleep(for: delay)
            }
            attempt += 1
        }
    }
}
