// A form on the screen: its fields with what was typed, and which of them is being edited.
import ExportDomain
import Languages
import TerminalKit

/// The state of a form.
struct FormState: Equatable, Sendable {
    /// One field.
    struct Field: Equatable, Sendable, Identifiable {
        var id: String
        var title: Text
        var help: Text?
        var isRequired: Bool = false
        /// The heading above the field, where it is the first of a section.
        var section: Text?
        var input: Input
    }

    /// One of several things to choose from.
    struct Option: Equatable, Sendable {
        /// What it is for the program.
        var value: String
        /// What people call it.
        var title: Text

        init(_ value: String, title: Text) {
            self.value = value
            self.title = title
        }

        /// A name, which is the same in every language.
        init(_ value: String) { self.init(value, title: .verbatim(value)) }
    }

    /// What is typed or chosen.
    enum Input: Equatable, Sendable {
        case text(TextField)
        case choice(options: [Option], selected: Int)
        case toggle(Bool)
    }

    /// The fields, in order.
    var fields: [Field]
    /// What was typed into fields that are not shown for what is chosen now, by a name of the form's own.
    var setAside: [String: Input] = [:]
    /// Index of the field being edited.
    private(set) var focus = 0
    /// The fields that were left since they were typed into: their errors are shown whatever they are, so that nobody
    /// is scolded while typing.
    private(set) var visited: Set<String> = []
    /// What was in the fields before; it holds secrets as the fields do, and is no longer there than the form.
    private(set) var history = EditHistory<Contents>()
    /// The editor of text fields; nil where it is Emacs'.
    private(set) var vi: ViEditing?
    /// What a paste changed, in words; gone with the next key.
    private(set) var notice: Text?
    /// The field whose secret is shown while the cursor is in it.
    private(set) var revealed: String?

    var focused: Field? { fields.indices.contains(focus) ? fields[focus] : nil }

    /// Whether characters belong to the field being edited rather than to actions.
    var isEditingText: Bool {
        if case .text = focused?.input { true } else { false }
    }

    func text(of id: String) -> String {
        guard case .text(let field) = field(id)?.input else { return "" }
        return field.text.trimmed
    }

    func choice(of id: String) -> String? {
        guard case .choice(let options, let selected) = field(id)?.input,
            options.indices.contains(selected)
        else { return nil }
        return options[selected].value
    }

    func field(_ id: String) -> Field? { fields.first { $0.id == id } }

    /// Sets what is in a field; no step of its own for `undo`.
    mutating func setInput(_ input: Input, of id: String) {
        guard let index = fields.firstIndex(where: { $0.id == id }) else { return }
        fields[index].input = input
    }

    /// Puts a text into a field in the place of what is there; no step of its own for `undo`.
    mutating func replaceText(of id: String, with text: String) {
        guard case .text(var field)? = field(id)?.input else { return }
        field.replace(with: text)
        setInput(.text(field), of: id)
    }

    /// Inserts text where the cursor of a text field is.
    mutating func insert(_ text: String, into id: String) {
        guard let index = fields.firstIndex(where: { $0.id == id }),
            case .text(var field) = fields[index].input
        else { return }
        history.note(contents)
        field.insert(text)
        fields[index].input = .text(field)
        visited.remove(id)
    }

    /// Replaces the fields and keeps the focus on the same one where it is still there.
    mutating func replaceFields(_ new: [Field]) {
        let focusedID = focused?.id
        fields = new
        focus = fields.firstIndex { $0.id == focusedID } ?? min(focus, max(fields.count - 1, 0))
    }

    /// Moves to another field; the one that is left counts as visited.
    mutating func move(by step: Int) {
        guard !fields.isEmpty else { return }
        if let focused { visited.insert(focused.id) }
        notice = nil
        revealed = nil
        history.endRun()
        focus = (focus + step + fields.count) % fields.count
    }

    mutating func focus(on id: String) {
        revealed = nil
        if let index = fields.firstIndex(where: { $0.id == id }) { focus = index }
    }

    /// Goes to another field; the one that is left counts as visited.
    mutating func leave(for id: String) {
        guard let index = fields.firstIndex(where: { $0.id == id }) else { return }
        move(by: index - focus)
    }

    /// Tells what was changed by itself, in words.
    mutating func note(_ notice: Text?) { self.notice = notice }

    /// Shows the secret of the field being edited, or hides it again.
    mutating func toggleRevealed() { revealed = revealed == focused?.id ? nil : focused?.id }

    /// Shows the errors of a field from now on, as if it had been left.
    mutating func visit(_ id: String) { visited.insert(id) }

    /// Shows the errors of all fields, as when a form is sent that cannot be.
    mutating func visitAll() { visited = Set(fields.map(\.id)) }

