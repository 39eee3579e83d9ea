// A form on the screen: its fields with what was typed, and which of them is being edited.
import ExportDomain
import TerminalKit

/// The state of a form.
struct FormState: Equatable, Sendable {
    /// One field.
    struct Field: Equatable, Sendable, Identifiable {
        var id: String
        var title: String
        var help: String?
        var isRequired: Bool = false
        /// The heading above the field, where it is the first of a section.
        var section: String?
        var input: Input
    }

    /// What is typed or chosen.
    enum Input: Equatable, Sendable {
        case text(TextField)
        case choice(options: [String], selected: Int)
        case toggle(Bool)
    }

    /// The fields, in order.
    var fields: [Field]
    /// Index of the field being edited.
    private(set) var focus = 0
    /// The fields that were left once: only their errors are shown, so that nobody is scolded while typing.
    private(set) var visited: Set<String> = []
    /// What a paste changed, in words; gone with the next key.
    private(set) var notice: String?
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
        return options[selected]
    }

    func field(_ id: String) -> Field? { fields.first { $0.id == id } }

    mutating func setInput(_ input: Input, of id: String) {
        guard let index = fields.firstIndex(where: { $0.id == id }) else { return }
        fields[index].input = input
    }

    /// Inserts text where the cursor of a text field is.
    mutating func insert(_ text: String, into id: String) {
        guard let index = fields.firstIndex(where: { $0.id == id }),
            case .text(var field) = fields[index].input
        else { return }
        field.insert(text)
        fields[index].input = .text(field)
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
    mutating func note(_ notice: String?) { self.notice = notice }

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
        default:
            notice = nil
            return edit(key)
        }
    }

    private mutating func edit(_ key: Key) -> Bool {
        guard fields.indices.contains(focus) else { return false }
        switch fields[focus].input {
        case .text(var field):
            guard field.handle(key) else { return false }
            fields[focus].input = .text(field)
        case .choice(let options, let selected):
            switch key {
            case .right, .character(" "):
                fields[focus].input = .choice(options: options, selected: (selected + 1) % options.count)
            case .left:
                let previous = (selected + options.count - 1) % options.count
                fields[focus].input = .choice(options: options, selected: previous)
            default: return false
            }
        case .toggle(let isOn):
            guard [.character(" "), .left, .right].contains(key) else { return false }
            fields[focus].input = .toggle(!isOn)
        }
        return true
    }

    mutating func paste(_ text: String) {
        guard fields.indices.contains(focus), case .text(var field) = fields[focus].input else { return }
        notice = field.paste(text)?.description
        fields[focus].input = .text(field)
    }
}

extension String {
    /// The text without white space at its ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
