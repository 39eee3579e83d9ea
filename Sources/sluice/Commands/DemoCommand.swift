// `sluice demo`: the wizard on a sample lake, with nothing to set up.
import ArgumentParser
import EmbeddedPlatform
import ExportWizard
import FoundationEssentials
import Languages
import Preferences

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: Text("Open the wizard on a sample lake, with nothing to set up.").said,
        discussion: Text(
            """
            The sample lake is made once, from a seed, in a home of its own \
            (default: ~/.local/share/sluice-demo).
            """
        ).said)

    @OptionGroup var options: PlatformOptions
    @OptionGroup var screen: ScreenOptions

    func run() throws {
        let screen = screen.choices
        let isReadOnly = try screen.isReadOnly()
        let preferred = try screen.preferred(home: options.home)
        let home = try Home(path: options.home ?? DemoLake.home)
        let platform = try options.openEmbedded(
            for: .demo, home: home.path, ignoringDefault: true, mayAsk: false)
        // Before the screen takes the terminal, so that nothing has to be asked later.
        let source = options.passphraseSource
        try platform.vault.unlockBeforeScreen(from: source)
        let preparation = Task.detached(priority: .utility) {
            try await DemoLake.prepare(platform, home: home)
        }
        let runs = EmbeddedRuns()
        // A run that falls due exports something.
        if !isReadOnly { runs.begin(on: platform) }
        let setting = Wizard.Setting(
            platform: Text("demo"), place: platform.place, timeZone: .current, leavingStopsRuns: !isReadOnly,
            controlsRuns: true, transferLimits: options.machine.transferLimits,
            keymap: Keymap(preferred.preferences.keys),
            usesMouse: preferred.preferences.mouse ?? true, editing: preferred.preferences.editing,
            language: .ofProcess,
            notices: Notices(preferred.preferences), isQuiet: preferred.preferences.isQuiet ?? false,
            isReadOnly: isReadOnly)
        let services = WizardServices(
            Platform(
                flowService: platform, exports: platform, kind: .embedded(platform),
                journal: WorkJournalFolder(home: home.path, platform: "embedded")),
            preparing: { try await preparation.value })
        defer {
            preparation.cancel()
            try? Blocking.wait { _ = await preparation.result }
        }
        try screen.show(
            OpenedPlatform(setting: setting, services: services), runs: runs,
            appearance: preferred.appearance)
    }
}
