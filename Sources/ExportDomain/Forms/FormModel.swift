// A form as data: a schema and the answers so far give the fields to show and what is wrong with them.
// The wizard, the plan file and the commands all check answers here.
import FoundationEssentials
import Languages
import Secrets

/// The answers given to a form, by the key of their field.
///
/// A secret stays a `Secret`.
public typealias FormAnswers = [String: FormAnswer]

/// One answer.
public enum FormAnswer: Sendable, Hashable {
    /// An answer that may be shown.
    case value(JSONValue)
    /// An answer that may not.
    case secret(Secret)

    /// The text as it was typed; empty for what is not text.
    ///
    /// Secrets give theirs only through `reveal()`.
    public var text: String {
        switch self {
        case .value(.string(let text)): text
        case .value(.integer(let number)): String(number)
        case .value(.number(let number)): String(number)
        case .value(.bool(let flag)): flag ? "true" : "false"
        case .value, .secret: ""
        }
    }

    /// Whether nothing was given.
    public var isEmpty: Bool {
        switch self {
        case .value(.null), .value(.string("")): true
        case .value: false
        case .secret(let secret): secret.isEmpty
        }
    }
}

/// A form made from a JSON Schema.
public struct FormModel: Sendable, Equatable {
    /// One field, ready to be shown.
    public struct Field: Sendable, Equatable, Identifiable {
        /// The key of the answer.
        public var id: String
        /// The label, as the platform has it.
        public var title: String
        /// What the field is for, as the platform has it, or nil.
        public var help: String?
        /// What kind of answer it takes.
        public var kind: FieldKind
        /// Whether it must be answered.
        public var isRequired: Bool
        /// The answer when none was given.
        public var defaultAnswer: FormAnswer?
        /// Whether the answer is what a file holds, like a key: it may have many lines.
        public var isFile: Bool

        var pattern: String?

        /// The label, as a person reads it.
        public var label: Text { .known(title) }
        /// What the field is for, as a person reads it, or nil.
        public var explanation: Text? { help.map(Text.known) }
    }

    /// Longest answer in bytes; patterns come from a server and may be slow.
    public static let longestAnswer = 4096
    /// Longest content of a file that is taken as an answer, like a key, in bytes.
    public static let longestFile = 64 << 10

    /// The keys of folder paths.
    static let folderKeys = ["path", "remotePath"]

    private let schema: JSONSchema
    private let context: [String: [String]]

    /// - Parameters:
    ///   - schema: what the form asks.
    ///   - context: values from outside the form that conditions refer to, by dotted path.
    public init(schema: JSONSchema, context: [String: [String]] = [:]) {
        self.schema = schema
        self.context = context
    }

    /// The fields to show for the answers so far.
    ///
    /// JSON objects have no order, so the form gives one: what must be answered first, in the schema's own
    /// order, then the rest, then secrets, and last what the platform has added to the schema.
    public func fields(for answers: FormAnswers = [:]) -> [Field] {
        schema.properties
            .filter { isVisible($0.value, answers: answers) }
            .map { field(key: $0.key, property: $0.value, answers: answers) }
            .sorted { order($0) < order($1) }
    }

    /// What is wrong with the answers, by field.
    ///
    /// Empty when the form can be sent.
    public func problems(in answers: FormAnswers) -> [String: FieldProblem] {
        var problems: [String: FieldProblem] = [:]
        // Folder paths come before patterns: theirs take exponential time on what no folder is called anyway.
        for key in Self.folderKeys {
            problems[key] = answers[key].flatMap { FolderPath.problem(with: $0.text) }
        }
        for field in fields(for: answers) where problems[field.id] == nil {
            problems[field.id] = field.problem(with: answers[field.id] ?? field.defaultAnswer)
        }
        if problems["compression"] == nil, let options = FileOptions(answers: answers), !options.isAllowed {
            problems["compression"] = .notAllowed(FileOptions.jsonIsCompressed)
        }
        return problems
    }

