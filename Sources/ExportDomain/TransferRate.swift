// How fast runs read, over the last seconds, and what that says of the time that is left.
import FoundationEssentials

/// How fast something goes on.
public struct TransferRate: Equatable, Sendable {
    /// What is older does not count, in seconds.
    private static let window = 20.0
    /// Nothing is said of the time left before so many seconds.
    private static let patience = 10.0

    private var samples: [Sample] = []
    /// When it was looked at first.
    private var begun: Date?

    private struct Sample: Equatable, Sendable {
        var time: Date
        var bytes: Int
    }

    /// Starts with nothing known.
    public init() {}

    /// Notes how far it has come.
    public mutating func add(_ bytes: Int, at now: Date) {
        if let last = samples.last, bytes < last.bytes || now < last.time { self = TransferRate() }
        begun = begun ?? now
        samples.append(Sample(time: now, bytes: bytes))
        samples.removeAll { now.timeIntervalSince($0.time) > Self.window }
    }

    /// Bytes a second; nil before it can be known.
    public var bytesPerSecond: Double? { Self.rate(samples[...]) }

    /// The seconds until so many bytes more are done, as a range from the best to the worst that the last seconds
    /// promise; nil before it can be known.
    public func timeLeft(for bytes: Int) -> ClosedRange<Double>? {
        guard let begun, let last = samples.last, let rate = bytesPerSecond,
            last.time.timeIntervalSince(begun) >= Self.patience
        else { return nil }
        let middle = samples.count / 2
        let halves = [Self.rate(samples[...middle]), Self.rate(samples[middle...])].map { $0 ?? rate }
        // A moment without progress is no reason to despair.
        let (best, worst) = (max(rate, halves[0], halves[1]), max(rate / 3, min(rate, halves[0], halves[1])))
        return Double(bytes) / best * 0.9...Double(bytes) / worst * 1.1
    }

    private static func rate(_ samples: ArraySlice<Sample>) -> Double? {
        guard let first = samples.first, let last = samples.last else { return nil }
        let seconds = last.time.timeIntervalSince(first.time)
        guard seconds >= 0.5, last.bytes > first.bytes else { return nil }
        return Double(last.bytes - first.bytes) / seconds
    }
}
