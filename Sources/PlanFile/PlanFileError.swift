// What keeps a text from being a plan, as facts, and the one sentence for each.
import ExportDomain
import FoundationEssentials
import Languages
import TOMLText

/// Why a plan file cannot be used.
public struct PlanFileError: Error, Sendable, Equatable, Localized {
    /// The name of the file.
    public var file: String
    /// The line, counted from 1, where it is known.
    public var line: Int?
    /// What is wrong.
    public var problem: Problem

    /// What may be wrong with a plan file.
    public enum Problem: Sendable, Equatable {
        /// The text is not TOML.
        case text(TOMLError.Problem)
        /// The catalogue of destinations that comes with the program is broken.
        case noCatalogue(String)
        /// A key that must be there is not; with what could be written.
        case missing(Key, example: String)
        /// A key that no plan has.
        case unknownKey(Key, Hint)
        /// A value of another type than the key takes.
        case wrongType(Key, expected: Text, found: Text)
        /// A value that is not one of those the key takes.
        case notAChoice(Key, value: String, choices: [String])
        /// An empty text or list where something must be named.
        case empty(Key)
        /// A password, a key or a token.
        case secret(Key)
        /// `interval` beside a frequency that has none.
        case intervalNotUsed(Key, frequency: String)
        /// An incremental export without an end; with the one that is proposed.
        case endMissing(Key, proposed: Date)
        /// A rule of schedules.
        case schedule(Key, ScheduleProblem)
        /// A rule of folder templates.
        case folder(Key, FolderTemplateProblem)
        /// A rule of the destination's form.
        case field(Key, FieldProblem)
    }

    /// A key and the table that it is in; nil for the top of the file.
    public struct Key: Sendable, Equatable {
        /// The key.
        public var name: String
        /// The table.
        public var table: String?
    }

    /// What may have been meant by an unknown key.
    public enum Hint: Sendable, Equatable {
        /// A key that is spelled much like it.
        case didYouMean(String)
        /// The same key in another table; nil for the top of the file.
        case belongs(in: String?)
        /// The keys that there are.
        case known([String])
    }

    /// The file, the line, what is wrong and what would do, in one sentence.
    public var text: Text {
        let place = line.map { Text("\(file), line \($0)") } ?? .verbatim(file)
        if case .unknownKey(_, .didYouMean) = problem { return Text("\(place): \(problem)") }
        return Text("\(place): \(problem).")
    }

    /// The sentence in English; text from a file never moves a cursor.
    public var description: String {
        String(
            String.UnicodeScalarView(
                text.english.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}

extension PlanFileError.Key: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The key and its table, as a person looks for them.
    public var text: Text {
        let name = name.count > 60 ? name.prefix(60) + "…" : name[...]
        return table.map { Text("“\(name)” in [\($0)]") } ?? Text("“\(name)”")
    }
}

extension PlanFileError.Problem: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// What is wrong and what would do, without the full stop.
    public var text: Text {
        switch self {
        case .text(let problem): problem.text(for: Text("plan"))
        case .noCatalogue(let reason): Text("the catalogue of destinations cannot be read: \(reason)")
        case .missing(let key, let example): Text("\(key) is missing; add \(example)")
        case .unknownKey(let key, .didYouMean(let name)): Text("unknown key \(key); did you mean “\(name)”?")
        case .unknownKey(let key, .belongs(let table?)): Text("unknown key \(key); it belongs in [\(table)]")
        case .unknownKey(let key, .belongs(nil)):
            Text("unknown key \(key); it belongs at the top, above the first [table]")
        case .unknownKey(let key, .known(let names)):
            Text("unknown key \(key); there are \(Text.list(names))")
        case .wrongType(let key, let expected, let found): Text("\(key) is \(found) and must be \(expected)")
        case .notAChoice(let key, let value, let choices):
            Text("\(key) is “\(value.prefix(60))” and must be one of \(Text.list(choices))")
        case .empty(let key): Text("\(key) is empty")
        case .secret(let key):
            Text(
                "\(key) is a secret, which a plan never holds; take it out, keep it in an account and name that with account in [destination]"
            )
        case .intervalNotUsed(let key, let frequency):
            Text(
                "\(key) is for hourly exports; take it out, or choose frequency = \"hourly\" instead of \"\(frequency)\""
            )
        case .endMissing(let key, let proposed):
            Text(
                "\(key) is missing; an incremental export needs one, such as end = \(proposed.rfc3339), six months after its start"
            )
        case .schedule(let key, let problem): Text("\(key): \(problem)")
        case .folder(let key, let problem): Text("\(key): \(problem)")
        case .field(let key, let problem): Text("\(key): \(problem)")
        }
    }
}
