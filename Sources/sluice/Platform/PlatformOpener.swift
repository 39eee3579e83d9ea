// The one place where platforms are opened: the embedded one from its home folder, others from a profile or from the
// environment.
import ArgumentParser
import DestinationStorages
import EmbeddedPlatform
import ExportDomain
import FlowServiceClient
import FoundationEssentials
import Glibc
import Languages
import Profiles
import RemotePlatform
import Secrets
import Transfer

/// What platforms are opened with.
struct PlatformOpener: Sendable {
    /// The profile that an option names.
    var profile: String?
    /// The home folder that an option names.
    var home: String?
    /// Where the passphrase of the vault comes from.
    var passphrase: PassphraseSource
    /// The certificate authorities that an option names.
    var cacert: String?
    /// What holds transfers back.
    var transferLimits = TransferLimits.none
    /// Whether nothing may be changed, where an option says so or says no.
    var readOnly: Bool?
    /// The embedded platform of that home folder, where it is open already.
    var shared: EmbeddedPlatform?
    /// Is told what happens on the embedded platform.
    var observe: @Sendable (PlatformEvent) -> Void = { _ in }
    /// The variables of the environment.
    var environment = ProcessInfo.processInfo.environment

    /// The platform that option and environment name; nil where they are silent.
    func named() throws -> PlatformSelection? {
        try PlatformSelection.named(option: profile, environment: environment)
    }

    /// The platform that is meant: the one that is named, else that of the default profile, else the embedded one.
    func selection() throws -> PlatformSelection {
        if let named = try named() { return named }
        guard let standard = try profiles().read().standard else { return .embedded }
        return .profile(standard.text)
    }

    /// Where the profiles are.
    func profiles() throws -> ProfileStore { ProfileStore(folder: try folder()) }

    /// Whether nothing may be changed: as an option says, or else as the environment says.
    func isReadOnly() throws -> Bool {
        try readOnly ?? EnvironmentSwitch.readOnly.value(in: environment) ?? false
    }

    /// The home folder, made where it is missing and something may be changed.
    func folder(_ path: String? = nil) throws -> String {
        let path = path ?? home
        if try isReadOnly(), let folder = Home.location(path: path, environment: environment) {
            return folder
        }
        return try Home(path: path).path
    }

    /// Opens a platform.
    func open(_ selection: PlatformSelection, sandbox: String? = nil) async throws -> Platform {
        switch selection {
        case .embedded:
            let platform = try embedded()
            return Platform(
                flowService: platform, exports: platform, kind: .embedded(platform),
                journal: WorkJournalFolder(home: try folder(), platform: "embedded"))
        case .credential(let credential):
            var profile = credential.profile
            if let sandbox { profile.sandboxName = sandbox }
            let kept = NothingKept()
            let service = try remote(profile, clientSecret: credential.clientSecret, keeping: kept)
            return Platform(
                flowService: service,
                exports: RemoteExports(
                    of: service, credentials: kept, over: try network(knownHosts: nil)),
                kind: .environment, journal: journal(of: profile))
        case .profile(let text):
            let vault = try embedded().vault
            let (name, found) = try profiles().read().profile(text)
            var profile = found
            if let sandbox { profile.sandboxName = sandbox }
            let folder = try folder()
            let secrets = ProfileSecrets(vault: vault, profile: name, folder: folder)
            let secret = try await secrets.clientSecret()
            let credentials = vault.remoteCredentials(ofProfile: name.text)
            let unkept = UnkeptCredentials()
            let service = try remote(
                profile, clientSecret: secret, tokens: ProfileTokens(secrets, clientSecret: secret),
                keeping: credentials, notKept: { unkept.add($0) })
            return Platform(
                flowService: service,
                exports: RemoteExports(
                    of: service, credentials: credentials,
                    over: try network(knownHosts: folder + "/known_hosts")),
                kind: .profile(name.text),
                journal: WorkJournalFolder(
                    home: folder, platform: "profile \(name) \(profile.sandboxName)"), unkept: unkept)
        }
    }

