// `sluice destinations catalog`: the kinds of destination, and what each asks for.
import ArgumentParser
import ExportDomain
import Languages
import TerminalKit

struct DestinationCatalog: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: Text("List the kinds of destination, or the fields of one.").said,
        discussion: .examples(
            "sluice destinations catalog",
            "sluice destinations catalog sftp"))

    var effect: CommandEffect { .looks }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @Argument(
        help: ArgumentHelp(Text("The kind, like “Amazon S3”, or a part of it, like s3."), valueName: "kind"),
        completion: .destinationKinds)
    var kind: String?

    func run() async throws {
        let platform = try await openPlatform().flowService
        guard let kind else {
            let specs = try await platform.connectionSpecs()
            if output.json { return try JSONText.print(specs.map(KindResult.init)) }
            PlainTable.print([Text("KIND"), Text("NEEDS")], specs.map { [$0.name, $0.guide.needs.said] })
            return
        }
        let spec = try await platform.kind(named: kind)
        if output.json {
            try JSONText.print(KindResult(spec))
        } else {
            KindResult(spec).printText(spec.guide)
        }
    }
}

/// A kind of destination with its fields.
struct KindResult: Encodable {
    var id: String
    var name: String
    var needs: String
    var summary: String
    var rights: [String]
    /// The ways to sign in; one of them is chosen.
    var authentications: [Form]
    /// The location and the file options.
    var target: [Field]

    struct Form: Encodable {
        var name: String
        var fields: [Field]
    }

    struct Field: Encodable {
        var name: String
        var label: String
        var required: Bool
        var secret: Bool
        var choices: [String]?
        var description: String?
        var pattern: String?
        var example: String?
        var `default`: String?
    }

    init(_ spec: ConnectionSpec) {
        id = spec.id.rawValue
        name = spec.name
        needs = spec.guide.needs.english
        summary = spec.guide.summary.english
        rights = spec.guide.rights.map(\.english)
        authentications = spec.authSpecs.map { form in
            Form(
                name: form.name,
                fields: FormModel(schema: form.spec).fields().map { Field($0, in: form.spec) })
        }
        target = spec.targetForm.fields().map { Field($0, in: spec.targetSpec.spec) }
    }

    func printText(_ guide: DestinationGuide) {
        print(Text("\(name): \(guide.summary)").said)
        if !guide.rights.isEmpty { print(Text("Rights that it needs:").said) }
        for right in guide.rights { print("  \(right.said)") }
        for form in authentications { Self.printFields(Text("Sign in with “\(form.name)”"), form.fields) }
        Self.printFields(Text("Location and file options"), target)
        print("\n" + Text("Secrets: \(SecretSource.ways(of: "FIELD")).").said)
    }

    private static func printFields(_ title: Text, _ fields: [Field]) {
        print("\n\(title.said)")
        PlainTable.print(
            [Text("FIELD"), .empty, Text("WHAT")],
            fields.map { field in
                let marks = [field.required ? Text("required") : nil, field.secret ? Text("secret") : nil]
                return [field.name, Text.list(marks.compactMap { $0 }).said, field.words.said]
            })
    }
}

extension KindResult.Field {
    fileprivate init(_ field: FormModel.Field, in schema: JSONSchema) {
        name = field.id
        label = field.title
        required = field.isRequired
        secret = field.kind == .secret
        if case .choice(let all) = field.kind { choices = all }
        if field.kind == .toggle { choices = ["true", "false"] }
        description = field.help
        pattern = schema.properties[field.id]?.pattern
        example = field.example
        `default` = field.defaultAnswer?.text
    }

    /// What it is, what it takes, and what is taken where nothing is given.
    fileprivate var words: Text {
        var words = Text.known(description ?? label)
        if let choices {
            words = Text("\(words): \(Text.any(of: choices.map(Text.verbatim)))")
        }
        if let example, description?.contains(example) != true { words = Text("\(words), like \(example)") }
        if let `default`, !`default`.isEmpty { words = Text("\(words) (default: \(`default`))") }
        return words
    }
}
