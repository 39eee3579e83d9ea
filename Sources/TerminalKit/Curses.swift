// The terminal itself: frames go to it, keys come from it. The one file that knows ncurses.
// It asks the terminal no question, because on a slow line the answer would arrive as typed text.

import CNcurses
import CTerminalRescue
import Glibc

/// The terminal that the process runs on, from `init` to `close`.
///
/// For the main thread only.
public final class CursesTerminal {
    /// Whether text beyond ASCII can be shown.
    ///
    /// Where not, a theme with ASCII glyphs is to be used; any other text is shown as question marks.
    public let showsUnicode: Bool
    /// Whether colours are shown.
    ///
    /// Where not, a theme without colour is to be used.
    public let showsColor: Bool

    let signals: Signals
    private let screen: OpaquePointer
    /// What ncurses shows; as large as the screen.
    private let window: UnsafeMutablePointer<WINDOW>
    /// Keys are read through a pad, because reading through a window also refreshes it.
    private let keyboard: UnsafeMutablePointer<WINDOW>
    private let hasDefaultColors: Bool
    private let depth: ColorDepth
    private let pastes: Bool
    /// Whether the terminal can tell what its mouse does.
    private let hasMouse: Bool
    private var isMouseOn = false
    /// What hands sequences on to the terminal.
    private let multiplexer: Multiplexer
    /// Whether the window has a title that can be set.
    private let hasTitle: Bool
    /// The title that the program has given; nil while it is not its own.
    private var title: String?
    /// Whether the terminal has a screen of its own for programs, so that leaving it shows what was there before.
    private let hasOtherScreen: Bool
    private let modes: termios
    private var colorPairs: [ColorPair: Int16] = [:]
    private var shown: Frame?
    private var isCursorShown = true
    private var isOpen = true
    private var decoder = InputDecoder()

    /// Takes the terminal over: full screen, raw keys, signals as events.
    ///
    /// Nothing is changed where this throws. The process goes on in the locale of the environment.
    public init(colorMode: ColorMode = .auto) throws(TerminalError) {
        let type = try Self.terminalType()
        var modes = termios()
        guard tcgetattr(STDIN_FILENO, &modes) == 0 else { throw .notATerminal(.input) }
        self.modes = modes
        showsUnicode = Environment.adoptCharacterSet()
        signals = try Signals()
        set_escdelay(25)
        guard let output = fdopen(dup(STDOUT_FILENO), "w"), let input = fdopen(dup(STDIN_FILENO), "r"),
            let screen = newterm(type, output, input)
        else {
            signals.close()
            throw .unknownTerminalType(type)
        }
        guard let window = newwin(0, 0, 0, 0), let keyboard = newpad(1, 1) else {
            endwin()
            signals.close()
            throw .cannotPlaceText(type: type)
        }
        self.screen = screen
        self.window = window
        self.keyboard = keyboard
        showsColor = has_colors() && colorMode.allowsColor(noColor: Environment.value("NO_COLOR"))
        hasDefaultColors = showsColor && start_color() == OK && use_default_colors() == OK
        depth = ColorDepth(
            colors: Int(tigetnum("colors")), isDirect: tigetflag("RGB") > 0 || tigetnum("RGB") > 0)
        pastes = Self.capability("BE") != nil || Self.capability("kmous")?.first == 0x1B
        hasMouse = Self.capability("kmous")?.first == 0x1B
        multiplexer = Multiplexer(
            type: type, tmux: Environment.value("TMUX"), screen: Environment.value("STY"))
        hasTitle = WindowTitle.isKnown(
            type: type, statusLine: Self.capability("tsl")?.map { UInt8(bitPattern: $0) })
        hasOtherScreen = Self.capability("smcup") != nil
        // The sequence is read whole, and not by what ncurses knows of its beginning.
        define_key(nil, KEY_MOUSE)
        raw()
        noecho()
        nonl()
        keypad(keyboard, true)
        nodelay(keyboard, true)
        define_key("\u{1B}[200~", KeyCode.pasteStart)
        define_key("\u{1B}[201~", KeyCode.pasteEnd)
        enter()
    }

