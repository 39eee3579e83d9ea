// The palette: every action of a screen by name, filtered as one types.
import FuzzySearch
import Languages

/// The state of the palette: what was typed, and which match is under the cursor.
public struct Palette: Sendable, Equatable {
    /// What a key came to.
    public enum Outcome<ID: Hashable & Sendable>: Sendable, Equatable {
        /// The palette stays open.
        case open
        /// The palette closes and this action is to be done.
        case chosen(ID)
        /// The palette closes, and nothing is done.
        case dismissed
    }

    /// The most matches in sight.
    private static let mostRows = 10

    private var query: TextField
    private var history = EditHistory<TextField>()
    private var cursor = ListCursor()

    /// An empty palette; `placeholder` stands in its field until something is typed.
    public init(placeholder: Text? = nil) {
        query = TextField(placeholder: placeholder)
    }

    /// Does what `key` says: arrows move, Enter chooses the action under the cursor unless it is disabled,
    /// Escape closes, and everything else is typed.
    public mutating func handle<ID>(_ key: Key, table: ActionTable<ID>, in language: Language) -> Outcome<ID>
    {
        let matches = matches(in: table, language: language)
        switch key {
        case .escape, .control("g"), .control("c"): return .dismissed
        case .enter:
            guard let index = cursor.index(in: matches.count), matches[index].isEnabled else {
                return .open
            }
            return .chosen(matches[index].id)
        case .up, .down, .pageUp, .pageDown, .control("n"), .control("p"):
            _ = cursor.handle(key, count: matches.count, height: Self.mostRows)
        default:
            let before = query.text
            _ = history.handle(key, in: &query)
            if query.text != before { cursor = ListCursor() }
        }
        return .open
    }

    /// Goes to a match.
    public mutating func move(to match: Int) { cursor.place(at: match) }

    /// Types a pasted text.
    public mutating func paste(_ text: String) -> PasteNotice? {
        cursor = ListCursor()
        return history.paste(text, into: &query)
    }

    /// The actions whose title or help has what was typed.
    ///
    /// The best match comes first, and what can be used now before what cannot; all are in the order of the table where
    /// nothing was typed.
    public func matches<ID>(in table: ActionTable<ID>, language: Language) -> [Action<ID>] {
        let found = table.actions(matching: searched, in: language)
        return searched.isEmpty ? found : found.filter(\.isEnabled) + found.filter { !$0.isEnabled }
    }

    /// Nobody means a capital here.
    private var searched: SearchQuery { SearchQuery(query.text.lowercased()) }

    /// Draws the palette over the upper part of `rect`.
    public func draw<ID>(
        _ table: ActionTable<ID>, title: Text, noMatchText: Text, into frame: inout Frame,
        in rect: Rect, theme: Theme
    ) {
        frame.restyle(rect, style: theme[.overlay])
        let matches = matches(in: table, language: theme.language)
        let rows = min(max(1, min(table.actions.count, Self.mostRows)), max(1, rect.rows - 5))
        let size = Size(columns: min(rect.columns - 4, 70), rows: rows + 3)
        let box = rect.centered(size)
        let inside = box.inset(columns: 2, rows: 1)
        guard !inside.isEmpty else { return }
        frame.fill(box, style: theme[.text])
        frame.box(
            box, style: theme[.borderFocused], title: title, titleStyle: theme[.title],
            glyphs: theme.glyphs)
        let (top, list) = inside.split(top: 1)
        if matches.isEmpty {
            let text = frame.textWidth.truncated(theme.say(noMatchText), to: list.columns)
            if !list.isEmpty { frame.put(text, at: list.origin, style: theme[.muted]) }
        }
        let visible = cursor.visible(count: matches.count, height: list.rows)
        for (place, index) in visible.enumerated() {
            let isSelected = index == cursor.index(in: matches.count)
            draw(matches[index], isSelected, into: &frame, in: list.line(place), theme: theme)
            frame.addTarget(.row(index), in: list.line(place))
        }
        let marked = box.split(top: 2).rest.split(bottom: 1).rest
        frame.putScrollMarks(visible, count: matches.count, in: marked, theme: theme)
        query.draw(into: &frame, in: top, theme: theme, isFocused: true)
    }

    private func draw<ID>(
        _ action: Action<ID>, _ isSelected: Bool, into frame: inout Frame, in line: Rect, theme: Theme
    ) {
        let rules = frame.textWidth
        let key = action.keys.first?.label(theme.glyphs) ?? ""
        let name = theme.say(action.disabledReason.map { Text("\(action.title) (\($0))") } ?? action.title)
        let keyColumns = min(12, line.columns / 3)
        let text =
            rules.padded(name, to: line.columns - keyColumns)
            + rules.padded(key, to: keyColumns, alignment: .trailing)
        let role: Role = isSelected ? .selection : action.isEnabled ? .text : .disabled
        frame.put(text, at: line.origin, style: theme[role], columns: line.columns)
        frame.showMatches(
            of: searched, in: theme.say(action.title), at: line.origin, isSelected: isSelected, theme: theme)
    }
}
