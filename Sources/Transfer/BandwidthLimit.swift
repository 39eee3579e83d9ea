// How many bytes may move now: a bucket that fills at a steady rate. Time is given in, never read.

/// A rate of bytes in one direction.
struct BandwidthLimit {
    /// The bytes a second; nil when there is no limit.
    private(set) var bytesPerSecond: Int64?
    /// All bytes that moved so far.
    private(set) var spent: Int64 = 0
    /// What may move now; below zero when more came than was allowed, as answers do.
    private var balance: Double
    private var filledAt: ContinuousClock.Instant

    /// What is saved up while nothing moves, in seconds of the rate: enough to keep a line busy between
    /// two looks, too little to be seen as a burst.
    private static let savedSeconds = 0.1

    init(bytesPerSecond: Int64?, now: ContinuousClock.Instant) {
        self.bytesPerSecond = bytesPerSecond.map { max(1, $0) }
        balance = 0
        filledAt = now
    }

    /// Goes on at another rate, without savings or debts.
    mutating func change(to bytesPerSecond: Int64?, now: ContinuousClock.Instant) {
        let spent = spent
        self = BandwidthLimit(bytesPerSecond: bytesPerSecond, now: now)
        self.spent = spent
    }

    /// The bytes that may move now; 0 for none.
    mutating func allowance(at now: ContinuousClock.Instant) -> Int {
        guard let bytesPerSecond else { return .max }
        let rate = Double(bytesPerSecond)
        balance = min(
            balance + rate * max(0, (now - filledAt) / .seconds(1)), max(1, rate * Self.savedSeconds))
        // Not everybody asks for the time at the same moment.
        filledAt = max(filledAt, now)
        return Int(max(0, balance))
    }

    /// Takes note of bytes that moved.
    mutating func spend(_ bytes: Int) {
        spent += Int64(bytes)
        if bytesPerSecond != nil { balance -= Double(bytes) }
    }

    /// How long it takes, after `allowance` gave 0, until something may move again.
    ///
    /// Not for each byte: a few per cent of a second's worth are waited for.
    var pause: Duration {
        guard let bytesPerSecond else { return .zero }
        let rate = Double(bytesPerSecond)
        return .seconds(max(0.001, (max(1, rate * Self.savedSeconds / 4) - balance) / rate))
    }
}
