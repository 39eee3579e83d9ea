// `sluice help`: the pages of topics, the help of commands, and the pages of the manual.
import ArgumentParser
import FoundationEssentials
import HelpPages
import HelpTopics
import Languages
import TerminalKit

struct HelpCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "help", abstract: Text("Explain a topic or a command.").said,
        discussion: Text(
            """
            Without a word, lists the topics. sluice help plan explains plan files; sluice help runs start is the same as \
            sluice runs start --help.
            """
        ).said(
            examples: "sluice help",
            "sluice help plan",
            "sluice help runs start"))

    var effect: CommandEffect { .looks }

    @Flag(help: ArgumentHelp(Text("Print the page of the manual, for man: sluice help --man | man -l -")))
    var man = false

    @Argument(
        help: ArgumentHelp(Text("A topic, or a command."), valueName: "word"),
        completion: .custom { words, index, _ in CompletionShell.candidates(next(in: words, at: index)) })
    var words: [String] = []

    func run() throws {
        guard let first = words.first else {
            return man ? print(try CommandManual.page().text, terminator: "") : Self.listTopics()
        }
        if words.count == 1, let topic = HelpTopic(rawValue: first) { return show(topic) }
        guard let command = Self.command(words) else {
            throw Failure(
                Text(
                    "There is no topic and no command “\(words.joined(separator: " "))”; sluice help lists the topics, sluice --help the commands."
                ),
                status: ExitStatus.usage)
        }
        if man {
            throw Failure(
                Text("Commands have no pages of their own: sluice help --man has them all."),
                status: ExitStatus.usage)
        }
        print(CommandHelp.message(of: command))
    }

    private func show(_ topic: HelpTopic) {
        // Pages of the manual are in English, as those of other programs are where nobody has translated them.
        let page = HelpPage(markdown: topic.markdown(in: man ? .english : .ofProcess))
        if man { return print(page.manual(of: topic).text, terminator: "") }
        let columns = LineTerminal.columns
        let type = ProcessInfo.processInfo.environment["TERM"] ?? ""
        let isStyled = columns != nil && !["", "dumb"].contains(type)
        // Lines longer than that are hard to read.
        for line in page.lines(columns: min(columns ?? 80, 100), isStyled: isStyled) { print(line) }
    }

    private static func listTopics() {
        print(Text("Topics, each explained by sluice help TOPIC:").said + "\n")
        let width = HelpTopic.allCases.map(\.rawValue.count).max() ?? 0
        for topic in HelpTopic.allCases {
            let name = TextWidth.standard.padded(topic.rawValue, to: width)
            print("  \(name)  \(HelpPage(markdown: topic.markdown(in: .ofProcess)).title)")
        }
        print("\n" + Text("sluice --help lists the commands; in the wizard ? explains the keys.").said)
    }

    /// What a word of a command line may be: a topic or a command, and then a command below that one.
    private static func next(in words: [String], at index: Int) -> [String] {
        let before = words.prefix(index).drop { $0 != configuration.commandName }.dropFirst()
            .filter { !$0.hasPrefix("-") }
        let commands = command(Array(before))?.configuration.subcommands ?? []
        return (before.isEmpty ? HelpTopic.allCases.map(\.rawValue) : [])
            + commands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
    }

    /// The command that the words name, one below the other.
    private static func command(_ words: [String]) -> (any ParsableCommand.Type)? {
        var command: any ParsableCommand.Type = Sluice.self
        for word in words {
            let next = command.configuration.subcommands.first { $0._commandName == word }
            guard let next else { return nil }
            command = next
        }
        return command
    }
}

extension HelpPage {
    /// The page as one of the manual.
    fileprivate func manual(of topic: HelpTopic) -> ManualPage {
        var page = ManualPage(
            name: "sluice-\(topic.rawValue)", section: 7, summary: title,
            version: Sluice.configuration.version)
        page.section("DESCRIPTION")
        page.add(blocks)
        page.section("SEE ALSO")
        page.paragraph("`sluice`(1)")
        return page
    }
}
