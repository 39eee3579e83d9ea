// When something is tried again, and after what wait: a pure decision.

/// How often, and how patiently, something is tried again.
public struct RetryPolicy: Hashable, Sendable {
    /// The most attempts, the first included, unless `patience` has not come to its end.
    public var attempts: Int
    /// For how long after the first failure it is tried again, however many attempts that takes: who is away for
    /// a shorter time costs nothing but time.
    public var patience: Duration
    /// The longest wait before the second attempt; it doubles with each further one.
    public var firstDelay: Duration
    /// Where the doubling stops.
    public var longestDelay: Duration
    /// No attempt begins later than this after the first failure; what fails late has had no fewer attempts.
    public var timeLimit: Duration
    /// The longest wait that is granted to a server that asks for one; where it asks for more, it is not tried again.
    public var longestAsked: Duration

    /// Says how often something is tried.
    public init(
        attempts: Int, patience: Duration = .zero, firstDelay: Duration = .milliseconds(200),
        longestDelay: Duration = .seconds(20), timeLimit: Duration = .seconds(300),
        longestAsked: Duration = .seconds(300)
    ) {
        self.attempts = attempts
        self.patience = patience
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.timeLimit = timeLimit
        self.longestAsked = longestAsked
    }

    /// One attempt.
    public static let none = RetryPolicy(attempts: 1)
    /// What suits a service over the internet, which may be away for a minute.
    public static let standard = RetryPolicy(
        attempts: 8, patience: .seconds(75), longestDelay: .seconds(10))

    /// The same without patience: for what costs little when it fails, and would rather be known.
    public var withoutPatience: RetryPolicy {
        var policy = self
        policy.patience = .zero
        return policy
    }

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
    /// together. What the server asks for is waited for in full, or not at all if it is too long or the time limit
    /// forbids it.
    ///
    /// - Parameters:
    ///   - advice: what the failure says of another attempt.
    ///   - attempt: the number of attempts made, at least 1.
    ///   - elapsed: the time since the first failed.
    ///   - chance: a number in 0..<1.
    public func delay(
        after advice: Advice, attempt: Int, elapsed: Duration, chance: Double
    ) -> Duration? {
        guard case .retry(let asked) = advice, attempt < attempts || elapsed < patience,
            asked ?? .zero <= longestAsked
        else { return nil }
        var ceiling = firstDelay
        for _ in 1..<max(1, attempt) where ceiling < longestDelay { ceiling *= 2 }
        let own = min(ceiling, longestDelay) * (0.5 + chance / 2)
        let delay = max(own, asked ?? .zero)
        return elapsed + delay <= timeLimit ? delay : nil
    }
}
