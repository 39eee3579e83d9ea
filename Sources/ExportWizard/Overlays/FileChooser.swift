// Looking for a file with a secret: its path to type, completed by Tab, and below it what is in the folder that the
// path is in. Instead of a path a command that prints the secret can be typed.
import ExportDomain
import Languages
import TerminalKit

/// The state of the search for a file.
struct FileChooser: Equatable, Sendable {
    /// The key and the label of the field that the file is for.
    let field: String
    let title: Text
    private(set) var path = TextField("~/")
    private var history = EditHistory<TextField>()
    /// Whether keys belong to the list, and not to the path.
    private(set) var isInList = false
    private(set) var contents: Loadable<FolderContents> = .idle
    /// The folder whose contents these are, or will be: as it is typed, with a slash at its end or empty.
    private(set) var folder = ""
    var list = ListState()

    init(field: String, title: Text) {
        self.field = field
        self.title = title
    }

    // MARK: What is shown

    /// The folder that the path is in, with its slash, and what is typed behind it.
    var parts: (folder: String, name: String) {
        guard let slash = path.text.unicodeScalars.lastIndex(of: "/") else { return ("", path.text) }
        let after = path.text.unicodeScalars.index(after: slash)
        return (String(path.text.unicodeScalars[..<after]), String(path.text.unicodeScalars[after...]))
    }

    /// The command that is typed instead of a path; nil where there is none.
    var command: String? { isInList ? nil : path.text.secretCommand }

    /// What is in the folder and begins with what is typed.
    var entries: [FolderContents.Entry] {
        guard command == nil, folder == parts.folder, let all = contents.value?.entries else { return [] }
        let name = parts.name
        return name.isEmpty ? all : all.filter { $0.name.utf8.starts(with: name.utf8) }
    }

    /// What is under the cursor of the list.
    var selected: FolderContents.Entry? {
        let entries = entries
        return list.selectedItem.flatMap { entries.indices.contains($0) ? entries[$0] : nil }
    }

    /// The path that is meant: that of the list's row, or what is typed.
    var chosenPath: String { isInList ? selected.map { folder + $0.name } ?? path.text : path.text.trimmed }

    /// Whether what is meant is a folder, as far as is known.
    var isFolderChosen: Bool {
        if isInList { return selected?.isFolder ?? false }
        if command != nil { return false }
        if path.text.hasSuffix("/") { return true }
        return entries.contains { $0.name == parts.name && $0.isFolder }
    }

    /// The token of what is awaited.
    var token: Int? { contents.token }

    // MARK: What is done

    /// Whether another folder has to be read for the path that is typed.
    var needsContents: Bool { contents == .idle || command == nil && folder != parts.folder }

    /// Awaits what is in the folder that the path is in.
    mutating func awaitContents(token: Int) {
        folder = parts.folder
        contents = .loading(token: token)
        list = ListState()
    }

    mutating func take(_ found: FolderContents) {
        contents = .loaded(found)
        arrangeList()
    }

    mutating func fail(_ reason: Text) { contents = .failed(reason) }

    /// Searches the list.
    mutating func arrangeList() {
        let entries = entries
        list.arrange(count: entries.count) { (entries[$0].name, "") }
        if entries.isEmpty, token == nil { isInList = false }
    }

    /// Goes into the folder that is meant.
    mutating func enter() {
        let path = chosenPath
        type(path.hasSuffix("/") ? path : path + "/")
    }

    /// Goes to the folder above.
    mutating func leave() {
        let above = String(folder.dropLast())
        guard !above.isEmpty, above != "~" else {
            // Above a home folder are those of others.
            return type(above == "~" ? "/" : folder)
        }
        let start = above.unicodeScalars.lastIndex(of: "/").map { above.unicodeScalars.index(after: $0) }
        type(start.map { String(above.unicodeScalars[..<$0]) } ?? "")
    }

    private mutating func type(_ text: String) {
        history.note(path)
        path.replace(with: text)
    }

