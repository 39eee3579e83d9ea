// A text for people: words that can be said in each language of the program, with values in between.

/// A text of the program.
///
/// It is written where it is needed, in English, as one literal: `Text("\(count) of \(total) datasets")`. What stands
/// between the values is looked up as a whole, `{0} of {1} datasets`, in the catalogue of another language, whose
/// words may have the values in another order. A value that is itself a text, or an error that has one, is said in the
/// same language.
public struct Text: Hashable, Sendable {
    /// What stands in a gap.
    indirect enum Value: Hashable, Sendable {
        case plain(String)
        case text(Text)
    }

    /// The English words, with `{0}`, `{1}`, … for the values; a brace of the words is doubled.
    public private(set) var pattern: String
    private(set) var values: [Value]

    /// A text, from a literal, so that translators find it.
    public init(_ words: Words) {
        pattern = words.pattern
        values = words.values
    }

    init(pattern: String, values: [Value]) {
        self.pattern = pattern
        self.values = values
    }

    /// A name, a number or anything else that is the same in every language.
    public static func verbatim(_ text: String) -> Text {
        Text(pattern: "{0}", values: [.plain(text)])
    }

    /// No words at all.
    public static let empty = Text.verbatim("")

    /// Words that are known as data only, such as the labels of a platform's forms: those of the language where it has
    /// words for just these, else as they are.
    public static func known(_ words: String) -> Text {
        // What has several lines is none of the program's words.
        if words.contains(where: \.isNewline) { return .verbatim(words) }
        return Text(Words(stringLiteral: words))
    }

    /// What an error is told with: its text where it has one, else its description as it is.
    public static func of(_ error: any Error) -> Text {
        (error as? any Localized)?.text ?? .verbatim("\(error)")
    }

    /// The text in a language; English where the language has no words for it.
    public func string(in language: Language) -> String {
        // Most texts are one literal, and need no more than that.
        let words = language.words(for: pattern) ?? pattern
        if values.isEmpty, !words.utf8.contains(UInt8(ascii: "{")), !words.utf8.contains(UInt8(ascii: "}")) {
            return words
        }
        return filled(words, in: language)
    }

    /// The text in English.
    public var english: String { string(in: .english) }

    /// The same with every value on one line, whatever names and messages of others are in it.
    public var withValuesInOneLine: Text {
        let values = values.map { value in
            switch value {
            case .plain(let text):
                Value.plain(
                    text.contains(where: \.isNewline)
                        ? text.split(whereSeparator: \.isNewline).joined(separator: " ") : text)
            case .text(let text): Value.text(text.withValuesInOneLine)
            }
        }
        return Text(pattern: pattern, values: values)
    }

    private func filled(_ words: String, in language: Language) -> String {
        var result = ""
        var rest = words.utf8[...]
        while let brace = rest.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) {
            result += String(rest[..<brace]) ?? ""
            let after = rest[rest.index(after: brace)...]
            if after.first == rest[brace] {
                result += rest[brace] == UInt8(ascii: "{") ? "{" : "}"
                rest = after.dropFirst()
            } else {
                let digits = after.prefix { $0 != UInt8(ascii: "}") }
                if let number = Int(String(digits) ?? ""), values.indices.contains(number) {
                    switch values[number] {
                    case .plain(let text): result += text
                    case .text(let text): result += text.string(in: language)
                    }
                }
                rest = rest[digits.endIndex...].dropFirst()
            }
        }
        return result + (String(rest) ?? "")
    }
}

extension Text {
    /// The literal that a text is written as.
    public struct Words: ExpressibleByStringInterpolation, Sendable {
        var pattern: String
        var values: [Value]

        /// Words without values.
        public init(stringLiteral literal: String) {
            self.init(stringInterpolation: Interpolation(of: literal))
        }

        /// Words with values in between.
        public init(stringInterpolation: Interpolation) {
            pattern = stringInterpolation.pattern
            values = stringInterpolation.values
        }

        /// Collects words and values.
        public struct Interpolation: StringInterpolationProtocol {
            fileprivate var pattern = ""
            fileprivate var values: [Value] = []

            /// Nothing yet.
            public init(literalCapacity: Int, interpolationCount: Int) {
                pattern.reserveCapacity(literalCapacity + 3 * interpolationCount)
                values.reserveCapacity(interpolationCount)
            }

            fileprivate init(of literal: String) { appendLiteral(literal) }

            /// Adds words.
            public mutating func appendLiteral(_ literal: String) {
                for character in literal {
                    if character == "{" || character == "}" { pattern.append(character) }
                    pattern.append(character)
                }
            }

            /// Adds a gap for another text.
            public mutating func appendInterpolation(_ text: Text) { append(.text(text)) }

            /// Adds a gap for something that has a text.
            public mutating func appendInterpolation(_ value: some Localized) { append(.text(value.text)) }

            /// Adds a gap for an error: in the language of the text where it has words for it.
            public mutating func appendInterpolation(_ error: any Error) {
                append(.text(.of(error)))
            }

            /// Adds a gap for a name, a number or the like.
            public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
                append(.plain(value.description))
            }

            private mutating func append(_ value: Value) {
                pattern += "{\(values.count)}"
                values.append(value)
            }
        }
    }
}

/// Something that is told to people in their language.
public protocol Localized: CustomStringConvertible {
    /// What it is told with.
    var text: Text { get }
}

extension Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }
}

// The compiler passes over what is unavailable and takes the interpolation of anything; of what is deprecated it warns.
extension DefaultStringInterpolation {
    /// A text is no string before it is said in a language.
    @available(*, deprecated, message: "say the text in a language first")
    public mutating func appendInterpolation(_ text: Text) { appendInterpolation(text.english) }

    /// A text is no string before it is said in a language.
    @available(*, deprecated, message: "say the text in a language first")
    public mutating func appendInterpolation(_ text: Text?) { appendInterpolation(text?.english) }
}
