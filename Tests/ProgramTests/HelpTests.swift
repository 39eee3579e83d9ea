// Help: topics, commands, pages of the manual and completion, as the real program gives them.
import Foundation
import HelpTopics
import TestFiles
import Testing

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

    @Test("completes the names of what there is, in bash")
    func completion() throws {
        let data = try program.home.write("rows.ndjson", "{\"a\":1}\n")
        #expect(try program("datasets", "add", "Web events", data).status == 0)
        let script = """
            source <("$1" --generate-completion-script bash)
            complete_words() {
                COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                COMPREPLY=(); _sluice "$1" "${@: -1}" "${@: -2:1}"; printf '%s\\n' "${COMPREPLY[@]}"
            }
            PATH="$(dirname "$1"):$PATH"
            complete_words sluice datasets show ""
            complete_words sluice themes show h
            complete_words sluice help tro
            """
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        let completed = try Sluice.run(
            "bash", ["-c", script, "bash", try Sluice.path], environment: environment)
        #expect(completed.output.contains("Web events"), Comment(rawValue: completed.errors))
        #expect(completed.output.contains("high-contrast"))
        #expect(completed.output.contains("troubleshooting"))
    }

    @Test("completes nothing, and makes no home folder, where there is none")
    func completionWithoutHome() throws {
        let home = program.home.path + "/not-there"
        let completed = try program(
            "---completion", "flows", "show", "--", "positional@0", "2", "0",
            environment: ["SLUICE_HOME": home])
        #expect(completed.output.trimmingCharacters(in: .whitespacesAndNewlines) == "")
        #expect(!FileManager.default.fileExists(atPath: home))
    }
}
