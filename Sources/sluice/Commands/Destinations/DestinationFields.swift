// From name=value to the answers of a destination's two forms. Whatever is wrong is said at once, with exit status 2,
// and no sentence repeats a value that may be a secret.
import ExportDomain
import Languages
import Secrets

/// The fields of a destination, as they were given.
struct DestinationFields {
    let spec: ConnectionSpec
    /// The way to sign in; nil where no credentials are given.
    let authentication: ConnectionSpec.FormSpec?
    /// The answers to the form of the authentication.
    private(set) var credentials: FormAnswers
    /// The answers to the form of location and file options.
    private(set) var parameters: FormAnswers
    /// The secrets that the platform keeps already.
    private var storedSecrets: Set<String> = []
    /// Whether anything of the credentials was given.
    private(set) var changesCredentials = false

    /// What the fields change.
    struct Existing {
        var account: BaseConnection
        var parameters: [String: JSONValue]
    }

    /// Reads fields.
    /// - Parameters:
    ///   - arguments: `name=value`; for secrets only what `SecretSource` understands.
    ///   - way: the way to sign in, where one was named.
    ///   - takesCredentials: false where an account is used as it is.
    ///   - existing: what a destination has that is changed.
    /// - Throws: `Failure`; `CancellationError`.
    init(
        _ arguments: [String], of spec: ConnectionSpec, way: String?, takesCredentials: Bool,
        existing: Existing? = nil
    ) async throws {
        let given = try Self.pairs(arguments)
        self.spec = spec
        let known = existing?.account.draft.authentication
        authentication =
            takesCredentials
            ? try Self.form(of: spec, named: way ?? known?.specName, given: given.map(\.key)) : nil
        credentials = [:]
        if authentication?.name == known?.specName {
            credentials = known?.answers ?? [:]
            storedSecrets = known?.storedSecrets ?? []
        }
        parameters = (existing?.parameters ?? [:]).mapValues(FormAnswer.value)
        if given.filter({ $0.text == "-" }).count > 1 {
            throw Self.wrong(Text("Standard input can give only one field."))
        }
        for (key, text) in given { try await take(key, text) }
    }

    /// The credentials as a draft has them; nil where there are none.
    var draft: BaseConnection.Authentication? {
        authentication.map { BaseConnection.Authentication(specName: $0.name, answers: credentials) }
    }

    /// Asks for the secrets that are required and missing, if somebody is there to answer.
    /// - Throws: `Failure`; `CancellationError`.
    mutating func completeSecrets() async throws {
        guard let form = authenticationForm else { return }
        for field in form.fields(for: credentials)
        where field.kind == .secret && field.isRequired && credentials[field.id]?.isEmpty ?? true
            && !storedSecrets.contains(field.id)
        {
            guard TerminalPrompt.isPossible else {
                throw Self.wrong(
                    Text("\(field.id) (\(field.title)) is missing: \(SecretSource.ways(of: field.id))."))
            }
            let secret: Secret
            if field.isFile {
                let path = try await TerminalPrompt.line(Text("\(field.title), the path of its file:"))
                secret = try await SecretSource.file(path).read()
            } else {
                secret = try await TerminalPrompt.secret(Text("\(field.title):"))
            }
            credentials[field.id] = .secret(secret)
            changesCredentials = true
        }
    }

    /// Checks that both forms are complete and right.
    /// - Throws: `Failure` with all that is wrong, a line each.
    func check() throws {
        var lines: [String] = []
        if let form = authenticationForm {
            let problems = form.problems(in: credentials)
            for field in form.fields(for: credentials) {
                guard let problem = problems[field.id] else { continue }
                if case .missing = problem, storedSecrets.contains(field.id) { continue }
                lines.append("  \(field.id): \(problem.text.said)")
            }
        }
        let problems = spec.targetForm.problems(in: parameters)
        lines += spec.targetForm.fields(for: parameters).compactMap { field in
            problems[field.id].map { "  \(field.id): \($0.text.said)" }
        }
        if lines.isEmpty { return }
        var failure = Self.wrong(
            Text(
                "\(spec.name) needs other values (sluice destinations catalog “\(spec.name)” explains them):"
            ))
        failure.details = lines
        throw failure
    }

    private var authenticationForm: FormModel? { authentication.map { FormModel(schema: $0.spec) } }

