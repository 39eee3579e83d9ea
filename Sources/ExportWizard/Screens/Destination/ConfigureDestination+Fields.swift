// The fields of the form: the account first, then the place, then the files. They follow from the spec and from
// what is chosen for account and authentication.
import ExportDomain
import Languages
import Secrets
import TerminalKit

extension ConfigureDestination {
    static let accountField = "account"
    static let accountNameField = "accountName"
    static let authenticationField = "authentication"
    static let nameField = "name"
    static let descriptionField = "description"

    /// Keys of answers that say how files are written rather than where.
    static let fileOptionFields: Set = ["datasetFileType", "compression", "includeFileManifest"]
    /// What is chosen for an account to be made, which no account can be called.
    private static let newAccount = FormState.Option("", title: Text("new account"))
    /// What is chosen where the platform's own storage is meant, which nobody signs in to.
    private static let noAuthentication = "none"

    /// The account that is chosen; nil for one to be made.
    var chosenAccount: Account? {
        guard case .choice(_, let selected)? = form.field(Self.accountField)?.input,
            accounts.indices.contains(selected - 1)
        else { return nil }
        return accounts[selected - 1]
    }

    /// The way to sign in that is chosen, by name; nil where nobody signs in, or where only the platform knows.
    var authentication: String? {
        if let chosen = form.choice(of: Self.authenticationField) {
            return chosen == Self.noAuthentication ? nil : chosen
        }
        if let account = chosenAccount?.account, account.draft.authentication == nil { return nil }
        return spec.authSpecs.first?.name
    }

    /// The form of the credentials.
    var authenticationForm: FormModel? { authentication.flatMap(spec.authenticationForm) }

    /// Whether the platform has an answer of that field which it does not show.
    func isStored(_ field: String) -> Bool {
        guard let stored = chosenAccount?.account.draft.authentication else { return false }
        return stored.specName == authentication && stored.storedSecrets.contains(field)
    }

    /// All answers, of the credentials and of the place.
    var answers: FormAnswers {
        Dictionary(form.fields.map { ($0.id, $0.answer) }) { first, _ in first }
    }

    /// The fields of the form as they come from the spec.
    var modelFields: [FormModel.Field] {
        (authenticationForm?.fields() ?? []) + spec.targetForm.fields()
    }

    /// Shows the fields of what is chosen now; what was typed before stays for when it is chosen again.
    mutating func rebuild(from before: FormState) {
        let choices = [Self.accountField, Self.authenticationField]
        guard choices.contains(where: { before.field($0)?.input != form.field($0)?.input }) else { return }
        let accountChanged = before.field(Self.accountField)?.input != form.field(Self.accountField)?.input
        let oldSlot = before.accountSlot
        for field in before.fields where !choices.contains(field.id) {
            form.setAside[isOfAccount(field.id) ? oldSlot + field.id : field.id] = field.input
        }
        let account = chosenAccount
        var fields = fields(
            account: account, authentication: accountChanged ? nil : form.choice(of: Self.authenticationField)
        )
        let slot = form.accountSlot
        for index in fields.indices {
            let id = fields[index].id
            if let kept = form.setAside[isOfAccount(id) ? slot + id : id] { fields[index].input = kept }
            if id == Self.accountField, let chosen = form.field(id)?.input { fields[index].input = chosen }
        }
        form.replaceFields(fields)
        offers = offers.filter { form.field($0.key) != nil }
        refused = refused.filter { form.field($0.key) != nil }
    }

    private func isOfAccount(_ id: String) -> Bool {
        id == Self.accountNameField
            || spec.authSpecs.contains { $0.spec.properties[id] != nil }
    }

    /// The fields for an account, nil for a new one, and a way to sign in, nil for the account's own.
    func fields(account: Account?, authentication: String?) -> [FormState.Field] {
        var fields =
            spec.authSpecs.isEmpty ? [] : accountFields(account: account, authentication: authentication)
        var place = [
            FormState.Field(
                id: Self.nameField, title: Text("Name"),
                help: Text("how you will recognise this destination"),
                isRequired: true, input: .text(TextField())),
            FormState.Field(
                id: Self.descriptionField, title: Text("Description"), help: Text("for your colleagues"),
                input: .text(TextField())),
        ]
        let target = spec.targetForm.fields()
        place += target.filter { !Self.fileOptionFields.contains($0.id) }.map { FormState.Field($0) }
        var files = target.filter { Self.fileOptionFields.contains($0.id) }.map { FormState.Field($0) }
        place[0].section = Text("Destination")
        if !files.isEmpty { files[0].section = Text("Files") }
        for field in place + files where !fields.contains(where: { $0.id == field.id }) {
            fields.append(field)
        }
        return fields
    }

