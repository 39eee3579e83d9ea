// A question before something that cannot be undone.
import Glibc
import Languages

enum Confirmation {
    /// Whether there is somebody to answer.
    static var hasTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks on the terminal; No unless the answer begins with y, in every language.
    ///
    /// A script, which has no terminal to answer at, has said yes by giving the command.
    static func ask(_ question: Text) -> Bool {
        guard hasTerminal else { return true }
        StandardError.write("\(question.said) [y/N]")
        return readLine()?.lowercased().hasPrefix("y") ?? false
    }
}