    deinit { close() }

    /// The size of the window now.
    public var size: Size {
        var now = winsize()
        if isOpen, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &now) == 0, now.ws_row > 0, now.ws_col > 0 {
            return Size(columns: Int(now.ws_col), rows: Int(now.ws_row))
        }
        return Size(columns: Int(getmaxx(window)), rows: Int(getmaxy(window)))
    }

    /// Shows `frame`: what differs from the last one is sent, in one piece.
    public func show(_ frame: Frame) {
        guard isOpen else { return }
        followSize()
        for row in 0..<min(frame.size.rows, Int(getmaxy(window))) {
            let old = shown?.row(row) ?? []
            let new = frame.row(row)
            for (place, cell) in new.enumerated().prefix(Int(getmaxx(window))) {
                let isSame = place < old.count && old[old.startIndex + place] == cell
                if !isSame { draw(cell, column: Int32(place), row: Int32(row)) }
            }
        }
        shown = frame
        if isCursorShown != (frame.cursor != nil) {
            isCursorShown.toggle()
            curs_set(isCursorShown ? 1 : 0)
        }
        let cursor = frame.cursor ?? Point(column: 0, row: 0)
        wmove(window, Int32(cursor.row), Int32(cursor.column))
        wnoutrefresh(window)
        doupdate()
    }

    /// Sends the whole screen again with the next frame, whatever has happened to it.
    public func repaint() {
        shown = nil
        clearok(window, true)
    }

    /// Asks the terminal to tell what its mouse does, or to keep it to itself, so that text can be selected.
    ///
    /// Nothing happens where the terminal has no mouse.
    public func setMouse(_ isOn: Bool) {
        guard isOpen, hasMouse, isOn != isMouseOn else { return }
        isMouseOn = isOn
        Self.send(isOn ? Self.mouseOn : Self.mouseOff)
        armRescue()
    }

    /// Buttons and wheel, told by numbers of any size (xterm, "ctlseqs": modes 1000 and 1006).
    private static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
    private static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

    /// Sends a text to the clipboard, if it is not too long; whether it has arrived there, no terminal tells.
    public func copy(_ text: String) {
        guard isOpen, let sequence = Clipboard.sequence(for: text, through: multiplexer) else { return }
        Self.send(sequence)
    }

    /// Rings the bell.
    public func ringBell() {
        if isOpen { Self.send("\u{7}") }
    }

    /// Has the terminal show a notification on the desktop; terminals that know none ignore it.
    public func notify(_ text: String) {
        guard isOpen, let sequence = DesktopNotification.sequence(for: text, through: multiplexer) else {
            return
        }
        Self.send(sequence)
    }

    /// Gives the window a title; the one that it had comes back when the terminal does.
    ///
    /// Nothing happens where the window has none.
    public func setTitle(_ new: String) {
        guard isOpen, hasTitle else { return }
        if title == nil { Self.send(WindowTitle.keep) }
        title = new
        Self.send(WindowTitle.sequence(for: new))
        armRescue()
    }

    /// Gives the terminal back as it was.
    ///
    /// May be called again.
    public func close() {
        guard isOpen else { return }
        leave()
        isOpen = false
        delwin(keyboard)
        delwin(window)
        delscreen(screen)
        signals.close()
    }

    /// Gives the terminal back, stops the process as Ctrl-Z does, and takes the terminal again when the
    /// process goes on.
    func suspend(withItsJob: Bool) {
        guard isOpen else { return }
        leave()
        signals.stopProcess(withItsJob: withItsJob)
        enterAgain()
    }

    /// Takes the terminal again after the process was stopped without being asked.
    func takeAgain() {
        guard isOpen else { return }
        leave()
        enterAgain()
    }

    /// The keys and pastes that have come; does not wait.
    func readEvents() -> [TerminalEvent] {
        guard isOpen else { return [] }
        while true {
            let code = wgetch(keyboard)
            guard code != ERR else { return decoder.takeEvents() }
            if let unit = KeyCode.unit(code) { decoder.take(unit) }
        }
    }

    // MARK: - Entering and leaving

    private func enter() {
        if pastes { Self.send("\u{1B}[?2004h") }
        if isMouseOn { Self.send(Self.mouseOn) }
        if let title { Self.send(WindowTitle.keep + WindowTitle.sequence(for: title)) }
        armRescue()
    }

    /// Has the crash handler leave the terminal as it is left now.
    private func armRescue() {
        let bytes = leavingBytes
        var modes = modes
        terminal_rescue_arm(STDOUT_FILENO, &modes, bytes, bytes.count)
    }

    /// Restores the modes of the program, its screen and what was shown there.
    private func enterAgain() {
        followSize()
        clearok(window, true)
        wnoutrefresh(window)
        doupdate()
        enter()
    }

    private func leave() {
        if pastes { Self.send("\u{1B}[?2004l") }
        if isMouseOn { Self.send(Self.mouseOff) }
        if title != nil { Self.send(WindowTitle.giveBack) }
        wattrset(window, 0)
        if !hasOtherScreen {
            werase(window)
            wnoutrefresh(window)
            doupdate()
            shown = nil
        }
        endwin()
        var modes = modes
        // ncurses restores the modes too, unless a program changed them while this one was stopped.
        tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
        terminal_rescue_disarm()
    }

    /// What gives an ordinary screen back without ncurses, for the crash handler.
    private var leavingBytes: [CChar] {
        let modes =
            (pastes ? "\u{1B}[?2004l" : "") + (isMouseOn ? Self.mouseOff : "")
            + (title == nil ? "" : WindowTitle.giveBack)
        return modes.utf8.map { CChar($0) }
            + ["sgr0", "rmkx", "cnorm", hasOtherScreen ? "rmcup" : "clear"].flatMap {
                Self.capability($0) ?? []
            }
    }

    private func followSize() {
        let size = size
        if size.columns != Int(getmaxx(window)) || size.rows != Int(getmaxy(window)) {
            resizeterm(Int32(size.rows), Int32(size.columns))
            shown = nil
        }
    }

    // MARK: - Cells

    private func draw(_ cell: Cell, column: Int32, row: Int32) {
        guard case .cluster(let character, let columns) = cell.content else { return }
        let attributes = attributes(of: cell.style)
        let pair = colorPair(of: cell.style)
        var scalars = character.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
        if !isTrusted(scalars, columns: columns) {
            scalars = [wchar_t(showsUnicode ? 0xFFFD : 0x3F)]
            if columns == 2 { draw(.blank(cell.style), column: column + 1, row: row) }
        }
        var complex = cchar_t()
        setcchar(&complex, scalars + [0], attributes, pair, nil)
        mvwadd_wch(window, row, column, &complex)
    }

    /// Whether the C library, and with it ncurses, measures the cluster as the frame did.
    private func isTrusted(_ scalars: [wchar_t], columns: Int) -> Bool {
        guard let base = scalars.first else { return false }
        if base < 0x80 { return scalars.count == 1 || showsUnicode && areMarks(scalars.dropFirst()) }
        return showsUnicode && Int(wcwidth(base)) == columns && areMarks(scalars.dropFirst())
    }

    private func areMarks(_ scalars: ArraySlice<wchar_t>) -> Bool {
        scalars.count < Int(CCHARW_MAX) && scalars.allSatisfy { wcwidth($0) == 0 }
    }

    private func attributes(of style: Style) -> attr_t {
        let pairs: [(Attributes, attr_t)] = [
            (.bold, ncurses_bold), (.dim, ncurses_dim), (.underline, ncurses_underline),
            (.reverse, ncurses_reverse),
        ]
        return pairs.reduce(0) { style.attributes.contains($1.0) ? $0 | $1.1 : $0 }
    }

    /// The pair of two colours, made when it is first used; the plain pair where there are no more.
    private func colorPair(of style: Style) -> Int16 {
        guard showsColor else { return 0 }
        let colors = depth.pair(of: style)
        if colors == ColorPair() { return 0 }
        if let pair = colorPairs[colors] { return pair }
        let pair = Int16(colorPairs.count + 1)
        let isMade =
            Int32(pair) < tigetnum("pairs")
            && init_extended_pair(
                Int32(pair), number(colors.foreground, default: 7), number(colors.background, default: 0))
                == OK
        colorPairs[colors] = isMade ? pair : 0
        return isMade ? pair : 0
    }

    private func number(_ color: Int?, default fallback: Int32) -> Int32 {
        color.map { Int32($0) } ?? (hasDefaultColors ? -1 : fallback)
    }

    // MARK: - What terminfo says

    private static func terminalType() throws(TerminalError) -> String {
        if isatty(STDIN_FILENO) == 0 { throw .notATerminal(.input) }
        if isatty(STDOUT_FILENO) == 0 { throw .notATerminal(.output) }
        guard let type = Environment.value("TERM") else { throw .noTerminalType }
        var status: Int32 = 0
        guard setupterm(type, STDOUT_FILENO, &status) == OK else { throw .unknownTerminalType(type) }
        defer { ncurses_forget_terminal() }
        guard capability("cup") != nil else { throw .cannotPlaceText(type: type) }
        return type
    }

    /// A string of the terminal's description, without the delays that only ancient terminals need.
    private static func capability(_ name: String) -> [CChar]? {
        guard let text = tigetstr(name), Int(bitPattern: text) != -1 else { return nil }
        let parts = String(cString: text).split(separator: "$<", omittingEmptySubsequences: false)
        let withoutDelays = parts.enumerated().map { place, part in
            place == 0 ? part : part.drop { $0 != ">" }.dropFirst()
        }
        return withoutDelays.joined().utf8.map { CChar(bitPattern: $0) }
    }

    private static func send(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes.removeFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }
}