    /// Whether the key moved in the form or changed a field.
    mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .tab, .down, .control("n"):
            move(by: 1)
            return true
        case .backTab, .up:
            move(by: -1)
            return true
        case .character("j") where isCommanding:
            move(by: 1)
            return true
        case .character("k") where isCommanding:
            move(by: -1)
            return true
        default:
            notice = nil
            return edit(key)
        }
    }

    private mutating func edit(_ key: Key) -> Bool {
        guard fields.indices.contains(focus) else { return false }
        let before = contents
        guard change(by: key) else { return false }
        noteChange(from: before, run: isViNormal ? nil : EditRun(key, in: fields[focus].id))
        return true
    }

    /// Makes a step of what was changed, if anything was; the field being edited is typed into again.
    private mutating func noteChange(from before: Contents, run: EditRun?) {
        guard contents != before else { return history.endRun() }
        history.note(before, run: run)
        if let focused { visited.remove(focused.id) }
    }

    private mutating func change(by key: Key) -> Bool {
        switch fields[focus].input {
        case .text(var field):
            let isHandled = vi == nil ? field.handle(key) : vi?.handle(key, in: &field) ?? false
            guard isHandled else { return false }
            fields[focus].input = .text(field)
        case .choice(let options, let selected):
            switch key {
            case .right, .character(" "), .character("l"), .control("f"):
                fields[focus].input = .choice(options: options, selected: (selected + 1) % options.count)
            case .left, .character("h"), .control("b"):
                let previous = (selected + options.count - 1) % options.count
                fields[focus].input = .choice(options: options, selected: previous)
            default: return false
            }
        case .toggle(let isOn):
            guard [.character(" "), .left, .right, .character("h"), .character("l")].contains(key) else {
                return false
            }
            fields[focus].input = .toggle(!isOn)
        }
        return true
    }

    mutating func paste(_ text: String) {
        guard fields.indices.contains(focus), case .text(var field) = fields[focus].input else { return }
        let before = contents
        notice = field.paste(text)?.text
        fields[focus].input = .text(field)
        noteChange(from: before, run: nil)
    }
}

extension FormState {
    /// Edits texts in a style from now on.
    mutating func edit(as style: EditingStyle) { vi = style == .vi ? vi ?? ViEditing() : nil }

    private var isViNormal: Bool { vi?.isNormal ?? false }

    /// Whether letters are commands of vi that are about the whole form.
    var isCommanding: Bool {
        guard let vi else { return false }
        return !isEditingText || vi.isNormal && vi.pending.isEmpty
    }

    /// Whether Escape belongs to the editor of the text, and does not lead back.
    var takesEscape: Bool {
        guard let vi, isEditingText else { return false }
        return !vi.isNormal || !vi.pending.isEmpty
    }
}

extension FormState {
    /// What is in the fields, wherever cursors stand.
    struct Contents: Equatable, Sendable {
        fileprivate var fields: [Field]
        fileprivate var setAside: [String: Input]
        /// Index of the field being edited.
        fileprivate var focus: Int

        static func == (first: Contents, second: Contents) -> Bool {
            first.setAside == second.setAside && first.fields.count == second.fields.count
                && zip(first.fields, second.fields).allSatisfy {
                    $0.id == $1.id && $0.input.holdsSame(as: $1.input)
                }
        }
    }

    private var contents: Contents { Contents(fields: fields, setAside: setAside, focus: focus) }

    /// Lets what is done next to several fields be one step.
    mutating func beginStep() { history.note(contents) }

    /// Takes the last change back and goes to where it was made; false where nothing was changed.
    mutating func undo() -> Bool {
        guard let before = history.undo(contents) else { return false }
        restore(before)
        return true
    }

    /// Does again what was taken back last; false where nothing was.
    mutating func redo() -> Bool {
        guard let after = history.redo(contents) else { return false }
        restore(after)
        return true
    }

    /// Forgets what was in the fields before.
    mutating func forgetHistory() { history = EditHistory() }

    private mutating func restore(_ contents: Contents) {
        let now = fields
        (fields, setAside) = (contents.fields, contents.setAside)
        let isSame = { (field: Field) in
            now.contains { $0.id == field.id && $0.input.holdsSame(as: field.input) }
        }
        focus = fields.firstIndex { !isSame($0) } ?? min(contents.focus, max(fields.count - 1, 0))
        revealed = nil
        notice = nil
    }
}

extension FormState.Input {
    /// Whether the same is typed or chosen, wherever the cursor stands.
    fileprivate func holdsSame(as other: FormState.Input) -> Bool {
        if case .text(let text) = self, case .text(let otherText) = other {
            return text.text == otherText.text
        }
        return self == other
    }
}

extension String {
    /// The text without white space at its ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
