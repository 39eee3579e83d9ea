// A real terminal for tests: a program in a private tmux server, driven by keys, looked at by captures.

import Foundation
import TerminalKit
import TestFiles

/// A program running in a terminal of its own; the terminal goes when this does.
public final class Tmux {
    /// What went wrong.
    public enum Failure: Error, CustomStringConvertible {
        /// A command of tmux failed.
        case command([String], output: String)
        /// What was waited for did not come; the last screen.
        case timeout(String, screen: [String])

        /// What went wrong, with the last screen.
        public var description: String {
            switch self {
            case .command(let arguments, let output):
                "tmux \(arguments.joined(separator: " ")) failed: \(output)"
            case .timeout(let wanted, let screen):
                "Waited in vain until \(wanted). The screen at the end:\n\(Golden.framed(screen))"
            }
        }
    }

    /// What a terminal is like besides its text.
    public struct Facts: Equatable {
        /// Whether the program has left the ordinary screen.
        public var isAlternateScreen: Bool
        /// Whether the cursor is shown.
        public var isCursorShown: Bool
        /// Whether the program has ended.
        public var isDead: Bool
        /// Whether the program has asked to be told what the mouse does.
        public var isMouseUsed: Bool
        /// The column and row of the cursor, from 0.
        public var cursor: [Int]
    }

    /// A folder of its own, because tmux leaves its socket behind.
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("terminal-testing-\(UUID().uuidString)")

    private init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    deinit {
        _ = try? run(["kill-server"])
        try? FileManager.default.removeItem(at: folder)
    }

