// What a press of Tab completes, in the real shells.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("Completion")
struct CompletionTests {
    private let program: Sluice
    /// The folder of the scripts, and of what a name would do if a shell obeyed it.
    private let folder: TemporaryFolder
    /// Names that shells could take for something else.
    private let names: [String]

    init() throws {
        program = try Sluice()
        folder = try TemporaryFolder()
        names = [
            "Web events", "Orders", "Orders: daily", "it's $HOME [x]", "$(touch '\(folder.file("obeyed"))')",
            "`touch \(folder.file("obeyed"))`", "~ * {a,b} \"q\" \\n", "東京 stores",
        ]
        let data = try folder.write("rows.ndjson", "{\"a\":1}\n")
        for name in names { #expect(try program("datasets", "add", name, data).status == 0) }
        let plan = try folder.wholePlan(named: "Nightly: whole")
        #expect(try program("export", plan).status == 0)
    }

    private var obeyed: Bool { FileManager.default.fileExists(atPath: folder.file("obeyed")) }

    @Test("completes the names of what there is in bash, whatever they are, and obeys none")
    func bash() throws {
        let script = """
            source <("$1" --generate-completion-script bash)
            complete_words() {
                COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                COMPREPLY=(); _sluice "$1" "${@: -1}" "${@: -2:1}"; printf '%s\\n' "${COMPREPLY[@]}"
            }
            PATH="$(dirname "$1"):$PATH"
            complete_words sluice "${@:2}"
            """
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        func completed(_ words: String...) throws -> [String] {
            let ran = try Sluice.run(
                "bash", ["-c", script, "bash", try Sluice.path] + words, environment: environment)
            #expect(ran.errors == "")
            return ran.output.split(separator: "\n").map(String.init)
        }
        #expect(try Set(completed("datasets", "show", "")) == Set(names))
        #expect(try completed("datasets", "show", "We") == ["Web events"])
        #expect(try completed("flows", "show", "") == ["Nightly: whole"])
        #expect(try completed("themes", "show", "h") == ["high-contrast"])
        #expect(try completed("help", "tro") == ["troubleshooting"])
        #expect(try completed("help", "runs", "sh") == ["show"])
        #expect(!obeyed)
    }

    @Test(
        "completes commands, topics and names in an interactive zsh, quoted as they have to be, and obeys none"
    )
    func zsh() throws {
        let script = try program("--generate-completion-script", "zsh")
        _ = try folder.write("_sluice", script.output)
        _ = try folder.write(
            ".zshrc",
            "PROMPT='%% '; fpath=('\(folder.path)' $fpath); autoload -Uz compinit; compinit -u -D\n")
        let programs = URL(fileURLWithPath: try Sluice.path).deletingLastPathComponent().path
        let tmux = try Tmux.start(
            command: ["zsh", "-d", "-i"], columns: 120, rows: 40,
            environment: [
                "ZDOTDIR": folder.path, "HOME": folder.path, "SLUICE_HOME": program.home.path,
                "PATH": "\(programs):/usr/local/bin:/usr/bin:/bin",
            ])
        func complete(_ typed: String, shows wanted: [String]) throws {
            try self.complete(typed, in: tmux, shows: wanted)
        }
        try complete("sluice ", shows: ["demo          -- Open", "flows         -- ", "help          -- "])
        try complete("sluice flows ", shows: ["pause       -- ", "unfinished  -- "])
        try complete("sluice help ", shows: ["keys", "troubleshooting", "flows"])
        try complete("sluice help tro", shows: ["% sluice help troubleshooting"])
        try complete("sluice help runs ca", shows: ["% sluice help runs cancel"])
        try complete("sluice flows show ", shows: ["% sluice flows show Nightly:\\ whole"])
        try complete("sluice datasets show ", shows: names)
        try complete("sluice datasets show W", shows: ["% sluice datasets show Web\\ events"])
        try complete("sluice datasets show 'W", shows: ["% sluice datasets show 'Web events'"])
        try complete("sluice datasets show Orders:", shows: ["% sluice datasets show Orders:\\ daily"])
        try complete("sluice datasets show it", shows: ["% sluice datasets show it\\'s\\ \\$HOME\\ \\[x\\]"])
        try complete("sluice datasets show 東", shows: ["% sluice datasets show 東京\\ stores"])
        #expect(!obeyed)
    }

    @Test("completes the same in an interactive fish")
    func fish() throws {
        let script = try folder.write("sluice.fish", program("--generate-completion-script", "fish").output)
        let programs = URL(fileURLWithPath: try Sluice.path).deletingLastPathComponent().path
        _ = try folder.write(
            "fish/config.fish",
            """
            set -g fish_greeting
            function fish_prompt; echo '% '; end
            set -gx PATH '\(programs)' /usr/local/bin /usr/bin /bin
            source '\(script)'

            """)
        let tmux = try Tmux.start(
            command: ["fish"], columns: 120, rows: 40,
            environment: [
                "HOME": folder.path, "XDG_CONFIG_HOME": folder.path, "SLUICE_HOME": program.home.path,
            ])
        func complete(_ typed: String, shows wanted: [String]) throws {
            try self.complete(typed, in: tmux, shows: wanted)
        }
        try complete("sluice fl", shows: ["% sluice flows"])
        try complete("sluice help ", shows: ["keys", "troubleshooting", "flows"])
        try complete("sluice help tro", shows: ["% sluice help troubleshooting"])
        try complete("sluice help runs ca", shows: ["% sluice help runs cancel"])
        try complete("sluice flows show ", shows: ["% sluice flows show Nightly:\\ whole"])
        try complete("sluice datasets show ", shows: names)
        try complete("sluice datasets show it", shows: ["% sluice datasets show it\\'s\\ \\$HOME\\ \\[x\\]"])
        try complete("sluice datasets show 東", shows: ["% sluice datasets show 東京\\ stores"])
        #expect(!obeyed)
    }

    /// Types the beginning of a command, presses Tab, and waits for what is to be seen; then nothing is typed again.
    private func complete(_ typed: String, in tmux: Tmux, shows wanted: [String]) throws {
        try tmux.waitUntil("the shell is there") { screen in screen.first == "%" }
        try tmux.sendText(typed)
        try tmux.send("Tab")
        try tmux.waitUntil("“\(typed)” is completed to \(wanted)") { screen in
            wanted.allSatisfy { text in screen.contains { $0.contains(text) } }
        }
        try tmux.send("C-u", "C-l")
    }

    @Test("says what commands and options do in the language of the process")
    func language() throws {
        for shell in ["zsh", "fish"] {
            let script = try program(
                "--generate-completion-script", shell, environment: ["SLUICE_LANG": "zh_CN"]
            ).output
            #expect(script.contains("显示帮助信息") && !script.contains("Show "))
        }
    }

    @Test("gives nothing, and makes no home folder, where there is none")
    func withoutHome() throws {
        let home = program.home.path + "/not-there"
        let completed = try program(
            "---completion", "flows", "show", "--", "positional@0", "2", "0",
            environment: ["SLUICE_HOME": home])
        #expect(completed.output.trimmingCharacters(in: .whitespacesAndNewlines) == "")
        #expect(!FileManager.default.fileExists(atPath: home))
    }
}
