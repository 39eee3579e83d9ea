// The database in the home folder: opened, brought up to date, read and written. What it holds is in the
// other files of this folder.
import FoundationEssentials
import GRDB

/// The platform's database.
struct Store: Sendable {
    private let pool: DatabasePool
    private let path: String

    /// Opens the database, making it where there is none.
    /// - Throws: `PlatformError.databaseNewer`, `.databaseDamaged`, `.homeUnusable`.
    init(path: String) throws(PlatformError) {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            // The journal of runs must be on the disk when a step is done, not only handed to the system.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // What was sealed with a key that is no longer used must not stay in free pages.
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            try Self.bringUpToDate(pool, path: path)
        } catch let error as PlatformError {
            throw error
        } catch {
            throw Self.openingError(error, path: path)
        }
    }

    /// Reads, in one consistent view.
    /// - Parameter doing: what fails if this does, as in “Cannot *list the flows*”.
    func read<T: Sendable>(
        _ doing: String, _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
        do {
            return try await pool.read(body)
        } catch let error as DatabaseError {
            throw problem(error, doing: doing)
        }
    }

    /// Writes, all or nothing.
    /// - Parameter doing: what fails if this does, as in “Cannot *make the flow*”.
    func write<T: Sendable>(
        _ doing: String, _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
        do {
            return try await pool.write(body)
        } catch let error as DatabaseError {
            throw problem(error, doing: doing)
        }
    }

    /// Empties the write-ahead log, so that nothing that was replaced stays in it; where somebody still reads,
    /// a later call does.
    func forgetOldPages() async {
        try? await pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }

    private static func bringUpToDate(_ pool: DatabasePool, path: String) throws {
        let migrator = Migrations.all
        let (isComplete, isNewer) = try pool.read { db in
            (try migrator.hasCompletedMigrations(db), try migrator.hasBeenSuperseded(db))
        }
        if isNewer { throw PlatformError.databaseNewer(path: path) }
        if isComplete { return }
        do {
            try migrator.migrate(pool)
        } catch {
            // Another process may have opened the same new home at the same moment.
            guard try pool.read(migrator.hasCompletedMigrations) else { throw error }
        }
    }

    private static func openingError(_ error: any Error, path: String) -> PlatformError {
        guard let error = error as? DatabaseError else {
            return .homeUnusable(path: path, reason: "\(error)")
        }
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR:
            return .databaseDamaged(path: path, reason: reason)
        default:
            return .homeUnusable(path: path, reason: reason)
        }
    }

    private func problem(_ error: DatabaseError, doing: String) -> PlatformError {
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            .databaseDamaged(path: path, reason: error.message ?? "malformed")
        default:
            .database(doing: doing, reason: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }
}
