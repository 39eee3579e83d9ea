// `sluice` without a command: the wizard.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import ExportWizard
import FoundationEssentials
import Records
import TerminalKit

struct WizardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wizard", abstract: "Open the wizard (the default).", shouldDisplay: false)

    @OptionGroup var options: PlatformOptions
    @OptionGroup var screen: ScreenOptions

    func run() throws {
        let platform = try options.openPlatform(asksForPassphrase: false)
        try screen.open(platform, named: "embedded platform", passphrase: options.passphraseSource)
    }
}

/// How the wizard looks.
struct ScreenOptions: ParsableArguments {
    @Option(help: "Use colours: auto, always or never.")
    var color: ColorMode = .auto

    @Flag(help: "Draw with ASCII signs only.")
    var ascii = false

    @Flag(help: "Characters of ambiguous width take two columns, as in East Asian legacy fonts.")
    var ambiguousWide = false

    /// Opens the wizard on a platform and returns when it is left.
    ///
    /// - Parameters:
    ///   - passphrase: where that of the vault comes from, if it has one.
    ///   - preparing: what has to be done before datasets can be listed, and is done meanwhile.
    func open(
        _ platform: EmbeddedPlatform, named name: String, passphrase: PassphraseSource,
        preparing: @escaping @Sendable () async throws -> Void = {}
    ) throws {
        // Before the screen takes the terminal, so that nothing has to be asked later.
        try Blocking.wait { try await platform.vault.unlock(from: passphrase) }
        // Below the priority of what the screen asks for, so that no answer waits behind an export.
        let preparation = Task.detached(priority: .utility) { try await preparing() }
        let setting = Wizard.Setting(
            platform: name, place: platform.place, timeZone: .current, leavingStopsRuns: true)
        let reports = RunReports(of: platform, platform)
        let services = WizardServices(
            flowService: platform,
            prepareDatasets: { try await preparation.value },
            testDestination: { platform.test($0, consent: $1) },
            readSecret: { try SecretSource.file($0).read(mayWait: false) },
            runReports: { try await reports.reports(of: $0) },
            preview: { path, run in
                let preview = try await platform.preview(path, of: run, records: 100)
                return FilePreview(path: path, records: preview.records, problem: preview.problem)
            },
            savePlan: { try PlanStore.write($0, path: $1, replacing: $2) })
        let running = Task.detached(priority: .utility) { await platform.keepRunning() }
        let status: Int32
        do {
            status = try WizardRuntime.run(
                setting, services: services, colorMode: color, ascii: ascii,
                ambiguousIsWide: ambiguousWide)
        } catch {
            throw Failure(
                sentence:
                    "\(error) The commands work without a screen: sluice export PLAN.toml, sluice --help.")
        }
        preparation.cancel()
        running.cancel()
        try Blocking.wait {
            await running.value
            _ = await preparation.result
        }
        if status != 0 { throw ExitCode(status) }
    }
}

extension ColorMode: ExpressibleByArgument {}
