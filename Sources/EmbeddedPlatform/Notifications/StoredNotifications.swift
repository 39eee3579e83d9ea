// The rows of notifications: what flows want to tell, what waits to be sent, and what was told once and for all.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

/// What a flow tells, by which command, and how that has gone.
struct StoredNotifications: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "flowNotifications"

    var flowID: Identifier<Flow>
    /// A JSON object of `FlowNotifications`.
    var settings: FlowNotifications
    /// How many commands have ended well, and how many have not.
    var sent = 0
    var failed = 0
    /// Why the latest failed, in English; nil where it did not.
    var problem: String?
    /// The same for whoever reads it, in any language; nil where an older version wrote it.
    var problemText: Text?

    /// Those of a flow; nil where it tells nothing.
    static func of(_ flow: Identifier<Flow>, _ db: Database) throws -> StoredNotifications? {
        try filter(Column("flowID") == flow).fetchOne(db)
    }
}

/// A notification that is to be sent.
struct WaitingNotification: Codable, Sendable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "waitingNotification"

    var sequence: Int64?
    var flowID: Identifier<Flow>
    var occasion: FlowNotifications.Occasion
    /// The variables of the command, a JSON object.
    var facts: [String: String]
    /// The process that is sending it; nil while none is.
    var holder: String?
    /// Since when it does, in milliseconds since 1970.
    var heldSince: Int64?
    /// The same in milliseconds since the start of the holder's machine; nil where an older version wrote it.
    var heldSinceUptime: Int64?

    mutating func didInsert(_ inserted: InsertionSuccess) { sequence = inserted.rowID }

    /// Whether nobody is sending it: a process that holds it for longer than that takes has ended.
    func isFree(at instant: Clocks.Instant, longestSending: Duration) -> Bool {
        guard let holder = holder.flatMap(ProcessIdentity.init(text:)), let heldSince else { return true }
        let silence = holder.silence(since: (heldSince, heldSinceUptime), at: instant)
        return holder.isGone || silence > longestSending.components.seconds * 1_000
    }

    /// Lets this process have it.
    mutating func hold(at instant: Clocks.Instant) {
        holder = ProcessIdentity.current.text
        heldSince = instant.now.milliseconds
        heldSinceUptime = instant.uptime
    }

    /// Leaves it to whoever sends next.
    mutating func release() {
        holder = nil
        heldSince = nil
        heldSinceUptime = nil
    }
}

/// Something about a flow's schedule that was told, and is not told again.
struct ToldNotice: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "toldNotice"

    var flowID: Identifier<Flow>
    var notice: String

    /// Whether it was told.
    func isTold(_ db: Database) throws -> Bool {
        try !Self.filter(Column("flowID") == flowID && Column("notice") == notice).isEmpty(db)
    }
}
