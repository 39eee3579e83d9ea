// Runs made again and ended from the verification pane, key by key, without a terminal.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("A run made again, mended or ended in the pane")
struct RunControlTests {
    /// A pane with one run that is under way, one that failed and one that succeeded, from top to bottom.
    private func session(
        controlsRuns: Bool = true, showing reports: [RunReport]? = nil
    ) throws -> Session {
        try Session.verifying(reports ?? Fixture.reports()) { $0.controlsRuns = controlsRuns }
    }

    /// Puts the cursor on the run of a dataset.
    private func select(_ status: FlowRunStatus, in session: inout Session) throws -> RunReport {
        session.press(.home)
        for _ in 0..<20 where session.wizard.verification?.selectedReport?.run.status != status {
            session.press(.down)
        }
        return try #require(session.wizard.verification?.selectedReport)
    }

    @Test("A run that failed is made again by one key, and shown as it goes on")
    func retries() throws {
        var session = try session()
        let failed = try select(.failed, in: &session)
        #expect(session.screen.contains("x Retry"))
        session.press(.character("x"))
        #expect(session.requests == [.retry(failed.id)])
        session.press(.character("x"))
        #expect(session.requests.isEmpty && session.screen.contains("A run is being changed"))
        let token = try #require(session.wizard.verification?.changeToken)
        session.send(.answered(token: token, .runChanged(failed.id)))
        #expect(session.wizard.verification?.changeToken == nil)
        #expect(session.requests == [.runs(try #require(session.wizard.verification?.flow.id))])
    }

    @Test("What differs of a run that succeeded is exported again by the same key")
    func exportsAgain() throws {
        var reports = Fixture.reports()
        let index = try #require(reports.firstIndex { $0.run.status == .success })
        let path = try #require(reports[index].verification.files.first?.file.path)
        reports[index].verification.add([
            .missing(path: path), .extra(path: "other"), .digest(path: path, expected: "a", found: "b"),
        ])
        var session = try session(showing: reports)
        let report = try select(.success, in: &session)
        #expect(session.screen.contains("x Export again"))
        session.press(.character("x"))
        #expect(session.requests == [.exportAgain([path], of: report.id)])
    }

    @Test("A run under way is ended after a question, and one that is over is not asked for")
    func cancels() throws {
        var session = try session()
        let running = try select(.processing, in: &session)
        #expect(session.screen.contains("c Cancel run"))
        session.press(.character("c"))
        #expect(session.requests.isEmpty && session.screen.contains("Cancel the run of “Web events”?"))
        session.press(.character("n"))
        #expect(session.requests.isEmpty)
        session.press(.character("c"), .character("y"))
        #expect(session.requests == [.cancelRun(running.id)])
        session.answer(.failed(RequestFailure(reason: "It is over.")))
        #expect(session.screen.contains("It is over."))
        _ = try select(.success, in: &session)
        session.press(.character("c"))
        #expect(session.wizard.overlay == nil && session.screen.contains("The run is over"))
        session.press(.character("x"))
        #expect(session.screen.contains("nothing differs from what was exported"))
    }

    @Test("How fast exports may be is said and changed while they go on, in a line that is checked")
    func limits() throws {
        var session = try session()
        #expect(session.screen.contains("b Limit") && !session.screen.contains("limit "))
        session.press(.character("b"))
        session.type("fast")
        session.press(.enter)
        #expect(session.requests.isEmpty && session.screen.contains("A number with k, M or G"))
        session.press(.control("u"))
        session.type("1.5M")
        session.press(.enter)
        let limit = try #require(BytesPerSecond("1.5M"))
        let limits = TransferLimits(rate: limit)
        #expect(session.requests == [.limitTransfers(to: limits)])
        session.answer(.transfersLimited(to: limits))
        #expect(session.screen.contains("at most 1.5 MB/s") && session.screen.contains("limit 1.5 MB/s"))
        session.press(.character("b"))
        #expect(session.screen.contains("1500k"))
        session.press(.control("u"), .enter)
        #expect(session.requests == [.limitTransfers(to: .none)])
        session.answer(.transfersLimited(to: .none))
        #expect(!session.screen.contains("limit "))
        var distant = try self.session(controlsRuns: false)
        distant.press(.character("b"))
        #expect(distant.wizard.overlay == nil && distant.screen.contains("this machine's network"))
    }

    @Test(
        "How many files a run writes at a time is said and changed while it goes on, beside how fast it may be"
    )
    func limitsFiles() throws {
        let rate = try #require(BytesPerSecond("2M"))
        var session = try session()
        session.press(.character("b"))
        session.type("2M")
        session.press(.enter)
        session.answer(.transfersLimited(to: TransferLimits(rate: rate)))
        #expect(!session.screen.contains("file at a time"))
        session.press(.character("f"))
        for wrong in ["none", "0", "17", "-1", "2.5"] {
            session.press(.control("u"))
            session.type(wrong)
            session.press(.enter)
            #expect(session.requests.isEmpty && session.screen.contains("A number from 1 to 16"))
        }
        session.press(.control("u"))
        session.type("1")
        session.press(.enter)
        let limits = TransferLimits(rate: rate, files: FilesAtATime(1))
        #expect(session.requests == [.limitTransfers(to: limits)])
        session.answer(.transfersLimited(to: limits))
        #expect(session.screen.contains("Each run writes at most 1 file at a time"))
        #expect(session.screen.contains("limit 2.0 MB/s") && session.screen.contains("1 file at a time"))
        session.press(.character("f"), .control("u"), .enter)
        #expect(session.requests == [.limitTransfers(to: TransferLimits(rate: rate))])
        session.answer(.transfersLimited(to: TransferLimits(rate: rate)))
        #expect(session.screen.contains("as many files at a time as its destination gains by"))
    }

    @Test("Where the platform makes its runs itself, neither is offered, and the reason is told")
    func notOffered() throws {
        var session = try session(controlsRuns: false)
        _ = try select(.failed, in: &session)
        #expect(!session.screen.contains("x Retry"))
        session.press(.character("x"))
        #expect(
            session.requests.isEmpty && session.screen.contains("cannot be made again or ended from here"))
    }
}
