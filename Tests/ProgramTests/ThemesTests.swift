// Themes: listed and shown, and seen in a terminal.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("Themes")
struct ThemesTests {
    private let program: Sluice

    init() throws { program = try Sluice() }

    private func own(_ text: String, to name: String) throws {
        _ = try program.home.write(text, to: name)
    }

    @Test("are listed, the chosen one marked, and a broken one with what is wrong")
    func list() throws {
        try own("theme = \"light\"\n", to: "config.toml")
        try own("[roles]\n", to: "themes/mine.toml")
        let listed = try program("themes")
        #expect(listed.status == 0, Comment(rawValue: listed.errors))
        let lines = listed.output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("*  light ") })
        #expect(lines.contains { $0.contains("mine ") && $0.contains("there is no [palette]") })
        let json = try program("themes", "list", "--json")
        let names = try Sluice.python(
            "import json,sys; print(*[t['name'] for t in json.loads(sys.argv[1]) if t['isUsed']])",
            json.output)
        #expect(names == "light")
    }

    @Test("are shown in words, and their file begins another")
    func show() throws {
        let shown = try program("themes", "show", "default")
        #expect(shown.output.contains("field-focused"))
        #expect(!shown.output.contains("\u{1B}"))
        let colored = try program(
            "themes", "show", "dark", "--color", "always", environment: ["TERM": "xterm-256color"])
        #expect(colored.output.contains("\u{1B}["))
        let file = try program("themes", "show", "dark", "--toml")
        try own(file.output.replacing("Light text", with: "My text"), to: "themes/mine.toml")
        #expect(try program("themes", "show", "mine").output.hasPrefix("My text"))
        let unknown = try program("themes", "show", "darc")
        #expect(unknown.status == 2)
        #expect(unknown.errors == "sluice: There is no theme “darc”; did you mean “dark”?\n")
    }

    @Test("paint the whole screen in their own background, with as many colours as the terminal has")
    func painted() throws {
        let tmux = try Tmux.start(
            command: [try Sluice.path, "--theme", "dark"], environment: ["SLUICE_HOME": program.home.path])
        try tmux.waitUntil(shows: "There is no destination yet")
        let rows = try tmux.capture(styles: true)
        #expect(rows.first?.contains("48;5;234m") == true, "\(rows.first ?? "")")
        try tmux.send("q")
        try tmux.waitUntil("the program has ended") { _ in try tmux.facts().isDead }
    }

    @Test("have all colours where the terminal says that it has, whatever its description knows")
    func direct() throws {
        let tmux = try Tmux.start(
            command: [try Sluice.path, "--theme", "dark"],
            environment: ["SLUICE_HOME": program.home.path, "COLORTERM": "truecolor"])
        try tmux.waitUntil(shows: "There is no destination yet")
        let rows = try tmux.capture(styles: true)
        // The theme's own background, #1c1f26.
        #expect(rows.first?.contains("48;2;28;31;38m") == true, "\(rows.first ?? "")")
        try tmux.send("q")
        try tmux.waitUntil("the program has ended") { _ in try tmux.facts().isDead }
    }

    @Test("give way to no colour at all")
    func withoutColor() throws {
        let tmux = try Tmux.start(
            command: [try Sluice.path, "--theme", "dark"],
            environment: ["SLUICE_HOME": program.home.path, "NO_COLOR": "1"])
        try tmux.waitUntil(shows: "There is no destination yet")
        let rows = try tmux.capture(styles: true).joined()
        #expect(!rows.contains("48;5;") && !rows.contains("38;5;") && rows.contains("\u{1B}[1m"))
    }

    @Test("that cannot be used are told before a screen is shown", arguments: ["mine", "nine"])
    func broken(name: String) throws {
        let palette = ["foreground", "background", "accent", "production"].map { "\($0) = \"redd\"" }
        try own("[roles]\n[palette]\n" + palette.joined(separator: "\n"), to: "themes/mine.toml")
        try own("theme = \"\(name)\"\n", to: "config.toml")
        let outcome = try program()
        #expect(outcome.status == (name == "mine" ? 1 : 2))
        #expect(outcome.errors.hasPrefix("sluice: ") && outcome.errors.contains("mine"))
        if name == "mine" {
            #expect(outcome.errors.contains("themes/mine.toml, line 5: “accent” in [palette] is “redd”"))
        }
    }
}
