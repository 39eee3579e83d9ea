// The records of a file as a table and as trees, without a file.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("The records of a file")
struct RecordTableTests {
    private func session(height: Int = 24) throws -> Session {
        var session = try Session.verifying(Fixture.finishedReports())
        session.size = Size(columns: 80, rows: height)
        session.press(.end, .enter)
        return session
    }

    private func table(_ session: Session) throws -> RecordTable {
        try #require(session.wizard.overlay?.records)
    }

    /// Answers requests for records of a file that has so many, until none is asked for.
    private func answer(_ session: inout Session, total: Int, says: Bool) throws {
        for _ in 0..<20 {
            guard case .preview(_, _, let first, let limit)? = session.requests.last else { return }
            let end = min(total, first + limit)
            let records = first < end ? (first..<end).map { "{\"n\":\($0),\"text\":\"t\($0)\"}" } : []
            session.answer(
                .preview(
                    FilePreview(
                        path: "x", records: records, first: first, isLast: end >= total,
                        total: says ? total : nil)))
        }
        Issue.record("Records are asked for without end")
    }

    @Test("come as the cursor goes down, and of a million only some are held", arguments: [true, false])
    func bounded(says: Bool) throws {
        var session = try session()
        try answer(&session, total: 1_000_000, says: says)
        for _ in 0..<300 {
            session.press(.pageDown)
            try answer(&session, total: 1_000_000, says: says)
        }
        let table = try table(session)
        let row = try #require(table.list.selectedRow)
        #expect(row > 5_000 && table.row(row)?.record == "{\"n\":\(row),\"text\":\"t\(row)\"}")
        #expect(table.rows.count <= 1_000)
        // And back again.
        for _ in 0..<300 {
            session.press(.pageUp)
            try answer(&session, total: 1_000_000, says: says)
        }
        #expect(try self.table(session).list.selectedRow == 0)
        #expect(session.screen.contains("t0 ") && session.screen.contains("record 1 of"))
    }

    @Test("are reached at the end at once where the file says how many it has")
    func end() throws {
        var session = try session()
        try answer(&session, total: 1_000_000, says: true)
        session.press(.end)
        try answer(&session, total: 1_000_000, says: true)
        #expect(
            session.screen.contains("t999999") && session.screen.contains("record 1,000,000 of 1,000,000"))
        session.press(.home)
        try answer(&session, total: 1_000_000, says: true)
        #expect(session.screen.contains("record 1 of 1,000,000") && session.screen.contains(" t0"))
    }

    @Test("are asked for once at a time, and no more when the table is closed")
    func cancelled() throws {
        var session = try session()
        let token = try #require(session.token)
        session.press(.down)
        #expect(session.requests.isEmpty)
        session.press(.escape)
        #expect(session.effects == [.cancel(token: token)] && session.wizard.overlay == nil)
        session.send(.answered(token: token, .preview(FilePreview(path: "x", records: ["{}"]))))
        #expect(session.wizard.overlay == nil)
    }

    @Test("Numbers stand at the right, long values are cut with a mark, and columns scroll")
    func columns() throws {
        var session = try session()
        let long = String(repeating: "long ", count: 40)
        session.answer(
            .preview(
                FilePreview(
                    path: "x",
                    records: [
                        #"{"id":1,"text":"\#(long)","flag":true,"none":null,"more":[1,2,{"a":null}]}"#,
                        #"{"id":20,"late":{"x":1}}"#,
                    ], isLast: true)))
        let table = try table(session)
        #expect(table.columns.map(\.name) == ["id", "text", "flag", "none", "more", "late"])
        #expect(table.columns.map(\.isNumeric) == [true, false, false, true, false, false])
        #expect(session.screen.contains("│ 1   1  long long long long long long l…  true  null"))
        #expect(session.screen.contains("│ 2  20"))
        session.press(.right)
        #expect(!session.screen.contains("│    id") && session.screen.contains("‹ columns 2 to"))
        for _ in 0..<10 { session.press(.right) }
        #expect(session.screen.contains(#"│ 2  {"x":1}"#) && session.screen.contains("‹ columns 6 to 6 of 6"))
        for _ in 0..<10 { session.press(.character("h")) }
        #expect(session.screen.contains("columns 1 to"))
    }

    @Test("One is opened as a tree, which is folded and left again")
    func tree() throws {
        var session = try session()
        let record = #"{"a":{"b":[1,{"c":"\u00e9\n\ud83d\ude80\u001b[31m"}],"empty":{}},"z":-1.50e3}"#
        session.answer(.preview(FilePreview(path: "x", records: [record], isLast: true)))
        session.press(.enter)
        let lines = session.lines().map { $0.filter { $0 != "│" } }
        #expect(lines.contains { $0.contains("▾ a: 2 members") })
        #expect(lines.contains { $0.contains("  ▾ b: 2 elements") })
        #expect(lines.contains { $0.contains("0: 1") })
        #expect(lines.contains { $0.contains("c: é 🚀[31m") })
        #expect(
            lines.contains { $0.contains("empty: 0 members") } && lines.contains { $0.contains("z: -1.50e3") }
        )
        session.press(.down, .left)
        #expect(session.screen.contains("▸ b: 2 elements") && !session.screen.contains("c: é"))
        session.press(.right, .right)
        #expect(try table(session).open?.selected?.name == "0")
        session.press(.character("y"))
        #expect(session.effects.contains(.copy("1")))
        session.press(.escape)
        #expect(session.wizard.overlay == nil)
    }

    @Test("Values that are no JSON, or deep, or many, break nothing")
    func hostile() {
        let deep = String(repeating: "{\"a\":[", count: 5_000) + String(repeating: "]}", count: 5_000)
        for record in [
            "", "{", "{\"a", "{\"a\":", "{\"a\":}", "{\"a\":1", "{\"a\":\"\\", "{\"a\":\"\\u12", "[",
            "nonsense", "{,}",
            "{\"a\":1,}", deep, "{\"a\":[[[[", "{\"\":\"\"}",
        ] {
            _ = RecordScanner.members(of: record)
            #expect(RecordScanner.nodes(of: record, limit: 100).nodes.count <= 100)
        }
        #expect(RecordScanner.nodes(of: deep, limit: 1_000).nodes.count == 64)
        let many = "{\"a\":[" + (0..<5_000).map { "\($0)" }.joined(separator: ",") + "]}"
        let (nodes, isCut) = RecordScanner.nodes(of: many, limit: 1_000)
        #expect(nodes.count == 1_000 && isCut && nodes[0].value.count == 5_000)
        #expect(RecordTree(many, at: 0).list.rowCount == 1)
        #expect(RecordScanner.members(of: #"{"a":"\ud800","a":"x"}"#).map(\.name) == ["a", "a"])
    }

    @Test("What cannot be read says why")
    func failures() throws {
        var session = try session()
        session.answer(.failed(RequestFailure(reason: "The storage does not answer.")))
        #expect(session.screen.contains("The storage does not answer."))
        session.press(.escape, .end, .enter)
        session.answer(.preview(FilePreview(path: "x", records: ["{\"a\":1}"], problem: "The file is cut.")))
        #expect(session.screen.contains("The file is cut."))
        #expect(session.requests.isEmpty)
        session.press(.escape, .enter)
        session.answer(.preview(FilePreview(path: "x", records: [], isLast: true)))
        #expect(session.screen.contains("The file has no records."))
    }
}
