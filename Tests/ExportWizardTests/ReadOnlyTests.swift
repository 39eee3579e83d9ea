// A wizard that only looks: everything is shown, and nothing that is done in it or asked by it changes anything.
import ExportDomain
import FoundationEssentials
import Languages
import Secrets
import TerminalKit
import TerminalTesting
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("A wizard that only looks")
struct ReadOnlyTests {
    /// Actions that change something or lead to nothing else, each on a screen that has it.
    static let changing: [(screen: ScreenName, action: WizardAction)] = [
        (.destination, .newDestination), (.destination, .duplicateDestination),
        (.destination, .removeDestination), (.editDestination, .next),
        (.review, .finish), (.review, .savePlan),
        (.flows, .exportFlow), (.flows, .editFlowEnd), (.flows, .extendFlow), (.flows, .pauseFlow),
        (.flows, .deleteFlow), (.flowDatasets, .next), (.flowSettings, .next),
        (.verification, .mendRun), (.verification, .cancelRun), (.verification, .limitTransfers),
        (.verification, .limitFiles),
    ]

    /// A wizard that only looks, where the screen of that name is come by, or as far as it comes.
    private func looking(at name: ScreenName) throws -> Session {
        try Fixture.$isReadOnly.withValue(true) {
            // No new export is made to be verified, so the pane is that of a flow that there is.
            name == .verification ? try Session.verifying(Fixture.reports()) { _ in } : try name.session()
        }
    }

    /// Everything that is asked for while keys are pressed.
    private func requests(_ keys: [Key], in session: inout Session) -> [WizardRequest] {
        var all: [WizardRequest] = []
        for key in keys {
            session.press(key)
            all += session.requests
        }
        return all
    }

