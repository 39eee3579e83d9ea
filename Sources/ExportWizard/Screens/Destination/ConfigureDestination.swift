// Configure destination: the form that a connection spec describes, for a destination that is to be made or
// changed. Which fields it has is in +Fields, what is done about values in wrong fields in +Offers.
import ExportDomain
import Languages
import Secrets
import TerminalKit

/// The state of the form of a destination.
struct ConfigureDestination: Equatable, Sendable {
    /// What the form is for.
    enum Purpose: Equatable, Sendable {
        case create
        case change(TargetConnection)
    }

    let purpose: Purpose
    let spec: ConnectionSpec
    /// The accounts of this kind, and the destinations that use them.
    let accounts: [Account]
    var form = FormState(fields: [])
    /// What the platform or the server refused, by field; gone when the field changes.
    var refused: [String: Text] = [:]
    /// What values in wrong fields look like, by field.
    var offers: [String: MisplacedValue] = [:]
    /// Whether the form was opened only for its test, which leads back to where it came from.
    var isGlance = false
    /// The token of the creation or change that is under way.
    var savingToken: Int?
    /// The file that is being read for a field.
    var reading: Reading?
    /// The last test of what the form says; nil when that has changed since.
    var test: TestDestination?
    /// Whether a probe may be written; nil until a person was asked.
    var allowsProbe: Bool?
    /// The fingerprint of the server's key that a person has confirmed.
    var confirmedFingerprint: String?

    /// An account and the names of the destinations that use it.
    struct Account: Equatable, Sendable {
        var account: BaseConnection
        var users: [String]
    }

    /// A file on its way into a field.
    struct Reading: Equatable, Sendable {
        var field: String
        var token: Int
    }

    /// An empty form.
    init(_ spec: ConnectionSpec, accounts: [Account], name: String = "") {
        self.purpose = .create
        self.spec = spec
        self.accounts = accounts
        form.replaceFields(fields(account: nil, authentication: nil))
        form.setInput(.text(TextField(name)), of: Self.nameField)
    }

    /// A form with what a destination has.
    init(
        _ target: TargetConnection, purpose: Purpose, name: String, spec: ConnectionSpec, accounts: [Account]
    ) {
        self.purpose = purpose
        self.spec = spec
        self.accounts = accounts
        let account = accounts.first { $0.account.id == target.draft.baseConnectionID }
        form.replaceFields(fields(account: account, authentication: nil))
        form.setInput(.text(TextField(name)), of: Self.nameField)
        form.setInput(.text(TextField(target.draft.description)), of: Self.descriptionField)
        for field in spec.targetForm.fields() {
            guard let value = target.draft.parameters[field.id] else { continue }
            form.setInput(FormState.Field(field, preset: .value(value)).input, of: field.id)
        }
    }

    /// What is wrong, by field; empty when the destination can be tested and saved.
    var problems: [String: Text] {
        var problems = spec.targetForm.problems(in: answers).mapValues(\.text)
        for (field, problem) in authenticationForm?.problems(in: answers) ?? [:]
        where !(isStored(field) && answers[field]?.isEmpty ?? true) {
            problems[field] = problem.text
        }
        if form.text(of: Self.nameField).isEmpty {
            problems[Self.nameField] = Text("Needs a name, by which you will recognise this destination")
        }
        return problems
    }

    /// What is shown as wrong, by field: also what was refused, which may have been put right elsewhere since
    /// and keeps nobody from trying again.
    var shownProblems: [String: Text] { problems.merging(refused) { own, _ in own } }

    /// What is still missing of an answer that can become right as one goes on typing, by field.
    var unfinished: [String: Text] {
        // Only the field being edited can be in the middle of being typed.
        guard let field = modelFields.first(where: { $0.id == form.focused?.id }),
            let answer = form.focused?.answer, refused[field.id] == nil,
            let missing = field.unfinished(answer)
        else { return [:] }
        return [field.id: missing.text]
    }