    func accountFields(account: Account?, authentication: String?) -> [FormState.Field] {
        let stored = account?.account.draft.authentication
        var fields: [FormState.Field] = []
        if !accounts.isEmpty {
            let index = accounts.firstIndex { $0.account.id == account?.account.id }.map { $0 + 1 } ?? 0
            fields.append(
                FormState.Field(
                    id: Self.accountField, title: Text("Account"), help: help(for: account),
                    input: .choice(
                        options: [Self.newAccount] + accounts.map { FormState.Option($0.account.draft.name) },
                        selected: index)))
        }
        let isHidden = account != nil && stored == nil
        let ways = (spec.isAuthenticationOptional ? [Self.noAuthentication] : []) + spec.authSpecs.map(\.name)
        let way = authentication ?? stored?.specName ?? ways.first
        if ways.count > 1, !isHidden {
            fields.append(
                FormState.Field(
                    id: Self.authenticationField, title: Text("Authentication"),
                    help: spec.isAuthenticationOptional
                        ? Text("none: the storage that the platform provides")
                        : Text("how to sign in"),
                    input: .choice(
                        options: ways.map(Self.option), selected: ways.firstIndex { $0 == way } ?? 0)))
        }
        let form = isHidden ? nil : way.flatMap(spec.authenticationForm)
        fields += (form?.fields() ?? []).map { field in
            let isSame = stored?.specName == way
            return FormState.Field(
                field, preset: isSame ? stored?.answers[field.id] : nil,
                isStored: isSame && stored?.storedSecrets.contains(field.id) == true)
        }
        if form != nil || account != nil {
            fields.append(
                FormState.Field(
                    id: Self.accountNameField, title: Text("Account name"),
                    help: Text("to choose these credentials again; else the name below"),
                    input: .text(TextField(account?.account.draft.name ?? ""))))
        }
        fields[0].section = Text("Account")
        return fields
    }

    private static func option(_ way: String) -> FormState.Option {
        FormState.Option(way, title: way == noAuthentication ? Text("none") : .known(way))
    }

    private func help(for account: Account?) -> Text {
        guard let account else { return Text("new credentials, or those of an account that there is") }
        let others = account.users.filter { name in
            if case .change(let target) = purpose { name != target.draft.name } else { true }
        }
        if others.isEmpty { return Text("its credentials can be changed here") }
        let shown = Text.quotedList(Array(others.prefix(3)))
        let names = others.count > 3 ? Text("\(shown) and \(others.count - 3) more") : shown
        return Text("also used by \(names): what is changed here changes for them too")
    }
}

extension FormState {
    /// What tells the fields of one account from those of another.
    fileprivate var accountSlot: String {
        guard case .choice(_, let selected)? = field(ConfigureDestination.accountField)?.input else {
            return "0/"
        }
        return "\(selected)/"
    }
}

extension FormState.Field {
    /// A field of a connection spec's form, with the answer that there is.
    ///
    /// - Parameter isStored: the platform has a secret for it, which it does not show.
    init(_ field: FormModel.Field, preset: FormAnswer? = nil, isStored: Bool = false) {
        let preset = preset?.text ?? field.defaultAnswer?.text
        let input: FormState.Input =
            switch field.kind {
            case .text, .number, .date, .dateTime: .text(TextField(preset ?? ""))
            case .secret:
                .text(
                    TextField(
                        placeholder: isStored ? Text("kept as it is; type to replace") : nil, isSecret: true,
                        lineBreaks: field.isFile ? .kept : .dropped))
            case .toggle: .toggle(preset == "true")
            case .choice(let options):
                .choice(
                    options: options.map { FormState.Option($0, title: .known($0)) },
                    selected: Self.preselected(among: options, preset: preset))
            }
        let pasting = Text("Paste the file as it is: it is encoded for you.")
        let help = field.explanation
        self.init(
            id: field.id, title: field.label,
            help: field.isFile ? help.map { Text("\($0). \(pasting)") } ?? pasting : help,
            isRequired: field.isRequired, input: input)
    }

    /// JSON, which comes first, is exported compressed only, so GZIP is where a choice of compression starts.
    private static func preselected(among options: [String], preset: String?) -> Int {
        options.firstIndex { $0 == preset } ?? options.firstIndex(of: Compression.gzip.rawValue) ?? 0
    }

    /// What was typed or chosen, as an answer of the form.
    var answer: FormAnswer {
        switch input {
        case .text(let field) where field.isSecret: .secret(Secret(field.text))
        case .text(let field): .value(.string(field.text.trimmed))
        case .toggle(let isOn): .value(.bool(isOn))
        case .choice(let options, let selected):
            options.indices.contains(selected) ? .value(.string(options[selected].value)) : .value(.null)
        }
    }
}
