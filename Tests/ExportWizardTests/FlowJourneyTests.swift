// What is done to flows that there are, key by key, without a terminal.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("The screen of flows")
struct FlowJourneyTests {
    private func flow(_ index: Int = 0) throws -> FlowDetails { try Fixture.flows()[index].details }

    @Test("is opened from the destinations, and leads back to them")
    func opens() throws {
        var session = try Session.opened()
        session.press(.character("f"))
        #expect(session.requests == [.flows])
        #expect(session.screen.contains("Loading flows"))
        session.answer(.flows(try Fixture.flows()))
        // The cursor is on the one that has failed.
        #expect(session.screen.contains("The flow has ended"))
        #expect(session.screen.contains("the first is in members-0007.json, line 12"))
        session.press(.escape)
        #expect(session.wizard.screen == .destination)
        // What was loaded is shown at once the next time, and asked for anew.
        session.press(.character("f"))
        #expect(session.requests == [.flows])
        #expect(session.screen.contains("Web events and 1"))
    }

    @Test("says why flows cannot be listed, and keeps those that it has")
    func failures() throws {
        var session = try Session.opened()
        session.press(.character("f"))
        session.answer(.failed(RequestFailure(reason: "Cannot list the flows: the disk is full.")))
        #expect(session.screen.contains("the disk is full"))
        session.press(.character("r"))
        session.answer(.flows(try Fixture.flows()))
        session.press(.character("r"))
        session.answer(.failed(RequestFailure(reason: "Cannot list the flows: the disk is full.")))
        #expect(session.screen.contains("the disk is full") && session.screen.contains("Web events and 1"))
    }

    @Test("pauses and resumes")
    func pauses() throws {
        var session = try Session.showingFlows()
        session.press(.character("p"))
        #expect(session.requests == [.perform(.disable, on: try flow())])
        // While that goes on, nothing else is done to a flow.
        session.press(.character("x"))
        #expect(session.wizard.overlay == nil && session.screen.contains("A flow is being changed"))
        session.press(.character("p"))
        #expect(session.effects.isEmpty)
        var paused = try flow()
        paused.flow.state = .disabled
        session.send(
            .answered(token: try #require(session.wizard.flowList.change?.token), .flowChanged(paused)))
        #expect(session.requests == [.flows])
        #expect(session.screen.contains("is paused; a run that goes on"))
        #expect(session.wizard.flowList.selected?.details == paused)
        session.press(.character("p"))
        #expect(session.requests == [.perform(.enable, on: paused)])
    }

    @Test("puts the end off by six months with one key, counted from now where it has gone by")
    func extends() throws {
        var session = try Session.showingFlows()
        for (index, end) in [(0, "2027-06-05"), (1, "2027-12-11"), (2, "2027-05-23")] {
            session = try Session.showingFlows()
            for _ in 0..<index { session.press(.down) }
            session.press(.character("+"))
            guard case .editFlow(let details, let edit)? = session.requests.first else {
                Issue.record("+ asked for \(session.requests)")
                return
            }
            #expect(details == (try flow(index)))
            #expect(edit.schedule?.end.map { WallClock($0).date } == end)
            var schedule = try #require(edit.schedule)
            schedule.end = details.flow.draft.schedule.end
            #expect(schedule == details.flow.draft.schedule)
        }
        session.press(.down, .character("+"))
        #expect(session.requests.isEmpty && session.screen.contains("What is exported once has no end"))
    }

    @Test("takes a day as the end, and says what is wrong with it")
    func setsEnd() throws {
        var session = try Session.showingFlows()
        func enter(_ day: String) {
            session.press(.control("u"))
            session.type(day)
            session.press(.enter)
        }
        session.press(.character("e"))
        for (day, problem) in [
            ("tomorrow", "Needs a date like"), ("2026-01-01", "The end is before the start"),
            ("2026-11-01", "The end has gone by"),
        ] {
            enter(day)
            #expect(session.requests.isEmpty && session.screen.contains(problem))
        }
        enter("2027-08-01")
        guard case .editFlow(_, let edit)? = session.requests.first else {
            Issue.record("The day asked for \(session.requests)")
            return
        }
        #expect(edit.schedule?.end.map { WallClock($0).date } == "2027-08-01")
        #expect(session.wizard.overlay == nil)
        session.answer(.flowChanged(try flow().applying(edit)))
        #expect(session.screen.contains("ends on 2027-08-01"))
    }

    @Test("asks before an end that is near, and does nothing when the answer is no")
    func asksAboutNearEnd() throws {
        var session = try ScreenName.flowEndSoon.session()
        #expect(session.requests.isEmpty && session.screen.contains("The flow ends in 6 days"))
        session.press(.character("n"))
        #expect(session.requests.isEmpty && session.wizard.overlay == nil)
        session = try ScreenName.flowEndSoon.session()
        session.press(.character("y"))
        guard case .editFlow? = session.requests.first else {
            Issue.record("Yes asked for \(session.requests)")
            return
        }
    }

    @Test("deletes after asking, and says why it could not")
    func deletes() throws {
        var session = try Session.showingFlows()
        session.press(.delete)
        #expect(session.screen.contains("Its files in"))
        session.press(.character("n"))
        #expect(session.requests.isEmpty)
        session.press(.delete, .character("y"))
        #expect(session.requests == [.removeFlow(try flow().flow)])
        session.answer(.failed(RequestFailure(reason: "Nothing was done: the flow “x” is exporting.")))
        #expect(session.requests == [.flows])
        #expect(session.screen.contains("is exporting") && session.screen.contains("was not deleted"))
        session.press(.escape, .delete, .character("y"))
        session.answer(.flowRemoved(try flow().flow))
        #expect(session.wizard.flowList.rows.map(\.id) == (try Fixture.flows()).dropFirst().map(\.id))
        #expect(session.screen.contains("is deleted; its files stay"))
    }

    @Test("opens the verification pane of a flow, which leads back")
    func verifies() throws {
        var session = try Session.showingFlows()
        session.press(.down, .enter)
        let id = try flow(1).id
        #expect(session.wizard.screen == .verification && session.requests == [.runs(id)])
        session.answer(.runs(Fixture.reports()))
        session.press(.escape)
        #expect(session.wizard.screen == .flows && session.wizard.verification == nil)
        #expect(session.requests == [.flows])
        #expect(session.effects.contains { if case .cancel = $0 { true } else { false } })
        #expect(session.wizard.flowList.selected?.id == id)
        // An answer that comes late changes nothing.
        let before = session.wizard
        session.send(.woke(token: 3))
        #expect(session.wizard == before && session.effects.isEmpty)
    }

    @Test("keeps the cursor on its flow when the list is loaded again")
    func keepsCursor() throws {
        var session = try Session.showingFlows()
        session.press(.down, .down, .character("r"))
        session.answer(.flows(Array(try Fixture.flows().dropFirst())))
        #expect(session.wizard.flowList.selected?.id == (try flow(2).id))
    }
}
