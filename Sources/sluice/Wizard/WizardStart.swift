// The start of the wizard, from the command line to the first picture. Everybody waits for it who works with the program:
// what the first screen does not need is not done before it is there.
import DestinationStorages
import EmbeddedPlatform
import ExportDomain
import ExportWizard
import Languages
import Preferences
import Profiles

/// What the wizard is started with.
struct WizardStart {
    var opener = PlatformOpener(passphrase: PassphraseSource())
    var screen = ScreenChoices()

    /// Opens the platform that is meant, shows the wizard on it, and returns when it is left.
    func run() throws {
        // The first screen needs the kinds of destinations. They are read while the platform is opened.
        Task.detached { try Destinations.specs() }
        let isReadOnly = try opener.isReadOnly()
        let preferred = try screen.preferred(home: opener.home)
        let selection = try opener.selection()
        let opener = try unlocked(for: selection)
        let runs = EmbeddedRuns()
        let platforms = WizardPlatforms(
            opener: opener, runs: runs, preferences: preferred.preferences, isReadOnly: isReadOnly)
        let opened = try Blocking.wait { try await platforms.open(selection) }
        try screen.show(opened, runs: runs, appearance: preferred.appearance)
    }

    /// An opener that asks nothing any more, as the screen has the terminal: what there is to ask is asked before.
    private func unlocked(for selection: PlatformSelection) throws -> PlatformOpener {
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