    /// Starts `command` in a terminal of `columns` and `rows`.
    ///
    /// The program gets nothing of the environment of the tests but what is named in `environment`; PATH, HOME,
    /// TERM and LANG have defaults, and a crash writes no backtrace. The screen stays when the program ends.
    public static func start(
        command: [String], columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
    ) throws -> Tmux {
        let tmux = try Tmux()
        var variables = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": NSTemporaryDirectory(),
            "TERM": "tmux-256color", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
        ]
        variables.merge(environment) { $1 }
        let assignments = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        try tmux.run(
            [
                "start-server", ";", "set-option", "-g", "status", "off", ";", "set-option", "-g",
                "remain-on-exit", "on", ";", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
                "env", "-i",
            ] + assignments + command)
        return tmux
    }

    /// Presses keys, by the names that tmux gives them: "Enter", "Escape", "C-c", "Up", "q".
    public func send(_ keys: String...) throws {
        try run(["send-keys", "-t", ":"] + keys)
    }

    /// Types `text` as it is.
    public func sendText(_ text: String) throws {
        try run(["send-keys", "-t", ":", "-l", "--", text])
    }

    /// Waits for a question, types the answer and presses Enter.
    public func answer(_ question: String, with text: String = "") throws {
        try waitUntil(shows: question)
        if !text.isEmpty { try sendText(text) }
        try send("Enter")
    }

    /// Sends bytes, whatever they are, in one piece.
    public func sendBytes(_ bytes: [UInt8]) throws {
        try run(["send-keys", "-t", ":", "-H"] + bytes.map { String($0, radix: 16) })
    }

    /// Clicks on a text of the screen, `times` times at once, as a terminal tells it.
    public func click(on text: String, times: Int = 1) throws {
        let screen = try waitUntil(shows: text)
        guard let row = screen.firstIndex(where: { $0.contains(text) }),
            let range = screen[row].range(of: text)
        else { return }
        let column = TextWidth.standard.width(of: String(screen[row][..<range.lowerBound]))
        try click(column: column, row: row, times: times)
    }

    /// Clicks on a cell of the screen, counted from 0, as a terminal tells it.
    public func click(column: Int, row: Int, times: Int = 1) throws {
        let place = "\(column + 1);\(row + 1)"
        let click = "\u{1B}[<0;\(place)M\u{1B}[<0;\(place)m"
        try sendBytes(Array(String(repeating: click, count: times).utf8))
    }

    /// Pastes `text`, with paste marks where the program has asked for them.
    public func paste(_ text: String) throws {
        // By standard input: arguments are seen by everybody, and this may be a secret.
        try run(["load-buffer", "-", ";", "paste-buffer", "-d", "-p", "-r", "-t", ":"], input: text)
    }

    /// Gives the window another size.
    public func resize(columns: Int, rows: Int) throws {
        try run(["resize-window", "-t", ":", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// Writes `text` to the terminal as another program would, past the one that runs there.
    public func writeToTerminal(_ text: String) throws {
        let device = try terminal()
        let file = FileHandle(forWritingAtPath: device)
        guard let file else { throw Failure.command(["display-message"], output: device) }
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    /// The path of the terminal's device.
    public func terminal() throws -> String {
        try display("#{pane_tty}")
    }

    /// The id of the program's process.
    public func process() throws -> pid_t {
        pid_t(try display("#{pane_pid}")) ?? -1
    }

    /// The text of the screen and of all that has been scrolled off it.
    public func scrollback() throws -> String {
        try run(["capture-pane", "-p", "-J", "-S", "-", "-t", ":"])
    }

    /// The text of the screen, without blanks at the ends of rows; with `styles` also the sequences for them.
    public func capture(styles: Bool = false) throws -> [String] {
        let text = try run(["capture-pane", "-p", "-t", ":"] + (styles ? ["-e"] : []))
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// What the terminal is like besides its text.
    public func facts() throws -> Facts {
        let format = "#{alternate_on} #{cursor_flag} #{pane_dead} #{mouse_any_flag} #{cursor_x} #{cursor_y}"
        let numbers = try display(format).split(separator: " ").map { Int($0) ?? -1 }
        guard numbers.count == 6 else { throw Failure.command(["display-message"], output: "\(numbers)") }
        return Facts(
            isAlternateScreen: numbers[0] == 1, isCursorShown: numbers[1] == 1,
            isDead: numbers[2] == 1, isMouseUsed: numbers[3] == 1, cursor: [numbers[4], numbers[5]])
    }

    /// The title that the program has given to the window.
    public func title() throws -> String { try display("#{pane_title}") }

    /// Whether the bell has rung.
    public func hasRung() throws -> Bool { try display("#{window_bell_flag}") == "1" }

    private func display(_ format: String) throws -> String {
        try run(["display-message", "-p", "-t", ":", format]).trimmingCharacters(in: .newlines)
    }

    /// Sends everything that the program writes also to `command`, a line for the shell.
    public func pipeOutput(to command: String) throws {
        try run(["pipe-pane", "-t", ":", command])
    }

    /// Looks at the screen again and again until `text` stands in it.
    ///
    /// - Returns: the screen then, whole: see the other function of this name.
    @discardableResult
    public func waitUntil(shows text: String, timeout: TimeInterval = 60) throws -> [String] {
        try waitUntil("“\(text)” is shown", timeout: timeout) { screen in
            screen.contains { $0.contains(text) }
        }
    }

    /// Looks at the screen again and again until `condition` holds.
    ///
    /// A program may be halted in the middle of a frame, so the screen has to stay as it is for a moment; one that
    /// goes on changing, as that of a run does, is taken as it is after some more looks.
    ///
    /// - Returns: the screen then.
    @discardableResult
    public func waitUntil(
        _ wanted: String, timeout: TimeInterval = 60, _ condition: ([String]) throws -> Bool
    ) throws -> [String] {
        let end = Date(timeIntervalSinceNow: timeout)
        var last: [String]?
        var looksLeft = 10
        while true {
            let screen = try capture()
            if try condition(screen) {
                if screen == last || looksLeft == 0 { return screen }
                last = screen
                looksLeft -= 1
            } else {
                last = nil
                guard Date() < end else { throw Failure.timeout(wanted, screen: screen) }
            }
            Thread.sleep(forTimeInterval: last == nil ? 0.02 : 0.05)
        }
    }

    /// Waits until the terminal is like this besides its text.
    public func waitUntil(
        _ wanted: String, timeout: TimeInterval = 60, facts condition: (Facts) -> Bool
    ) throws {
        try waitUntil(wanted, timeout: timeout) { _ in condition(try facts()) }
    }

    @discardableResult
    private func run(_ arguments: [String], input: String = "") throws -> String {
        let socket = folder.appendingPathComponent("socket").path
        let ran = try Program.run(
            "tmux", ["-S", socket, "-u", "-f", "/dev/null"] + arguments,
            input: Array(input.utf8))
        guard ran.status == 0 else { throw Failure.command(arguments, output: ran.text + ran.errors) }
        return ran.text
    }
}
