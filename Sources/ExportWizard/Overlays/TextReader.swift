// A text to read, scrolled by lines and searched.
import FuzzySearch
import Languages
import TerminalKit

/// The state of a text that is read.
struct TextReader: Equatable, Sendable {
    var title: Text
    /// The lines, in the language of the person who reads them.
    var lines: [String]
    /// How many lines of the text are above the box.
    var scroll = 0
    /// What is searched for.
    private(set) var search = TextField()
    /// Whether letters belong to the search.
    private(set) var isSearching = false
    private var searchHistory = EditHistory<TextField>()
    /// Where the search was begun.
    private var searchStart = 0

    init(title: Text, lines: [String]) {
        self.title = title
        self.lines = lines
    }

    /// Whether something is searched for.
    var isSearched: Bool { isSearching || !search.text.isEmpty }

    /// Whether the box has a line for the search.
    private var searchRows: Int { isSearched ? 1 : 0 }

    /// Scrolls or searches; `false` where the key means nothing here, as those that close the text.
    ///
    /// - Parameter page: how many lines the largest box shows.
    mutating func handle(_ key: Key, page: Int, size: Size) -> Bool {
        let shown = shownLines(columns: size.columns - 6, textWidth: .standard)
        let page = max(1, min(page, shown.count) - searchRows)
        let last = max(0, shown.count - page)
        if isSearched, [.escape, .control("g"), .control("c")].contains(key) {
            search.replace(with: "")
            isSearching = false
            return true
        }
        if isSearching {
            if key == .enter {
                isSearching = false
            } else if searchHistory.handle(key, in: &search) {
                scroll = min(
                    last,
                    matches(in: shown).first { $0 >= searchStart } ?? matches(in: shown).first ?? searchStart)
            }
            return true
        }
        switch key {
        case .character("/"):
            search.replace(with: "")
            isSearching = true
            searchStart = min(scroll, last)
        case .character("n") where isSearched:
            let matches = matches(in: shown)
            scroll = min(last, matches.first { $0 > scroll } ?? matches.first ?? scroll)
        case .character("N") where isSearched:
            let matches = matches(in: shown)
            scroll = min(last, matches.last { $0 < scroll } ?? matches.last ?? scroll)
        default:
            let new = Scrolling.offset(scroll, after: key, page: page, count: shown.count)
            guard new != scroll || Scrolling.isKey(key) else { return false }
            scroll = new
        }
        return true
    }

    /// Types a pasted text into the search, where one goes on.
    mutating func paste(_ text: String) -> PasteNotice? {
        isSearching ? searchHistory.paste(text, into: &search) : nil
    }

    /// What is looked for: each word in one piece, whatever its case unless it has a capital.
    private var words: [SearchQuery] {
        search.text.split(whereSeparator: \.isWhitespace).map { SearchQuery("'" + $0) }
    }

    /// The lines that have every word.
    private func matches(in shown: [String]) -> [Int] {
        let words = words
        guard !words.isEmpty else { return [] }
        return shown.indices.filter { index in
            words.allSatisfy { !$0.positions(in: shown[index]).isEmpty }
        }
    }

    /// The lines, wrapped to the width of the box.
    func shownLines(columns: Int, textWidth: TextWidth) -> [String] {
        lines.flatMap { textWidth.wrapped($0, to: columns) }
    }

    func draw(into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let columns = layout.size.columns - 2
        let shown = shownLines(columns: columns - 4, textWidth: frame.textWidth)
        let rect = layout.overlay(lines: shown.count + searchRows, columns: columns)
        frame.fill(rect, style: theme[.text])
        frame.box(
            rect, style: theme[.borderFocused], title: title, titleStyle: theme[.title], glyphs: theme.glyphs)
        let (top, inside) = rect.inset(columns: 2, rows: 1).split(top: searchRows)
        let first = min(scroll, max(0, shown.count - inside.rows))
        let visible = first..<min(first + inside.rows, shown.count)
        for (offset, index) in visible.enumerated() {
            let line = inside.line(offset)
            frame.put(shown[index], at: line.origin, style: theme[.text], columns: inside.columns)
            for word in words {
                frame.showMatches(
                    of: word, in: shown[index], at: line.origin, isSelected: false, theme: theme,
                    columns: inside.columns)
            }
        }
        frame.cursor = inside.origin
        frame.putScrollMarks(
            visible, count: shown.count,
            in: Rect(column: rect.column, row: inside.row, columns: rect.columns, rows: inside.rows),
            theme: theme)
        if isSearched { drawSearch(matches(in: shown).count, into: &frame, in: top, theme: theme) }
    }

    private func drawSearch(_ count: Int, into frame: inout Frame, in line: Rect, theme: Theme) {
        let found =
            switch count {
            case _ where search.text.isEmpty: Text.empty
            case 0: Text("no line has it")
            case 1: Text("in 1 line")
            default: Text("in \(Formatting.count(count)) lines")
            }
        let remark = theme.say(found)
        let (rest, right) = line.split(right: frame.textWidth.width(of: remark) + 2)
        frame.put("  " + remark, at: right.origin, style: theme[.muted])
        let used = frame.put(theme.searchLabel, at: rest.origin, style: theme[isSearching ? .accent : .muted])
        search.draw(into: &frame, in: rest.split(left: used).rest, theme: theme, isFocused: isSearching)
    }
}
