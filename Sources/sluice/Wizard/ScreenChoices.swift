// What was said of the screen when the program was started, and the opening of the wizard on it.
import ArgumentParser
import ExportWizard
import FoundationEssentials
import Languages
import Preferences
import TerminalKit

/// How the wizard is to look; what is left open is as the configuration says.
struct ScreenChoices {
    var theme: String?
    var mouse: Bool?
    var color: ColorMode = .auto
    var plain: Bool?
    var quietUI: Bool?
    var ascii = false
    var ambiguousWide = false

    /// What was said, and for what that leaves open the configuration.
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

extension ScreenChoices {
    private func show(_ platform: OpenedPlatform, appearance: Appearance) throws -> Int32 {
        let wanted = try plain ?? EnvironmentSwitch.plain.value(in: ProcessInfo.processInfo.environment)
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
}
