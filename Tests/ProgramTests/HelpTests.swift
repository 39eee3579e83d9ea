// Help: topics, commands and pages of the manual, as the real program gives them.
import ArgumentParser
import ChildPrograms
import Foundation
import HelpTopics
import TestFiles
import Testing

@testable import sluice

@Suite("Help")
struct HelpTests {
    private let program: Sluice

    init() throws { program = try Sluice() }

    @Test("lists the topics, and explains each")
    func topics() throws {
        let list = try program("help")
        #expect(list.status == 0)
        for topic in HelpTopic.allCases {
            #expect(list.output.contains("\n  \(topic.rawValue) "))
            let page = try program("help", topic.rawValue)
            #expect(page.status == 0)
            #expect(page.output.split(separator: "\n").count > 10, "\(topic)")
            #expect(!page.output.contains("\u{1B}"), "no styles in a file")
        }
    }

    @Test("of a command is what the command says itself")
    func commands() throws {
        let help = try program("help", "runs", "start")
        #expect(help.status == 0)
        #expect(try help.output == program("runs", "start", "--help").output)
    }

    @Test("of every command has examples, and each of them is a command line that the program takes")
    func examples() throws {
        // The parser tells of a command help of its own, in whose place is the program's.
        for command in try CommandDescription.all().withSubcommands where command.commandName != "help" {
            let path = ((command.superCommands ?? []) + [command.commandName]).joined(separator: " ")
            let lines = (command.discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            let heading = try #require(lines.lastIndex(of: "Examples:"), "\(path)")
            let examples = lines[heading...].dropFirst(2).joined(separator: "\n").replacing("\\\n", with: "")
            #expect(!examples.isEmpty)
            for example in examples.split(separator: "\n") {
                #expect(example.hasPrefix("  \(path)"), "\(example)")
                let words = try #require(CommandWords.split(String(example)))
                #expect(throws: Never.self, "\(example)") {
                    try sluice.Sluice.parseAsRoot(Array(words.dropFirst()))
                }
            }
            for line in lines[heading...] { #expect(line.count <= 80, "\(line)") }
        }
    }

    @Test("says what there is when a word is neither")
    func unknown() throws {
        let help = try program("help", "kyes")
        #expect(help.status == 2)
        #expect(help.errors.contains("no topic and no command “kyes”"))
    }

    @Test(
        "has pages of the manual that groff finds nothing wrong with",
        arguments: [nil] + HelpTopic.allCases)
    func manual(topic: HelpTopic?) throws {
        let page = try topic.map { try program("help", "--man", $0.rawValue) } ?? program("help", "--man")
        #expect(page.status == 0)
        let file = try program.home.write("page", page.output)
        let set = try Sluice.run(
            "groff", ["-t", "-man", "-k", "-ww", "-Tutf8", "-P-cbou", file],
            environment: ProcessInfo.processInfo.environment)
        #expect(set.status == 0)
        #expect(set.errors == "")
        #expect(set.output.contains("NAME"))
        if topic == nil {
            for words in ["sluice runs start", "--add-dataset", "sluice-troubleshooting"] {
                #expect(set.output.contains(words), "\(words)")
            }
        }
    }
}