    /// Completes what is typed as far as all names that begin with it agree.
    mutating func complete() {
        let entries = entries
        guard let first = entries.first else { return }
        if entries.count == 1 {
            return type(folder + first.name + (first.isFolder ? "/" : ""))
        }
        let common = entries.dropFirst().reduce(first.name) { $0.commonPrefix(with: $1.name) }
        if common.utf8.count > parts.name.utf8.count { type(folder + common) }
    }

    mutating func setInList(_ isInList: Bool) {
        self.isInList = isInList && command == nil && (token != nil || !entries.isEmpty)
    }

    /// Does what a key does in the path.
    mutating func edit(_ key: Key) -> Bool { history.handle(key, in: &path) }

    /// Types a pasted text into the path, or into the search of the list.
    mutating func paste(_ text: String) -> PasteNotice? {
        if isInList { return list.isSearching ? list.paste(text) : nil }
        return history.paste(text, into: &path)
    }
}

extension String {
    /// What both texts begin with.
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}

extension FileChooser {
    fileprivate mutating func pressInList(_ key: Key, page: Int) {
        switch key {
        case .tab, .backTab, .character("i"): setInList(false)
        case .right, .character("l"): if selected?.isFolder == true { enter() }
        case .left, .character("h"), .backspace: leave()
        case .up where list.selectedRow == 0: setInList(false)
        default: _ = list.handle(key, height: page)
        }
    }

    fileprivate mutating func pressInPath(_ key: Key) {
        switch key {
        case .tab: complete()
        case .down, .control("n"): setInList(true)
        default: _ = edit(key)
        }
    }
}

extension Wizard {
    mutating func askForFile() -> [WizardEffect] {
        guard let field = setup?.form.focused else { return [] }
        return show(FileChooser(field: field.id, title: field.title))
    }

    mutating func press(
        _ key: Key, in chooser: FileChooser, isCancel: Bool, page: Int
    ) -> [WizardEffect] {
        var chooser = chooser
        if chooser.isInList, chooser.list.handleSearch(key, height: page) {
            overlay = .files(chooser)
            return []
        }
        if isCancel || key == .control("c") {
            overlay = nil
            return chooser.token.map { [.cancel(token: $0)] } ?? []
        }
        if key == .enter {
            if chooser.isFolderChosen {
                chooser.enter()
                return show(chooser)
            }
            let (path, command) = (chooser.chosenPath, chooser.command)
            guard !path.isEmpty, command?.isEmpty != true else { return [] }
            overlay = nil
            let stopped = chooser.token.map { [WizardEffect.cancel(token: $0)] } ?? []
            return stopped
                + (command.map { runSecretCommand($0, for: chooser.field) }
                    ?? readFile(path, for: chooser.field))
        }
        if chooser.isInList { chooser.pressInList(key, page: page) } else { chooser.pressInPath(key) }
        return show(chooser)
    }

    /// Shows the search, and asks for what is in its folder where that is not known.
    mutating func show(_ chooser: FileChooser) -> [WizardEffect] {
        var chooser = chooser
        var effects: [WizardEffect] = []
        if chooser.needsContents {
            effects = chooser.token.map { [.cancel(token: $0)] } ?? []
            let token = newToken()
            chooser.awaitContents(token: token)
            effects.append(.request(.folderContents(path: chooser.folder), token: token))
        }
        chooser.arrangeList()
        overlay = .files(chooser)
        return effects
    }

