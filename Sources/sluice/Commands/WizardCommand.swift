// `sluice` without a command: the wizard.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import ExportWizard
import FoundationEssentials
import Languages
import Preferences
import Profiles
import TerminalKit

struct WizardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wizard", abstract: Text("Open the wizard (the default).").said, shouldDisplay: false)

    @OptionGroup var options: PlatformOptions
    @OptionGroup var screen: ScreenOptions

    func run() throws {
        let preferred = try screen.preferred(home: options.home)
        let selection = try options.opener.selection()
        let opener = try unlocked(options.opener, for: selection)
        let runs = EmbeddedRuns()
        let platforms = WizardPlatforms(opener: opener, runs: runs, preferences: preferred.preferences)
        let opened = try Blocking.wait { try await platforms.open(selection) }
        try screen.show(opened, runs: runs, appearance: preferred.appearance)
    }

    /// An opener that asks nothing any more, as the screen has the terminal: what there is to ask is asked before.
    private func unlocked(
        _ opener: PlatformOpener, for selection: PlatformSelection
    ) throws -> PlatformOpener {
        var quiet = opener
        quiet.passphrase.mayAsk = false
        // A credential of the environment needs no vault, and no home folder.
        if case .credential = selection { return quiet }
        let embedded = try quiet.embedded()
        try embedded.vault.unlockBeforeScreen(from: opener.passphrase)
        quiet.shared = embedded
        return quiet
    }
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

    /// What these options say, and for what they leave open the configuration.
    ///
    /// It belongs before everything else, because it may describe the terminal anew.
    ///
    /// - Parameter home: the home folder that was named.
    func preferred(home: String?) throws -> (appearance: Appearance, preferences: Preferences) {
        let folder = ConfigurationFolder(home: home, environment: ProcessInfo.processInfo.environment)
        var preferences = try folder.preferences(actions: Keymap.actionNames)
        preferences.mouse = mouse ?? preferences.mouse
        preferences.isQuiet = quietUI ?? preferences.isQuiet
        do {
            let appearance = Appearance(
                theme: try folder.theme(theme ?? preferences.theme), colorMode: color, ascii: ascii,
                ambiguousIsWide: ambiguousWide)
            if appearance.theme.hasFixedColors { DirectColor.describe() }
            return (appearance, preferences)
        } catch let error as ThemeError {
            throw Failure(error.text, status: ExitStatus.usage)
        }
    }

    /// Shows the wizard on a platform and returns when it is left.
    ///
    /// - Parameter runs: ended with the wizard.
    func show(_ platform: OpenedPlatform, runs: EmbeddedRuns, appearance: Appearance) throws {
        let status = try show(platform, appearance: appearance)
        try Blocking.wait { await runs.end() }
        if status != 0 { throw ExitCode(status) }
    }
}

extension ScreenOptions {
    private func show(_ platform: OpenedPlatform, appearance: Appearance) throws -> Int32 {
        let wanted = try plain ?? Self.plainByEnvironment()
        if wanted == true { return try ask(platform) }
        do {
            return try WizardRuntime.run(
                platform.setting, services: platform.services, appearance: appearance)
        } catch .cannotPlaceText(let type) where wanted == nil {
            return try ask(
                platform,
                notice: Text(
                    "A terminal of the type “\(type)” (TERM) can show no screen, so sluice asks line by line, as with --plain."
                )
            )
        } catch {
            throw Failure(
                Text(
                    "\(error) Without one, sluice --plain asks everything line by line, and the commands do the same: sluice export PLAN.toml, sluice --help."
                ))
        }
    }

    /// Asks everything line by line.
    private func ask(_ platform: OpenedPlatform, notice: Text? = nil) throws -> Int32 {
        try PlainRuntime.run(
            platform.setting, services: platform.services, ascii: ascii, notice: notice)
    }

    /// What the environment says of the screen; nil where it leaves it open.
    private static func plainByEnvironment() throws -> Bool? {
        switch ProcessInfo.processInfo.environment["SLUICE_PLAIN"]?.lowercased() {
        case nil, "": return nil
        case "1", "yes", "true", "on": return true
        case "0", "no", "false", "off": return false
        case let other?:
            throw Failure(
                Text("SLUICE_PLAIN is “\(other)”: set it to 1 to be asked line by line, or to 0."),
                status: ExitStatus.usage)
        }
    }
}

extension ColorMode: ExpressibleByArgument {}
