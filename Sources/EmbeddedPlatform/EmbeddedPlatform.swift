// The platform that the program carries: a data lake, a database and an export engine behind the same
// protocol as Experience Platform. What it does is in the extensions, one a resource.
import DestinationStorages
import ExportDomain
import FoundationEssentials
import Languages
import ObjectStorage
import Secrets
import Transfer

/// Experience Platform's exports on one machine.
///
/// Several may be open on one home folder, in one process or several. An open platform does nothing by
/// itself: `runDue` and `keepRunning` make flows run.
public struct EmbeddedPlatform: FlowService, StoredExports, ServedExports {
    /// What can be set apart from the home folder.
    public struct Configuration: Sendable {
        /// The folder that stands for the Data Landing Zone; nil for the one in the home folder, or for memory where
        /// there is none.
        public var landingZone: String?
        /// What the macros of organisation and sandbox become.
        public var place: Place
        /// The variables that say how the network is reached: proxies, certificates, the agent for keys.
        public var environment: [String: String]
        /// How fast all storages together may be each way, and how many files a run may write at a time, at first.
        public var limits: TransferLimits
        /// What requests say who sends them: product and version (RFC 9110, section 10.1.5).
        public var userAgent: String
        /// Asked for the passphrase of the vault, when a secret is needed; nil where there is none.
        ///
        /// It may ask a person. It is asked again at the next use, unless the passphrase was the right one.
        public var passphrase: @Sendable (Vault.PassphraseUse) async throws -> Secret?
        /// Is told what happens; called by whoever does it, and so to return at once.
        public var observe: @Sendable (PlatformEvent) -> Void = { _ in }
        /// Whether nothing that is kept may be changed: whatever would change it fails.
        public var isReadOnly = false
        /// The clock.
        public var now: @Sendable () -> Date
        /// The clock that only goes forward; for tests.
        var uptime: @Sendable () -> Int64 = Clocks.machineUptime
        /// Makes storages, instead of what the destinations say; for tests.
        var makeStorage: StorageMaking?
        /// How long runs wait for a storage that is out of reach.
        var patience = Patience.standard
        /// How long the command of a notification may take.
        var notificationTimeLimit = Notifier.standardTimeLimit
        /// The cost of making a key from a passphrase.
        var keyDerivationRounds = KeyDerivation.defaultRounds

        /// Takes settings.
        public init(
            landingZone: String? = nil,
            place: Place = Place(organizationName: "Sluice", sandboxName: "local"),
            environment: [String: String] = ProcessInfo.processInfo.environment,
            limits: TransferLimits = .none, userAgent: String = "sluice",
            passphrase: @escaping @Sendable (Vault.PassphraseUse) async throws -> Secret? = { _ in nil },
            now: @escaping @Sendable () -> Date = { Date() }
        ) {
            self.landingZone = landingZone
            self.place = place
            self.environment = environment
            self.limits = limits
            self.userAgent = userAgent
            self.passphrase = passphrase
            self.now = now
        }
    }

    /// What the macros of organisation and sandbox become.
    public let place: Place
    /// The data lake.
    public let lake: Lake

    /// Where the secrets of accounts are.
    public let vault: Vault

    let store: Store
    let storages: StorageProvider
    let bandwidth: Bandwidth
    let filesAtATime: ChosenFilesAtATime
    let patience: Patience
    let clocks: Clocks
    let wakeUp = WakeUp()
    /// Called with every event: there may be something to tell.
    let somethingHappened: WakeUp
    let observe: @Sendable (PlatformEvent) -> Void
    let notifier: Notifier

    /// Opens the platform of a home folder.
    /// - Throws: `PlatformError.databaseNewer`, `.databaseDamaged`, `.homeUnusable`, `.homeFull`.
    public init(home: Home, configuration: Configuration = Configuration()) throws(PlatformError) {
        self.init(
            configuration, store: try Store(path: home.database, isReadOnly: configuration.isReadOnly),
            files: .folder(home.lakeFolder),
            keys: KeyFile(folder: home.path),
            landingZone: FolderStorage(path: configuration.landingZone ?? home.landingZone),
            knownHosts: home.knownHosts, home: home.path)
    }

    /// Opens a platform that has no home folder, and nothing in it yet.
    ///
    /// Entities, secrets and, unless there is a folder for it, the Data Landing Zone are in memory, and end with the
    /// platform. The lake reads files where they are, so they must stay there unchanged. Host keys that a person
    /// confirms go to the file of OpenSSH. Other destinations are written to as ever.
    /// - Throws: `PlatformError.homeUnusable` where there is no memory for it.
    public init(inMemory configuration: Configuration) throws(PlatformError) {
        self.init(
            configuration, store: try Store(), files: .inPlace, keys: KeysInMemory(),
            landingZone: configuration.landingZone.map { FolderStorage(path: $0) } ?? MemoryStorage(),
            knownHosts: nil, home: nil)
    }

    private init(
        _ configuration: Configuration, store: Store, files: LakeFiles, keys: any VaultKeys,
        landingZone: any Storage, knownHosts: String?, home: String?
    ) {
        place = configuration.place
        clocks = Clocks(now: configuration.now, uptime: configuration.uptime)
        patience = configuration.patience
        let (somethingHappened, observer) = (WakeUp(), configuration.observe)
        self.somethingHappened = somethingHappened
        observe = { event in
            observer(event)
            somethingHappened.call()
        }
        self.store = store
        lake = Lake(store: store, files: files, now: configuration.now)
        notifier = Notifier(
            store: store, environment: .ofCommands(from: configuration.environment, home: home),
            timeLimit: configuration.notificationTimeLimit, clocks: clocks,
            observe: configuration.observe)
        vault = Vault(
            store: store, keys: keys, rounds: configuration.keyDerivationRounds,
            passphrase: configuration.passphrase)
        bandwidth = Bandwidth(bytesPerSecond: configuration.limits.rate?.value)
        filesAtATime = ChosenFilesAtATime(configuration.limits.files)
        let network = StorageNetwork(
            landingZone: landingZone, knownHosts: knownHosts, environment: configuration.environment,
            bandwidth: bandwidth,
            userAgent: configuration.userAgent)
        storages = StorageProvider(
            store: store, vault: vault,
            makeStorage: configuration.makeStorage ?? { try $0.storage($1, over: network) })
    }

    var now: @Sendable () -> Date { clocks.now }

    /// Does what was asked, and gives its errors in the protocol's words.
    func answering<T: Sendable>(
        _ doing: Text, _ body: () async throws -> T
    ) async throws(FlowServiceError) -> T {
        do {
            return try await body()
        } catch PlatformError.database(let doing, let reason) {
            throw .unavailable(doing: doing, reason: .verbatim(reason))
        } catch {
            throw FlowServiceError(error, doing: doing)
        }
    }

    /// Checks the name of something that is to be made.
    func checkName(_ name: String) throws(FlowServiceError) {
        if name.allSatisfy(\.isWhitespace) { throw .invalid(field: "name", reason: Text("A name is needed")) }
        if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw .invalid(field: "name", reason: Text("A name cannot have control characters"))
        }
    }
}
