// Lists, told a page at a time: rows are named by numbers or by what they are called, and searched by any other text.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension PlainWizard {
    /// So many rows are told at once.
    static let pageRows = 40

    /// A row as it is told.
    struct Row {
        var name: Text
        var facts: [Text] = []
        var isMarked = false

        var text: Text { facts.isEmpty ? name : Text("\(name): \(Text.list(facts))") }
    }

    /// Whether the place has rows to choose from.
    var hasRows: Bool {
        switch place {
        case .list, .overlaidList: true
        default: false
        }
    }

    /// The list of the place; nil where it has none.
    private var list: ListState? {
        get { wizard.overlay == nil ? wizard.list : wizard.overlay?.list }
        set { if wizard.overlay == nil { wizard.list = newValue } else { wizard.overlay?.list = newValue } }
    }

    private var rowCount: Int { list?.rowCount ?? 0 }

    /// A row of the list, by its place from 0 on.
    private func row(_ place: Int, at moment: Moment) -> Row {
        guard let list else { return Row(name: .empty) }
        let item = list.item(at: place)
        switch wizard.overlay {
        case .macros?: return wizard.macroRow(item)
        case .suggestions(let suggestions)?: return suggestions.row(item)
        case .platforms(let platforms)?: return platforms.rows[item].row
        default: break
        }
        switch wizard.screen {
        case .destination: return wizard.destinationRow(item)
        case .destinationKinds:
            return Row(
                name: .verbatim(wizard.kinds[item].name), facts: [wizard.kinds[item].guide.needs])
        case .datasets, .flowDatasets: return wizard.datasetRow(item)
        case .flows: return wizard.flowList.rows[item].row(now: moment.now)
        case .verification: return wizard.verification?.plainRow(item) ?? Row(name: .empty)
        case .destinationForm, .destinationTest, .scheduling, .review, .flowSettings:
            return Row(name: .empty)
        }
    }

    // MARK: What is told

    /// The page of the list, and how much there is beside it.
    func listLines(marked: Bool, at moment: Moment) -> [String] {
        let count = rowCount
        let end = min(count, pageStart + Self.pageRows)
        var lines = listHead(at: moment).map(words)
        for place in pageStart..<max(pageStart, end) {
            let row = row(place, at: moment)
            let text = marked && row.isMarked ? Text("\(row.text), selected") : row.text
            lines.append("\(place + 1). \(words(text))")
        }
        if count == 0 { lines += emptyLines.map(words) }
        if pageStart > 0 || end < count {
            let range =
                Text(
                    "\(Formatting.count(pageStart + 1)) to \(Formatting.count(end)) of \(Formatting.count(count))"
                )
            lines.append(
                words(
                    end < count
                        ? Text("These are \(range): more, a number, or a text to search for.")
                        : Text("These are \(range), the last.")))
        }
        if let list, list.isFiltered {
            lines.append(
                words(Text("\(list.countText) are found; “show all” shows everything again.")))
        }
        if wizard.screen == .datasets || wizard.screen == .flowDatasets, case .list = place, marked {
            lines.append(words(Text("\(wizard.selection.countText).")))
        }
        return lines
    }

    private func listHead(at moment: Moment) -> [Text] {
        switch wizard.overlay {
        case .platforms(let platforms)?: return platforms.problem.map { [$0] } ?? []
        case .suggestions(let suggestions)?: return suggestions.heads
        case nil where wizard.screen == .verification:
            return wizard.verification?.summary(now: moment.now, glyphs: .unspoken).map(\.text) ?? []
        default: return []
        }
    }

    private var emptyLines: [Text] {
        if let list, list.isFiltered { return [.noMatch] }
        switch wizard.overlay {
        case .platforms(let platforms)?:
            if case .failed(let reason) = platforms.choices { return [reason] }
            return []
        case .suggestions(let suggestions)?: return [suggestions.emptyText.text]
        default: break
        }
        switch wizard.screen {
        case .destination:
            if case .failed(let reason) = wizard.destination.catalogue { return [reason] }
            return [Wizard.noDestinationText]
        case .datasets, .flowDatasets: return [wizard.selection.emptyText(mayAdd: !wizard.setting.isReadOnly)]
        case .flows:
            if case .failed(let reason) = wizard.flowList.flows { return [reason] }
            return [wizard.noFlowText]
        case .verification: return wizard.verification?.emptyText.map { [$0] } ?? []
        case .destinationKinds, .destinationForm, .destinationTest, .scheduling, .review, .flowSettings:
            return []
        }
    }

    func listQuestion(at moment: Moment) -> String {
        let title: Text
        switch wizard.overlay {
        case .macros?: title = Text("Macro")
        case .suggestions(let suggestions)?: title = suggestions.title
        case .platforms?: title = Text("Platform")
        default:
            switch wizard.screen {
            case .destination: title = Text("Destination")
            case .destinationKinds: title = Text("Kind of destination")
            case .datasets, .flowDatasets:
                title = Text("Datasets, by numbers like 1-3,7, all, or a text to search for")
            case .flows: title = Text("Flow")
            default: title = Text("Run or file")
            }
        }
        return words(title) + defaultOfList
    }

    private var defaultOfList: String {
        if isPaused, wizard.screen == .verification { return " [follow]" }
        guard let action = enterAction, action.isEnabled else { return "" }
        if action.id == .newDestination || choosesMany { return " [\(words(action.title))]" }
        return list?.selectedRow.map { " [\($0 + 1)]" } ?? ""
    }

    /// Whether rows are selected rather than chosen.
    var choosesMany: Bool {
        if case .list = place { wizard.screen == .datasets || wizard.screen == .flowDatasets } else { false }
    }

    // MARK: What is answered

    mutating func answerList(_ text: String, at moment: Moment) {
        let answer = text.lowercased()
        if text.isEmpty {
            if isPaused, wizard.screen == .verification { return }
            if let action = enterAction { perform(action, with: "", at: moment) }
            return
        }
        if answer == "more" { return tellMore(at: moment) }
        if answer == "back", wizard.overlay != nil { return press(.control("g"), at: moment) }
        if answer == "show all", list?.isFiltered == true { return search(for: "") }
        if text.hasPrefix("/") {
            let wanted = String(text.dropFirst()).trimmed
            return wanted.isEmpty ? refuse(Text("Answer / and the text to search for.")) : search(for: wanted)
        }
        switch RowNumbers(text, of: rowCount) {
        case .rows(let rows): return choose(rows, at: moment)
        case .beyond(let number):
            return refuse(Text("There is no number \(number): the last is \(Formatting.count(rowCount))."))
        case .none: break
        }
        if let (action, rest) = named(text) { return perform(action, with: rest, at: moment) }
        if let row = row(called: text, at: moment) { return choose([row], at: moment) }
        search(for: text)
    }

    private mutating func tellMore(at moment: Moment) {
        guard pageStart + Self.pageRows < rowCount else { return refuse(Text("There is nothing more.")) }
        pageStart += Self.pageRows
    }

    private mutating func choose(_ rows: [Int], at moment: Moment) {
        if choosesMany { return toggle(rows, at: moment) }
        guard rows.count == 1 else { return refuse(Text("Answer with one number.")) }
        let isForField = wizard.overlay != nil
        move(to: rows[0])
        if let action = enterAction { perform(action, with: "", at: moment) }
        if isForField, wizard.overlay == nil { askFocusedField() }
    }

    private mutating func toggle(_ rows: [Int], at moment: Moment) {
        run { wizard in
            wizard.list?.toggleMarks(ofRows: rows)
            return []
        }
        let isSelected = rows.last.map { row($0, at: moment).isMarked } ?? false
        let shown = Text.list(rows.prefix(5).map { row($0, at: moment).name })
        let names = rows.count > 5 ? Text("\(shown) and \(Formatting.count(rows.count - 5)) more") : shown
        let count = wizard.selection.countText
        say(isSelected ? Text("Selected: \(names). \(count).") : Text("Left out: \(names). \(count)."))
    }

    /// Puts the cursor on a row, for an action that is about the row under it.
    mutating func move(to row: Int) {
        list?.move(to: row, height: Self.pageRows)
        run { _ in [] }
    }

    /// Narrows the list to what has a text in it.
    mutating func search(for text: String) {
        pageStart = 0
        list?.search(for: text)
        run { _ in [] }
    }

    /// The row that a number or a name means.
    func row(named text: String, at moment: Moment) -> Int? {
        if case .rows(let rows) = RowNumbers(text, of: rowCount) { return rows.first }
        return row(called: text, at: moment)
    }

    private func row(called text: String, at moment: Moment) -> Int? {
        let name = text.lowercased()
        return (0..<rowCount).first { words(row($0, at: moment).name).lowercased() == name }
    }
}
