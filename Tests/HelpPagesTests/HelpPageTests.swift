// Pages: what is read from their text, and how they are laid out.
import HelpTopics
import LanguageFiles
import Languages
import TerminalKit
import Testing

@testable import HelpPages

@Suite("A page of help")
struct HelpPageTests {
    private let sample = """
        # Sample

        Words with `code` and *weight*.

        ## Part

        - one
          - below `it`
        - another item that is too long for one line

        | key | does |
        | --- | --- |
        | `a|b` | goes on to the next step of all |
        | Esc | goes back |

        ```
        as it is:  `x`
        ```

        """

    @Test("is read as blocks")
    func blocks() {
        let page = HelpPage(markdown: sample)
        #expect(page.title == "Sample")
        #expect(
            page.blocks == [
                .paragraph("Words with `code` and *weight*."),
                .heading(level: 2, text: "Part"),
                .list([
                    HelpPage.ListItem(depth: 0, text: "one"),
                    HelpPage.ListItem(depth: 1, text: "below `it`"),
                    HelpPage.ListItem(depth: 0, text: "another item that is too long for one line"),
                ]),
                .table(
                    heading: ["key", "does"],
                    rows: [["`a|b`", "goes on to the next step of all"], ["Esc", "goes back"]]),
                .code(["as it is:  `x`"]),
            ])
    }

    @Test("keeps code between backticks where nothing can be bold")
    func plainLines() {
        #expect(
            HelpPage(markdown: sample).lines(columns: 30, isStyled: false) == [
                "Sample",
                "",
                "Words with `code` and weight.",
                "",
                "Part",
                "",
                "- one",
                "  - below `it`",
                "- another item that is too",
                "  long for one line",
                "",
                "key    does",
                "`a|b`  goes on to the next",
                "       step of all",
                "Esc    goes back",
                "",
                "    as it is:  `x`",
            ])
    }

    @Test("has bold code that takes no more room than its letters")
    func styledLines() {
        let lines = HelpPage(markdown: sample).lines(columns: 30, isStyled: true)
        #expect(lines[0] == "\u{1B}[1mSample\u{1B}[0m")
        #expect(lines[2] == "Words with \u{1B}[1mcode\u{1B}[0m and \u{1B}[4mweight\u{1B}[0m.")
        #expect(lines.contains("\u{1B}[1ma|b\u{1B}[0m  goes on to the next step"))
    }

    @Test(
        "keeps to the width of the terminal, whatever the topic", arguments: HelpTopic.allCases,
        [40, 80, 100])
    func width(topic: HelpTopic, columns: Int) throws {
        for language in try Self.languages() {
            let page = HelpPage(markdown: topic.markdown(in: language))
            let lines = page.lines(columns: columns, isStyled: false)
            let code: [String] = page.blocks.flatMap { block in
                if case .code(let lines) = block { lines.map { "    " + $0 } } else { [String]() }
            }
            for line in lines where !code.contains(line) {
                #expect(TextWidth.standard.width(of: line) <= columns, "\(line)")
            }
        }
    }

    @Test("is understood whole, whatever the topic", arguments: HelpTopic.allCases)
    func topics(topic: HelpTopic) throws {
        for language in try Self.languages() { check(HelpPage(markdown: topic.markdown(in: language))) }
    }

    private func check(_ page: HelpPage) {
        #expect(!page.title.isEmpty)
        #expect(!page.blocks.isEmpty)
        for block in page.blocks {
            switch block {
            case .table(let heading, let rows):
                #expect(!rows.isEmpty)
                for row in rows { #expect(row.count == heading.count, "\(row)") }
            case .paragraph(let text):
                // A link would lead nowhere in a terminal, and what begins like another block is none that is known.
                #expect(!text.contains("]("), "\(text)")
                #expect(!text.hasPrefix(" ") && !text.hasPrefix("* ") && !text.hasPrefix(">"), "\(text)")
            case .heading, .list, .code: break
            }
        }
        let marks = page.lines(columns: 80, isStyled: true).filter { !$0.hasPrefix("    ") }
        #expect(!marks.contains { $0.contains("`") }, "a mark that nothing ends")
    }

    @Test(
        "says in every language the same: block for block, with its code, its options and its keys",
        arguments: HelpTopic.allCases)
    func translations(topic: HelpTopic) throws {
        let original = HelpPage(markdown: topic.markdown(in: .english))
        for language in try Self.languages() where language != .english {
            let page = HelpPage(markdown: topic.markdown(in: language))
            #expect(page != original)
            #expect(page.blocks.count == original.blocks.count)
            for (block, other) in zip(page.blocks, original.blocks) {
                #expect(Self.shape(of: block) == Self.shape(of: other))
                guard case .code(let lines) = block, case .code(let others) = other else { continue }
                #expect(lines.count == others.count)
                for (line, other) in zip(lines, others) { #expect(Self.isSame(line, as: other)) }
            }
        }
    }

    @Test("is in English where a language has none")
    func untranslated() throws {
        let other = try Language(code: "xx", name: "Other", file: [])
        #expect(HelpTopic.keys.markdown(in: other) == HelpTopic.keys.markdown(in: .english))
    }

    private static func languages() throws -> [Language] {
        try [.english]
            + LanguageFile.allCases.map { try Language(code: $0.rawValue, name: $0.name, file: $0.bytes) }
    }

    /// What of a block is the same in every language.
    private static func shape(of block: HelpPage.Block) -> [String] {
        switch block {
        case .heading(let level, let text): ["heading \(level)"] + marks(of: text)
        case .paragraph(let text): ["paragraph"] + marks(of: text)
        case .list(let items): items.flatMap { ["item \($0.depth)"] + marks(of: $0.text) }
        case .table(let heading, let rows):
            ([heading] + rows).flatMap { row in ["row"] + row.flatMap { ["cell"] + marks(of: $0) } }
        case .code: ["code"]
        }
    }

    /// The code and the keys in a text; a language has its own order of words.
    private static func marks(of text: String) -> [String] {
        let runs = MarkedText(text).runs
        let words = runs.filter { $0.kind != .code }.map(\.text).joined(separator: " ")
        let keys = words.matches(of: /Ctrl-.|Esc|Tab|Enter|PgUp|PgDn/).map { String($0.output) }
        return (runs.filter { $0.kind == .code }.map(\.text) + keys).sorted()
    }

    /// Whether a line of code is the same; of one that the program says in the language, only its numbers are.
    private static func isSame(_ line: String, as original: String) -> Bool {
        let (code, other) = (withoutRemark(line), withoutRemark(original))
        // Signs of Chinese, its punctuation too.
        let isSaid = code.unicodeScalars.contains { (0x3000...0xFFEF).contains($0.value) }
        return isSaid ? numbers(in: code) == numbers(in: other) : code == other
    }

    private static func numbers(in text: String) -> [Substring] {
        text.matches(of: /[0-9]+/).map(\.output)
    }

    /// A line of code up to what is said of it behind a gap.
    private static func withoutRemark(_ line: String) -> String {
        let code = line.drop { $0 == " " }
        guard let gap = code.firstRange(of: "  ") else { return line }
        return String(line[..<gap.lowerBound])
    }
}
