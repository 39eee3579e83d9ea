// When it is time to say how far something has come. Knows no clock: it is told how much time has passed.

/// How often progress is told, by where it is told.
struct ProgressPace: Equatable {
    /// Where progress is told.
    enum Place: Equatable {
        /// A line that is rewritten.
        case terminal
        /// A file or a pipe, where every line stays.
        case pipe
    }

    private let interval: Duration
    private var next: Duration

    /// Begins with nothing told: what is soon done needs no progress.
    init(_ place: Place) {
        switch place {
        case .terminal: (next, interval) = (.milliseconds(500), .milliseconds(250))
        case .pipe: (next, interval) = (.seconds(60), .seconds(60))
        }
    }

    /// Whether it is to be told now, so long after the beginning; the next time is counted from then.
    mutating func isDue(after elapsed: Duration) -> Bool {
        guard elapsed >= next else { return false }
        next = elapsed + interval
        return true
    }
}