    func draw(_ chooser: FileChooser, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let rect = layout.overlay(lines: layout.overlayRows)
        frame.fill(rect, style: theme[.text])
        frame.box(
            rect, style: theme[.borderFocused],
            title: Text("\(chooser.title): take it from a file or a command"),
            titleStyle: theme[.title], glyphs: theme.glyphs)
        let (top, rest) = rect.inset(columns: 2, rows: 1).split(top: 1)
        let used = frame.put(
            theme.say(chooser.command == nil ? Text("File") : Text("Command")) + " ", at: top.origin,
            style: theme[chooser.isInList ? .muted : .accent])
        chooser.path.draw(
            into: &frame, in: top.split(left: used).rest, theme: theme, isFocused: !chooser.isInList)
        frame.addTarget(
            .key(.backTab), in: chooser.isInList ? top : Rect(column: 0, row: 0, columns: 0, rows: 0))
        let isSearched = chooser.list.isSearching || chooser.list.isFiltered
        let (search, body) = rest.split(top: isSearched ? 1 : 0)
        if isSearched { drawSearch(of: chooser.list, into: &frame, in: search, theme: theme) }
        if chooser.command != nil {
            frame.putWrapped(
                Text("What it prints is taken. It is run without a shell and without a terminal."), in: body,
                style: theme[.muted])
            return
        }
        let (list, foot) = body.split(bottom: 1)
        frame.put(
            Text("Or type command:pass show key for what it prints."), at: foot.origin, style: theme[.muted],
            columns: foot.columns)
        draw(contentsOf: chooser, into: &frame, in: list, theme: theme)
    }

    private func draw(
        contentsOf chooser: FileChooser, into frame: inout Frame, in body: Rect, theme: Theme
    ) {
        let isSearched = chooser.list.isSearching || chooser.list.isFiltered
        let entries = chooser.entries
        switch chooser.contents {
        case .idle, .loading:
            frame.put(theme.waiting(Text("Reading the folder")), at: body.origin, style: theme[.muted])
        case .failed(let reason):
            frame.putWrapped(Text("\(theme.glyphs.failure) \(reason)"), in: body, style: theme[.failure])
        case .loaded where entries.isEmpty || chooser.list.rowCount == 0:
            let text =
                isSearched
                ? .noMatch
                : chooser.parts.name.isEmpty
                    ? Text("The folder is empty.") : Text("No name begins like this.")
            frame.put(text, at: body.origin, style: theme[.muted], columns: body.columns)
        case .loaded(let contents):
            draw(entries, of: chooser, isWhole: contents.isWhole, into: &frame, in: body, theme: theme)
        }
    }

    private func draw(
        _ entries: [FolderContents.Entry], of chooser: FileChooser, isWhole: Bool, into frame: inout Frame,
        in body: Rect, theme: Theme
    ) {
        let (body, foot) = body.split(bottom: isWhole ? 0 : 1)
        if !isWhole {
            frame.put(
                Text("These are not all: type the path."), at: foot.origin, style: theme[.muted],
                columns: foot.columns)
        }
        let visible = chooser.list.cursor.visible(count: chooser.list.rowCount, height: body.rows)
        for (offset, row) in visible.enumerated() {
            let line = body.line(offset)
            let entry = entries[chooser.list.item(at: row)]
            let isSelected = chooser.list.selectedRow == row
            if isSelected, chooser.isInList, !chooser.list.isSearching { frame.cursor = line.origin }
            let remark = entry.bytes.map { Formatting.bytes($0) } ?? ""
            let name = frame.textWidth.sanitized(entry.name) + (entry.isFolder ? "/" : "")
            let remarkColumns = 10
            let text =
                frame.textWidth.padded(
                    frame.textWidth.truncatedInMiddle(name, to: line.columns - remarkColumns - 1),
                    to: line.columns - remarkColumns)
                + frame.textWidth.padded(remark, to: remarkColumns, alignment: .trailing)
            let role: Role = isSelected ? chooser.isInList ? .selection : .selectionInactive : .text
            frame.put(text, at: line.origin, style: theme[role], columns: line.columns)
            frame.showMatches(
                of: chooser.list.query, in: name, at: line.origin, isSelected: isSelected, theme: theme,
                columns: line.columns - remarkColumns)
            frame.addTarget(.row(row), in: line)
        }
        frame.putScrollMarks(visible, count: chooser.list.rowCount, in: body, theme: theme)
    }
}
