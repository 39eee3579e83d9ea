// From one platform to another: the list, its sandboxes, and the wizard begun anew on what was chosen.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("Another platform")
struct PlatformTests {
    @Test("is offered where there is a list to choose from, and only there")
    func offered() throws {
        var without = try Session.opened()
        without.press(.character("p"))
        #expect(without.wizard.overlay == nil && without.effects.isEmpty)
        var session = try Session.withPlatforms()
        session.press(.character("p"))
        #expect(session.requests == [.platforms])
        session.answer(.platforms(Fixture.platforms))
        #expect(session.screen.contains("globex") && session.screen.contains("sandbox prod, Globex"))
    }

    @Test("is searched for by name, and Escape shows all again before it closes")
    func search() throws {
        var session = try Session.choosingPlatform()
        let all = try #require(session.wizard.platformRows)
        session.press(.character("/"))
        session.type("glob")
        #expect(session.wizard.platformRows == 1 && session.screen.contains("1 of \(all)"))
        session.press(.escape)
        #expect(session.wizard.platformRows == all)
        session.press(.character("/"))
        session.type("qqq")
        #expect(session.screen.contains("Nothing matches the search."))
        session.press(.enter, .enter)
        #expect(session.effects.isEmpty && session.wizard.overlay != nil)
        session.press(.escape, .escape)
        #expect(session.wizard.overlay == nil)
    }

    @Test("begins the wizard anew, with the platform that was opened under the request's token")
    func switching() throws {
        var session = try Session.choosingPlatform()
        session.press(.down, .enter)
        #expect(session.requests == [.openPlatform(PlatformID("profile acme"))])
        let token = try #require(session.token)
        session.answer(.platformOpened(Fixture.acme))
        #expect(session.effects.first == .usePlatform(token: token))
        #expect(session.requests == [.unfinished, .catalogue])
        #expect(session.wizard.setting == Fixture.acme && session.wizard.overlay == nil)
        #expect(session.screen.contains("acme • sandbox dev"))
        #expect(session.screen.contains("Loading destinations"))
    }

    @Test("takes no answer of the platform that was left")
    func lateAnswers() throws {
        var session = try Session.withPlatforms()
        session.press(.character("r"))
        let old = try #require(session.token)
        session.press(.character("p"))
        session.answer(.platforms(Fixture.platforms))
        session.press(.down, .enter)
        session.answer(.platformOpened(Fixture.acme))
        let new = try #require(session.token)
        session.send(
            .answered(
                token: old, .catalogue([try Fixture.landingZone()], try Fixture.destinations(), [])))
        #expect(session.wizard.destination.catalogue.value == nil)
        session.send(.answered(token: new, .catalogue([], [], [])))
        #expect(session.wizard.destination.catalogue.value?.connections == [])
    }

    @Test("is one of the sandboxes of a profile, once they were asked for")
    func sandboxes() throws {
        var session = try Session.choosingPlatform()
        session.press(.down, .right)
        #expect(session.requests == [.sandboxes(of: PlatformID("profile acme"))])
        let token = try #require(session.token)
        #expect(session.screen.contains("Loading sandboxes"))
        session.press(.right)
        #expect(session.requests.isEmpty)
        session.send(.answered(token: token, .sandboxes(Fixture.sandboxes)))
        session.press(.down, .down, .enter)
        #expect(session.requests == [.openPlatform(PlatformID("profile acme", sandbox: "dev"))])
    }

    @Test("asks first where what was chosen would be lost, and loses nothing on No")
    func asksFirst() throws {
        var session = try Session.withPlatforms()
        session.press(.enter)
        session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        session.press(.escape, .character("p"))
        session.answer(.platforms(Fixture.platforms))
        session.press(.down, .enter)
        #expect(session.requests.isEmpty)
        #expect(session.screen.contains("Go to “acme” without exporting?"))
        session.press(.character("n"))
        #expect(session.screen.contains("globex"))
        #expect(session.wizard.destination.chosen != nil)
        session.press(.enter, .character("y"))
        #expect(session.requests == [.openPlatform(PlatformID("profile acme"))])
    }

