// The platforms that the wizard can work on: the embedded one, those of the profiles, and that of the environment.
import EmbeddedPlatform
import ExportDomain
import ExportWizard
import FlowServiceClient
import FoundationEssentials
import Languages
import Preferences
import Profiles
import Synchronization
import TerminalKit

/// Opens platforms for the wizard, and makes the list of them.
struct WizardPlatforms: Sendable {
    let opener: PlatformOpener
    let runs: EmbeddedRuns
    /// What the person at the keyboard prefers.
    let preferences: Preferences
    /// Whether nothing is to be changed.
    let isReadOnly: Bool

    /// The seconds between two looks at runs that another machine makes.
    private static let distantLookInterval = 5.0

    /// Opens a platform that is called by an id, as the list has them.
    func open(_ id: PlatformID) async throws -> OpenedPlatform {
        try await open(try selection(of: id), sandbox: id.sandbox)
    }

    /// Opens a platform, for the wizard.
    func open(_ selection: PlatformSelection, sandbox: String? = nil) async throws -> OpenedPlatform {
        opened(try await opener.open(selection, sandbox: sandbox))
    }

    private func opened(_ platform: Platform) -> OpenedPlatform {
        // A run that falls due exports something.
        if case .embedded(let embedded) = platform.kind, !isReadOnly { runs.begin(on: embedded) }
        var services = WizardServices(platform)
        services.platforms = way(from: platform)
        services.isProduction = { await isProduction(platform) }
        return OpenedPlatform(
            setting: Wizard.Setting(
                platform: platform.title, place: platform.flowService.place, timeZone: .current,
                leavingStopsRuns: platform.isEmbedded && !isReadOnly,
                controlsRuns: platform.runControl != nil,
                transferLimits: opener.transferLimits,
                offersPlatforms: true,
                lookInterval: platform.isEmbedded ? 0.5 : Self.distantLookInterval,
                accent: accent(of: platform),
                asksWhetherProduction: !platform.isEmbedded && chosenAccent(of: platform) == nil,
                keymap: Keymap(preferences.keys),
                usesMouse: preferences.mouse ?? true, editing: preferences.editing,
                language: .ofProcess,
                notices: Notices(preferences), isQuiet: preferences.isQuiet ?? false,
                isReadOnly: isReadOnly),
            services: services)
    }

    /// The accent that somebody has chosen, or that of production where the sandbox has the name that Experience
    /// Platform gives to its production sandbox, until the platform says what it is.
    private func accent(of platform: Platform) -> PlatformAccent? {
        if let chosen = chosenAccent(of: platform) { return .color(chosen) }
        let isProduction =
            !platform.isEmbedded && Sandbox.isNamedAsProduction(platform.flowService.place.sandboxName)
        return isProduction ? .production : nil
    }

    private func chosenAccent(of platform: Platform) -> Color? {
        let name =
            switch platform.kind {
            case .embedded: Self.embeddedID.platform
            case .environment: Self.environmentID.platform
            case .profile(let name): name
            }
        return preferences.accents[name]
    }

    /// What a platform says of its sandbox; nil where it cannot be asked.
    private func isProduction(_ platform: Platform) async -> Bool? {
        guard let remote = platform.flowService as? RemoteFlowService else { return nil }
        let name = remote.place.sandboxName
        return try? await remote.sandboxes().first { $0.name == name }?.isProduction
    }

    // MARK: The list

    private func way(from current: Platform) -> PlatformSwitch {
        let here = Self.id(of: current.kind)
        let sandbox = current.flowService.place.sandboxName
        return PlatformSwitch(
            choices: { try choices(here: here, sandbox: sandbox) },
            sandboxes: { try await sandboxes(of: $0, here: here, sandbox: sandbox) },
            open: { try await open($0) })
    }

    private func choices(here: PlatformID, sandbox: String) throws -> [PlatformChoice] {
        let profiles = try opener.profiles().read()
        var choices = [
            PlatformChoice(
                id: Self.embeddedID, name: Text("embedded platform"), detail: Text("this machine's own lake"),
                isCurrent: here == Self.embeddedID)
        ]
        if let credential = try EnvironmentCredential(opener.environment) {
            choices.append(
                choice(Self.environmentID, Text("environment"), credential.profile, here: here, sandbox))
        }
        for name in profiles.names {
            let profile = try profiles.profile(name.text).profile
            choices.append(
                choice(Self.id(ofProfile: name.text), .verbatim(name.text), profile, here: here, sandbox))
        }
        return choices
    }

