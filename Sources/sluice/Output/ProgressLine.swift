// How far a command has come, on standard error: a line that rewrites itself on a terminal, else one now and then.
import Glibc
import Synchronization

/// Shows progress, from any thread.
final class ProgressLine: Sendable {
    /// Goes to the start of the line, and empties it.
    private static let emptied = "\r\u{1B}[K"

    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state: Mutex<(next: ContinuousClock.Instant, isShown: Bool)>

    /// Shows nothing at first: what is done in a moment needs no progress.
    init() {
        state = Mutex((.now + .milliseconds(500), false))
    }

    /// Shows how far it has come, unless it was shown just now.
    func show(_ words: @autoclosure () -> String) {
        state.withLock { state in
            let now = ContinuousClock.now
            guard now >= state.next else { return }
            state.next = now + (isTerminal ? .milliseconds(250) : .seconds(10))
            if isTerminal {
                StandardError.steer(Self.emptied)
                StandardError.write(words(), ending: "")
                state.isShown = true
            } else {
                StandardError.write("sluice: " + words())
            }
        }
    }

    /// Takes the line away, so that something else can be written.
    func clear() {
        state.withLock { state in
            if state.isShown { StandardError.steer(Self.emptied) }
            state.isShown = false
        }
    }
}
