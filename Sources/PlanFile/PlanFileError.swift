// What keeps a text from being a plan, as facts, and the one sentence for each.
import ExportDomain
import FoundationEssentials
import TOMLText

/// Why a plan file cannot be used.
public struct PlanFileError: Error, Sendable, Equatable, CustomStringConvertible {
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
        case wrongType(Key, expected: String, found: String)
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
    public var description: String {
        let place = line.map { "\(file), line \($0)" } ?? file
        let sentence = "\(place): \(problem)"
        return Self.withoutControls(sentence.hasSuffix("?") ? sentence : sentence + ".")
    }

    /// Text from a file never moves a cursor.
    private static func withoutControls(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}

extension PlanFileError.Key: CustomStringConvertible {
    /// The key and its table, as a person looks for them.
    public var description: String {
        let name = name.count > 60 ? name.prefix(60) + "…" : name[...]
        return table.map { "“\(name)” in [\($0)]" } ?? "“\(name)”"
    }
}

extension PlanFileError.Problem: CustomStringConvertible {
    /// What is wrong and what would do, without the full stop.
    public var description: String {
        switch self {
        case .text(let problem): problem.words(for: "plan")
        case .noCatalogue(let reason): "the catalogue of destinations cannot be read: \(reason)"
        case .missing(let key, let example): "\(key) is missing; add \(example)"
        case .unknownKey(let key, let hint): "unknown key \(key); \(hint)"
        case .wrongType(let key, let expected, let found): "\(key) is \(found) and must be \(expected)"
        case .notAChoice(let key, let value, let choices):
            "\(key) is “\(value.prefix(60))” and must be one of \(choices.joined(separator: ", "))"
        case .empty(let key): "\(key) is empty"
        case .secret(let key):
            "\(key) is a secret, which a plan never holds; take it out, keep it in an account and name that with account in [destination]"
        case .intervalNotUsed(let key, let frequency):
            "\(key) is for hourly exports; take it out, or choose frequency = \"hourly\" instead of \"\(frequency)\""
        case .endMissing(let key, let proposed):
            "\(key) is missing; an incremental export needs one, such as end = \(proposed.rfc3339), six months after its start"
        case .schedule(let key, let problem): "\(key): \(problem)"
        case .folder(let key, let problem): "\(key): \(problem)"
        case .field(let key, let problem): "\(key): \(problem)"
        }
    }
}

extension PlanFileError.Hint: CustomStringConvertible {
    /// The hint in words.
    public var description: String {
        switch self {
        case .didYouMean(let name): "did you mean “\(name)”?"
        case .belongs(let table?): "it belongs in [\(table)]"
        case .belongs(nil): "it belongs at the top, above the first [table]"
        case .known(let names): "there are \(names.joined(separator: ", "))"
        }
    }
}
