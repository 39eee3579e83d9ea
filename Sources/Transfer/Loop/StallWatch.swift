// Whether anything still moves.

/// Notices when the counts of an exchange have not changed for a time.
struct StallWatch {
    private var moved: Int64 = 0
    private var since: ContinuousClock.Instant

    init(now: ContinuousClock.Instant) { since = now }

    /// Begins anew, as after a time in which the exchange was held up on purpose.
    mutating func restart(at now: ContinuousClock.Instant) { since = now }

    /// How long the count has stayed what it is.
    mutating func idle(moved: Int64, at now: ContinuousClock.Instant) -> Duration {
        if moved != self.moved {
            self.moved = moved
            since = now
        }
        return now - since
    }
}
