// `sluice demo`: the wizard on a sample lake, with nothing to set up.
import ArgumentParser
import EmbeddedPlatform

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Open the wizard on a sample lake, with nothing to set up.",
        discussion: """
            The sample lake is made once, from a seed, in a home of its own \
            (default: ~/.local/share/sluice-demo).
            """)

    @OptionGroup var options: PlatformOptions
    @OptionGroup var screen: ScreenOptions

    func run() throws {
        let home = try Home(path: options.home ?? DemoLake.home)
        let platform = try options.openPlatform(home: home.path, asksForPassphrase: false)
        try screen.open(platform, named: "demo", passphrase: options.passphraseSource) {
            try await DemoLake.prepare(platform, home: home)
        }
    }
}
