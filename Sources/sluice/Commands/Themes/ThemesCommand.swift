// `sluice themes`: how screens can look.
import ArgumentParser
import ExportWizard
import FoundationEssentials
import Glibc
import Languages
import Preferences
import TOMLText
import TerminalKit

struct ThemesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "themes", abstract: Text("List and show themes, which say how screens look.").said,
        discussion: Text(
            """
            A theme is chosen with --theme NAME, or for good with theme = "NAME" in config.toml. That file, and the folder \
            themes for files of your own, are in ~/.config/sluice (or below XDG_CONFIG_HOME), or in the home folder that \
            --home or SLUICE_HOME names. A new theme is best begun with one that there is:

              sluice themes show dark --toml > ~/.config/sluice/themes/mine.toml
            """
        ).said(
            examples: "sluice themes"),
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    struct List: ProgramCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: Text("List the themes; the one that is used is marked.").said,
            discussion: .examples("sluice themes list --json"))

        var effect: CommandEffect { .looks }

        @OptionGroup var folder: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let folder = folder.folder
            let used = try folder.preferences(actions: Keymap.actionNames).theme ?? "default"
            let themes = folder.themeNames.map { name, ownFile in
                (name: name, description: Self.description(of: name, in: folder), file: ownFile)
            }
            if output.json {
                return try JSONText.print(
                    themes.map {
                        ThemeResult(
                            name: $0.name, isUsed: $0.name == used, description: $0.description.english,
                            file: $0.file)
                    })
            }
            PlainTable.print(
                [.empty, Text("NAME"), Text("WHAT IT IS"), Text("FILE")],
                themes.map { [$0.name == used ? "*" : "", $0.name, $0.description.said, $0.file ?? ""] })
        }

        private static func description(of name: String, in folder: ConfigurationFolder) -> Text {
            do {
                return .known(try folder.themeFile(name).description)
            } catch {
                return Text("cannot be used: \(error)")
            }
        }
    }

    struct Show: ProgramCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: Text("Show a theme: every role, in its look where standard output is a terminal.").said,
            discussion: .examples("sluice themes show dark --toml"))

        var effect: CommandEffect { .looks }

        @OptionGroup var folder: ConfigurationOptions
        @OptionGroup var output: OutputOptions
        @Option(help: ArgumentHelp(Text("Use colours: auto, always or never."))) var color: ColorMode = .auto
        @Flag(help: ArgumentHelp(Text("Print the theme's file, to begin another one with."))) var toml = false
        @Argument(help: ArgumentHelp(Text("Name of the theme."), valueName: "name"), completion: .themeNames)
        var name: String

        func validate() throws {
            if toml, output.json { throw ValidationError(Text("Give --toml or --json, not both.")) }
        }

        func run() throws {
            do {
                if toml { return print(try folder.folder.themeSource(name).text, terminator: "") }
                try show(try folder.folder.themeFile(name))
            } catch let error as ThemeError {
                throw Failure(error.text, status: ExitStatus.usage)
            }
        }

        private func show(_ file: ThemeFile) throws {
            if output.json {
                return try JSONText.print(
                    ThemeDetails(
                        name: name, description: file.description, palette: file.paletteWords,
                        roles: Dictionary(
                            uniqueKeysWithValues: file.roleWords.map { ($0.key.key, $0.value) })))
            }
            print(TextWidth.standard.sanitized(Text.known(file.description).said) + "\n")
            let environment = ProcessInfo.processInfo.environment
            let isColored =
                color == .always
                || isatty(STDOUT_FILENO) != 0 && color.allowsColor(noColor: environment["NO_COLOR"])
            let depth = ColorDepth(term: environment["TERM"], colorTerm: environment["COLORTERM"])
            for role in Role.allCases {
                let name = TextWidth.standard.padded(role.key, to: 20)
                let sample = isColored ? file.theme[role].rendered(" Web events ", depth: depth) + "  " : ""
                print(name + sample + TextWidth.standard.sanitized(file.roleWords[role] ?? ""))
            }
        }
    }
}

/// Where a person's own files are.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            Text(
                "The folder of config.toml and themes (default: $SLUICE_HOME, or the XDG configuration folder)."
            ),
            valueName: "dir"))
    var home: String?

    var folder: ConfigurationFolder {
        ConfigurationFolder(home: home, environment: ProcessInfo.processInfo.environment)
    }
}

/// A theme as the list has it for programs.
private struct ThemeResult: Encodable {
    var name: String
    var isUsed: Bool
    var description: String
    /// The file of a person's own theme.
    var file: String?
}

/// A theme as it is written.
private struct ThemeDetails: Encodable {
    var name: String
    var description: String
    var palette: [String: [String]]
    var roles: [String: String]
}
