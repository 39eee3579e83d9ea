// The help: every action of a screen with all its keys, made from the table of actions.
import FuzzySearch
import Languages

/// The state of the help: which entry is under the cursor.
public struct HelpOverlay: Sendable, Equatable {
    /// The entries that a page key passes over.
    private static let page = 8

    private var index = 0
    private var search = TextField()
    private var searchHistory = EditHistory<TextField>()
    /// Whether letters belong to the search.
    public private(set) var isSearching = false

    /// A help that starts at its first entry.
    public init() {}

    private var query: SearchQuery { SearchQuery(search.text.lowercased()) }

    /// Moves through the entries of a table, or searches them: `/` begins, Enter keeps, and Escape ends the search.
    ///
    /// `false` means that the key means nothing here, as for those that close the help.
    public mutating func handle<ID>(_ key: Key, table: ActionTable<ID>, in language: Language) -> Bool {
        let count = table.actions(matching: query, in: language).count
        if isSearching || !query.isEmpty {
            switch key {
            case .escape, .control("g"), .control("c"):
                search.replace(with: "")
                isSearching = false
                index = 0
                return true
            case .enter:
                isSearching = false
                return true
            case .up, .down, .pageUp, .pageDown: break
            default:
                if isSearching, searchHistory.handle(key, in: &search) {
                    index = 0
                    return true
                }
            }
        }
        switch key {
        case .character("/"):
            isSearching = true
            return true
        case .up, .character("k"), .control("p"): index -= 1
        case .down, .character("j"), .control("n"): index += 1
        case .pageUp, .control("b"), .control("u"): index -= Self.page
        case .pageDown, .character(" "), .control("f"), .control("d"), .control("v"): index += Self.page
        case .home, .character("g"): index = 0
        case .end, .character("G"): index = count - 1
        default: return false
        }
        index = max(0, min(index, count - 1))
        return true
    }

    /// Types a pasted text into the search, where one goes on.
    public mutating func paste(_ text: String) -> PasteNotice? {
        guard isSearching else { return nil }
        index = 0
        return searchHistory.paste(text, into: &search)
    }

    /// Draws the help over the middle of `rect`.
    public func draw<ID>(
        _ table: ActionTable<ID>, title: Text, into frame: inout Frame, in rect: Rect, theme: Theme
    ) {
        frame.restyle(rect, style: theme[.overlay])
        let width = min(rect.columns - 4, 76)
        let keyColumns = keyColumns(of: table, columns: width - 4, theme: theme)
        let shown = table.actions(matching: query, in: theme.language)
        let searchRows = isSearching || !query.isEmpty ? 1 : 0
        let entries = shown.map {
            lines(of: $0, keyColumns: keyColumns, columns: width - 4, theme: theme)
        }
        let all = entries.flatMap { $0 }
        let box = rect.centered(
            Size(columns: width, rows: min(rect.rows - 2, max(1, all.count) + searchRows + 2)))
        let (top, inside) = box.inset(columns: 2, rows: 1).split(top: searchRows)
        guard !inside.isEmpty else { return }
        frame.fill(box, style: theme[.text])
        frame.box(
            box, style: theme[.borderFocused], title: title, titleStyle: theme[.title],
            glyphs: theme.glyphs)
        if all.isEmpty {
            frame.put(
                Text("No key does that."), at: inside.origin, style: theme[.muted], columns: inside.columns)
        }
        let focus = entries.prefix(index).reduce(0) { $0 + $1.count }
        let last = max(0, all.count - inside.rows)
        let first = min(focus, last)
        for (row, line) in all[first...].prefix(inside.rows).enumerated() {
            var column = inside.column
            for (text, role) in [(line.keys, Role.hintKey), (line.text, line.role)] {
                column += frame.put(
                    text, at: Point(column: column, row: inside.row + row), style: theme[role],
                    columns: inside.endColumn - column)
            }
        }
        let visible = first..<min(first + inside.rows, all.count)
        let marked = box.inset(columns: 0, rows: 1).split(top: searchRows).rest
        frame.putScrollMarks(visible, count: all.count, in: marked, theme: theme)
        let cursorRow = min(focus - first, inside.rows - 1)
        frame.cursor = Point(column: inside.column, row: inside.row + max(0, cursorRow))
        guard searchRows > 0 else { return }
        let used = frame.put(theme.searchLabel, at: top.origin, style: theme[isSearching ? .accent : .muted])
        search.draw(
            into: &frame, in: top.split(left: used).rest, theme: theme, isFocused: isSearching)
    }

    private struct Line {
        var keys: String
        var text: String
        var role: Role
    }

    /// The keys at the left; at their right the sentence, and below it why it cannot be used.
    private func lines<ID>(
        of action: Action<ID>, keyColumns: Int, columns: Int, theme: Theme
    ) -> [Line] {
        let rules = theme.textWidth
        let keys = Self.keys(of: action, theme.glyphs)
        var text = rules.wrapped(theme.say(action.help), to: columns - keyColumns - 2).map {
            Line(keys: "", text: $0, role: action.isEnabled ? .text : .disabled)
        }
        if let reason = action.disabledReason {
            text += rules.wrapped(theme.say(Text("(\(reason))")), to: columns - keyColumns - 2).map {
                Line(keys: "", text: $0, role: .disabled)
            }
        }
        return text.enumerated().map { place, line in
            var line = line
            line.keys = rules.padded(place == 0 ? keys : "", to: keyColumns) + "  "
            return line
        }
    }

    private static func keys<ID>(of action: Action<ID>, _ glyphs: Glyphs) -> String {
        action.keys.map { $0.label(glyphs) }.joined(separator: " ")
    }

    /// The width of the longest list of keys, but not more than a third of the line.
    private func keyColumns<ID>(of table: ActionTable<ID>, columns: Int, theme: Theme) -> Int {
        let widths = table.actions.map { theme.textWidth.width(of: Self.keys(of: $0, theme.glyphs)) }
        return min(widths.max() ?? 0, max(0, columns / 3))
    }
}
