// The platform of a home folder, held while it makes, changes or removes a part of an export: by its own database, without a stand-in.
import Foundation
import TestFiles
import Testing

extension Sluice {
    /// The tables of the parts of an export, in the order in which they are made.
    static let partTables = ["sourceConnection", "baseConnection", "targetConnection", "flow"]

    private var database: String { home.path + "/sluice.sqlite" }

    private func sql(_ statements: String...) throws {
        _ = try Self.python(
            """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1], timeout=120)
            for statement in sys.argv[2:]: database.execute(statement)
            database.commit()
            """, arguments: [database] + statements)
    }

    /// Lets the making of a part, its change or its removal never come to its end, or only after some seconds.
    ///
    /// - Parameter operation: `INSERT`, `UPDATE` or `DELETE`.
    func hold(_ table: String, on operation: String = "INSERT", forever: Bool = true) throws {
        let limit = forever ? "" : " LIMIT 4000000"
        try sql(
            "CREATE VIEW numbers AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c\(limit)) SELECT x FROM c",
            "CREATE TRIGGER hold BEFORE \(operation) ON \(table) BEGIN SELECT count(*) FROM numbers; END")
    }

    /// Holds nothing any more; waits for what is being made.
    func letGo() throws { try sql("DROP TRIGGER hold", "DROP VIEW numbers") }

    /// What a query of one value gives.
    func queried(_ query: String) throws -> String {
        try Self.python(
            "import sqlite3, sys; print(sqlite3.connect(sys.argv[1], timeout=120).execute(sys.argv[2]).fetchone()[0])",
            database, query)
    }

    /// How many there are of each part, in their order.
    func partCounts() throws -> String {
        try Self.python(
            """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1], timeout=120)
            print(*[database.execute("SELECT count(*) FROM " + table).fetchone()[0] for table in sys.argv[2:]])
            """, arguments: [database] + Self.partTables)
    }

    /// The notes of exports that are being made, or were left half made.
    var notes: [String] {
        let folder = home.path + "/unfinished"
        return tree(folder).filter { $0.hasSuffix(".json") }.map { "\(folder)/\($0)" }
    }

    /// Waits until a part is noted as being made.
    func waitForNote(of part: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let end = Date(timeIntervalSinceNow: 120)
        while Date() < end {
            let texts = notes.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
            if texts.contains(where: { $0.contains("\"step\" : \"\(part)\"") }) { return }
            usleep(5_000)
        }
        Issue.record("Nothing was noted of the \(part)", sourceLocation: sourceLocation)
    }
}
