// How often the screen is drawn, by a clock of the test.
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("Frames")
struct FramePacingTests {
    private let start = ContinuousClock.now

    /// How many frames are drawn in some seconds, in which something is told every so many milliseconds.
    private func frames(
        seconds: Int, newsEvery interval: Int?, isUrgent: Bool = false, isMoving: Bool = false
    ) -> Int {
        var pacing = FramePacing.standard
        var frames = 0
        for millisecond in 0..<(seconds * 1_000) {
            let now = start + .milliseconds(millisecond)
            if let interval, millisecond % interval == 0 { pacing.noteNews(isUrgent: isUrgent) }
            if pacing.wait(at: now, isMoving: isMoving) == .zero {
                pacing.drew(at: now)
                frames += 1
            }
        }
        return frames
    }

    @Test("are four a second at most while something moves or comes in, and none while nothing does")
    func rates() {
        #expect(frames(seconds: 60, newsEvery: nil) == 0)
        #expect(frames(seconds: 60, newsEvery: nil, isMoving: true) == 240)
        #expect(frames(seconds: 60, newsEvery: 1) == 240)
        #expect(frames(seconds: 60, newsEvery: 1, isMoving: true) == 240)
        #expect(frames(seconds: 60, newsEvery: 1_000) == 60)
        #expect(frames(seconds: 60, newsEvery: 10, isUrgent: true) == 6_000)
    }

    @Test("answer a key at once, and so they do with the first that comes of it")
    func keys() {
        var pacing = FramePacing.standard
        pacing.noteNews(isUrgent: false)
        #expect(pacing.wait(at: start, isMoving: false) == .zero)
        pacing.drew(at: start)
        pacing.noteNews(isUrgent: false)
        #expect(pacing.wait(at: start + .milliseconds(100), isMoving: false) == .milliseconds(150))
        pacing.noteInput()
        #expect(pacing.wait(at: start + .milliseconds(100), isMoving: false) == .zero)
        pacing.drew(at: start + .milliseconds(100))
        #expect(pacing.wait(at: start + .milliseconds(100), isMoving: false) == nil)
        pacing.noteNews(isUrgent: false)
        #expect(pacing.wait(at: start + .milliseconds(110), isMoving: false) == .zero)
    }
}