    private func choice(
        _ id: PlatformID, _ name: Text, _ profile: Profile, here: PlatformID, _ sandbox: String
    ) -> PlatformChoice {
        PlatformChoice(
            id: id, name: name,
            detail: Text(
                "sandbox \(profile.sandboxName), \(profile.organizationName ?? profile.organizationID)"),
            isCurrent: here == id && sandbox == profile.sandboxName, hasSandboxes: true)
    }

    private func sandboxes(
        of id: PlatformID, here: PlatformID, sandbox: String
    ) async throws -> [PlatformChoice] {
        let platform = try await opener.open(try selection(of: id))
        guard let remote = platform.flowService as? RemoteFlowService else { return [] }
        return try await remote.sandboxes().filter(\.isActive).map { found in
            PlatformChoice(
                id: PlatformID(id.platform, sandbox: found.name), name: .verbatim(found.name),
                detail: found.title == found.name ? nil : .verbatim(found.title),
                isCurrent: here == id && sandbox == found.name)
        }
    }

    // MARK: Ids

    private static let embeddedID = PlatformID("embedded")
    private static let environmentID = PlatformID("environment")
    private static let profilePrefix = "profile "

    private static func id(ofProfile name: String) -> PlatformID { PlatformID(profilePrefix + name) }

    private static func id(of kind: Platform.Kind) -> PlatformID {
        switch kind {
        case .embedded: embeddedID
        case .environment: environmentID
        case .profile(let name): id(ofProfile: name)
        }
    }

    private func selection(of id: PlatformID) throws -> PlatformSelection {
        if id.platform == Self.embeddedID.platform { return .embedded }
        if id.platform == Self.environmentID.platform,
            let credential = try EnvironmentCredential(opener.environment)
        {
            return .credential(credential)
        }
        return .profile(String(id.platform.dropFirst(Self.profilePrefix.count)))
    }
}

extension Notices {
    /// What a person prefers.
    init(_ preferences: Preferences) {
        self.init()
        bell = preferences.bell ?? bell
        title = preferences.title ?? title
        notification = preferences.notification ?? notification
    }
}

extension WizardServices {
    /// The outside of the wizard on a platform.
    init(_ platform: Platform, preparing: @escaping @Sendable () async throws -> Void = {}) {
        let exports = platform.exports
        let reports = RunReports(of: platform.flowService, exports)
        let opened = OpenedRecords(exports)
        self.init(
            flowService: platform.flowService, journal: platform.journal,
            telling: platform.notificationSettings,
            unkeptCredentials: { platform.unkept.takeSentence(about: $0) }, prepareDatasets: preparing,
            testDestination: { exports.test($0, consent: $1) },
            suggestions: { try await exports.suggestions($0, of: $1) },
            folderContents: { try await LocalFolder.contents($0) },
            readSecret: { try await SecretSource.file($0).read(mayWait: false, mayAsk: false) },
            runSecretCommand: { try await SecretSource.command($0).read(mayAsk: false) },
            runReports: { try await reports.reports(of: $0, isFresh: $1) }, runControl: platform.runControl,
            preview: { try await opened.page(of: $0, in: $1, from: $2, limit: $3) },
            savePlan: { try PlanStore.write($0, path: $1, replacing: $2) })
    }
}

/// The runs of the embedded platform, which go on while a wizard is open, whatever it works on meanwhile.
final class EmbeddedRuns: Sendable {
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Runs what falls due from now on; a second call changes nothing.
    func begin(on platform: EmbeddedPlatform) {
        task.withLock { task in
            // Below the priority of what the screen asks for, so that no answer waits behind an export, and not before
            // the first screen is there.
            task =
                task
                ?? Task.detached(priority: .utility) {
                    try? await Task.sleep(for: .milliseconds(200))
                    await platform.keepRunning()
                }
        }
    }

    /// Stops the runs, so that they can be resumed, and returns when they have.
    func end() async {
        let task = task.withLock { $0 }
        task?.cancel()
        await task?.value
    }
}
