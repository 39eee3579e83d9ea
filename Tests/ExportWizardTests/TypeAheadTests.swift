// Keys that are typed before what they are for has come.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("Keys typed ahead")
struct TypeAheadTests {
    @Test("wait for the list that they are for, and lead to the end of the wizard without another look")
    func toTheEnd() throws {
        var session = Session()
        session.send(.started)
        let catalogue = try #require(session.token)
        session.press(.down, .enter, .character("a"), .enter, .enter, .enter)
        #expect(session.wizard.screen == .destination && session.effects.isEmpty)
        session.send(
            .answered(
                token: catalogue,
                .catalogue([try Fixture.landingZone()], try Fixture.destinations(), [])))
        #expect(session.wizard.screen == .datasets && session.requests == [.datasets])
        session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        guard case .createFlow(let plan, let datasets, let destination)? = session.requests.first else {
            Issue.record("\(session.effects)")
            return
        }
        #expect(session.wizard.screen == .review && session.wizard.typedAhead.isEmpty)
        #expect(datasets == Fixture.datasets && plan.datasets.count == 4)
        #expect(destination.draft.name == "東京 exports 🚀")
    }

    @Test("are searched for and ticked in their order")
    func order() throws {
        var session = try Session.opened()
        session.press(.enter)
        let token = try #require(session.token)
        session.press(.character(" "), .character("/"))
        session.type("order")
        session.press(.enter, .character("a"))
        #expect(session.wizard.typedAhead.count == 9)
        session.send(.answered(token: token, .datasets(DatasetListing(Fixture.datasets, of: 4))))
        #expect(session.wizard.datasets.chosen.map(\.name) == ["Loyalty members", "Order history"])
        #expect(session.screen.contains("1 of 4, 2 selected (1 not shown)"))
    }

    @Test("are forgotten by whoever goes back, and after a failure; help and leaving do not wait")
    func forgotten() throws {
        var session = try Session.opened()
        session.press(.enter)
        let token = try #require(session.token)
        session.press(.character("a"), .enter, .escape)
        #expect(session.wizard.screen == .destination && session.wizard.typedAhead.isEmpty)
        session.press(.enter)
        session.send(.answered(token: token, .datasets(DatasetListing(Fixture.datasets, of: 4))))
        #expect(session.wizard.screen == .datasets && session.wizard.datasets.tickedCount == 0)

        session = try Session.opened()
        session.press(.enter, .character("?"))
        #expect(session.wizard.overlay != nil)

        session = try Session.opened()
        session.press(.enter, .character("a"), .enter)
        session.send(
            .answered(
                token: try #require(
                    { if case .loading(let token) = session.wizard.datasets.loading { token } else { nil } }()
                ), .failed(RequestFailure(reason: "The disk is full."))))
        #expect(session.wizard.screen == .datasets && session.screen.contains("The disk is full."))
        #expect(session.wizard.typedAhead.isEmpty)
    }
}
