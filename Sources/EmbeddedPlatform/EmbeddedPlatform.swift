// The platform that the program carries: a data lake, a database and an export engine behind the same
// protocol as Experience Platform. What it does is in the extensions, one a resource.
import ExportDomain
import FoundationEssentials
import ObjectStorage

/// Experience Platform's exports on one machine.
///
/// Several may be open on one home folder, in one process or several. An open platform does nothing by
/// itself: `runDue` and `keepRunning` make flows run.
public struct EmbeddedPlatform: FlowService {
    /// What can be set apart from the home folder.
    public struct Configuration: Sendable {
        /// The folder that stands for the Data Landing Zone; nil for the one in the home folder.
        public var landingZone: String?
        /// What the macros of organisation and sandbox become.
        public var place: Place
        /// The clock.
        public var now: @Sendable () -> Date

        /// Takes settings.
        public init(
            landingZone: String? = nil,
            place: Place = Place(organizationName: "Sluice", sandboxName: "local"),
            now: @escaping @Sendable () -> Date = { Date() }
        ) {
            self.landingZone = landingZone
            self.place = place
            self.now = now
        }
    }

    /// What the macros of organisation and sandbox become.
    public let place: Place
    /// The data lake.
    public let lake: Lake

    let store: Store
    let storage: any Storage
    let now: @Sendable () -> Date
    let wakeUp = WakeUp()

    /// Opens the platform of a home folder.
    /// - Throws: `PlatformError.databaseNewer`, `.databaseDamaged`, `.homeUnusable`.
    public init(home: Home, configuration: Configuration = Configuration()) throws(PlatformError) {
        try self.init(
            home: home, configuration: configuration,
            storage: FolderStorage(path: configuration.landingZone ?? home.landingZone))
    }

    init(home: Home, configuration: Configuration, storage: any Storage) throws(PlatformError) {
        place = configuration.place
        now = configuration.now
        store = try Store(path: home.database)
        lake = Lake(store: store, folder: home.lakeFolder, now: configuration.now)
        self.storage = storage
    }

    /// Does what was asked, and gives its errors in the protocol's words.
    func answering<T: Sendable>(
        _ doing: String, _ body: () async throws -> T
    ) async throws(FlowServiceError) -> T {
        do {
            return try await body()
        } catch let error as FlowServiceError {
            throw error
        } catch PlatformError.database(let doing, let reason) {
            throw .unavailable(doing: doing, reason: reason)
        } catch is CancellationError {
            throw .unavailable(doing: doing, reason: "it was cancelled")
        } catch {
            throw .unavailable(doing: doing, reason: "\(error)")
        }
    }

    /// Checks the name of something that is to be made.
    func checkName(_ name: String) throws(FlowServiceError) {
        if name.allSatisfy(\.isWhitespace) { throw .invalid(field: "name", reason: "A name is needed") }
        if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw .invalid(field: "name", reason: "A name cannot have control characters")
        }
    }
}
