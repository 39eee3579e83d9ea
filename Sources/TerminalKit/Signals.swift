// Signals as events: each wakes the loop like any other event, and nothing happens inside a handler.

import Dispatch
import Glibc

/// The signals that concern a program on a terminal, from `init` to `close`.
final class Signals {
    /// What a signal says.
    enum Notice: Sendable, Equatable {
        case interrupt
        case terminate(Int32)
        case resized
        case stop
        case continued
    }

    private static let notices: [(signal: Int32, notice: Notice)] = [
        (SIGINT, .interrupt), (SIGTERM, .terminate(SIGTERM)), (SIGHUP, .terminate(SIGHUP)),
        (SIGWINCH, .resized), (SIGTSTP, .stop), (SIGCONT, .continued),
    ]

    let mailbox: Mailbox<Notice>
    private var sources: [any DispatchSourceSignal] = []
    private var earlier: [(signal: Int32, action: sigaction)] = []

    /// Takes the signals over.
    ///
    /// To be done before ncurses starts: it leaves signals alone that have a handler.
    init() throws(TerminalError) {
        mailbox = try Mailbox()
        let queue = DispatchQueue(label: "signals")
        let mailbox = mailbox
        for number in Self.notices.map(\.signal) + [SIGPIPE] {
            earlier.append((number, Self.replaceAction(of: number, by: Self.ignore)))
        }
        for (number, notice) in Self.notices {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { mailbox.post(notice, replacing: "\(notice)") }
            source.resume()
            sources.append(source)
        }
    }

    /// Gives the signals back as they were.
    func close() {
        for source in sources { source.cancel() }
        sources = []
        for (number, action) in earlier { _ = Self.replaceAction(of: number, by: action) }
        earlier = []
    }

    /// Stops the process as the terminal's own stop key would, with all of its job where the key was pressed
    /// here; returns when it goes on.
    ///
    /// SIGTSTP does not stop a process that no shell could wake again; then this returns at once.
    func stopProcess(withItsJob: Bool) {
        // Nothing may handle the two signals now: the one has to stop us, the other only has to wake us.
        let handlers = [SIGTSTP, SIGCONT].map { ($0, Self.replaceAction(of: $0, by: Self.standard)) }
        kill(withItsJob ? 0 : getpid(), SIGTSTP)
        for (number, action) in handlers { _ = Self.replaceAction(of: number, by: action) }
    }

    private static var ignore: sigaction {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = SIG_IGN
        return action
    }

    private static var standard: sigaction {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = SIG_DFL
        return action
    }

    private static func replaceAction(of number: Int32, by action: sigaction) -> sigaction {
        var action = action
        var earlier = sigaction()
        sigaction(number, &action, &earlier)
        return earlier
    }
}
