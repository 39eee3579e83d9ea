// One rate for all that a process sends, and one for all that it receives, whatever the protocol.

import Synchronization

/// How fast all those may send and receive together that it is given to.
///
/// It counts the bytes of files and of the bodies of requests and answers, not what protocols add to them.
public final class Bandwidth: Sendable {
    /// Which way bytes go.
    public enum Direction: Sendable {
        case sending, receiving
    }

    private struct State {
        var sending: BandwidthLimit
        var receiving: BandwidthLimit

        subscript(direction: Direction) -> BandwidthLimit {
            get { direction == .sending ? sending : receiving }
            set { if direction == .sending { sending = newValue } else { receiving = newValue } }
        }
    }

    /// What it goes by: when it is now, and how to wait.
    struct Clock: Sendable {
        var now: @Sendable () -> ContinuousClock.Instant = { .now }
        var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    }

    private let state: Mutex<State>
    private let clock: Clock

    /// A limit that changes is heeded after so long.
    static let longestPause = Duration.milliseconds(250)
    /// What a task may take at least at a time, so that slow rates are not used up by what packets need.
    private static let smallestPiece = 4_096

    /// - Parameter bytesPerSecond: the most bytes a second each way; nil for no limit.
    public convenience init(bytesPerSecond: Int64? = nil) {
        self.init(bytesPerSecond: bytesPerSecond, clock: Clock())
    }

    init(bytesPerSecond: Int64?, clock: Clock) {
        self.clock = clock
        let limit = BandwidthLimit(bytesPerSecond: bytesPerSecond, now: clock.now())
        state = Mutex(State(sending: limit, receiving: limit))
    }

    /// The most bytes a second each way from now on; nil for no limit.
    public func limit(to bytesPerSecond: Int64?) {
        let now = clock.now()
        state.withLock {
            $0.sending.change(to: bytesPerSecond, now: now)
            $0.receiving.change(to: bytesPerSecond, now: now)
        }
    }

    /// What may be asked for ahead: a second's worth of bytes, and not less than fills a packet.
    public var mostAhead: Int64 {
        state.withLock { max(Int64(Self.smallestPiece), $0.receiving.bytesPerSecond ?? .max) }
    }

    /// Waits until something may be sent, and counts it as sent.
    ///
    /// - Returns: how many bytes, at least 1 and at most `count`.
    public func take(upTo count: Int) async throws -> Int {
        while true {
            let now = clock.now()
            let taken = state.withLock { state -> Int in
                let allowed = state.sending.allowance(at: now)
                guard allowed > 0 else { return 0 }
                let taken = min(count, max(allowed, Self.smallestPiece))
                state.sending.spend(taken)
                return taken
            }
            if taken > 0 { return taken }
            try await clock.sleep(min(Self.longestPause, pause(.sending)))
        }
    }

    /// Waits until something may be received.
    public func awaitReceiving() async throws {
        while allowance(.receiving, at: clock.now()) == 0 {
            try await clock.sleep(min(Self.longestPause, pause(.receiving)))
        }
    }

    /// Counts bytes that moved without being taken first.
    public func spend(_ count: Int, _ direction: Direction) {
        state.withLock { $0[direction].spend(count) }
    }

    /// The bytes that may move now; 0 for none.
    func allowance(_ direction: Direction, at now: ContinuousClock.Instant) -> Int {
        state.withLock { $0[direction].allowance(at: now) }
    }

    /// How long it takes, after there was nothing to take, until something may move again.
    func pause(_ direction: Direction) -> Duration { state.withLock { $0[direction].pause } }

    /// All bytes that were counted so far.
    func spent(_ direction: Direction) -> Int64 { state.withLock { $0[direction].spent } }
}
