// Names for a field of a destination's form, as its storage has them: asked for by a key, chosen from a list.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// The state of the list.
struct SuggestionList: Equatable, Sendable {
    /// The label of the field.
    let title: Text
    private(set) var query: SuggestionQuery
    private(set) var suggestions: Loadable<FieldSuggestions>
    /// What was typed of a name already.
    private var typed: String
    var list = ListState()

    init(title: Text, query: SuggestionQuery, typed: String, token: Int) {
        self.title = title
        self.query = query
        self.typed = typed
        suggestions = .loading(token: token)
    }

    /// A row of the list.
    enum Row: Equatable {
        /// The folder itself whose folders the others are.
        case folder(String)
        case name(String)

        /// What the field is given.
        var value: String {
            switch self {
            case .folder(let path), .name(let path): path
            }
        }
    }

    var rows: [Row] {
        guard let found = suggestions.value else { return [] }
        let own = query.kind == .folders && !query.folder.isEmpty ? [Row.folder(query.folder)] : []
        return own + found.values.map(Row.name)
    }

    /// The row under the cursor.
    var selected: Row? {
        let rows = rows
        return list.selectedItem.flatMap { rows.indices.contains($0) ? rows[$0] : nil }
    }

    /// The folder under the cursor, to look into.
    var enterable: String? {
        guard query.kind == .folders, case .name(let path)? = selected else { return nil }
        return path
    }

    /// The folder above the one that is shown.
    var parent: String? { query.kind == .folders ? SuggestionQuery.parent(of: query.folder) : nil }

    /// The token of what is awaited.
    var token: Int? { suggestions.token }

    /// Looks into another folder; the cursor goes to the one that was left, if that is below it.
    mutating func look(into folder: String, token: Int) {
        typed = folder == parent ? SuggestionQuery.parts(of: query.folder).name : ""
        query.folder = folder
        suggestions = .loading(token: token)
        list = ListState()
    }

    /// Takes what the storage has; the cursor goes to what was typed already.
    mutating func take(_ found: FieldSuggestions) {
        suggestions = .loaded(found)
        arrangeList()
        let start = SuggestionQuery.path(of: typed, in: query.folder)
        let wanted = rows.firstIndex { $0.value == start } ?? rows.firstIndex { $0.value.hasPrefix(start) }
        if !typed.isEmpty, let wanted { list.place(onItem: wanted) }
    }

    mutating func fail(_ reason: Text) { suggestions = .failed(reason) }

    /// Searches the list.
    mutating func arrangeList() {
        let names = rows.map(name)
        list.arrange(count: names.count) { (names[$0], "") }
    }

    /// What a row is called.
    func name(of row: Row) -> String {
        guard case .name(let path) = row, query.kind == .folders else { return row.value }
        return SuggestionQuery.parts(of: path).name
    }
}

extension SuggestionList {
    /// A row in words.
    func text(of row: Row) -> Text {
        if case .folder = row { return Text("Take “\(row.value)” itself") }
        return .verbatim(name(of: row) + (query.kind == .folders ? "/" : ""))
    }

    /// What is said where no row is shown.
    var emptyText: (text: Text, role: Role) {
        switch suggestions {
        case .idle, .loading: return (Text("Asking the storage"), .muted)
        case .failed(let reason): return (reason, .failure)
        case .loaded where !rows.isEmpty: return (.noMatch, .muted)
        case .loaded:
            return (
                query.kind == .folders
                    ? Text("There are no folders here yet.")
                    : Text("There is none that these credentials may list."),
                .muted
            )
        }
    }

    /// That the storage has more than is shown; nil where it has not.
    var isCutText: Text? {
        suggestions.value?.isWhole == false
            ? Text("These are not all: type the beginning of a name, or all of it.") : nil
    }
}

extension Wizard {
    /// Asks the storage for names for the field being edited; says what it needs first.
    mutating func askForSuggestions(at moment: Moment) -> [WizardEffect] {
        if let calendar = setup?.dateChooser(now: moment.now) {
            overlay = .calendar(calendar)
            return []
        }
        guard let setup, let field = setup.form.focused, let kind = setup.suggestions(for: field.id) else {
            return []
        }
        if let missing = setup.missing(for: kind, in: field.id) {
            message = Message(
                kind: .warning, text: Text("Fill in “\(missing.label)” first: the storage is asked with it"))
            self.setup?.form.visit(missing.id)
            return []
        }
        let text = setup.form.text(of: field.id)
        let (folder, name) = kind == .folders ? SuggestionQuery.parts(of: text) : ("", text)
        let token = newToken()
        let query = SuggestionQuery(field: field.id, kind: kind, folder: folder)
        overlay = .suggestions(SuggestionList(title: field.title, query: query, typed: name, token: token))
        return [.request(.suggestions(query, setup.draft), token: token)]
    }

