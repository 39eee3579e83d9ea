// `sluice demo`: the wizard on a sample lake, with nothing to set up.
import ArgumentParser
import EmbeddedPlatform
import ExportWizard
import FoundationEssentials
import Languages
import Preferences
import Profiles

struct DemoCommand: PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: Text("Open the wizard on a sample lake, with nothing to set up.").said,
        discussion: Text(
            """
            The sample lake is made once, from a seed, in a home of its own \
            (default: ~/.local/share/sluice-demo). With --read-only a demo that there is stays as it is, and a new one is \
            made in a folder for temporary files, with an export to look at, and is gone with the demo.
            """
        ).said(
            examples: "sluice demo"))

    var effect: CommandEffect { .obeys }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var screen: ScreenOptions

    func run() throws {
        let screen = screen.choices
        var opener = opener
        let isReadOnly = try opener.isReadOnly()
        let preferred = try screen.preferred(home: machine.home)
        try opener.requireEmbedded(opener.named() ?? .embedded, for: .demo)
        let home = try DemoHome(path: machine.home, isReadOnly: isReadOnly)
        defer { home.leave() }
        let mayBeMade = !isReadOnly || home.isTemporary
        opener.readOnly = !mayBeMade
        opener.passphrase.mayAsk = false
        let platform = try opener.embedded(home: home.folder.path)
        // Before the screen takes the terminal, so that nothing has to be asked later.
        let source = machine.passphraseSource
        try platform.vault.unlockBeforeScreen(from: source)
        // Where nothing can be set up, there is something to look at from the first screen on.
        if home.isTemporary {
            try Blocking.wait { try await DemoLake.exportSome(of: platform, home: home.folder) }
        }
        let preparation = Task.detached(priority: .utility) {
            if mayBeMade { try await DemoLake.prepare(platform, home: home.folder) }
        }
        let runs = EmbeddedRuns()
        // A run that falls due exports something.
        if !isReadOnly { runs.begin(on: platform) }
        let setting = Wizard.Setting(
            platform: Text("demo"), place: platform.place, timeZone: .current, leavingStopsRuns: !isReadOnly,
            controlsRuns: true, transferLimits: machine.transferLimits,
            keymap: Keymap(preferred.preferences.keys),
            usesMouse: preferred.preferences.mouse ?? true, editing: preferred.preferences.editing,
            language: .ofProcess,
            notices: Notices(preferred.preferences), isQuiet: preferred.preferences.isQuiet ?? false,
            isReadOnly: isReadOnly)
        let services = WizardServices(
            Platform(
                flowService: platform, exports: platform, kind: .embedded(platform),
                journal: WorkJournalFolder(home: home.folder.path, platform: "embedded")),
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
