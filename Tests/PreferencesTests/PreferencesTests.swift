// The configuration, and the folder that it is in.
import TOMLText
import TerminalKit
import TestFiles
import Testing

@testable import Preferences

@Suite("The configuration")
struct PreferencesTests {
    private static let actions = ["quit", "new-destination"]

    @Test("It says which keys do what, and whether the mouse is used")
    func keys() throws {
        let text =
            "mouse = false\nquiet-ui = true\n[keys]\nquit = \"Q\"\nnew-destination = [\"ctrl-n\", \"F5\", \"space\"]\n"
        let preferences = try Preferences(reading: text, file: "config.toml", actions: Self.actions)
        #expect(preferences.mouse == false && preferences.isQuiet == true)
        #expect(
            preferences.keys == [
                "quit": [.character("Q")],
                "new-destination": [.control("n"), .function(5), .character(" ")],
            ])
    }

    @Test("It says how text fields are edited", arguments: [("emacs", EditingStyle.emacs), ("vi", .vi)])
    func editing(word: String, style: EditingStyle) throws {
        let text = "[editing]\nfields = \"\(word)\"\n"
        #expect(try Preferences(reading: text, file: "config.toml", actions: []).editing == style)
    }

    @Test("It says what tells that runs have ended; nothing is told that it does not say")
    func notices() throws {
        let text = "[notices]\nbell = true\ntitle = false\nnotification = true\n"
        let preferences = try Preferences(reading: text, file: "config.toml", actions: [])
        #expect(preferences.bell == true && preferences.title == false && preferences.notification == true)
        let nothing = try Preferences(reading: "", file: "config.toml", actions: [])
        #expect(nothing.bell == nil && nothing.title == nil && nothing.notification == nil)
    }

    @Test("It says which theme, and the accents of profiles")
    func reading() throws {
        let text = "theme = \"dark\"\n[accents]\nacme = \"bright-red\"\nsmall = \"#5f87ff\"\n"
        let preferences = try Preferences(reading: text, file: "config.toml", actions: Self.actions)
        #expect(preferences.theme == "dark")
        #expect(preferences.accents["acme"] == .ansi(9))
        #expect(preferences.accents["small"] == .fixed(RGB(0x5F, 0x87, 0xFF), basic: 12))
        #expect(try Preferences(reading: "", file: "config.toml", actions: []) == Preferences())
    }

    @Test(
        "What cannot be is told with its file, line and key",
        arguments: [
            ("[", 1, "is not TOML: "),
            ("\nthem = \"dark\"", 2, "unknown key “them”; did you mean “theme”?"),
            ("theme = 1", 1, "“theme” is a whole number and must be text in quotes."),
            ("[accents]\nacme = \"redd\"", 2, "“acme” in [accents] is “redd” and must be like"),
            ("accents = 1", 1, "“accents” is a whole number and must be a table."),
            ("mouse = \"no\"", 1, "“mouse” is text and must be true or false."),
            ("[editing]\nfields = \"vim\"", 2, "“fields” in [editing] is “vim” and must be “emacs” or “vi”."),
            ("[editing]\nfield = \"vi\"", 2, "unknown key “field” in [editing]; did you mean “fields”?"),
            ("[keys]\nqut = \"q\"", 2, "unknown key “qut” in [keys]; did you mean “quit”?"),
            ("[keys]\nquit = \"ctrl-m\"", 2, "“quit” in [keys] is “ctrl-m” and must be a character, or like"),
            ("[keys]\nquit = []", 2, "“quit” in [keys] has no key."),
            ("[keys]\nquit = [1]", 2, "“quit” in [keys] has a whole number in its list"),
        ])
    func refused(text: String, line: Int, words: String) {
        let error = #expect(throws: TOMLFileError.self) {
            try Preferences(reading: text, file: "config.toml", actions: Self.actions)
        }
        #expect(
            error?.description.hasPrefix("config.toml, line \(line): \(words)") == true, "\(error as Any)")
    }

    @Test(
        "It is in the home folder that is named, else where XDG says",
        arguments: [
            ("/home", ["SLUICE_HOME": "/other"], "/home"), (nil, ["SLUICE_HOME": "/other"], "/other"),
            (nil, ["XDG_CONFIG_HOME": "/config", "HOME": "/root"], "/config/sluice"),
            (nil, ["XDG_CONFIG_HOME": "config", "HOME": "/root"], "/root/.config/sluice"),
            ("", ["HOME": "/root"], "/root/.config/sluice"), (nil, [:], nil),
        ] as [(String?, [String: String], String?)])
    func folder(home: String?, environment: [String: String], path: String?) {
        #expect(ConfigurationFolder(home: home, environment: environment).path == path)
    }

    @Test("A theme of one's own is found beside those of the program, and comes before them")
    func ownThemes() throws {
        let files = try TemporaryFolder()
        let folder = ConfigurationFolder(home: files.path, environment: [:])
        #expect(try folder.preferences(actions: []) == Preferences())
        #expect(try folder.theme(nil) == .standard)
        #expect(try folder.theme("dark").hasFixedColors)
        let dark = try folder.themeSource("dark").text
        try files.write(dark.replacing("#1c1f26", with: "#000000"), to: "themes/mine.toml")
        try files.write(try folder.themeSource("light").text, to: "themes/default.toml")
        try files.write("theme = \"mine\"\n", to: "config.toml")
        #expect(try folder.preferences(actions: []).theme == "mine")
        #expect(try folder.theme("mine")[.text].background == .fixed(RGB(0, 0, 0), basic: 0))
        #expect(try folder.theme(nil) == folder.themeFile("light").theme)
        let names = folder.themeNames
        #expect(names.map(\.name).last == "mine" && names.first?.ownFile == files.file("themes/default.toml"))
    }

    @Test(
        "A name of no theme is answered with those that there are",
        arguments: [
            ("darc", "There is no theme “darc”; did you mean “dark”?"),
            ("../../etc/passwd", "There is no theme “../../etc/passwd”; there is default, dark, light"),
            ("", "There is no theme “”; there is default"),
        ])
    func unknown(name: String, sentence: String) throws {
        let files = try TemporaryFolder()
        let folder = ConfigurationFolder(home: files.path, environment: [:])
        let error = #expect(throws: ThemeError.self) { try folder.themeFile(name) }
        #expect(error?.description.hasPrefix(sentence) == true, "\(error as Any)")
    }

    @Test("What is no file, or none that may be read, is told")
    func unreadable() throws {
        let files = try TemporaryFolder()
        try files.write("", to: "config.toml/x")
        let folder = ConfigurationFolder(home: files.path, environment: [:])
        let error = #expect(throws: TOMLFileError.self) { try folder.preferences(actions: []) }
        #expect(error?.description == "\(files.path)/config.toml: it is not a file.")
    }
}