    /// Opens the embedded platform, whichever is selected: it has the vault too.
    ///
    /// Where nothing may be changed and there is none yet, it is one that is empty and in memory.
    func embedded(home path: String? = nil, sandboxName: String? = nil) throws -> EmbeddedPlatform {
        if let shared, path == nil, sandboxName == nil { return shared }
        var configuration = EmbeddedPlatform.Configuration(
            environment: try storageEnvironment(), limits: transferLimits,
            userAgent: Self.userAgent,
            passphrase: { [passphrase] in try await passphrase.passphrase(for: $0) })
        configuration.observe = observe
        if let sandboxName { configuration.place.sandboxName = sandboxName }
        configuration.isReadOnly = try isReadOnly()
        if configuration.isReadOnly, !Home.isInUse(try folder(path)) {
            return try EmbeddedPlatform(inMemory: configuration)
        }
        return try EmbeddedPlatform(home: Home(path: path ?? home), configuration: configuration)
    }

    /// The platform of a profile; nothing is sent yet.
    ///
    /// - Parameter retrying: how patiently calls are repeated, where that is not the usual.
    func remote(
        _ profile: Profile, clientSecret: Secret, tokens: (any SharedTokens)? = nil,
        keeping credentials: (any CredentialStore)? = nil,
        notKept: @escaping @Sendable (any Error) -> Void = { _ in }, retrying: RetryPolicy? = nil
    ) throws -> RemoteFlowService {
        var settings = profile.settings(clientSecret: clientSecret)
        if let retrying { settings.retrying = retrying }
        var configuration = HTTPClient.Configuration(
            environment: environment,
            certificateAuthorities: try authorities(beside: profile.certificateAuthorities))
        configuration.userAgent = Self.userAgent
        return RemoteFlowService(
            settings, client: try HTTPClient(configuration), tokens: tokens, keeping: credentials,
            notKept: notKept)
    }

    /// The notes of a platform that only the environment names: in the home folder, which it does not need otherwise, and
    /// none where there can be no such folder.
    private func journal(of profile: Profile) -> any WorkJournal {
        guard let folder = Home.location(path: home, environment: environment), Self.canBeMade(folder) else {
            return NoJournal()
        }
        return WorkJournalFolder(
            home: folder,
            platform: "credential \(profile.organizationID) \(profile.sandboxName) \(profile.clientID)")
    }

    /// Whether a folder can be written to, or made where it is not there yet.
    private static func canBeMade(_ folder: String) -> Bool {
        var path = folder
        while access(path, F_OK) != 0, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            path = String(path[..<slash])
        }
        return access(path, W_OK | X_OK) == 0
    }

    /// What the storages of another platform's destinations are reached by.
    private func network(knownHosts: String?) throws -> StorageNetwork {
        StorageNetwork(
            landingZone: nil, knownHosts: knownHosts, environment: try storageEnvironment(),
            bandwidth: Bandwidth(bytesPerSecond: transferLimits.rate?.value), userAgent: Self.userAgent)
    }

    /// The variables, with the authorities that an option names.
    private func storageEnvironment() throws -> [String: String] {
        var environment = environment
        if let authorities = try authorities(beside: nil) { environment["SSL_CERT_FILE"] = authorities }
        return environment
    }

    /// - Throws: `Failure` for another platform than the embedded one.
    func requireEmbedded(_ selection: PlatformSelection, for what: EmbeddedOnly) throws {
        let subject: Text? =
            switch selection {
            case .embedded: nil
            case .profile(let name): Text("The profile “\(try profiles().read().name(name))”")
            case .credential: Text("The credential in SLUICE_CLIENT_ID")
            }
        if let subject { throw Failure.onlyEmbedded(subject, what) }
    }

    /// The file of certificate authorities: an option's goes before a profile's.
    private func authorities(beside ofProfile: String?) throws -> String? {
        guard let file = cacert ?? ofProfile else { return nil }
        guard FileManager.default.isReadableFile(atPath: file) else {
            throw Failure(
                cacert == nil
                    ? Text("Cannot read \(file), which the profile names.")
                    : Text("Cannot read \(file), which --cacert names."))
        }
        return file
    }

    static let userAgent = "sluice/\(Sluice.configuration.version)"
}