    private mutating func take(_ key: String, _ text: String) async throws {
        let ofTarget = spec.targetForm.fields(for: parameters)
        let ofAuthentication = authenticationForm?.fields(for: credentials) ?? []
        if let field = ofAuthentication.first(where: { $0.id == key }) {
            credentials[key] = try await answer(text, to: field, among: ofAuthentication + ofTarget)
            changesCredentials = true
        } else if let field = ofTarget.first(where: { $0.id == key }) {
            parameters[key] = try await answer(text, to: field, among: ofAuthentication + ofTarget)
        } else {
            throw unknown(key, known: (ofAuthentication + ofTarget).map(\.id))
        }
    }

    /// An answer; one of nothing takes away what was there.
    private func answer(
        _ text: String, to field: FormModel.Field, among fields: [FormModel.Field]
    ) async throws -> FormAnswer {
        if text.isEmpty { return .value(.null) }
        switch field.kind {
        case .secret:
            guard let source = SecretSource(text) else {
                throw Self.wrong(
                    Text(
                        "\(field.id) is a secret, and arguments can be seen by others: \(SecretSource.ways(of: field.id))."
                    )
                )
            }
            return .secret(try await source.read())
        case .toggle:
            let flag = ["true": true, "yes": true, "false": false, "no": false][text.lowercased()]
            return .value(flag.map(JSONValue.bool) ?? .string(text))
        case .choice(let choices):
            return .value(.string(choices.first { $0.lowercased() == text.lowercased() } ?? text))
        case .text, .number, .date, .dateTime:
            if let misplaced = spec.misplacedValue(text, in: field.id, of: fields) {
                throw Self.wrong(Text("\(field.id): \(misplaced.commandSentence)"))
            }
            guard let tidied = field.tidied(text) else { return .value(.string(text)) }
            StandardError.tell(Text("\(tidied.notice)."))
            return .value(.string(tidied.text))
        }
    }

    private func unknown(_ key: String, known: [String]) -> Failure {
        if let way = spec.authSpecs.first(where: { $0.spec.properties[key] != nil }) {
            return Self.wrong(Text("\(key) belongs to another way to sign in: --auth “\(way.name)”."))
        }
        return Self.wrong(
            Suggestion.nearest(to: key, among: known).map {
                Text("\(spec.name) has no field “\(key)”; did you mean “\($0)”?")
            } ?? Text("\(spec.name) has no field “\(key)”; it has \(Text.list(known))."))
    }

    private static func pairs(_ arguments: [String]) throws -> [(key: String, text: String)] {
        try zip(1..., arguments).map { number, argument in
            guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else {
                throw wrong(Text("Field \(number) is not written as name=value."))
            }
            return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
        }
    }

    /// The way to sign in: the one that was named, or the only one that has the fields that were given.
    private static func form(
        of spec: ConnectionSpec, named name: String?, given: [String]
    ) throws -> ConnectionSpec.FormSpec? {
        let ways = spec.authSpecs.map { Text.verbatim("--auth “\($0.name)”") }
        let names = Text.any(of: ways)
        if let name {
            if let form = spec.authSpecs.first(where: { $0.name.lowercased() == name.lowercased() }) {
                return form
            }
            throw wrong(
                spec.authSpecs.isEmpty
                    ? Text("\(spec.name) takes no credentials.")
                    : Text("\(spec.name) is signed in to with \(names)."))
        }
        let scores = spec.authSpecs.map { form in
            (
                required: given.count { form.spec.required.contains($0) },
                all: given.count { form.spec.properties[$0] != nil }
            )
        }
        guard let best = scores.max(by: <), best.all > 0 else {
            if !spec.requiresAuthentication { return nil }
            if spec.authSpecs.count == 1 { return spec.authSpecs[0] }
            throw wrong(Text("\(spec.name) can be signed in to in several ways: choose \(names)."))
        }
        let fitting = zip(spec.authSpecs, scores).filter { $0.1 == best }
        if fitting.count == 1 { return fitting[0].0 }
        throw wrong(Text("\(spec.name) can be signed in to in several ways: choose \(names)."))
    }

    private static func wrong(_ text: Text) -> Failure { Failure(text, status: ExitStatus.usage) }
}

extension MisplacedValue {
    /// What the value looks like and how it is given instead; of a secret only where it belongs.
    fileprivate var commandSentence: Text {
        if let advice { return Text("this looks like \(likeness): \(advice).") }
        let fields = pieces.map { piece in
            switch piece.answer {
            case .secret: "\(piece.key)=@FILE"
            case .value: "\(piece.key)=\(piece.answer.text)"
            }
        }
        return Text("this looks like \(likeness): give \(fields.joined(separator: " ")).")
    }
}