    mutating func press(
        _ key: Key, in suggestions: SuggestionList, isCancel: Bool, page: Int
    ) -> [WizardEffect] {
        var suggestions = suggestions
        if suggestions.list.handleSearch(key, height: page) {
            overlay = .suggestions(suggestions)
            return []
        }
        switch key {
        case _ where isCancel || key == .control("c") || key == .character("q"):
            overlay = nil
            return suggestions.token.map { [.cancel(token: $0)] } ?? []
        case .enter:
            guard let row = suggestions.selected else { return [] }
            overlay = nil
            return changeSetup { $0.put(row.value, into: suggestions.query.field) }
        case .right, .character("l"):
            return suggestions.enterable.map { look(into: $0, suggestions) } ?? []
        case .left, .character("h"), .backspace:
            return suggestions.parent.map { look(into: $0, suggestions) } ?? []
        default:
            _ = suggestions.list.handle(key, height: page)
            overlay = .suggestions(suggestions)
            return []
        }
    }

    private mutating func look(into folder: String, _ suggestions: SuggestionList) -> [WizardEffect] {
        guard let setup else { return [] }
        var suggestions = suggestions
        let stopped = suggestions.token.map { [WizardEffect.cancel(token: $0)] } ?? []
        let token = newToken()
        suggestions.look(into: folder, token: token)
        overlay = .suggestions(suggestions)
        return stopped + [.request(.suggestions(suggestions.query, setup.draft), token: token)]
    }

    func draw(
        _ suggestions: SuggestionList, into frame: inout Frame, layout: WizardLayout, theme: Theme
    ) {
        let rows = suggestions.rows
        let empty = suggestions.emptyText
        let emptyText =
            empty.role == .failure
            ? Text("\(theme.glyphs.failure) \(empty.text)")
            : suggestions.token == nil ? empty.text : theme.waiting(empty.text)
        ListBox(
            title: suggestions.title, list: suggestions.list, nameColumns: 0,
            row: { ListBox.Row(name: theme.say(suggestions.text(of: rows[$0]))) }, rowCount: rows.count,
            emptyText: emptyText, emptyRole: empty.role,
            head: (suggestions.suggestions.value?.place).map(Text.verbatim),
            foot: suggestions.isCutText.map { ($0, .muted) }
        ).draw(into: &frame, layout: layout, theme: theme)
    }
}

extension ConfigureDestination {
    /// What names a field takes that the storage can be asked for; nil where it takes none.
    func suggestions(for field: String) -> SuggestionQuery.Kind? {
        form.field(field) == nil ? nil : spec.suggestions(for: field)
    }

    /// The calendar for the field being edited; nil where it is no date.
    func dateChooser(now: Date) -> DateChooser? {
        guard let field = modelFields.first(where: { $0.id == form.focused?.id }), field.kind.isTime else {
            return nil
        }
        let text = form.text(of: field.id)
        let typed =
            field.kind == .date ? WallClock.instant(date: text, time: "00:00") : Date(rfc3339: text)
        return DateChooser(
            .field(field.id, title: field.label, hasTime: field.kind == .dateTime),
            at: typed ?? now)
    }

    /// The first field that the storage cannot be asked without.
    func missing(for kind: SuggestionQuery.Kind, in field: String) -> FormModel.Field? {
        let problems = problems
        let needed = modelFields.filter { other in
            other.id != field
                && (isOfAuthentication(other.id)
                    || kind == .folders && spec.suggestions(for: other.id) == .containers)
        }
        return needed.first { problems[$0.id] != nil }
    }

    private func isOfAuthentication(_ id: String) -> Bool {
        authenticationForm?.fields().contains { $0.id == id } ?? false
    }

    /// Puts a value into a field in the place of what is there, as one step.
    mutating func put(_ value: String, into id: String) {
        let before = form
        form.beginStep()
        replaceText(of: id, with: value)
        form.focus(on: id)
        changed(from: before)
    }
}