    @Test("offers what changes something with the reason why it cannot be used", arguments: changing)
    func refuses(screen: ScreenName, action: WizardAction) throws {
        var session = try looking(at: screen)
        let before = session.wizard
        let offered = try #require(before.actions[action])
        #expect(offered.disabledReason == Wizard.readOnlyReason)
        let key = try #require(offered.keys.first)
        session.press(key)
        #expect(session.effects.isEmpty && session.wizard.overlay == nil)
        #expect(session.wizard.screen == before.screen)
        #expect(
            session.screen.contains(
                "sluice only looks (--read-only or SLUICE_READ_ONLY): nothing can be changed"))
    }

    @Test("knows each action that changes something")
    func table() {
        var wizard = Session().wizard
        // Saving stands on the screen of a test, where a test of what there is has nothing to save.
        wizard.screen = .destinationForm
        let known = Set(Self.changing.map(\.action) + [.saveDestination])
        #expect(Set(WizardAction.allCases.filter(wizard.changesSomething)) == known)
    }

    @Test(
        "asks for nothing that changes something, whatever keys are pressed, in whatever place",
        arguments: ScreenName.allCases)
    func asksForNoChange(name: ScreenName) throws {
        let start = try looking(at: name)
        #expect(start.wizard.setting.isReadOnly)
        let keys = start.wizard.actionsHere.actions.flatMap(\.keys) + [.enter, .character("y"), .delete]
        for first in keys {
            for second in [Key.enter, .character("y"), .character("s"), .character("x"), .character("r")] {
                var session = start
                let asked = requests([first, second, .enter, .character("y")], in: &session)
                let changes = asked.filter(\.changes)
                #expect(changes.isEmpty, "\(first) \(second): \(changes)")
            }
        }
    }

    @Test("does in a wizard that may change things what it did before")
    func writable() throws {
        for (screen, action) in Self.changing {
            let session = try screen.session()
            #expect(session.wizard.actions[action]?.disabledReason != Wizard.readOnlyReason)
        }
    }

    @Test("tests a destination without writing there, and does not ask whether to")
    func tests() throws {
        var session = try looking(at: .destination)
        session.press(.character("t"))
        guard case .testDestination(_, let consent)? = session.requests.first else {
            Issue.record("The test asked for \(session.requests)")
            return
        }
        let changes = session.requests.filter(\.changes)
        #expect(consent == DestinationTestConsent() && changes.isEmpty)
        session.reportTest(
            passed: [.list],
            then: DestinationTestReport(
                step: .write, outcome: .skipped(because: Text("nothing is to be written"))))
        #expect(session.wizard.overlay == nil && session.wizard.screen == .destinationTest)
        #expect(session.wizard.actions[.saveDestination]?.disabledReason == Wizard.readOnlyReason)
        session.press(.enter)
        #expect(session.wizard.screen == .destination && session.requests.isEmpty)
    }

    @Test("does not confirm the key of a server, which would be remembered")
    func hostKey() throws {
        var session = try looking(at: .destination)
        session.press(.character("t"))
        session.reportTest(
            passed: [.resolve, .connect],
            then: DestinationTestReport(step: .identify, outcome: .unknownHostKey(Fixture.hostKey)))
        #expect(session.wizard.overlay == nil)
        #expect(session.wizard.actions[.next]?.disabledReason == Wizard.readOnlyReason)
        session.press(.enter)
        #expect(session.requests.isEmpty && session.wizard.overlay == nil)
    }

    @Test("shows what was left half made to whoever asks, and neither goes on with it nor removes it")
    func unfinished() throws {
        let export = try Fixture.unfinished()
        var session = try Fixture.$isReadOnly.withValue(true) { try Session.withUnfinished([export]) }
        #expect(session.wizard.overlay == nil)
        session.press(.character("u"))
        #expect(session.wizard.overlay == .unfinished(export))
        for key in [Key.character("r"), .enter, .character("x")] {
            session.press(key)
            #expect(session.effects.isEmpty && session.wizard.message?.text == Wizard.readOnlyReason)
        }
        session.press(.escape)
        #expect(session.wizard.overlay == nil)
    }

    @Test("says in its title that it only looks, and has everything in its hints")
    func flows() throws {
        let session = try looking(at: .flows)
        try Golden.compare(session.lines(Size(columns: 80, rows: 24)), to: "flows-read-only-80x24")
    }

    /// What screens say of keys that change something, where they may.
    static let invitations = [
        "Press Enter to set one up", ": Enter tells why", "+ puts the end off", "to set an export up",
        "Review can save it", "Go on with it, remove",
    ]

    /// Everything that a wizard shows where it stands, on a small screen and on a large one.
    private func words(of session: Session) -> String {
        [Size(columns: 80, rows: 24), Size(columns: 200, rows: 60)]
            .flatMap { session.lines($0) }.joined(separator: "\n")
    }

    @Test("tells nobody to press a key that cannot be used")
    func invites() throws {
        let writable = try ScreenName.allCases.map { words(of: try $0.session()) }
        for invitation in Self.invitations {
            #expect(writable.contains { $0.contains(invitation) }, "\(invitation)")
        }
        for name in ScreenName.allCases {
            let shown = words(of: try looking(at: name))
            let found = Self.invitations.filter(shown.contains)
            #expect(found.isEmpty, "\(name): \(found)")
        }
    }

    @Test("says where nothing is set up yet why nothing can be")
    func empty() throws {
        let session = try looking(at: .destinationEmpty)
        try Golden.compare(
            session.lines(Size(columns: 80, rows: 24)), to: "destination-empty-read-only-80x24")
    }

    @Test("says so where there is no screen, too, and refuses there what changes something")
    func plain() throws {
        var talk = PlainTalk(at: try looking(at: .flows).wizard)
        talk.say("pause 1")
        talk.say("delete 1")
        let reason = "sluice only looks (--read-only or SLUICE_READ_ONLY): nothing can be changed"
        #expect(talk.transcript.count { $0 == "\(reason)." } == 1)
        #expect(talk.transcript.count { $0 == reason } == 2)
        #expect(talk.effects.isEmpty)
    }
}
