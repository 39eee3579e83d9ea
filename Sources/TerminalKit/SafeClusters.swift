// The rules that turn one grapheme cluster of outside text into clusters of known width.
// The width of a single scalar is TextWidth's matter.

/// The harmless clusters of a text, made as they are asked for.
public struct SafeClusters: Sequence, IteratorProtocol {
    /// ncurses keeps four marks in a cell; terminals differ from about there.
    private static let mostMarks = 3

    private static let plain: [Unicode.Scalar: Character] = [
        "“": "\"", "”": "\"", "‘": "'", "’": "'", "–": "-", "—": "-",
    ]

    private enum Source {
        /// Printable ASCII alone, as most text is: every byte is a cluster.
        case plain(String.UTF8View.Iterator)
        case any(String.Iterator)
    }

    private let rules: TextWidth
    private var source: Source
    /// What the last cluster of the source became, in reverse, as far as not yet handed out.
    private var pending: [Cluster] = []

    init(of text: String, under rules: TextWidth) {
        self.rules = rules
        source = text.isPlain ? .plain(text.utf8.makeIterator()) : .any(text.makeIterator())
    }

    /// The next cluster.
    public mutating func next() -> Cluster? {
        switch source {
        case .plain(var bytes):
            guard let byte = bytes.next() else { return nil }
            source = .plain(bytes)
            return Cluster(character: Character(Unicode.Scalar(byte)), columns: 1)
        case .any(var characters):
            defer { source = .any(characters) }
            return next(from: &characters)
        }
    }

    private mutating func next(from characters: inout String.Iterator) -> Cluster? {
        while true {
            if let cluster = pending.popLast() { return cluster }
            guard let character = characters.next() else { return nil }
            if let byte = character.asciiValue {
                switch byte {
                case 0x20...0x7E: return Cluster(character: character, columns: 1)
                case 0x09...0x0D: return Cluster(character: " ", columns: 1)
                default: continue
                }
            }
            pending = parts(of: character).reversed()
        }
    }

    private var replacement: Cluster { Cluster(character: rules.replacement, columns: 1) }

    private func parts(of character: Character) -> [Cluster] {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return [] }
        if scalars.count == 1 {
            // Quotes and dashes of sentences, where the terminal has ASCII alone.
            if rules.replacement.isASCII, let plain = Self.plain[first] {
                return [Cluster(character: plain, columns: 1)]
            }
            switch Kind(first) {
            case .base: return [single(first)]
            case .invisible: return []
            case .lineBreak: return [Cluster(character: " ", columns: 1)]
            case .regionalIndicator(let letter): return [Cluster(character: letter, columns: 1)]
            case .mark, .conjoiningJamo, .unknown: return [replacement]
            }
        }
        if let syllable = Hangul.syllable(of: scalars) { return [single(syllable)] }
        let isEmojiSequence =
            first.properties.isEmoji && !first.isASCII
            && scalars.contains { $0 == "\u{200D}" || $0.properties.isEmojiModifier }
        return isEmojiSequence ? [single(first)] : split(scalars)
    }

    private func single(_ scalar: Unicode.Scalar) -> Cluster {
        Cluster(character: Character(scalar), columns: rules.columns(of: scalar))
    }

    /// Every base with its marks apart: terminals add up the widths of the bases of a conjunct.
    private func split(_ scalars: Character.UnicodeScalarView) -> [Cluster] {
        var parts: [Cluster] = []
        var marks = 0
        for scalar in scalars {
            switch Kind(scalar) {
            case .base:
                parts.append(single(scalar))
                marks = 0
            case .mark:
                marks += 1
                if parts.isEmpty || marks > Self.mostMarks {
                    parts = parts.dropLast() + [replacement]
                } else if let last = parts.popLast() {
                    var text = last.character.unicodeScalars
                    text.append(scalar)
                    parts.append(Cluster(character: Character(String(text)), columns: last.columns))
                }
            case .regionalIndicator(let letter):
                parts.append(Cluster(character: letter, columns: 1))
                marks = 0
            case .invisible, .lineBreak: break
            case .conjoiningJamo, .unknown:
                parts.append(replacement)
                marks = 0
            }
        }
        return parts
    }
}

extension String {
    /// Whether the text is printable ASCII: harmless, and as wide as it is long.
    var isPlain: Bool { utf8.allSatisfy { (0x20...0x7E).contains($0) } }
}

/// What a scalar is to a character grid.
private enum Kind {
    case base
    case mark
    case invisible
    case lineBreak
    case regionalIndicator(Character)
    case conjoiningJamo
    case unknown

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        // The most common ones, because the properties of a scalar are slow to find.
        case 0xA1...0xAC, 0xAE...0x2FF, 0x2500...0x25A0, 0x3041...0x3096, 0x30A1...0x30FA,
            0x4E00...0x9FFF, 0xAC00...0xD7A3:
            self = .base
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: self = .conjoiningJamo
        case 0x1F1E6...0x1F1FF:
            let letter = Unicode.Scalar(UInt8(0x41 + scalar.value - 0x1F1E6))
            self = .regionalIndicator(Character(letter))
        case 0x85, 0x2028, 0x2029: self = .lineBreak
        default:
            let properties = scalar.properties
            if properties.isDefaultIgnorableCodePoint {
                self = .invisible
                return
            }
            switch properties.generalCategory {
            case .control, .enclosingMark: self = .invisible
            case .nonspacingMark: self = .mark
            case .format, .unassigned, .privateUse, .surrogate: self = .unknown
            default: self = .base
            }
        }
    }
}