/// The key codes of ncurses.
private enum KeyCode {
    /// Above all codes that ncurses gives itself.
    static let pasteStart: Int32 = 0o1100
    static let pasteEnd: Int32 = 0o1101

    private static let keys: [Int32: Key] = [
        KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home,
        KEY_END: .end, KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_IC: .insert, KEY_DC: .delete,
        KEY_BACKSPACE: .backspace, KEY_BTAB: .backTab, KEY_ENTER: .enter,
        // With Shift held, and the keypad without numbers.
        KEY_SR: .up, KEY_SF: .down, KEY_SLEFT: .left, KEY_SRIGHT: .right, KEY_SHOME: .home,
        KEY_SEND: .end, KEY_SDC: .delete, KEY_SIC: .insert, KEY_SPREVIOUS: .pageUp,
        KEY_SNEXT: .pageDown, KEY_A1: .home, KEY_A3: .pageUp, KEY_C1: .end, KEY_C3: .pageDown,
        KEY_FIND: .home, KEY_SELECT: .end,
    ]

    /// What a code stands for; nothing for those that mean nothing here.
    static func unit(_ code: Int32) -> InputUnit? {
        switch code {
        case 0...0xFF: .byte(UInt8(code))
        case pasteStart: .pasteStart
        case pasteEnd: .pasteEnd
        case KEY_F0 + 1...KEY_F0 + 63: .key(.function(Int(code - KEY_F0)))
        default: (keys[code] ?? modifiedKey(code)).map { .key($0) }
        }
    }

    /// The key that is held together with Ctrl or Alt, which terminfo calls by an extended name: "kUP5".
    private static func modifiedKey(_ code: Int32) -> Key? {
        guard let name = keyname(code).map({ String(cString: $0) }), name.hasPrefix("k") else { return nil }
        let names: [String: Key] = [
            "kUP": .up, "kDN": .down, "kLFT": .left, "kRIT": .right, "kHOM": .home, "kEND": .end,
            "kPRV": .pageUp, "kNXT": .pageDown, "kIC": .insert, "kDC": .delete,
        ]
        return names[String(name.reversed().drop { $0.isNumber }.reversed())]
    }
}
