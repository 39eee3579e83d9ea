// When a frame is drawn: at once for what somebody waits for, and a few times a second at most for what only tells that
// something goes on. A slow line has to carry every frame.

/// Says when to draw; knows no clock of its own.
public struct FramePacing: Sendable {
    /// The least time between two frames that only tell how something goes on.
    public let interval: Duration
    private var last: ContinuousClock.Instant?
    private var hasUrgentNews = false
    private var hasOtherNews = false

    /// Four frames a second at most.
    public static let standard = FramePacing(interval: .milliseconds(250))

    /// Draws what is not urgent once in `interval` at most.
    public init(interval: Duration) { self.interval = interval }

    /// Takes note of what somebody did: what comes of it first is seen at once, too.
    public mutating func noteInput() {
        hasUrgentNews = true
        last = nil
    }

    /// Takes note of something else that is to be shown.
    public mutating func noteNews(isUrgent: Bool) {
        if isUrgent { hasUrgentNews = true } else { hasOtherNews = true }
    }

    /// How long to wait before the next frame, unless something happens; zero for now, and nil where there is nothing
    /// to show.
    ///
    /// - Parameters:
    ///   - now: the moment.
    ///   - isMoving: whether something on the screen moves by itself.
    public func wait(at now: ContinuousClock.Instant, isMoving: Bool) -> Duration? {
        if hasUrgentNews { return .zero }
        guard hasOtherNews || isMoving else { return nil }
        return last.map { max(.zero, $0 + interval - now) } ?? .zero
    }

    /// Takes note of a frame that was drawn.
    public mutating func drew(at now: ContinuousClock.Instant) {
        if !hasUrgentNews { last = now }
        hasUrgentNews = false
        hasOtherNews = false
    }
}