    /// The parameters that the answers stand for, defaults included, without secrets and without fields
    /// that are hidden.
    public func parameters(from answers: FormAnswers) -> [String: JSONValue] {
        var parameters: [String: JSONValue] = [:]
        for field in fields(for: answers) {
            guard field.kind != .secret, let answer = answers[field.id] ?? field.defaultAnswer,
                !answer.isEmpty, case .value(let value) = answer
            else { continue }
            parameters[field.id] = field.kind.sent(value, text: answer.text)
        }
        return parameters
    }

    /// The answers as an account keeps them: those that were given or have a default, secrets too, without
    /// fields that are hidden.
    public func credentials(from answers: FormAnswers) -> FormAnswers {
        parameters(from: answers).mapValues(FormAnswer.value)
            .merging(secrets(from: answers).mapValues(FormAnswer.secret)) { $1 }
    }

    /// The secrets among the answers, by field; what is empty is none.
    ///
    /// What a file holds is given in Base64, as Experience Platform's API takes it; a text that is not the
    /// content of a file, because it is one line, is in Base64 already.
    public func secrets(from answers: FormAnswers) -> [String: Secret] {
        var secrets: [String: Secret] = [:]
        for field in fields(for: answers) where field.kind == .secret {
            let secret: Secret
            switch answers[field.id] {
            case .secret(let given) where !given.isEmpty: secret = given
            case .value(.string(let text)) where !text.isEmpty: secret = Secret(text)
            default: continue
            }
            secrets[field.id] = field.isFile ? secret.encodedIfLines : secret
        }
        return secrets
    }

    private func isVisible(_ property: JSONSchema.Property, answers: FormAnswers) -> Bool {
        guard let condition = property.conditional else { return true }
        let values = context[condition.field] ?? answers[condition.field].map { [$0.text] } ?? []
        return condition.holds(for: values)
    }

    private func field(key: String, property: JSONSchema.Property, answers: FormAnswers) -> Field {
        return Field(
            id: key, title: property.title ?? key, help: property.description, kind: FieldKind(property),
            isRequired: schema.required.contains(key),
            defaultAnswer: property.defaultValue.map(FormAnswer.value),
            isFile: property.contentEncoding == "base64",
            pattern: isPatternLifted(property, answers: answers) ? nil : property.pattern)
    }

    private func isPatternLifted(_ property: JSONSchema.Property, answers: FormAnswers) -> Bool {
        property.patternLiftedBy.flatMap { answers[$0] }.map { !$0.isEmpty } ?? false
    }

    private func order(_ field: Field) -> (Int, Int, String) {
        if let position = schema.additions.firstIndex(of: field.id) { return (2, position, field.id) }
        let position = schema.required.firstIndex(of: field.id)
        return (field.kind == .secret ? 1 : 0, position ?? schema.required.count, field.id)
    }
}

extension Secret {
    /// A text of several lines in Base64; one of a single line as it is.
    fileprivate var encodedIfLines: Secret {
        let text = reveal()
        guard text.contains(where: \.isNewline) else { return self }
        let whole = text.last?.isNewline == true ? text : text + "\n"
        return Secret(Data(whole.utf8).base64EncodedString())
    }
}

extension FormModel.Field {
    /// What is wrong with an answer to this field, or nil.
    public func problem(with answer: FormAnswer?) -> FieldProblem? {
        guard let answer, !answer.isEmpty else { return isRequired ? .missing(example: example) : nil }
        switch kind {
        case .choice(let choices):
            return choices.contains(answer.text) ? nil : .notAChoice(of: choices)
        case .number(let bounds): return bounds.problem(with: answer.text)
        case .date:
            return WallClock.instant(date: answer.text, time: "00:00") == nil
                ? .notADate(example: example) : nil
        case .dateTime:
            return Date(rfc3339: answer.text) == nil ? .notADate(example: example) : nil
        case .toggle:
            if case .value(.bool) = answer { return nil }
            return .notOnOrOff
        case .text, .secret:
            return textProblem(with: answer)
        }
    }

