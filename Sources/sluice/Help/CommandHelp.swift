// The help of commands as the argument parser writes it, in the language of the process: its headings, and lines that
// break also where no spaces are.
import ArgumentParser
import Languages
import TerminalKit

enum CommandHelp {
    /// Where the parser lets the explanations of options and commands begin, in columns.
    private static let indentation = 26

    /// The words of the parser itself.
    private static var words: [(english: String, text: Text)] {
        [
            ("OVERVIEW:", Text("OVERVIEW:")), ("USAGE:", Text("USAGE:")), ("Usage:", Text("Usage:")),
            ("ARGUMENTS:", Text("ARGUMENTS:")), ("OPTIONS:", Text("OPTIONS:")),
            ("SUBCOMMANDS:", Text("SUBCOMMANDS:")), ("Error:", Text("Error:")), ("Help:", Text("Help:")),
        ]
    }

    /// The columns of a terminal that nobody has made wider.
    private static let columns = 80

    /// The help of a command.
    static func message(of command: any ParsableCommand.Type) -> String {
        Language.ofProcess == .english
            ? Sluice.helpMessage(for: command)
            : said(Sluice.helpMessage(for: command, columns: unbroken), in: .ofProcess)
    }

    /// What the parser says of an error, which may be that help was asked for.
    static func message(for error: any Error) -> String {
        Language.ofProcess == .english
            ? Sluice.fullMessage(for: error)
            : said(Sluice.fullMessage(for: error, columns: unbroken), in: .ofProcess)
    }

    /// So many columns that the parser breaks no line: it would count each sign as one column.
    private static let unbroken = 1_000_000

    /// A help in a language, in lines of at most so many columns.
    static func said(_ help: String, in language: Language, columns: Int = CommandHelp.columns) -> String {
        help.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { wrapped(translated(String($0), to: language), to: columns) }
            .joined(separator: "\n")
    }

    private static func translated(_ line: String, to language: Language) -> String {
        for (english, text) in words where line.hasPrefix(english) {
            let rest = line.dropFirst(english.count)
            let error = english == "Error:" ? usageError(rest.dropFirst()) : nil
            return text.string(in: language)
                + (error.map { " " + $0.string(in: language) } ?? placeholders(in: String(rest), language))
        }
        for (english, text) in [
            ("Show help information.", Text("Show help information.")),
            ("Show the version.", Text("Show the version.")),
        ] where line.hasSuffix(english) {
            return line.dropLast(english.count) + text.string(in: language)
        }
        if let match = line.wholeMatch(of: #/  See '(.*)' for more information\./#) {
            return "  " + Text("See '\(match.1)' for more information.").string(in: language)
        }
        if let match = line.wholeMatch(of: #/  See '(.*)' for detailed help\./#) {
            return "  " + Text("See '\(match.1)' for detailed help.").string(in: language)
        }
        if line == "Please use --generate-completion-script=<shell> with one of:" {
            return Text("Please use --generate-completion-script=<shell> with one of:").string(in: language)
        }
        return translatedValues(line, to: language)
    }

    /// How a command is used, with the parser's own names of what is to be given in a language.
    private static func placeholders(in usage: String, _ language: Language) -> String {
        usage.replacing("<options>", with: "<" + Text("options").string(in: language) + ">")
            .replacing("<subcommand>", with: "<" + Text("subcommand").string(in: language) + ">")
    }

    /// What the parser adds to the explanation of an option: its values, and what it is where nothing is given.
    private static func translatedValues(_ line: String, to language: Language) -> String {
        let values: Text
        let explained: Substring
        if let match = line.wholeMatch(of: #/(.*) \(values: ([^;()]*); default: ([^()]*)\)/#) {
            explained = match.1
            values = Text("(values: \(match.2); default: \(match.3))")
        } else if let match = line.wholeMatch(of: #/(.*) \(values: ([^;()]*)\)/#) {
            explained = match.1
            values = Text("(values: \(match.2))")
        } else if let match = line.wholeMatch(of: #/(.*) \(default: ([^()]*)\)/#) {
            explained = match.1
            values = Text("(default: \(match.2))")
        } else {
            return line
        }
        return explained + values.string(in: language)
    }

    private static func wrapped(_ line: String, to columns: Int) -> [String] {
        let width = TextWidth.standard
        guard width.width(of: line) > columns else { return [line] }
        let own = line.prefix { $0 == " " }.count
        let isExplained = own == 2 && line.dropFirst(indentation - 1).first == " "
        let indent = own >= indentation || isExplained ? indentation : own
        let padding = String(repeating: " ", count: indent)
        let rest = String(line.dropFirst(indent))
        let lines = width.wrapped(rest, to: columns - indent)
        return lines.enumerated().map { number, text in
            (number == 0 ? String(line.prefix(indent)) : padding) + text
        }
    }
}
