// Text made to fit a number of columns: cut, padded, wrapped. All results are harmless text.

/// Where text stands in a space wider than it.
public enum Alignment: Sendable, Hashable {
    /// At the left.
    case leading
    /// At the right, as for numbers.
    case trailing
    /// In the middle.
    case center
}

extension TextWidth {
    /// `text` in at most `columns` columns, its end replaced by an ellipsis where it is longer.
    public func truncated(_ text: String, to columns: Int) -> String {
        guard let all = clusters(of: text, longerThan: columns) else { return sanitized(text) }
        let (mark, room) = ellipsis(within: columns)
        return String(Self.prefix(of: all, columns: room).map(\.character)) + mark
    }

    /// `text` in at most `columns` columns, its middle replaced by an ellipsis where it is longer:
    /// for paths, whose ends tell most.
    public func truncatedInMiddle(_ text: String, to columns: Int) -> String {
        guard clusters(of: text, longerThan: columns) != nil else { return sanitized(text) }
        let all = Array(clusters(of: text))
        let (mark, room) = ellipsis(within: columns)
        let head = Self.prefix(of: all, columns: room / 2)
        let headColumns = head.reduce(0) { $0 + $1.columns }
        let tail = Self.prefix(of: all.reversed(), columns: room - headColumns).reversed()
        return String(head.map(\.character)) + mark + String(tail.map(\.character))
    }

    /// `text` in exactly `columns` columns: cut where it is longer, padded with spaces where shorter.
    public func padded(_ text: String, to columns: Int, alignment: Alignment = .leading) -> String {
        let text = truncated(text, to: columns)
        let missing = max(0, columns - width(of: text))
        let before =
            switch alignment {
            case .leading: 0
            case .trailing: missing
            case .center: missing / 2
            }
        return String(repeating: " ", count: before) + text
            + String(repeating: " ", count: missing - before)
    }

    /// `text` in lines of at most `columns` columns, broken between words and beside wide characters.
    ///
    /// A word longer than a line is broken inside. Line breaks of the text are kept.
    public func wrapped(_ text: String, to columns: Int) -> [String] {
        guard columns > 0 else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
            wrappedParagraph(String($0), to: columns)
        }
    }

    private func wrappedParagraph(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        var spaces = 0
        for word in words(of: text) {
            if word.isSpace {
                spaces = used == 0 ? 0 : 1
                continue
            }
            if used + spaces + word.columns > columns, used > 0 {
                lines.append(line)
                (line, used, spaces) = ("", 0, 0)
            }
            line += String(repeating: " ", count: spaces)
            used += spaces
            spaces = 0
            for cluster in word.clusters {
                if used + cluster.columns > columns, used > 0 {
                    lines.append(line)
                    (line, used) = ("", 0)
                }
                line.append(cluster.character)
                used += cluster.columns
            }
        }
        return lines + [line]
    }

    private struct Word {
        var clusters: [Cluster]
        var columns: Int { clusters.reduce(0) { $0 + $1.columns } }
        var isSpace: Bool { clusters.first?.character == " " }
    }

    /// What no line begins with, in Chinese and Japanese (W3C, Requirements for Chinese Text Layout, 3.1.2).
    private static let endings: Set<Character> = Set("，。、；：？！）》〉」』】〕”’％")
    /// What no line ends with.
    private static let beginnings: Set<Character> = Set("（《〈「『【〔“‘")

    /// The pieces that a line may be broken between: words, spaces, and each wide character with its punctuation.
    private func words(of text: String) -> [Word] {
        var words: [Word] = []
        for cluster in clusters(of: text) {
            let last = words.last?.clusters.last
            let isJoined =
                cluster.character != " " && last.map { $0.character != " " } == true
                && (cluster.columns == 1 && last?.columns == 1
                    || Self.endings.contains(cluster.character)
                    || last.map { Self.beginnings.contains($0.character) } == true)
            if isJoined {
                words[words.count - 1].clusters.append(cluster)
            } else {
                words.append(Word(clusters: [cluster]))
            }
        }
        return words
    }

    /// The clusters of `text` that begin it, one more than fit; nothing where all of them fit.
    private func clusters(of text: String, longerThan columns: Int) -> [Cluster]? {
        if text.utf8.count <= columns, text.isPlain { return nil }
        var taken: [Cluster] = []
        var used = 0
        for cluster in clusters(of: text) {
            taken.append(cluster)
            used += cluster.columns
            if used > columns { return taken }
        }
        return nil
    }

    /// The ellipsis and the columns that it leaves; no ellipsis where it would take more than half.
    private func ellipsis(within columns: Int) -> (mark: String, room: Int) {
        let own = width(of: ellipsis)
        return own > 1 && own > columns / 2 || own > columns
            ? ("", max(0, columns)) : (ellipsis, columns - own)
    }

    private static func prefix(of clusters: [Cluster], columns: Int) -> [Cluster] {
        var used = 0
        return Array(
            clusters.prefix {
                used += $0.columns
                return used <= columns
            })
    }
}
