// Pages in the language of `man` (man(7), with tables by tbl(1)).

/// A page of the manual, written from its top to its end.
public struct ManualPage: Sendable {
    /// The page's source.
    public private(set) var text: String

    /// Begins a page.
    ///
    /// - Parameters:
    ///   - section: 1 for commands, 7 for what is about the whole.
    ///   - summary: what it is, in one line for whatis(1).
    public init(name: String, section: Int, summary: String, version: String) {
        text = """
            '\\" t
            .TH \(Self.quoted(name.uppercased())) \(section) "" \(Self.quoted("Sluice \(version)"))
            .nh
            .ad l
            .SH NAME
            \(Self.escaped(name)) \\- \(Self.escaped(summary))

            """
    }

    /// Begins a section.
    public mutating func section(_ title: String) { add(".SH \(Self.quoted(title))") }

    /// Begins a part of a section.
    public mutating func subsection(_ title: String) { add(".SS \(Self.quoted(title))") }

    /// A paragraph, with marks as in a page of help.
    public mutating func paragraph(_ marked: String) {
        add(".PP")
        add(Self.line(marked))
    }

    /// Something and, indented below it, what it is; both with marks.
    public mutating func definition(of term: String, _ meaning: String) {
        add(".TP")
        add(Self.line(term))
        add(Self.line(meaning))
    }

    /// Lines as they are.
    public mutating func code(_ lines: [String]) {
        add(".PP\n.RS 4\n.nf")
        for line in lines { add(Self.protected(Self.escaped(line))) }
        add(".fi\n.RE")
    }

    /// The blocks of a page of help.
    public mutating func add(_ blocks: [HelpPage.Block]) {
        for block in blocks {
            switch block {
            case .heading(_, let text): subsection(text)
            case .paragraph(let text): paragraph(text)
            case .code(let lines): code(lines)
            case .list(let items):
                for item in items {
                    add(".IP \\(bu \(2 + 2 * item.depth)")
                    add(Self.line(item.text))
                }
            case .table(let heading, let rows): table(heading, rows)
            }
        }
    }

    private mutating func table(_ heading: [String], _ rows: [[String]]) {
        if heading.count == 2 {
            for row in rows { definition(of: row[0], row[1]) }
            return
        }
        let hasHeading = heading.contains { !$0.isEmpty }
        add(".TS")
        // Within T{ and T} the sign that parts the cells has no meaning.
        add("tab(@);")
        let columns = heading.map { _ in "lx" }.joined(separator: " ")
        if hasHeading { add(heading.map { _ in "lb" }.joined(separator: " ")) }
        add(columns + ".")
        for row in (hasHeading ? [heading] : []) + rows {
            add(row.map { "T{\n\(Self.line($0))\nT}" }.joined(separator: "@"))
        }
        add(".TE")
    }

    private mutating func add(_ line: String) { text += line + "\n" }

    private static func line(_ marked: String) -> String {
        protected(
            MarkedText(marked).runs.map { run in
                switch run.kind {
                case .plain: escaped(run.text)
                case .code, .strong: "\\fB\(escaped(run.text))\\fR"
                case .emphasis: "\\fI\(escaped(run.text))\\fR"
                }
            }.joined())
    }

    /// A line that begins like a request is none.
    private static func protected(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case "\n": result += " "
            default: result.append(character)
            }
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + escaped(text).reduce(into: "") { $0 += $1 == "\"" ? "\\(dq" : String($1) } + "\""
    }
}