    private func textProblem(with answer: FormAnswer) -> FieldProblem? {
        let text: String
        switch answer {
        case .secret(let secret): text = secret.reveal()
        case .value(.string(let plain)): text = plain
        case .value: return .notText
        }
        let limit = kind == .secret && pattern == nil ? FormModel.longestFile : FormModel.longestAnswer
        if text.utf8.count > limit { return .tooLong(limit: limit) }
        // Before the pattern, which takes exponential time on what no folder is called anyway.
        if FormModel.folderKeys.contains(id), let problem = FolderPath.problem(with: text) { return problem }
        guard let pattern, let expression = try? Regex(pattern) else { return nil }
        // `$` also matches before a line break at the end, which no destination takes.
        let isOneLine = !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
        let found = try? expression.matchingSemantics(.unicodeScalar).firstMatch(in: text)
        return isOneLine && found != nil ? nil : .doesNotMatch(example: example)
    }

    /// An answer that would do, for the reason shown beside a wrong one.
    public var example: String? {
        FormModel.examples[id] ?? kind.example
    }
}

extension FormModel {
    /// What secrets of a certain form look like, which is shown to nobody, by the key of the field.
    static let completions = ["s3SecretKey": String(repeating: "A", count: 40)]

    /// An answer that would do, by the key of the field; keys are the same wherever they occur.
    static let examples = [
        "path": "backups/nightly",
        "remotePath": "backups/nightly",
        "bucketName": "acme-exports",
        "container": "exports",
        "url": "abfss://exports@account.dfs.core.windows.net",
        "domain": "sftp.example.com",
        "connectionString": "BlobEndpoint=https://acme.blob.core.windows.net;SharedAccessSignature=…",
        "s3AccessKey": "AKIAIOSFODNN7EXAMPLE",
        "region": "eu-central-1",
        "endpoint": "https://minio.example.com",
        "s3Role": "arn:aws:iam::123456789012:role/export",
    ]
}

/// Why an answer will not do.
public enum FieldProblem: Sendable, Equatable, Localized {
    /// Nothing was given where something must be.
    case missing(example: String?)
    /// The value does not have the form that the destination asks for.
    case doesNotMatch(example: String?)
    /// The value is not one of those offered.
    case notAChoice(of: [String])
    /// The value is not a number; whether it must be a whole one.
    case notANumber(isWhole: Bool = true)
    /// The number is too small or too great.
    case outOfBounds(NumberBounds)
    /// The value is not a date, or no date with a time.
    case notADate(example: String?)
    /// The value is not text.
    case notText
    /// The value is neither true nor false.
    case notOnOrOff
    /// The value is longer than any destination takes, in bytes.
    case tooLong(limit: Int)
    /// The value is refused by a rule across fields, which says so itself.
    case notAllowed(Text)

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The reason in words, with an example where there is one.
    public var text: Text {
        switch self {
        case .missing(let example?): Text("Needs a value, like \(example)")
        case .missing(nil): Text("Needs a value")
        case .doesNotMatch(let example?):
            Text("Has characters or a form that is not taken here; like \(example)")
        case .doesNotMatch(nil): Text("Has characters or a form that is not taken here")
        case .notAChoice(let choices): Text("Must be one of \(Text.list(choices))")
        case .notANumber(true): Text("Must be a whole number")
        case .notANumber(false): Text("Must be a number")
        case .outOfBounds(let bounds): bounds.text
        case .notADate(let example?): Text("Needs a date like \(example)")
        case .notADate(nil): Text("Needs a date")
        case .notText: Text("Must be text")
        case .notOnOrOff: Text("Must be true or false")
        case .tooLong(let limit): Text("Is longer than \(limit) bytes")
        case .notAllowed(let reason): reason
        }
    }
}
