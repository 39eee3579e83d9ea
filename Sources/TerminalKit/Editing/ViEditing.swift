// Editing a line as in vi: a mode in which keys are typed, and one in which they are commands.

/// How text fields are edited.
public enum EditingStyle: String, Sendable, Hashable, CaseIterable {
    /// Keys are typed; those with Ctrl are Emacs'.
    case emacs
    /// As in vi.
    case vi
}

/// The state of an editor in the style of vi: its mode, what was begun of a command, and what was cut.
public struct ViEditing: Equatable, Sendable {
    /// Whether keys are commands, and not typed.
    public private(set) var isNormal = false
    /// The numbers and the operator that were pressed of a command that is not complete.
    public var pending: String {
        (first.map(String.init) ?? "") + (verb.map(String.init) ?? "") + (second.map(String.init) ?? "")
    }

    /// The number before the operator.
    private var first: Int?
    /// `d`, `c` or `y`, which a motion completes, or `r`, which a character does.
    private var verb: Character?
    /// The number behind the operator.
    private var second: Int?
    /// What was cut or copied last.
    private var register = TextField()

    /// Longer counts than this say nothing more in a line.
    private static let mostTimes = 9_999

    /// An editor in which keys are typed.
    public init() {}

    /// Does what a key does in a field; `false` where it means nothing here, as Escape where there is nothing to leave.
    public mutating func handle(_ key: Key, in field: inout TextField) -> Bool {
        guard isNormal else {
            guard key == .escape else { return field.handle(key) }
            isNormal = true
            field.moveCursor(to: field.cursor - 1)
            return true
        }
        guard let command = Self.command(of: key) else {
            let isBegun = !pending.isEmpty
            forget()
            return key == .escape && isBegun
        }
        take(command, in: &field)
        keepCursorOnText(&field)
        return true
    }

    /// Lets keys be typed again, as in a new field.
    public mutating func startInserting() {
        isNormal = false
        forget()
    }

    /// The command of a key that is not a character but stands for one.
    private static func command(of key: Key) -> Character? {
        switch key {
        case .character(let character): character
        case .left, .backspace: "h"
        case .right: "l"
        case .home: "0"
        case .end: "$"
        case .delete: "x"
        default: nil
        }
    }

    private mutating func forget() { (first, verb, second) = (nil, nil, nil) }

    /// In this mode the cursor is on a character, and not behind the last.
    private func keepCursorOnText(_ field: inout TextField) {
        if isNormal { field.moveCursor(to: min(field.cursor, max(0, field.text.count - 1))) }
    }

    private mutating func take(_ command: Character, in field: inout TextField) {
        if verb == "r" {
            replaceCharacters(by: command, in: &field)
            return forget()
        }
        if let digit = command.wholeNumberValue, command.isASCII, digit > 0 || isCounting {
            count(digit)
        } else if let verb {
            if command == verb {
                act(verb, on: 0..<field.text.count, of: &field)
            } else if let range = range(of: command, for: verb, in: field) {
                act(verb, on: range, of: &field)
            }
            forget()
        } else if "dcyr".contains(command) {
            verb = command
        } else {
            doAtOnce(command, in: &field)
            forget()
        }
    }

    // MARK: Counts

    private var isCounting: Bool { (verb == nil ? first : second) != nil }

    private mutating func count(_ digit: Int) {
        let counted = { (number: Int?) in min((number ?? 0) * 10 + digit, Self.mostTimes) }
        if verb == nil { first = counted(first) } else { second = counted(second) }
    }

    private var times: Int { min((first ?? 1) * (second ?? 1), Self.mostTimes) }

    // MARK: Commands

    private mutating func doAtOnce(_ command: Character, in field: inout TextField) {
        let cursor = field.cursor
        let length = field.text.count
        switch command {
        case "i": isNormal = false
        case "a": insert(at: min(cursor + 1, length), in: &field)
        case "I": insert(at: ViMotion.all["^"]?.target(Array(field.text), 0) ?? 0, in: &field)
        case "A": insert(at: length, in: &field)
        case "x": act("d", on: cursor..<min(cursor + times, length), of: &field)
        case "X": act("d", on: max(0, cursor - times)..<cursor, of: &field)
        case "s": act("c", on: cursor..<min(cursor + times, length), of: &field)
        case "S": act("c", on: 0..<length, of: &field)
        case "D": act("d", on: cursor..<length, of: &field)
        case "C": act("c", on: cursor..<length, of: &field)
        case "Y": act("y", on: 0..<length, of: &field)
        case "p": put(at: min(cursor + 1, length), in: &field)
        case "P": put(at: cursor, in: &field)
        default:
            if let target = target(of: command, in: field) { field.moveCursor(to: target) }
        }
    }

    private mutating func insert(at place: Int, in field: inout TextField) {
        isNormal = false
        field.moveCursor(to: place)
    }

    private func replaceCharacters(by character: Character, in field: inout TextField) {
        let end = field.cursor + times
        guard end <= field.text.count else { return }
        let start = field.cursor
        _ = field.cut(start..<end)
        field.insert(String(repeating: character, count: times))
        field.moveCursor(to: end - 1)
    }

    /// Cuts or copies a part of the text; `c` lets keys be typed there.
    private mutating func act(_ verb: Character, on range: Range<Int>, of field: inout TextField) {
        if verb == "c" { isNormal = false }
        if range.isEmpty { return }
        let text = Array(field.text)[range]
        register = TextField(String(text), isSecret: field.isSecret)
        guard verb != "y" else { return field.moveCursor(to: range.lowerBound) }
        _ = field.cut(range)
    }

    /// Puts what was cut into the text; a secret only into a field for one.
    private func put(at place: Int, in field: inout TextField) {
        guard !register.text.isEmpty, field.isSecret || !register.isSecret else { return }
        field.moveCursor(to: place)
        for _ in 0..<min(times, 99) { field.insert(register.text) }
        field.moveCursor(to: field.cursor - 1)
    }

    // MARK: Motions

    private func target(of command: Character, in field: TextField) -> Int? {
        guard let motion = ViMotion.all[command] else { return nil }
        let text = Array(field.text)
        return (0..<times).reduce(field.cursor) { place, _ in
            min(max(0, motion.target(text, place)), max(0, text.count))
        }
    }

    private func range(of command: Character, for verb: Character, in field: TextField) -> Range<Int>? {
        let text = Array(field.text)
        // As in vi, what is changed ends with the word, and not with the blanks behind it.
        let isOnWord = field.cursor < text.count && !text[field.cursor].isWhitespace
        let meant: Character =
            verb == "c" && isOnWord ? (command == "w" ? "e" : command == "W" ? "E" : command) : command
        guard let motion = ViMotion.all[meant], let target = target(of: meant, in: field) else { return nil }
        let end = motion.isInclusive ? min(target + 1, text.count) : target
        return min(field.cursor, end)..<max(field.cursor, end)
    }
}
