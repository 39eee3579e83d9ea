// Searching and ordering the lists of the wizard.
import ExportDomain
import FoundationEssentials
import FuzzySearch
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("Searching")
struct SearchTests {
    private static func datasets(_ range: Range<Int>) -> [Dataset] {
        range.map {
            Dataset(
                id: Identifier<Dataset>(rawValue: "id\($0)"),
                name: "\($0 % 2 == 0 ? "Web" : "Mobile") events \($0)",
                records: $0 % 10)
        }
    }

    /// The datasets on the screen, the first page of so many.
    private static func session(total: Int, page: Int) throws -> Session {
        var session = try Session.opened()
        session.press(.enter)
        session.answer(.datasets(DatasetListing(datasets(0..<page), of: total)))
        return session
    }

    /// Answers the search that was asked for last, as the services do.
    private func answerSearch(_ session: inout Session) async throws {
        guard case .request(.arrange(let arrangement), let token)? = session.effects.last else {
            Issue.record("nothing is searched for: \(session.effects)")
            return
        }
        let found = try await arrangement.find { _ in }
        session.send(.answered(token: token, .arranged(found)))
    }

    @Test("of a few is done at once, and its letters are marked")
    func few() throws {
        var session = try Self.session(total: 100, page: 100)
        session.press(.character("/"))
        session.type("web9")
        #expect(session.effects.isEmpty)
        #expect(session.screen.contains("5 of 100"))
        let frame = session.wizard.view(at: Moment(now: session.now, size: session.size), theme: .standard)
        let styles = (0..<24).flatMap { row in (0..<80).map { frame[Point(column: $0, row: row)].style } }
        #expect(styles.contains(Theme.standard[.match]))
    }

    @Test("of many is done elsewhere, and a longer query looks only at what the shorter has found")
    func many() async throws {
        var session = try Self.session(total: 3_000, page: 3_000)
        session.press(.character("/"))
        session.press(.character("w"))
        guard case .request(.arrange(let first), let token)? = session.effects.last else {
            Issue.record("\(session.effects)")
            return
        }
        #expect(first.earlier == nil)
        #expect(session.screen.contains("3,000 of 3,000, searching"))
        // The next letter does not wait for the answer, which nobody wants any more.
        session.press(.character("e"))
        #expect(session.effects.first == .cancel(token: token))
        session.send(.answered(token: token, .arranged(first.foundNow)))
        #expect(session.wizard.datasets.list.shown == nil)
        session.press(.backspace)
        try await answerSearch(&session)
        #expect(session.screen.contains("1,500 of 3,000"))
        session.press(.character("e"))
        guard case .request(.arrange(let second), _)? = session.effects.last else {
            Issue.record("\(session.effects)")
            return
        }
        #expect(second.earlier?.items.count == 1_500)
        try await answerSearch(&session)
        #expect(session.screen.contains("1,500 of 3,000"))
        session.press(.escape)
        #expect(session.screen.contains("3,000 of 3,000"))
    }

