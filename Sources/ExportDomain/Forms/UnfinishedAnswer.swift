// Whether an answer that is not right can become so as one goes on typing: whoever is in the middle of a date is told
// what a date looks like, and not that this is none.
import FoundationEssentials
import Languages
import Secrets

/// An answer whose end is missing.
public struct UnfinishedAnswer: Sendable, Equatable, Localized {
    /// An answer that would do; nil where there is none to show.
    public var example: String?

    /// Shows what is wanted.
    public init(example: String?) { self.example = example }

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// What is wanted, in words.
    public var text: Text {
        if let example { return Text("Not complete yet; like \(example)") }
        return Text("Not complete yet")
    }
}

/// Answers in the middle of being typed.
public enum Typing {
    /// Whether some text that goes on from this one is right.
    ///
    /// Tried are the ends of right texts: what is missing of one of the same length, or nearly, and all of it.
    public static func canBecomeRight(
        _ text: String, like examples: [String], _ isRight: (String) -> Bool
    ) -> Bool {
        let length = text.count
        return examples.contains { example in
            let starts = Set((length - 2...length + 2).map { min(max(0, $0), example.count) } + [0])
            return starts.contains { start in
                start < example.count && isRight(text + example.dropFirst(start))
            }
        }
    }

    /// Whether a date `YYYY-MM-DD` can begin like this.
    public static func canBecomeDate(_ text: String) -> Bool {
        let ends = text.count == 9 ? (0...9).map { "000000000\($0)" } : dates
        return canEnd(text, ends) { WallClock.instant(date: $0, time: "00:00") != nil }
    }

    /// Whether a time of day `HH:MM` can begin like this.
    public static func canBecomeTime(_ text: String) -> Bool {
        canEnd(text, times) { WallClock.instant(date: "2000-01-01", time: $0) != nil }
    }

    private static let dates = ["1999-01-01", "1970-10-10", "9999-12-11", "2000-02-20"]
    private static let times = ["10:00", "09:59", "23:00"]

    private static func canEnd(_ text: String, _ ends: [String], _ isRight: (String) -> Bool) -> Bool {
        ends.contains { text.count < $0.count && isRight(text + $0.dropFirst(text.count)) }
    }
}

extension FolderTemplate {
    /// Whether a template can begin like this: a macro is in the middle of being written.
    public static func canBeginWith(_ text: String) -> Bool {
        guard let percent = text.lastIndex(of: "%") else { return false }
        let begun = text[percent...].dropFirst()
        return FolderMacro.offered.contains { macro in
            guard macro.name.hasPrefix(begun) else { return false }
            return (try? FolderTemplate(text[..<percent] + "%\(macro.name)%")) != nil
        }
    }
}

extension FormModel.Field {
    /// What is still missing of an answer that is not right, but can become so as one goes on typing; nil where it is
    /// right, or cannot.
    public func unfinished(_ answer: FormAnswer) -> UnfinishedAnswer? {
        guard !answer.isEmpty, let problem = problem(with: answer) else { return nil }
        let text = answer.revealed
        switch problem {
        case .doesNotMatch:
            let examples = [example, FormModel.completions[id]].compactMap { $0 }
            let canEnd = Typing.canBecomeRight(text, like: examples) {
                self.problem(with: .value(.string($0))) == nil
            }
            return canEnd ? UnfinishedAnswer(example: example) : nil
        case .outOfBounds(let bounds):
            let example = bounds.minimum.map(NumberBounds.digits)
            return bounds.canGrow(from: text) ? UnfinishedAnswer(example: example) : nil
        case .notADate: return canBecomeTime(text) ? UnfinishedAnswer(example: example) : nil
        case .missing, .notAChoice, .notANumber, .notText, .notOnOrOff, .tooLong, .notAllowed: return nil
        }
    }

    private func canBecomeTime(_ text: String) -> Bool {
        switch kind {
        case .date: Typing.canBecomeDate(text)
        case .dateTime:
            Typing.canBecomeRight(text, like: ["2000-01-01T10:00:00Z"]) { Date(rfc3339: $0) != nil }
        default: false
        }
    }
}

extension FormAnswer {
    /// The text as it was typed, also of a secret.
    fileprivate var revealed: String {
        if case .secret(let secret) = self { secret.reveal() } else { text }
    }
}
