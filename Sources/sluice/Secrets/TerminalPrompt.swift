// Questions on the terminal, of a command without a screen: a line with echo, or a secret without.
import Glibc
import Languages
import Secrets

enum TerminalPrompt {
    /// Whether somebody is there to answer.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Ctrl-C.
    private static let interrupt: UInt8 = 3

    /// Asks for a line; blanks at its ends do not belong to it.
    /// - Throws: `CancellationError`; `Failure` where the input ends.
    static func line(_ question: Text) async throws -> String {
        StandardError.write(question.said + " ", ending: "")
        let line = try await readLine().drop(while: \.isWhitespace)
        return String(line.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// Asks for a secret, which the terminal does not show.
    /// - Throws: `CancellationError`; `Failure` where the input ends.
    static func secret(_ question: Text) async throws -> Secret {
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else {
            throw Failure(Text("This terminal would show the secret: give it by a file instead."))
        }
        var hidden = shown
        // Ctrl-C ends the line instead of the process, so that the terminal is given back as it was.
        hidden.c_lflag &= ~tcflag_t(ECHO | ISIG)
        withUnsafeMutableBytes(of: &hidden.c_cc) { $0[Int(VEOL)] = interrupt }
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else {
            throw Failure(Text("This terminal would show the secret: give it by a file instead."))
        }
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            StandardError.write("")
        }
        StandardError.write(question.said + " ", ending: "")
        return Secret(try await readLine())
    }

    /// Waits for a line, and looks meanwhile whether the command was interrupted.
    private static func readLine() async throws -> String {
        var bytes: [UInt8] = []
        while bytes.last != UInt8(ascii: "\n") {
            var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            try Task.checkCancellation()
            guard poll(&input, 1, 100) > 0 else { continue }
            var byte: UInt8 = 0
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { throw Failure(Text("Nothing was entered.")) }
            if byte == interrupt { throw CancellationError() }
            bytes.append(byte)
        }
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }
}
