// Standard input and output as lines: a terminal, a pipe or a file. Nothing is drawn: what was written stays, and the
// terminal's own line editing is what answers are typed with.

// Only for the modes of terminals: of the two modules that have them, the compiler takes that of ncurses for theirs.
import CNcurses
import Glibc

/// What the process reads lines from and writes lines to, from `init` to `close`.
///
/// For the main thread only.
public final class LineTerminal {
    /// Whether a person may be at the other end of standard input.
    public let isInteractive: Bool
    /// Whether text beyond ASCII can be written.
    public let showsUnicode: Bool

    let signals: Signals
    /// The modes of the terminal as they were found; nil where input is not a terminal.
    private let modes: termios?
    private var isEchoing = true
    private var isOpen = true
    /// What was read and not yet handed over.
    private var bytes: [UInt8] = []
    private(set) var isAtEnd = false
    /// Whether nobody reads what is written any more.
    private(set) var isBroken = false

    /// So many bytes of a line are no answer of anybody.
    public static let longestLine = 1 << 20

    /// Takes signals over; everything else stays as it is.
    public init() throws(TerminalError) {
        var modes = termios()
        let hasModes = isatty(STDIN_FILENO) == 1 && tcgetattr(STDIN_FILENO, &modes) == 0
        self.modes = hasModes ? modes : nil
        isInteractive = hasModes
        showsUnicode = Environment.adoptCharacterSet()
        signals = try Signals()
    }

    deinit { close() }

    /// The columns of the terminal that is written to; nil where it is none.
    public static var columns: Int? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var now = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &now) == 0 && now.ws_col > 0 ? Int(now.ws_col) : 80
    }

    /// Writes a text as it is.
    public func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty, !isBroken {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
                poll(&output, 1, -1)
            } else if errno != EINTR {
                isBroken = true
            }
        }
    }

    /// Lets the terminal show what is typed, or not; line breaks it always shows.
    public func setEcho(_ isEchoing: Bool) {
        guard self.isEchoing != isEchoing else { return }
        self.isEchoing = isEchoing
        applyModes()
    }

    private func applyModes() {
        guard var modes else { return }
        if !isEchoing {
            modes.c_lflag &= ~tcflag_t(ECHO)
            modes.c_lflag |= tcflag_t(ECHONL)
        }
        // What was typed already is not thrown away.
        tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
    }

    private func restoreModes() {
        guard var modes, !isEchoing else { return }
        tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
    }

    /// Gives the terminal and the signals back as they were.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        restoreModes()
        signals.close()
    }

    /// Stops the process until the shell continues it.
    func suspend(withItsJob: Bool) {
        restoreModes()
        signals.stopProcess(withItsJob: withItsJob)
        takeAgain()
    }

    /// Does what is to be done after the process was stopped.
    func takeAgain() { if !isEchoing { applyModes() } }

    // MARK: Lines

    /// A line that has been read whole, or what was left where the input has ended; nil where there is none yet.
    func takeLine() -> String? {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
        guard end != nil || isAtEnd && !bytes.isEmpty else { return nil }
        var line = bytes[..<(end ?? bytes.endIndex)]
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        defer { bytes.removeFirst(min(bytes.count, (end ?? bytes.endIndex) + 1)) }
        return String(decoding: line, as: UTF8.self)
    }

    /// Whether what has come of a line is longer than any answer.
    var isOverlong: Bool { bytes.count > Self.longestLine && !bytes.contains(UInt8(ascii: "\n")) }

    /// Reads what has come.
    func fill() {
        var piece = [UInt8](repeating: 0, count: 4_096)
        let count = read(STDIN_FILENO, &piece, piece.count)
        if count > 0 {
            bytes += piece[..<count]
        } else if count == 0 || errno != EINTR && errno != EAGAIN {
            isAtEnd = true
        }
    }
}