    @Test("goes on in what comes while it is shown, one search at a time")
    func growing() async throws {
        var session = try Self.session(total: 6_000, page: 2_000)
        session.press(.character("/"))
        session.press(.character("w"))
        let search = session.effects.last
        var listing = DatasetListing(Self.datasets(0..<2_000), of: 6_000)
        listing.append(DatasetPage(items: Self.datasets(2_000..<4_000), start: 2_000, total: 6_000))
        session.send(
            .answered(token: try #require(session.wizard.datasets.loadingToken), .datasets(listing)))
        #expect(!session.requests.contains { if case .arrange = $0 { true } else { false } })
        guard case .request(.arrange(let arrangement), let token)? = search else { return }
        session.send(.answered(token: token, .arranged(try await arrangement.find { _ in })))
        #expect(session.wizard.datasets.list.rowCount == 1_000)
        guard case .request(.arrange(let rest), _)? = session.effects.last else {
            Issue.record("\(session.effects)")
            return
        }
        #expect(rest.earlier?.searched == 2_000)
        try await answerSearch(&session)
        #expect(session.wizard.datasets.list.rowCount == 2_000)
    }

    @Test("takes no platform at its word about how many datasets there are", arguments: [Int.max, -1])
    func wrongTotal(total: Int) throws {
        let session = try Self.session(total: total, page: 3)
        #expect(session.wizard.datasets.list.rowCount == 3)
    }

    @Test("leaves what is ticked ticked, and says how much of it is not shown")
    func hiddenTicks() throws {
        var session = try Self.session(total: 100, page: 100)
        session.press(.character(" "), .character(" "), .character("/"))
        session.type("mobile")
        #expect(session.screen.contains("50 of 100, 2 selected (1 not shown)"))
        session.press(.enter, .character("a"))
        #expect(session.screen.contains("50 of 100, 51 selected (1 not shown)"))
        // Escape shows everything first, and only then goes back.
        session.press(.escape)
        #expect(session.wizard.screen == .datasets && session.screen.contains("100 of 100, 51 selected"))
        session.press(.escape)
        #expect(session.wizard.screen == .destination)
    }

    @Test("of ranges: v begins one, and Space selects it")
    func range() throws {
        var session = try Self.session(total: 100, page: 100)
        session.press(.down, .character("v"), .down, .down)
        #expect(session.screen.contains("[\(Glyphs.unicode.pointer)]"))
        session.press(.character(" "))
        #expect(session.wizard.datasets.chosen.map(\.id.rawValue) == ["id1", "id2", "id3"])
        #expect(session.screen.contains("3 selected"))
    }

    @Test("and loading anew keep what is ticked, and the cursor on its dataset")
    func refresh() throws {
        var session = try Self.session(total: 100, page: 100)
        session.press(.character(" "))
        for _ in 0..<40 { session.press(.down) }
        #expect(session.wizard.datasets.selected?.id.rawValue == "id41")
        session.press(.character("r"))
        #expect(session.requests == [.datasets])
        let before = Dataset(id: Identifier<Dataset>(rawValue: "new"), name: "A new one")
        session.answer(
            .datasets(DatasetListing([before] + Self.datasets(0..<100), of: 101)))
        #expect(session.wizard.datasets.selected?.id.rawValue == "id41")
        #expect(session.wizard.datasets.chosen.map(\.id.rawValue) == ["id0"])
    }

    @Test("and order: by the next column, the other way round, and back to the list's own")
    func order() throws {
        var session = try Self.session(total: 20, page: 20)
        session.press(.character("o"))
        #expect(session.wizard.datasets.shown.first?.name == "Mobile events 1")
        #expect(session.screen.contains("Name ↑"))
        session.press(.character("o"))
        #expect(session.wizard.datasets.shown.first?.records == 9)
        #expect(session.screen.contains("Records ↓"))
        session.press(.character("O"))
        #expect(session.wizard.datasets.shown.first?.records == 0)
    }

    @Test("narrows destinations, kinds, flows and runs too, and says how many are shown")
    func everywhere() throws {
        for name in [ScreenName.destination, .kinds, .flows, .verificationDone] {
            var session = try name.session()
            let all = try #require(session.wizard.list?.rowCount)
            session.press(.character("/"))
            #expect(session.wizard.isEditingText, "\(name)")
            session.type("zzzz")
            #expect(session.screen.contains("Nothing matches the search."), "\(name)")
            #expect(session.screen.contains("0 of \(all)"), "\(name)")
            session.press(.escape)
            #expect(session.wizard.list?.rowCount == all, "\(name)")
            #expect(session.wizard.actions.contestedKeys.isEmpty)
        }
    }
}

extension SelectDatasets {
    fileprivate var loadingToken: Int? {
        if case .loading(let token) = loading { token } else { nil }
    }
}
