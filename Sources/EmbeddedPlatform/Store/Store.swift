// The database, in the home folder or in memory: opened, brought up to date, read and written. What it holds is in
// the other files of this folder.
import FoundationEssentials
import GRDB
import Languages

/// The platform's database.
struct Store: Sendable {
    private let database: any DatabaseWriter
    private let path: String

    /// Opens the database, making it where there is none.
    ///
    /// - Parameter isReadOnly: whether every change of it fails. What another version has written is brought up to date
    ///   even so: it could not be read otherwise.
    /// - Throws: `PlatformError.databaseNewer`, `.databaseDamaged`, `.homeUnusable`, `.homeFull`.
    init(path: String, isReadOnly: Bool = false) throws(PlatformError) {
        try self.init(path: path, isReadOnly: isReadOnly) { try DatabasePool(path: path, configuration: $0) }
    }

    /// Makes a database in memory, which nobody else sees and which ends with its last user.
    /// - Throws: `PlatformError.homeUnusable` where there is no memory for it.
    init() throws(PlatformError) {
        try self.init(path: ":memory:", isReadOnly: false) { try DatabaseQueue(configuration: $0) }
    }

    private init(
        path: String, isReadOnly: Bool, opening: (Configuration) throws -> any DatabaseWriter
    ) throws(PlatformError) {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            // What was sealed with a key that is no longer used must not stay in free pages.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            // In kilobytes, for each of up to five connections. What is read often is small, and the system has the rest.
            try db.execute(sql: "PRAGMA cache_size = -512")
        }
        do {
            database = try opening(configuration)
            // The journal of runs must be on the disk when a step is done, not only handed to the system. To be said
            // when the pool is open: it sets NORMAL as it turns the write-ahead log on.
            if !isReadOnly {
                try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            }
            try Self.bringUpToDate(database, path: path, isReadOnly: isReadOnly)
        } catch let error as PlatformError {
            throw error
        } catch {
            throw Self.openingError(error, path: path)
        }
    }

    /// Reads, in one consistent view.
    /// - Parameter doing: what fails if this does, as in “Cannot *list the flows*”.
    func read<T: Sendable>(
        _ doing: Text, _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
        do {
            return try await database.read(body)
        } catch let error as DatabaseError {
            throw problem(error, doing: doing)
        }
    }

    /// Writes, all or nothing.
    /// - Parameter doing: what fails if this does, as in “Cannot *make the flow*”.
    func write<T: Sendable>(
        _ doing: Text, _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
        do {
            return try await database.write(body)
        } catch let error as DatabaseError {
            throw problem(error, doing: doing)
        }
    }

    /// Empties the write-ahead log, so that nothing that was replaced stays in it; where somebody still reads,
    /// a later call does.
    func forgetOldPages() async {
        try? await database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }

    /// The folder in which it is; nil for one in memory.
    var folder: String? {
        path.lastIndex(of: "/").map { String(path[..<$0]) }
    }

    private static func bringUpToDate(
        _ database: any DatabaseWriter, path: String, isReadOnly: Bool
    ) throws {
        let migrator = Migrations.all
        let (isComplete, isNewer) = try database.read { db in
            (try migrator.hasCompletedMigrations(db), try migrator.hasBeenSuperseded(db))
        }
        if isNewer { throw PlatformError.databaseNewer(path: path) }
        if isComplete { return }
        if isReadOnly {
            // To open it for writing does so.
            _ = try Store(path: path)
            return
        }
        do {
            try migrator.migrate(database)
        } catch {
            // Another process may have opened the same new home at the same moment.
            guard try database.read(migrator.hasCompletedMigrations) else { throw error }
        }
    }

    private static func openingError(_ error: any Error, path: String) -> PlatformError {
        guard let error = error as? DatabaseError else {
            return .homeUnusable(path: path, reason: "\(error)")
        }
        if isOutOfSpace(error, path: path) { return .homeFull(path: path) }
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR:
            return .databaseDamaged(path: path, reason: reason)
        default:
            return .homeUnusable(path: path, reason: reason)
        }
    }

    /// Whether an error comes of a disk that is full: SQLite tells that from others only where it writes pages.
    private static func isOutOfSpace(_ error: DatabaseError, path: String) -> Bool {
        switch error.resultCode {
        case .SQLITE_FULL: true
        case .SQLITE_IOERR, .SQLITE_CANTOPEN: FileSystem.freeBytes(beside: path).map { $0 < 1 << 20 } ?? false
        default: false
        }
    }

    private func problem(_ error: DatabaseError, doing: Text) -> PlatformError {
        if Self.isOutOfSpace(error, path: path) { return .homeFull(path: path) }
        return switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            .databaseDamaged(path: path, reason: error.message ?? "malformed")
        default:
            .database(doing: doing, reason: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }
}
