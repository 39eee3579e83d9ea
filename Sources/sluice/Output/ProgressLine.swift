// How far a command has come, on standard error: a line that rewrites itself on a terminal, else one a minute.
import ArgumentParser
import Glibc
import Languages
import Synchronization

/// Whether a command tells what it does meanwhile.
struct ProgressOptions: ParsableArguments {
    @Flag(
        name: [.long, .short],
        help: ArgumentHelp(Text("Say nothing on standard error but what is wrong: no progress, no summary.")))
    var quiet = false

    /// A line for the progress of something that begins now.
    var line: ProgressLine { ProgressLine(isQuiet: quiet) }

    /// Tells a person what is not wrong, unless that is not wanted.
    func tell(_ text: @autoclosure () -> Text) {
        if !quiet { StandardError.tell(text()) }
    }
}

/// Shows progress, from any thread.
final class ProgressLine: Sendable {
    /// Goes to the start of the line, and empties it.
    private static let emptied = "\r\u{1B}[K"

    /// Whether nothing is shown ever.
    let isQuiet: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now
    private let state: Mutex<(pace: ProgressPace, isShown: Bool)>

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        state = Mutex((ProgressPace(isTerminal ? .terminal : .pipe), false))
    }

    /// Shows how far it has come, if that is due.
    func show(_ words: @autoclosure () -> Text) {
        if isQuiet { return }
        state.withLock { state in
            guard state.pace.isDue(after: .now - start) else { return }
            if isTerminal {
                StandardError.steer(Self.emptied)
                StandardError.write(words().said, ending: "")
                state.isShown = true
            } else {
                StandardError.tell(words())
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
