// The words that themes are written in.
import ExportDomain
import Languages
import TOMLText
import TerminalKit

/// Why words are no colour or look, in words that follow the key.
struct ThemeProblem: Error, Equatable {
    var words: Text

    static func unknownColor(_ word: String, palette: [String]) -> ThemeProblem {
        let nearest = Suggestion.nearest(to: word, among: palette + ThemeWord.attributes.keys.sorted())
        return ThemeProblem(
            words: nearest.map {
                Text("says “\(word.shownBriefly)”, which [palette] has not; did you mean “\($0)”?")
            } ?? Text("says “\(word.shownBriefly)”, which [palette] has not; it has \(Text.list(palette))"))
    }
}

/// The words that are no names of colours.
enum ThemeWord {
    static let on = "on"

    static let attributes: [String: Attributes] = [
        "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse,
    ]

    /// Whether a word cannot be the name of a colour, because it says something else or could not be told from two.
    static func isReserved(_ word: String) -> Bool {
        word == on || attributes[word] != nil || word.contains(where: \.isWhitespace) || word.isEmpty
    }
}

extension Color {
    private static let terminalWord = "terminal"
    private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

    /// The names of the sixteen colours of a terminal.
    private static let basicNames = names + names.map { "bright-" + $0 }

    /// A colour as people write it: `terminal`, the name of one of the sixteen, or `#rrggbb`.
    public init?(_ word: String) {
        if word == Self.terminalWord {
            self = .terminal
        } else if let index = Self.basicNames.firstIndex(of: word) {
            self = .ansi(UInt8(index))
        } else if let color = RGB(hexadecimal: word) {
            self = .fixed(color, basic: color.nearestBasic)
        } else {
            return nil
        }
    }

    /// A colour, and where it is given after it the one of the sixteen that stands for it where there are no more.
    init(words: [String]) throws(ThemeProblem) {
        guard (1...2).contains(words.count), let first = Color(words[0]) else {
            let word = words.first ?? ""
            if words.count > 2 {
                throw ThemeProblem(
                    words: Text("has more than a colour and the one of sixteen that stands for it"))
            }
            let nearest = Suggestion.nearest(to: word, among: Self.basicNames + [Self.terminalWord])
            throw ThemeProblem(
                words: nearest.map {
                    Text(
                        "is “\(word.shownBriefly)” and must be like “#5f87ff”, “blue”, “bright-blue” or “terminal”; did you mean “\($0)”?"
                    )
                }
                    ?? Text(
                        "is “\(word.shownBriefly)” and must be like “#5f87ff”, “blue”, “bright-blue” or “terminal”"
                    )
            )
        }
        self = first
        guard words.count == 2 else { return }
        guard case .fixed(let color, _) = first, case .ansi(let basic)? = Color(words[1]) else {
            throw ThemeProblem(words: Text("has two colours, which is for “#rrggbb” and one of the sixteen"))
        }
        self = .fixed(color, basic: basic)
    }
}
