// The loop of the main thread: wait, take everything that has come, hand it over, draw once.
// It sleeps while nothing happens: there is no polling in it, and no timer unless something on the screen moves.

import Glibc

/// Something for the program to take in.
public enum Input<Event: Sendable>: Sendable {
    /// Something that happened at the terminal.
    case terminal(TerminalEvent)
    /// Something that a task posted to the mailbox.
    case posted(Event)
}

extension Input: Equatable where Event: Equatable {}

/// What the loop does after an input.
public enum LoopStep: Sendable, Hashable {
    /// It goes on.
    case `continue`
    /// It ends; what else has come is not handed over.
    case stop
    /// The process stops as by Ctrl-Z, and the screen is drawn anew when it goes on.
    case suspend
    /// The screen is sent anew as a whole, for a terminal that something else has written to.
    case repaint
}

/// The loop between the terminal, the tasks and the program.
public enum EventLoop {
    /// Why a loop has ended.
    public enum Ending: Sendable, Hashable {
        /// The program said so.
        case stopped
        /// The terminal is gone, or SIGHUP has come.
        case hungUp
    }

    /// Runs until `handle` says stop or the terminal is gone.
    ///
    /// The first input is the size of the window; a new one comes with every change. All inputs that wait are
    /// handed over one by one before the next frame is drawn.
    ///
    /// - Parameters:
    ///   - terminal: where keys come from and frames go to.
    ///   - mailbox: where tasks post what has come of them.
    ///   - isUrgent: whether what was posted is to be seen at once, and not at the pace of what only tells how
    ///     something goes on.
    ///   - isMoving: whether something on the screen moves by itself now.
    ///   - handle: takes an input in and says how to go on. It must not block.
    ///   - draw: the frame for a window of a size.
    public static func run<Event: Sendable>(
        terminal: CursesTerminal, mailbox: Mailbox<Event>,
        isUrgent: (Event) -> Bool = { _ in true }, isMoving: () -> Bool = { false },
        handle: (Input<Event>) throws -> LoopStep, draw: (Size) throws -> Frame
    ) rethrows -> Ending {
        var inputs: ArraySlice<Input<Event>> = [.terminal(.resize(terminal.size))]
        var pacing = FramePacing.standard
        while true {
            while let input = inputs.popFirst() {
                if case .posted(let event) = input {
                    pacing.noteNews(isUrgent: isUrgent(event))
                } else {
                    pacing.noteInput()
                }
                switch try handle(input) {
                case .continue: break
                case .stop: return .stopped
                case .suspend:
                    terminal.suspend(withItsJob: true)
                    inputs.insert(.terminal(.resumed), at: inputs.startIndex)
                case .repaint: terminal.repaint()
                }
                if case .terminal(.terminate(signal: SIGHUP)) = input { return .hungUp }
            }
            if pacing.wait(at: .now, isMoving: isMoving()) == .zero {
                terminal.show(try draw(terminal.size))
                pacing.drew(at: .now)
            }
            guard
                wait(
                    for: [STDIN_FILENO, terminal.signals.mailbox.descriptor, mailbox.descriptor],
                    atMost: pacing.wait(at: .now, isMoving: isMoving()))
            else { return .hungUp }
            inputs += terminal.signals.mailbox.takeAll().map { react(to: $0, terminal) }
            inputs += terminal.readEvents().map { .terminal($0) }
            inputs += mailbox.takeAll().map { .posted($0) }
        }
    }

    /// Waits until one of `descriptors` can be read, or the time is over; `false` where the first, the terminal, is gone.
    private static func wait(for descriptors: [Int32], atMost time: Duration?) -> Bool {
        var waiting = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        // Rounded up, so that the time is over when it is over.
        let milliseconds = time.map { Int32($0 / .milliseconds(1)) + 1 } ?? -1
        while poll(&waiting, nfds_t(waiting.count), milliseconds) < 0 {
            guard errno == EINTR else { return false }
        }
        return waiting[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) == 0
    }

    /// Does what a signal asks of the terminal; what is left of it for the program.
    private static func react<Event>(
        to notice: Signals.Notice, _ terminal: CursesTerminal
    ) -> Input<Event> {
        switch notice {
        case .interrupt: return .terminal(.interrupt)
        case .terminate(let signal): return .terminal(.terminate(signal: signal))
        case .resized: return .terminal(.resize(terminal.size))
        case .stop: terminal.suspend(withItsJob: false)
        case .continued: terminal.takeAgain()
        }
        return .terminal(.resumed)
    }
}
