// What is shown while something is waited for, by a clock of the test.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("Waiting")
struct WaitingTests {
    /// The frames that differ from the one before, drawn at 1,000 moments a second.
    private func frames(_ session: Session, seconds: Int) -> [Frame] {
        var frames: [Frame] = []
        for millisecond in 0..<(seconds * 1_000) where millisecond % 10 == 0 {
            let now = session.now.addingTimeInterval(Double(millisecond) / 1_000)
            let frame = session.wizard.view(at: Moment(now: now, size: session.size), theme: .standard)
            if frame != frames.last { frames.append(frame) }
        }
        return frames
    }

    private static func session(isQuiet: Bool) -> Session {
        var session = Session(
            setting: Wizard.Setting(
                platform: "embedded platform", place: Place(organizationName: "Acme", sandboxName: "dev"),
                timeZone: .gmt, leavingStopsRuns: true, isQuiet: isQuiet))
        session.send(.started)
        return session
    }

    @Test("turns a sign four times a second at most, and only after half a second")
    func spinner() {
        let session = Self.session(isQuiet: false)
        #expect(session.wizard.isMoving)
        #expect(session.wizard.spinner(at: session.now + 0.4, glyphs: .unicode) == nil)
        let signs = Set(
            (0..<8).compactMap {
                session.wizard.spinner(at: session.now + 0.55 + Double($0) / 4, glyphs: .unicode)
            })
        #expect(signs.count == 4 && signs.allSatisfy(\.isASCII))
        #expect((55 * 4...60 * 4).contains(frames(session, seconds: 60).count))
    }

    @Test("moves nothing in quiet")
    func quiet() {
        let session = Self.session(isQuiet: true)
        #expect(!session.wizard.isMoving)
        #expect(frames(session, seconds: 60).count == 1)
    }

    @Test("ends with the answer")
    func answered() throws {
        var session = Self.session(isQuiet: false)
        session.answer(.catalogue([try Fixture.landingZone()], try Fixture.destinations(), []))
        #expect(!session.wizard.isMoving)
        session.press(.enter)
        #expect(session.wizard.isMoving)
        let token = try #require(session.token)
        var listing = DatasetListing(Array(Fixture.datasets.prefix(1)), of: 4)
        let part = WizardEvent.answered(token: token, .datasets(listing))
        session.send(part)
        #expect(session.wizard.isMoving && !part.isUrgent)
        listing.append(DatasetPage(items: Array(Fixture.datasets.suffix(3)), start: 1, total: 4))
        let whole = WizardEvent.answered(token: token, .datasets(listing))
        session.send(whole)
        #expect(!session.wizard.isMoving && whole.isUrgent)
        #expect(frames(session, seconds: 60).count == 1)
    }

    @Test("in quiet, the bar that moves with every byte is left out; what is done is told")
    func quietProgress() throws {
        for isQuiet in [false, true] {
            var session = Self.session(isQuiet: isQuiet)
            session.wizard.verification = Verification(
                flow: try Fixture.flow(), place: "", datasetNames: [:])
            session.wizard.screen = .verification
            _ = session.wizard.verification?.take(Fixture.reports(), now: session.now)
            _ = session.wizard.arrangeLists()
            #expect(session.screen.contains("1 of 3 runs under way"))
            #expect(session.screen.contains(" %") != isQuiet)
        }
    }
}
