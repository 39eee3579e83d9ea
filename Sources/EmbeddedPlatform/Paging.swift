// Lists page by page, newest first, on from where the page before ended whatever was made meanwhile.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

/// A row of a list: its place in the order in which the rows were made.
protocol Listed: FetchableRecord, TableRecord, Sendable {
    var sequence: Int64? { get }
}

extension StoredBaseConnection: Listed {}
extension StoredSourceConnection: Listed {}
extension StoredTargetConnection: Listed {}
extension StoredFlow: Listed {}
extension StoredRun: Listed {}

extension PageRequest {
    /// The page of a list that is asked for.
    func page<Row: Listed>(
        _ db: Database, of rows: QueryInterfaceRequest<Row>
    ) throws -> Page<Row> {
        var rows = rows.order(Column("sequence").desc).limit(limit + 1)
        if let continuationToken {
            rows = rows.filter(Column("sequence") < (try position(continuationToken, in: Row.self)))
        }
        let found = try rows.fetchAll(db)
        let items = Array(found.prefix(limit))
        let last = found.count > limit ? items.last?.sequence : nil
        return Page(items: items, continuationToken: last.map { token($0, in: Row.self) })
    }

    /// Checks the limit.
    func check() throws(FlowServiceError) { try Self.check(limit: limit) }

    /// Checks the limit of any list.
    static func check(limit: Int) throws(FlowServiceError) {
        guard (1...100).contains(limit) else {
            throw .invalid(field: "limit", reason: Text("A page has 1 to 100 items, not \(limit)"))
        }
    }

    private func token<Row: Listed>(_ sequence: Int64, in: Row.Type) -> String {
        Data("\(Row.databaseTableName) \(sequence)".utf8).base64EncodedString()
    }

    private func position<Row: Listed>(_ token: String, in: Row.Type) throws(FlowServiceError) -> Int64 {
        let words = Data(base64Encoded: token).map { String(decoding: $0, as: UTF8.self) }?.split(
            separator: " ")
        guard let words, words.count == 2, words[0] == Row.databaseTableName, let sequence = Int64(words[1])
        else {
            throw .invalid(
                field: "continuationToken",
                reason: Text("The continuation token does not belong to this list"))
        }
        return sequence
    }
}

extension Page {
    /// The page with its rows as something else.
    func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
        Page<Other>(items: try items.map(transform), continuationToken: continuationToken)
    }
}
