// Configure new destination: the form that a connection spec describes.
import ExportDomain
import Secrets
import TerminalKit

/// The state of the form for a new destination.
struct ConfigureDestination: Equatable, Sendable {
    var specs: [ConnectionSpec]
    private(set) var form = FormState(fields: [])
    /// What the platform refused, by field; gone when the field changes.
    private var refused: [String: String] = [:]
    /// The token of the creation that is under way.
    var savingToken: Int?

    private static let typeField = "type"
    private static let nameField = "name"
    private static let descriptionField = "description"

    init(specs: [ConnectionSpec], name: String) {
        self.specs = specs
        form = FormState(fields: Self.fields(of: specs.first, among: specs, name: name))
    }

    /// The kind of destination that the form is for.
    var spec: ConnectionSpec? {
        guard specs.count > 1 else { return specs.first }
        return specs.first { $0.name == form.choice(of: Self.typeField) }
    }

    /// What the form would make.
    var destination: ExportPlan.Destination? {
        guard let spec else { return nil }
        return ExportPlan.Destination(
            name: form.text(of: Self.nameField), description: form.text(of: Self.descriptionField),
            spec: spec.name, parameters: spec.targetForm.parameters(from: answers))
    }

    /// What is wrong, by field; empty when the destination can be made.
    var problems: [String: String] {
        guard let spec else { return [:] }
        var problems = spec.targetForm.problems(in: answers).mapValues(\.description)
        if form.text(of: Self.nameField).isEmpty {
            problems[Self.nameField] = "Needs a name, by which you will recognise this destination"
        }
        return problems.merging(refused) { own, _ in own }
    }

    mutating func handle(_ key: Key) -> Bool {
        let before = form
        guard form.handle(key) else { return false }
        if before.fields != form.fields { changed(from: before) }
        return true
    }

    mutating func paste(_ text: String) {
        form.paste(text)
        if let id = form.focused?.id { refused[id] = nil }
    }

    /// Shows every problem and goes to the first field that has one.
    mutating func showProblems() {
        form.visitAll()
        if let first = form.fields.first(where: { problems[$0.id] != nil }) { form.focus(on: first.id) }
    }

    /// Shows what the platform refused at the field that caused it; false where no field did.
    mutating func refuse(_ failure: RequestFailure) -> Bool {
        guard let field = failure.field, form.fields.contains(where: { $0.id == field }) else { return false }
        refused[field] = failure.reason
        showProblems()
        return true
    }

    private mutating func changed(from before: FormState) {
        if let id = form.focused?.id { refused[id] = nil }
        guard form.choice(of: Self.typeField) != before.choice(of: Self.typeField) else { return }
        // The answers that both kinds of destination ask for stay.
        let old = form
        var fields = Self.fields(of: spec, among: specs, name: "")
        for index in fields.indices {
            if let kept = old.fields.first(where: { $0.id == fields[index].id }) { fields[index] = kept }
        }
        form.replaceFields(fields)
    }

    private var answers: FormAnswers {
        Dictionary(uniqueKeysWithValues: form.fields.map { ($0.id, $0.answer) })
    }

    private static func fields(
        of spec: ConnectionSpec?, among specs: [ConnectionSpec], name: String
    ) -> [FormState.Field] {
        var fields: [FormState.Field] = []
        if specs.count > 1 {
            fields.append(
                FormState.Field(
                    id: typeField, title: "Type", help: "the kind of destination",
                    input: .choice(options: specs.map(\.name), selected: 0)))
        }
        fields += [
            FormState.Field(
                id: nameField, title: "Name", help: "how you will recognise this destination",
                isRequired: true, input: .text(TextField(name))),
            FormState.Field(
                id: descriptionField, title: "Description", help: "for your colleagues",
                input: .text(TextField())),
        ]
        return fields + (spec?.targetForm.fields().map(FormState.Field.init) ?? [])
    }
}

extension FormState.Field {
    /// A field of a connection spec's form.
    init(_ field: FormModel.Field) {
        let preset = field.defaultAnswer?.text
        let input: FormState.Input =
            switch field.kind {
            case .text, .integer: .text(TextField(preset ?? ""))
            case .secret: .text(TextField(isSecret: true))
            case .toggle: .toggle(preset == "true")
            case .choice(let options):
                .choice(options: options, selected: Self.preselected(among: options, preset: preset))
            }
        self.init(
            id: field.id, title: field.title, help: field.help, isRequired: field.isRequired, input: input)
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
            options.indices.contains(selected) ? .value(.string(options[selected])) : .value(.null)
        }
    }
}
