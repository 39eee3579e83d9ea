// The shape of the database. A migration that was once released is never edited: a change is a new one.
import GRDB

enum Migrations {
    /// All migrations, in their order.
    static var all: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 lake", migrate: makeLake)
        migrator.registerMigration("1 flows", migrate: makeFlows)
        migrator.registerMigration("1 runs", migrate: makeRuns)
        migrator.registerMigration("2 columns", migrate: addColumns)
        migrator.registerMigration("3 digests", migrate: addDigests)
        migrator.registerMigration("3 accounts", migrate: addAccounts)
        migrator.registerMigration("4 runs now", migrate: addRunsNow)
        migrator.registerMigration("5 remote credentials", migrate: addRemoteCredentials)
        migrator.registerMigration("5 profiles", migrate: addProfiles)
        migrator.registerMigration("6 schedules", migrate: addMissedOccurrences)
        migrator.registerMigration("6 attempts", migrate: addAttempts)
        migrator.registerMigration("6 notifications", migrate: addNotifications)
        migrator.registerMigration("7 notifications", migrate: addNotificationUptime)
        migrator.registerMigration("8 datasets by name", migrate: indexDatasetNames)
        migrator.registerMigration("9 texts", migrate: addTexts)
        return migrator
    }

    /// What is told of lines and of commands, for readers in any language; until now it was in English alone.
    private static func addTexts(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE batchFile ADD COLUMN malformedText TEXT;
                ALTER TABLE runFile ADD COLUMN malformedText TEXT;
                ALTER TABLE flowNotifications ADD COLUMN problemText TEXT;
                """)
    }

    /// The order in which datasets are listed, so that a list of a million begins at once.
    private static func indexDatasetNames(_ db: Database) throws {
        try db.execute(sql: "CREATE INDEX datasetByName ON dataset(name COLLATE NOCASE, name)")
    }

    /// A clock for notifications that are being sent, which nobody can set.
    private static func addNotificationUptime(_ db: Database) throws {
        try db.execute(sql: "ALTER TABLE waitingNotification ADD COLUMN heldSinceUptime INTEGER")
    }

    /// What flows tell and by which command, what waits to be told, and what was told once and for all.
    private static func addNotifications(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE flowNotifications (
                    flowID TEXT PRIMARY KEY NOT NULL REFERENCES flow(id) ON DELETE CASCADE,
                    settings TEXT NOT NULL,
                    sent INTEGER NOT NULL,
                    failed INTEGER NOT NULL,
                    problem TEXT
                ) WITHOUT ROWID;
                CREATE TABLE waitingNotification (
                    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                    flowID TEXT NOT NULL REFERENCES flow(id) ON DELETE CASCADE,
                    occasion TEXT NOT NULL,
                    facts TEXT NOT NULL,
                    holder TEXT,
                    heldSince INTEGER
                );
                CREATE TABLE toldNotice (
                    flowID TEXT NOT NULL REFERENCES flow(id) ON DELETE CASCADE,
                    notice TEXT NOT NULL,
                    PRIMARY KEY (flowID, notice)
                ) WITHOUT ROWID;
                """)
    }

    /// Runs that are made again: how often they were, when they will be, and what came of it before; and what a person
    /// has asked for meanwhile.
    private static func addAttempts(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE run ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;
                ALTER TABLE run ADD COLUMN retryAt INTEGER;
                ALTER TABLE run ADD COLUMN isCancelled BOOLEAN NOT NULL DEFAULT FALSE;
                ALTER TABLE run ADD COLUMN keepsPublished BOOLEAN NOT NULL DEFAULT FALSE;
                CREATE TABLE runAttempt (
                    runID TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
                    number INTEGER NOT NULL,
                    startedAt INTEGER,
                    endedAt INTEGER,
                    status TEXT NOT NULL,
                    errors TEXT NOT NULL,
                    PRIMARY KEY (runID, number)
                ) WITHOUT ROWID;
                """)
    }

    /// What was missed and what becomes of it, and a clock for leases that nobody can set.
    private static func addMissedOccurrences(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE flow ADD COLUMN missedOccurrences TEXT NOT NULL DEFAULT 'catch-up';
                ALTER TABLE flowLease ADD COLUMN heartbeatUptime INTEGER;
                CREATE TABLE missedOccurrence (
                    flowID TEXT NOT NULL REFERENCES flow(id) ON DELETE CASCADE,
                    scheduledTime INTEGER NOT NULL,
                    noticedAt INTEGER NOT NULL,
                    PRIMARY KEY (flowID, scheduledTime)
                ) WITHOUT ROWID;
                """)
    }

    /// The secrets of profiles, which are ways to other platforms; what else is known of them is in a file.
    private static func addProfiles(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE profileSecret (
                    profile TEXT NOT NULL,
                    field TEXT NOT NULL,
                    sealed BLOB NOT NULL,
                    PRIMARY KEY (profile, field)
                ) WITHOUT ROWID;
                """)
    }

    /// Credentials of accounts of distant platforms, sealed as the secrets of accounts are.
    private static func addRemoteCredentials(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE remoteCredentials (
                    profile TEXT NOT NULL,
                    accountID TEXT NOT NULL,
                    sealed BLOB NOT NULL,
                    PRIMARY KEY (profile, accountID)
                ) WITHOUT ROWID;
                """)
    }

    /// Which runs the schedule has asked for.
    private static func addRunsNow(_ db: Database) throws {
        try db.execute(sql: "ALTER TABLE run ADD COLUMN isScheduled BOOLEAN NOT NULL DEFAULT TRUE")
    }

    /// Credentials of accounts, and the vault that their secrets are sealed in.
    private static func addAccounts(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE baseConnection ADD COLUMN authSpec TEXT;
                ALTER TABLE baseConnection ADD COLUMN parameters TEXT NOT NULL DEFAULT '{}';
                CREATE TABLE vault (
                    id INTEGER PRIMARY KEY CHECK (id = 1),
                    keyID TEXT NOT NULL,
                    protection TEXT NOT NULL,
                    salt BLOB,
                    rounds INTEGER,
                    blockSize INTEGER,
                    parallelism INTEGER,
                    keyCheck BLOB NOT NULL
                );
                CREATE TABLE secret (
                    accountID TEXT NOT NULL REFERENCES baseConnection(id) ON DELETE CASCADE,
                    field TEXT NOT NULL,
                    sealed BLOB NOT NULL,
                    PRIMARY KEY (accountID, field)
                ) WITHOUT ROWID;
                """)
    }

    /// What is known of the columns of files: their format by batch, the shape of their records, and the columns
    /// that their folders give.
    private static func addColumns(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE batch ADD COLUMN format TEXT NOT NULL DEFAULT 'json';
                ALTER TABLE batchFile ADD COLUMN recordShape TEXT;
                ALTER TABLE batchFile ADD COLUMN partition TEXT;
                """)
    }

    /// The digests of written files, by which verification tells whether they are still what was sent.
    private static func addDigests(_ db: Database) throws {
        try db.execute(sql: "ALTER TABLE runFile ADD COLUMN digest TEXT")
    }

    /// Datasets, their batches, and the files of these.
    private static func makeLake(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE dataset (
                    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                    id TEXT NOT NULL UNIQUE,
                    name TEXT NOT NULL UNIQUE,
                    description TEXT NOT NULL,
                    createdAt INTEGER NOT NULL
                );
                CREATE TABLE batch (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    datasetID TEXT NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
                    folder TEXT NOT NULL UNIQUE,
                    arrivedAt INTEGER NOT NULL,
                    files INTEGER NOT NULL,
                    bytes INTEGER NOT NULL,
                    records INTEGER NOT NULL,
                    malformedRecords INTEGER NOT NULL
                );
                CREATE INDEX batchOfDataset ON batch(datasetID);
                CREATE TABLE batchFile (
                    batchID INTEGER NOT NULL REFERENCES batch(id) ON DELETE CASCADE,
                    number INTEGER NOT NULL,
                    path TEXT NOT NULL,
                    name TEXT NOT NULL,
                    format TEXT NOT NULL,
                    bytes INTEGER NOT NULL,
                    records INTEGER NOT NULL,
                    malformedRecords INTEGER NOT NULL,
                    malformedLine INTEGER,
                    malformedReason TEXT,
                    PRIMARY KEY (batchID, number)
                ) WITHOUT ROWID;
                """)
    }

    /// Connections and dataflows.
    ///
    /// `sequence` is the order in which they were made.
    private static func makeFlows(_ db: Database) throws {
        let entity = """
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            updatedAt INTEGER NOT NULL,
            etag TEXT NOT NULL
            """
        try db.execute(
            sql: """
                CREATE TABLE baseConnection (
                    \(entity),
                    connectionSpecID TEXT NOT NULL
                );
                CREATE TABLE sourceConnection (
                    \(entity)
                );
                CREATE TABLE sourceConnectionDataset (
                    sourceConnectionID TEXT NOT NULL REFERENCES sourceConnection(id) ON DELETE CASCADE,
                    position INTEGER NOT NULL,
                    datasetID TEXT NOT NULL,
                    name TEXT NOT NULL,
                    PRIMARY KEY (sourceConnectionID, position)
                ) WITHOUT ROWID;
                CREATE TABLE targetConnection (
                    \(entity),
                    description TEXT NOT NULL,
                    connectionSpecID TEXT NOT NULL,
                    baseConnectionID TEXT NOT NULL REFERENCES baseConnection(id),
                    parameters TEXT NOT NULL
                );
                CREATE TABLE flow (
                    \(entity),
                    description TEXT NOT NULL,
                    flowSpecID TEXT NOT NULL,
                    sourceConnectionID TEXT NOT NULL REFERENCES sourceConnection(id),
                    targetConnectionID TEXT NOT NULL REFERENCES targetConnection(id),
                    exportMode TEXT NOT NULL,
                    timeUnit TEXT NOT NULL,
                    interval INTEGER NOT NULL,
                    startTime INTEGER NOT NULL,
                    endTime INTEGER,
                    folderTemplate TEXT NOT NULL,
                    malformedRecords TEXT NOT NULL,
                    state TEXT NOT NULL
                );
                """)
    }

    /// Runs with their journal, and the leases by which one process at a time runs a flow.
    private static func makeRuns(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE run (
                    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                    id TEXT NOT NULL UNIQUE,
                    flowID TEXT NOT NULL REFERENCES flow(id) ON DELETE CASCADE,
                    datasetID TEXT NOT NULL,
                    scheduledTime INTEGER NOT NULL,
                    status TEXT NOT NULL,
                    folder TEXT NOT NULL,
                    fileExtension TEXT NOT NULL,
                    includesManifest BOOLEAN NOT NULL,
                    transactionNumber INTEGER NOT NULL,
                    job TEXT NOT NULL,
                    startedAt INTEGER,
                    completedAt INTEGER,
                    inputBytes INTEGER,
                    plannedInputBytes INTEGER,
                    outputBytes INTEGER,
                    inputRecords INTEGER,
                    outputRecords INTEGER,
                    skippedRecords INTEGER,
                    inputFiles INTEGER,
                    outputFiles INTEGER,
                    errors TEXT NOT NULL,
                    createdAt INTEGER NOT NULL,
                    updatedAt INTEGER NOT NULL,
                    etag TEXT NOT NULL,
                    UNIQUE (flowID, datasetID, scheduledTime)
                );
                CREATE INDEX runByFolder ON run(folder);
                CREATE INDEX runByStatus ON run(status);
                CREATE TABLE runBatch (
                    runID TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
                    batchID INTEGER NOT NULL,
                    PRIMARY KEY (runID, batchID)
                ) WITHOUT ROWID;
                CREATE TABLE runFile (
                    runID TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
                    part INTEGER NOT NULL,
                    source TEXT NOT NULL,
                    sourceName TEXT NOT NULL,
                    sourceBytes INTEGER NOT NULL,
                    sourceRecords INTEGER NOT NULL,
                    sourceMalformed INTEGER NOT NULL,
                    name TEXT NOT NULL,
                    state TEXT NOT NULL,
                    bytes INTEGER,
                    records INTEGER,
                    skippedRecords INTEGER,
                    malformedLine INTEGER,
                    malformedReason TEXT,
                    PRIMARY KEY (runID, part)
                ) WITHOUT ROWID;
                CREATE TABLE flowLease (
                    flowID TEXT PRIMARY KEY NOT NULL REFERENCES flow(id) ON DELETE CASCADE,
                    holder TEXT NOT NULL,
                    heartbeatAt INTEGER NOT NULL
                ) WITHOUT ROWID;
                """)
    }
}
