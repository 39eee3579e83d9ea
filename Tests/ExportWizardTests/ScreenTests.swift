// Every screen as a golden frame, at two sizes.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import TerminalTesting
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("Screens")
struct ScreenTests {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]

    @Test("look as drawn", arguments: ScreenName.allCases, sizes)
    func golden(name: ScreenName, size: Size) throws {
        let session = try name.session()
        try Golden.compare(session.lines(size), to: "\(name.rawValue)-\(size.columns)x\(size.rows)")
    }

    @Test(
        "look as drawn on a wide screen",
        arguments: [
            ScreenName.flowDatasets, .flowSettings, .verification, .verificationHistory, .preview, .record,
        ])
    func wide(name: ScreenName) throws {
        let size = Size(columns: 200, rows: 60)
        try Golden.compare(name.session().lines(size), to: "\(name.rawValue)-200x60")
    }

    @Test(
        "look as drawn on the smallest screen",
        arguments: [
            ScreenName.verification, .verificationHistory, .verificationFaults, .preview, .record, .copied,
            .flows,
        ])
    func small(name: ScreenName) throws {
        let size = Size(columns: 60, rows: 16)
        try Golden.compare(name.session().lines(size), to: "\(name.rawValue)-60x16")
    }

    @Test("never overflow and never crash, whatever the size", arguments: ScreenName.allCases)
    func anySize(name: ScreenName) throws {
        try name.session().expectFramesFit()
    }

    @Test("say that the window is too small below 60×16")
    func tooSmall() throws {
        let session = try Session.opened()
        let lines = session.lines(Size(columns: 59, rows: 24)).joined(separator: " ")
        #expect(lines.contains("60"))
        #expect(session.lines(Size(columns: 60, rows: 16)).joined().contains("Backups"))
    }

    @Test("show the keys that the action table has, and no key twice", arguments: ScreenName.allCases)
    func hintsMatchKeys(name: ScreenName) throws {
        let session = try name.session()
        #expect(session.wizard.actions.contestedKeys.isEmpty)
        let hints = session.lines(Size(columns: 200, rows: 40)).last ?? ""
        let shown = session.wizard.overlay?.hints ?? session.wizard.actions
        for action in shown.hints { #expect(hints.contains(action.title.english)) }
    }

    @Test("draw with ASCII alone where the terminal has no more", arguments: ScreenName.allCases)
    func ascii(name: ScreenName) throws {
        let session = try name.session()
        let theme = Theme.monochrome.with(glyphs: .ascii)
        let own = session.lines(Size(columns: 80, rows: 24), theme: theme).joined()
        let foreign =
            Fixture.datasets.map(\.name).joined()
            + (try Fixture.destinations()).map { $0.draft.name + $0.draft.folder }.joined() + "ホーム開発"
        let odd = own.unicodeScalars.filter { !$0.isASCII && !foreign.unicodeScalars.contains($0) }
        #expect(String(String.UnicodeScalarView(odd)) == "")
    }
}

/// The screens and overlays, each in a state worth looking at.
enum ScreenName: String, CaseIterable, Sendable {
    case destinationLoading = "destination-loading"
    case destinationEmpty = "destination-empty"
    case destination
    case destinationFailed = "destination-failed"
    case newDestination = "new-destination"
    case newDestinationWrong = "new-destination-wrong"
    case datasets
    case datasetsSearch = "datasets-search"
    case scheduling
    case schedulingServer = "scheduling-server"
    case schedulingWrong = "scheduling-wrong"
    case macros
    case review
    case savePlan = "save-plan"
    case verification
    case verificationDone = "verification-done"
    case verificationUnseen = "verification-unseen"
    case failedRun = "failed-run"
    case preview
    case record
    case copied
    case verificationFaults = "verification-faults"
    case verificationHistory = "verification-history"
    case help
    case palette
    case quit
    case kinds
    case kindsOfServer = "kinds-of-server"
    case destinationPlaces = "destination-places"
    case s3Form = "s3-form"
    case s3Role = "s3-role"
    case s3Filled = "s3-filled"
    case sftpKey = "sftp-key"
    case offer
    case offerOfSecret = "offer-of-secret"
    case secretFile = "secret-file"
    case editDestination = "edit-destination"
    case editServer = "edit-server"
    case removeDestination = "remove-destination"
    case removeInUse = "remove-in-use"
    case testRunning = "test-running"
    case testFailed = "test-failed"
    case testBesideForm = "test-beside-form"
    case testProbe = "test-probe"
    case testUnproven = "test-unproven"
    case testPassed = "test-passed"
    case hostKey = "host-key"
    case hostKeyRefused = "host-key-refused"
    case saveAnyway = "save-anyway"
    case verificationExpiring = "verification-expiring"
    case flows
    case flowsEmpty = "flows-empty"
    case flowFailed = "flow-failed"
    case flowPaused = "flow-paused"
    case flowEnd = "flow-end"
    case flowEndSoon = "flow-end-soon"
    case flowDelete = "flow-delete"
    case flowExport = "flow-export"
    case flowDatasets = "flow-datasets"
    case flowDatasetsRemoved = "flow-datasets-removed"
    case flowSettings = "flow-settings"
    case flowSettingsWrong = "flow-settings-wrong"
    case unfinished
    case runOfAllDatasets = "run-of-all-datasets"
    case verificationLongPlace = "verification-long-place"
    case platforms
    case platformSandboxes = "platform-sandboxes"
    case platformOpening = "platform-opening"
    case platformFailed = "platform-failed"
    case onProfile = "on-profile"

