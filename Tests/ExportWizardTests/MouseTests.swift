// The mouse, aimed at what a frame shows.
import ExportDomain
import Foundation
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("The mouse")
struct MouseTests {
    /// Clicks on a text of the screen, `times` times at once.
    private func click(on text: String, times: Int = 1, _ session: inout Session) throws {
        let lines = session.lines()
        let row = try #require(lines.firstIndex { $0.contains(text) }, "\(session.screen)")
        let range = try #require(lines[row].range(of: text))
        let column = TextWidth.standard.width(of: String(lines[row][..<range.lowerBound]))
        for _ in 0..<times { session.use(.press, at: Point(column: column, row: row)) }
    }

    @Test("chooses a destination, ticks datasets and goes on, without a key")
    func journey() throws {
        var session = try Session.opened()
        let names = try Fixture.destinations().map(\.draft.name)
        try click(on: names[1], &session)
        #expect(session.wizard.destination.selected?.draft.name == names[1])
        session.now += 1
        try click(on: names[1], times: 2, &session)
        #expect(
            session.wizard.screen == .datasets && session.wizard.destination.chosen?.draft.name == names[1])
        session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        session.use(.press, at: Point(column: 2, row: 6))
        #expect(session.wizard.datasets.chosen.map(\.id) == [Fixture.datasets[1].id])
        #expect(session.wizard.datasets.selected?.id == Fixture.datasets[1].id)
        session.use(.press, at: Point(column: 2, row: 6))
        #expect(session.wizard.datasets.isNothingTicked)
        session.use(.press, at: Point(column: 2, row: 5))
        try click(on: "Next", &session)
        #expect(session.wizard.screen == .scheduling)
        try click(on: "Back", &session)
        #expect(session.wizard.screen == .datasets)
    }

    @Test("goes back to a step that is done, and on to the next one, in the line of steps")
    func steps() throws {
        var session = try Session.opened()
        session.press(.enter)
        session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        session.press(.character(" "))
        try click(on: "3 Scheduling", &session)
        #expect(session.wizard.screen == .scheduling)
        try click(on: "5 Verify", &session)
        #expect(session.wizard.screen == .scheduling)
        session.now += 1
        try click(on: "Select destination", &session)
        #expect(session.wizard.screen == .destination)
    }

    @Test("needs two clicks at once on the same place for what Enter does")
    func doubleClick() throws {
        var session = try Session.opened()
        let name = try Fixture.destinations()[1].draft.name
        try click(on: name, &session)
        session.now += 1
        try click(on: name, &session)
        #expect(session.wizard.screen == .destination)
        session.now += 0.3
        try click(on: name, &session)
        #expect(session.wizard.screen == .datasets)
    }

    @Test("turns pages of lists and texts with its wheel")
    func wheel() throws {
        var session = try Session.opened()
        session.press(.enter)
        let datasets = (0..<50).map {
            Dataset(id: Identifier<Dataset>(rawValue: "id\($0)"), name: "Dataset \($0)")
        }
        session.answer(.datasets(DatasetListing(datasets, of: 50)))
        session.use(.wheelDown, at: Point(column: 3, row: 9))
        session.use(.wheelDown, at: Point(column: 3, row: 9))
        session.use(.wheelUp, at: Point(column: 3, row: 9))
        #expect(session.wizard.datasets.list.selectedRow == 3)
    }

    @Test("orders a list by the heading that it clicks on, and the other way round by another click")
    func headings() throws {
        var session = try Session.opened()
        session.press(.enter)
        session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        try click(on: "Records", &session)
        let sorted = session.wizard.datasets.shown.compactMap(\.records)
        #expect(sorted == sorted.sorted(by: >))
        session.now += 5
        try click(on: "Record", &session)
        #expect(session.wizard.datasets.shown.compactMap(\.records) == sorted.sorted())
    }

    @Test("goes to fields, and changes those that are no texts")
    func fields() throws {
        var session = try Session.scheduling()
        try click(on: "Start date", &session)
        #expect(session.wizard.timing?.focusedField == "date")
        let mode = try #require(session.lines().first { $0.contains("Mode") })
        try click(on: "Mode", times: 1, &session)
        session.now += 5
        try click(on: "Mode", times: 1, &session)
        #expect(session.lines().first { $0.contains("Mode") } != mode)
    }

    @Test("answers questions, and does nothing behind them")
    func overlays() throws {
        var session = try Session.scheduling()
        session.press(.control("c"))
        #expect(session.screen.contains("Leave without exporting?"))
        let screen = session.wizard.screen
        session.use(.press, at: Point(column: 5, row: 4))
        #expect(session.wizard.screen == screen && session.wizard.overlay != nil)
        try click(on: "Yes", &session)
        #expect(session.effects == [.quit(status: 0)])
        session.wizard.overlay = nil
        session.press(.control("p"))
        session.type("schedul")
        session.use(.press, at: Point(column: 0, row: 0))
        #expect(session.wizard.overlay != nil)
    }

    @Test("is left to the terminal by a key, and says so")
    func off() throws {
        var session = try Session.opened()
        session.press(.character("m"))
        #expect(session.effects == [.useMouse(false)])
        #expect(session.screen.contains("The mouse selects text"))
        session.press(.character("m"))
        #expect(session.effects == [.useMouse(true)])
    }
}

extension Scheduling {
    fileprivate var focusedField: String? { form.focused?.id }
}

extension Session {
    mutating func use(_ kind: MouseEvent.Kind, at point: Point) {
        let frame = wizard.view(at: Moment(now: now, size: size), theme: .standard)
        send(.mouse(MouseEvent(kind, at: point), on: frame.target(at: point)))
    }
}
