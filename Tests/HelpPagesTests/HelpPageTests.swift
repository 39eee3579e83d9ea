// Pages: what is read from their text, and how they are laid out.
import HelpPages
import HelpTopics
import TerminalKit
import Testing

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
    func width(topic: HelpTopic, columns: Int) {
        let page = HelpPage(markdown: topic.markdown)
        let lines = page.lines(columns: columns, isStyled: false)
        let code: [String] = page.blocks.flatMap { block in
            if case .code(let lines) = block { lines.map { "    " + $0 } } else { [String]() }
        }
        for line in lines where !code.contains(line) {
            #expect(TextWidth.standard.width(of: line) <= columns, "\(line)")
        }
    }

    @Test("is understood whole, whatever the topic", arguments: HelpTopic.allCases)
    func topics(topic: HelpTopic) {
        let page = HelpPage(markdown: topic.markdown)
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
}
