// Why there can be no screen. The facts, and the one place where they become sentences.

import Glibc
import Languages

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

extension TerminalError: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// What is wrong and what can be done about it.
    ///
    /// What to use instead of screens is the caller's to add.
    public var text: Text {
        switch self {
        case .notATerminal(let stream):
            switch stream {
            case .input: Text("Standard input is not a terminal, so no screen can be shown.")
            case .output: Text("Standard output is not a terminal, so no screen can be shown.")
            }
        case .noTerminalType:
            Text(
                "TERM is not set, so no screen can be shown; set it to the name of your terminal, for example xterm-256color."
            )
        case .cannotPlaceText(let type):
            Text("A terminal of the type “\(type)” (TERM) cannot show screens.")
        case .unknownTerminalType(let type):
            Text(
                "The terminal type “\(type)” (TERM) is not in this system's terminfo; try TERM=xterm-256color, or install ncurses-term."
            )
        case .noDescriptor(let code):
            Text("The system gave no file descriptor for the screen: \(String(cString: strerror(code))).")
        }
    }
}