    @Test("that cannot be opened says why, and the wizard stays where it is")
    func failed() throws {
        var session = try Session.choosingPlatform()
        session.press(.down, .enter)
        let opening = try #require(session.token)
        session.press(.down, .enter)
        #expect(session.effects.isEmpty)
        session.send(.answered(token: opening, .failed(RequestFailure(reason: "The vault is locked."))))
        #expect(session.screen.contains("The vault is locked."))
        #expect(session.wizard.setting.platform == "embedded platform")
        session.press(.enter)
        #expect(session.requests == [.openPlatform(PlatformID("profile acme"))])
        let token = try #require(session.token)
        session.press(.escape)
        #expect(session.effects == [.cancel(token: token)])
        session.send(.answered(token: token, .platformOpened(Fixture.acme)))
        #expect(session.wizard.setting.platform == "embedded platform")
        session.press(.escape)
        #expect(session.wizard.overlay == nil)
    }

    @Test("is the same one where the wizard works on it already")
    func same() throws {
        var session = try Session.choosingPlatform()
        session.press(.enter)
        #expect(session.wizard.overlay == nil && session.requests.isEmpty)
    }

    @Test("is looked at less often where its runs are made far away, and leaving stops nothing there")
    func distant() throws {
        var session = Session(setting: Fixture.acme)
        session.wizard.verification = Verification(flow: try Fixture.flow(), place: "", datasetNames: [:])
        session.wizard.screen = .verification
        session.press(.character("r"))
        session.answer(.runs(Fixture.reports()))
        guard case .wake(5, _)? = session.effects.first else {
            Issue.record("\(session.effects)")
            return
        }
        session.press(.character("q"))
        #expect(session.effects == [.quit(status: 0)])
    }

    @Test("stands in the title of every screen, cut where it has no room")
    func title() {
        var setting = Fixture.acme
        for length in [4, 40, 64] {
            setting.platform = .verbatim(String(repeating: "a", count: length))
            let session = Session(setting: setting)
            let title = session.lines(Size(columns: 60, rows: 16))[0]
            #expect(title.contains("Sluice") && title.contains("aaaa"))
            #expect(TextWidth.standard.width(of: title) <= 60)
        }
    }
}

extension Fixture {
    static let platforms = [
        PlatformChoice(
            id: PlatformID("embedded"), name: "embedded platform", detail: "this machine's own lake",
            isCurrent: true),
        PlatformChoice(
            id: PlatformID("profile acme"), name: "acme", detail: "sandbox prod, Acme Corporation",
            hasSandboxes: true),
        PlatformChoice(
            id: PlatformID("profile globex"), name: "globex", detail: "sandbox prod, Globex",
            hasSandboxes: true),
    ]

    static let sandboxes = [
        PlatformChoice(id: PlatformID("profile acme", sandbox: "prod"), name: "prod", detail: "Production"),
        PlatformChoice(id: PlatformID("profile acme", sandbox: "dev"), name: "dev", detail: "開発"),
    ]

    static var acme: Wizard.Setting {
        Wizard.Setting(
            platform: "acme", place: Place(organizationName: "Acme", sandboxName: "dev"), timeZone: .gmt,
            leavingStopsRuns: false, offersPlatforms: true, lookInterval: 5, language: language)
    }
}

extension Session {
    /// A wizard whose catalogue is loaded, and which can be switched to other platforms.
    static func withPlatforms() throws -> Session {
        var setting = Session().wizard.setting
        setting.offersPlatforms = true
        var session = Session(setting: setting)
        session.send(.started)
        session.answer(.catalogue([try Fixture.landingZone()], try Fixture.destinations(), []))
        return session
    }

    /// A wizard with the list of platforms open.
    static func choosingPlatform() throws -> Session {
        var session = try withPlatforms()
        session.press(.character("p"))
        session.answer(.platforms(Fixture.platforms))
        return session
    }
}

extension ScreenName {
    func platformSession() throws -> Session {
        var session = try Session.choosingPlatform()
        switch self {
        case .platformSandboxes:
            session.press(.down, .right)
            session.answer(.sandboxes(Fixture.sandboxes))
            session.press(.down)
        case .platformOpening: session.press(.down, .enter)
        case .platformFailed:
            session.press(.down, .enter)
            session.answer(
                .failed(
                    RequestFailure(
                        reason:
                            "ims-na1.adobelogin.com does not accept client id and secret: the secret may have expired or been replaced. Make a new one on the credential's page in the Developer Console."
                    )))
        case .onProfile:
            session.press(.down, .enter)
            session.answer(.platformOpened(Fixture.acme))
            session.answer(
                .catalogue([try Fixture.landingZone()], try Fixture.destinations(), []))
        default: break
        }
        return session
    }
}

extension Wizard {
    /// How many rows the list of platforms shows.
    fileprivate var platformRows: Int? {
        if case .platforms(let list)? = overlay { list.list.rowCount } else { nil }
    }
}
