// sluice(1), made from what the argument parser knows.
import ArgumentParser
import HelpPages
import HelpTopics

/// The page of the manual that has all commands.
enum CommandManual {
    /// Options that every command has, and that are told once.
    private static let common: Set = ["help", "version"]

    static func page() throws -> ManualPage {
        let program = try CommandDescription.all()
        var page = ManualPage(
            name: "sluice", section: 1, summary: program.abstract ?? "", version: Sluice.configuration.version
        )
        page.section("SYNOPSIS")
        page.paragraph("`sluice` [*options*]")
        page.paragraph("`sluice` *command* [*options*] [*arguments*]")
        page.section("DESCRIPTION")
        addParagraphs(program.discussion, to: &page)
        page.section("COMMANDS")
        for command in program.withSubcommands.dropFirst() where command.commandName != "help" {
            add(command, to: &page)
        }
        page.section("SEE ALSO")
        page.paragraph(
            HelpTopic.allCases.map { "`sluice-\($0.rawValue)`(7)" }.joined(separator: ", "))
        return page
    }

    private static func add(_ command: CommandDescription, to page: inout ManualPage) {
        page.subsection(((command.superCommands ?? []) + [command.commandName]).joined(separator: " "))
        addParagraphs(command.abstract, to: &page)
        addParagraphs(command.discussion, to: &page)
        for argument in command.arguments ?? [] where argument.shouldDisplay {
            let names = argument.names ?? []
            if names.contains(where: { common.contains($0.name) }) { continue }
            page.definition(of: term(of: argument, names), meaning(of: argument))
        }
    }

    private static func term(
        of argument: CommandDescription.Argument, _ names: [CommandDescription.Argument.Name]
    )
        -> String
    {
        let value = argument.valueName.map { "*\($0)*\(argument.isRepeating ? " …" : "")" } ?? ""
        switch argument.kind {
        case "positional": return value
        case "flag": return names.map { "`\($0.spelling)`" }.joined(separator: ", ")
        default: return names.map { "`\($0.spelling)` \(value)" }.joined(separator: ", ")
        }
    }

    private static func meaning(of argument: CommandDescription.Argument) -> String {
        [argument.abstract, argument.discussion].compactMap(\.self).joined(separator: " ")
    }

    /// Paragraphs, and in between the lines of examples, which are indented.
    private static func addParagraphs(_ text: String?, to page: inout ManualPage) {
        guard let text else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for part in lines.split(whereSeparator: \.isEmpty) {
            if part.allSatisfy({ $0.hasPrefix("  ") }) {
                page.code(part.map { String($0.drop { $0 == " " }) })
            } else {
                page.paragraph(part.joined(separator: " "))
            }
        }
    }
}
