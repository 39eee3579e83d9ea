// Why there can be no screen. The facts, and the one place where they become sentences.

import Glibc

/// Why a terminal cannot be used for screens.
public enum TerminalError: Error, Sendable, Equatable {
    /// What a program reads from or writes to.
    public enum Stream: String, Sendable {
        /// Standard input.
        case input
        /// Standard output.
        case output
    }

    /// The stream is a file or a pipe, not a terminal.
    case notATerminal(Stream)
    /// TERM is not set.
    case noTerminalType
    /// TERM names a terminal that cannot place text on a screen.
    case cannotPlaceText(type: String)
    /// TERM names a terminal that is not in this system's terminfo.
    case unknownTerminalType(String)
    /// The system gave no file descriptor, with this `errno`.
    case noDescriptor(code: Int32)
}

extension TerminalError: CustomStringConvertible {
    /// What is wrong and what can be done about it.
    ///
    /// What to use instead of screens is the caller's to add.
    public var description: String {
        switch self {
        case .notATerminal(let stream):
            "Standard \(stream.rawValue) is not a terminal, so no screen can be shown."
        case .noTerminalType:
            "TERM is not set, so no screen can be shown; set it to the name of your terminal, "
                + "for example xterm-256color."
        case .cannotPlaceText(let type):
            "A terminal of the type “\(type)” (TERM) cannot show screens."
        case .unknownTerminalType(let type):
            "The terminal type “\(type)” (TERM) is not in this system's terminfo; "
                + "try TERM=xterm-256color, or install ncurses-term."
        case .noDescriptor(let code):
            "The system gave no file descriptor for the screen: \(String(cString: strerror(code)))."
        }
    }
}