    /// What the form describes.
    var draft: DestinationDraft {
        DestinationDraft(
            name: form.text(of: Self.nameField), description: form.text(of: Self.descriptionField),
            connectionSpecID: spec.id, account: accountDraft,
            parameters: spec.targetForm.parameters(from: answers))
    }

    /// The place that the form describes; empty while too little of it is known.
    var place: String { spec.place(parameters: draft.parameters, credentials: answers) ?? "" }

    private var accountDraft: DestinationDraft.Account {
        let credentials = authenticationForm?.credentials(from: answers) ?? [:]
        let authentication = authentication.map {
            BaseConnection.Authentication(specName: $0, answers: credentials)
        }
        guard let chosen = chosenAccount else {
            // Where nobody signs in, there is nothing that could have changed.
            if case .change(let target) = purpose, authentication == nil {
                return .existing(target.draft.baseConnectionID)
            }
            let own = form.text(of: Self.accountNameField)
            let name = own.isEmpty ? form.text(of: Self.nameField) : own
            return .new(BaseConnection.Draft(name: name, authentication: authentication))
        }
        let account = chosen.account
        let asItIs = accountFields(account: chosen, authentication: nil)
        if asItIs.allSatisfy({ form.field($0.id)?.answer == $0.answer }) { return .existing(account.id) }
        let name = form.text(of: Self.accountNameField)
        return .changed(
            account.id,
            BaseConnection.Draft(
                name: name.isEmpty ? account.draft.name : name, authentication: authentication))
    }

    /// Takes a key; false where it means nothing in the form.
    mutating func handle(_ key: Key) -> Bool {
        let before = form
        guard form.handle(key) else { return false }
        changed(from: before)
        return true
    }

    /// Takes the last change back.
    mutating func undo() { restore { $0.undo() } }

    /// Does again what was taken back.
    mutating func redo() { restore { $0.redo() } }

    private mutating func restore(_ step: (inout FormState) -> Bool) {
        let before = form
        guard step(&form) else { return }
        offers = offers.filter { form.field($0.key) != nil }
        for field in form.fields where field.input != before.field(field.id)?.input {
            refused[field.id] = nil
            if case .text(let input) = field.input { look(at: input.text, in: field.id) }
        }
    }

    /// Goes to a field.
    mutating func focusForm(on id: String) {
        let before = form
        form.leave(for: id)
        changed(from: before)
    }

    /// Takes a paste, and looks at it before line breaks are lost.
    mutating func paste(_ text: String) {
        let before = form
        form.paste(text)
        let notice = form.notice
        changed(from: before)
        form.note(notice)
        if let field = before.focused, before.text(of: field.id).isEmpty { look(at: text, in: field.id) }
    }

    /// Shows every problem and goes to the first field that has one.
    mutating func showProblems() {
        form.visitAll()
        if let first = form.fields.first(where: { problems[$0.id] != nil }) { form.focus(on: first.id) }
    }

    /// Shows what was refused at the field that caused it; false where the form has no such field.
    mutating func refuse(_ failure: RequestFailure) -> Bool {
        guard let field = failure.field, form.fields.contains(where: { $0.id == field }) else { return false }
        refused[field] = failure.reason
        form.visit(field)
        form.focus(on: field)
        return true
    }

    /// Puts what was read from a file into the field that it was read for.
    mutating func take(_ content: Secret) {
        guard let field = reading?.field, case .text(var input)? = form.field(field)?.input else { return }
        reading = nil
        let before = form
        form.beginStep()
        input.replace(with: "")
        let notice = input.paste(content.reveal())
        form.setInput(.text(input), of: field)
        form.focus(on: field)
        changed(from: before)
        look(at: content.reveal(), in: field)
        form.note(notice?.text)
    }

    /// Does what follows from a key: a field that was left is tidied, one that changed is looked at anew, and
    /// other fields are shown where another account or authentication was chosen.
    mutating func changed(from before: FormState) {
        if let left = before.focused, left.id != form.focused?.id { tidy(left.id) }
        guard before.fields != form.fields else { return }
        if let id = form.focused?.id {
            refused[id] = nil
            look(at: form.text(of: id), in: id)
        }
        rebuild(from: before)
    }
}