    func session() throws -> Session {
        switch self {
        case .destinationLoading:
            var session = Session()
            session.send(.started)
            return session
        case .destinationEmpty: return try Session.opened(destinations: [])
        case .destination: return try Session.opened()
        case .destinationFailed:
            var session = Session()
            session.send(.started)
            session.answer(
                .failed(
                    RequestFailure(reason: "Cannot read the store: the disk is full. Make room and press r."))
            )
            return session
        case .newDestination:
            var session = try Session.opened()
            session.press(.character("n"))
            return session
        case .newDestinationWrong:
            var session = try Session.opened()
            session.press(.character("n"), .control("u"), .tab, .tab)
            session.type("back%ups")
            session.press(.enter)
            return session
        case .datasets:
            var session = try Session.opened()
            session.press(.enter)
            session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
            session.press(.down, .character(" "))
            return session
        case .datasetsSearch:
            var session = try ScreenName.datasets.session()
            session.press(.character("/"))
            session.type("web")
            return session
        case .scheduling: return try Session.scheduling()
        case .schedulingServer:
            var session = try Session.withAllKinds()
            session.press(.end, .enter)
            session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
            session.press(.down, .character(" "), .enter)
            return session
        case .schedulingWrong:
            var session = try Session.scheduling()
            session.press(.tab, .tab, .control("u"))
            session.type("2026-02-30")
            session.press(.enter)
            return session
        case .macros:
            var session = try Session.scheduling()
            session.press(.control("t"), .down)
            return session
        case .review:
            var session = try Session.scheduling()
            session.press(.enter)
            return session
        case .savePlan:
            var session = try ScreenName.review.session()
            session.press(.character("s"))
            return session
        case .verification: return try Session.verifying(Fixture.reports())
        case .verificationDone: return try Session.verifying(Fixture.finishedReports())
        case .verificationUnseen: return try Session.verifying(Fixture.unseenReports())
        case .failedRun:
            var session = try Session.verifying(Fixture.reports())
            session.press(.enter)
            return session
        case .verificationFaults:
            var session = try Session.verifying(Fixture.reports())
            session.press(.character("d"))
            return session
        case .verificationHistory: return try Session.verifying(Fixture.history())
        case .copied:
            var session = try Session.verifying(Fixture.finishedReports())
            session.press(.end, .character("y"))
            return session
        case .record:
            var session = try ScreenName.preview.session()
            session.press(.enter)
            return session
        case .preview:
            var session = try Session.verifying(Fixture.finishedReports())
            session.press(.end, .enter)
            session.answer(
                .preview(
                    FilePreview(
                        path: "x",
                        records: [
                            #"{"_id":"1","timestamp":"2026-11-23T21:00:00Z","web":{"webPageDetails":{"name":"ホーム"}}}"#,
                            #"{"_id":"2","amount":12.50,"count":3,"note":"a long text that has to be cut because it does not fit","tags":["a","b"]}"#,
                            #"{"_id":"3","amount":1048576,"count":null,"note":"line\nbreak \u001b[2J and \"quotes\""}"#,
                        ], isLast: true)))
            return session
        case .help:
            var session = try ScreenName.datasets.session()
            session.press(.character("?"))
            return session
        case .palette:
            var session = try ScreenName.datasets.session()
            session.press(.character(":"))
            session.type("se")
            return session
        case .quit:
            var session = try Session.scheduling()
            session.press(.control("c"))
            return session
        case .unfinished: return try Session.withUnfinished([try Fixture.unfinished()])
        case .flows, .flowFailed, .flowsEmpty, .flowPaused, .flowEnd, .flowEndSoon, .flowDelete,
            .flowExport, .flowDatasets, .flowDatasetsRemoved, .flowSettings, .flowSettingsWrong,
            .runOfAllDatasets:
            return try flowSession()
        case .platforms, .platformSandboxes, .platformOpening, .platformFailed, .onProfile:
            return try platformSession()
        default: return try destinationSession()
        }
    }
}
