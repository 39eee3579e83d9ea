// `sluice` without a command: the wizard.
import ArgumentParser
import Languages
import TerminalKit

struct WizardCommand: PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "wizard", abstract: Text("Open the wizard (the default).").said,
        discussion: .examples(
            "sluice --theme light",
            "sluice --profile acme --read-only"), shouldDisplay: false)

    var effect: CommandEffect { .obeys }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var screen: ScreenOptions

    func run() throws { try WizardStart(opener: opener, screen: screen.choices).run() }
}

/// How the wizard looks.
struct ScreenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            Text("The theme, as sluice themes lists them (default: that of config.toml)."), valueName: "name"),
        completion: .themeNames)
    var theme: String?

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            Text("Use the mouse, or leave it to the terminal to select text with (default: use it).")))
    var mouse: Bool?

    @Option(help: ArgumentHelp(Text("Use colours: auto, always or never.")))
    var color: ColorMode = .auto

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            Text(
                "Ask everything line by line, without a screen, or never (default: $SLUICE_PLAIN, and where the terminal can show no screen)."
            )))
    var plain: Bool?

    @Flag(
        name: .customLong("quiet-ui"), inversion: .prefixedNo,
        help: ArgumentHelp(
            Text("Let nothing move by itself: no spinner, and progress in whole steps, for slow lines.")))
    var quietUI: Bool?

    @Flag(help: ArgumentHelp(Text("Draw with ASCII signs only.")))
    var ascii = false

    @Flag(
        help: ArgumentHelp(
            Text("Characters of ambiguous width take two columns, as in East Asian legacy fonts.")))
    var ambiguousWide = false

    /// The options, as what the screen is opened with.
    var choices: ScreenChoices {
        ScreenChoices(
            theme: theme, mouse: mouse, color: color, plain: plain, quietUI: quietUI, ascii: ascii,
            ambiguousWide: ambiguousWide)
    }
}

extension ColorMode: ExpressibleByArgument {}
