// The loop of the main thread where there is no screen: it waits, and hands over one thing after the other. A line is
// read only while one is wanted, so that a script may have written all of its answers beforehand.

import Glibc

/// Something for the program to take in.
public enum LineInput<Event: Sendable>: Sendable {
    /// A line was typed, without its line break.
    case line(String)
    /// There is nothing more to read.
    case endOfInput
    /// A line has become longer than any answer.
    case overlongLine
    /// The process was asked to stop (SIGINT).
    case interrupt
    /// The process was asked to end by a signal.
    case terminate(signal: Int32)
    /// The process was stopped and goes on.
    case resumed
    /// Something that a task posted to the mailbox.
    case posted(Event)
}

/// The loop between lines, tasks and the program.
public enum LineLoop {
    /// What the loop does after an input.
    public enum Step: Sendable, Hashable {
        /// It goes on.
        case `continue`
        /// It ends; what else has come is not handed over.
        case stop
        /// The process stops as by Ctrl-Z.
        case suspend
    }

    /// Why a loop has ended.
    public enum Ending: Sendable, Hashable {
        /// The program said so.
        case stopped
        /// Nobody reads what is written.
        case unread
    }

    /// Runs until `handle` says stop or nobody reads what is written.
    ///
    /// - Parameters:
    ///   - terminal: where lines come from.
    ///   - mailbox: where tasks post what has come of them.
    ///   - readsLine: whether a line is wanted now.
    ///   - handle: takes an input in and says how to go on. It must not block.
    public static func run<Event: Sendable>(
        _ terminal: LineTerminal, mailbox: Mailbox<Event>, readsLine: () -> Bool,
        handle: (LineInput<Event>) -> Step
    ) -> Ending {
        var inputs: ArraySlice<LineInput<Event>> = []
        while !terminal.isBroken {
            if let input = inputs.popFirst() ?? (readsLine() ? lineInput(of: terminal) : nil) {
                switch handle(input) {
                case .continue: break
                case .stop: return .stopped
                case .suspend:
                    terminal.suspend(withItsJob: true)
                    inputs.insert(.resumed, at: inputs.startIndex)
                }
                continue
            }
            let descriptors = [
                readsLine() ? STDIN_FILENO : -1, terminal.signals.mailbox.descriptor, mailbox.descriptor,
            ]
            if wait(for: descriptors) { terminal.fill() }
            inputs += terminal.signals.mailbox.takeAll().compactMap { react(to: $0, terminal) }
            inputs += mailbox.takeAll().map { .posted($0) }
        }
        return .unread
    }

    /// What has been read already.
    private static func lineInput<Event>(of terminal: LineTerminal) -> LineInput<Event>? {
        if let line = terminal.takeLine() { return .line(line) }
        if terminal.isOverlong { return .overlongLine }
        return terminal.isAtEnd ? .endOfInput : nil
    }

    /// Waits until one of `descriptors` can be read; whether it is the first.
    private static func wait(for descriptors: [Int32]) -> Bool {
        var waiting = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&waiting, nfds_t(waiting.count), -1) > 0 else { return false }
        return waiting[0].revents != 0
    }

    /// Does what a signal asks; what is left of it for the program.
    private static func react<Event>(
        to notice: Signals.Notice, _ terminal: LineTerminal
    ) -> LineInput<Event>? {
        switch notice {
        case .interrupt: return .interrupt
        case .terminate(let signal): return .terminate(signal: signal)
        case .resized: return nil
        case .stop: terminal.suspend(withItsJob: false)
        case .continued: terminal.takeAgain()
        }
        return .resumed
    }
}
