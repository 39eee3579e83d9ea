// The outside of a wizard that only looks: it refuses what changes something, whoever asks.
import ExportDomain
import FoundationEssentials
import FuzzySearch
import Languages
import Synchronization
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("The outside of a wizard that only looks")
struct ReadOnlyServicesTests {
    /// Every kind of request, and whether it changes something.
    private func requests() throws -> [(request: WizardRequest, changes: Bool)] {
        let target = try Fixture.destinations()[0]
        let details = try Fixture.flows()[0].details
        let work = try Fixture.unfinished()
        let setup = try #require(try ScreenName.editDestination.session().wizard.setup)
        let plan = try #require(try ScreenName.review.session().wizard.plan)
        let arrangement = DatasetArrangement(
            datasets: DatasetTable(), query: SearchQuery(""), earlier: nil, order: nil)
        return [
            (.createDestination(setup.draft), true), (.updateDestination(target, to: setup.draft), true),
            (.removeDestination(target), true),
            (.testDestination(setup.draft, DestinationTestConsent(writesProbe: true)), true),
            (.testDestination(setup.draft, DestinationTestConsent(confirmedFingerprint: "SHA256:x")), true),
            (.perform(.disable, on: details), true), (.perform(.enable, on: details), true),
            (.editFlow(details, FlowEdit(name: "Other")), true), (.exportNow(details), true),
            (.removeFlow(details.flow), true),
            (.createFlow(plan, datasets: Fixture.datasets, destination: target), true),
            (.resume(work), true), (.discard(work), true), (.retry("run"), true),
            (.exportAgain(["part"], of: "run"), true), (.cancelRun("run"), true),
            (.limitTransfers(to: .none), true),
            (.savePlan(plan, path: "plan.toml", replacing: true), true),
            (.testDestination(setup.draft, DestinationTestConsent()), false),
            (.catalogue, false), (.isProduction, false), (.datasets, false), (.arrange(arrangement), false),
            (.suggestions(SuggestionQuery(field: "path", kind: .folders), setup.draft), false),
            (.folderContents(path: "/"), false), (.readFile(path: "/key"), false),
            (.runSecretCommand("key"), false),
            (.flows, false), (.unfinished, false), (.runs(details.id), false),
            (.preview(path: "part", run: "run", first: 0, limit: 1), false), (.platforms, false),
            (.sandboxes(of: PlatformID("other")), false), (.openPlatform(PlatformID("other")), false),
        ]
    }

    private let refusal = WizardAnswer.failed(RequestFailure(reason: Wizard.readOnlyReason))

    @Test("refuses every request that changes something, before anybody hears of it, and no other")
    func refuses() async throws {
        var services = WizardServices.unreachable
        services.isReadOnly = true
        for (request, changes) in try requests() {
            #expect(request.changes == changes, "\(request)")
            let answer = await services.answer(request)
            #expect((answer == refusal) == changes, "\(request): \(answer)")
        }
    }

    @Test("is what a wizard gets that is told to look only, and keeps refusing on another platform")
    func stays() async throws {
        var setting = Session().wizard.setting
        let other = OpenedPlatform(setting: setting, services: .unreachable)
        setting.isReadOnly = true
        var services = WizardServices.unreachable
        services.platforms = PlatformSwitch(
            choices: { [] }, sandboxes: { _ in [] }, open: { _ in other })
        let opened = Opened()
        let answer = await services.obeying(setting).answer(
            .openPlatform(PlatformID("other")), opened: { opened.keep($0) })
        guard case .platformOpened(let told) = answer else {
            Issue.record("The platform was not opened: \(answer)")
            return
        }
        #expect(told.isReadOnly)
        let answers = try #require(opened.last)
        #expect(await answers.answer(.retry("run")) == refusal)
        #expect(await WizardServices.unreachable.answer(.retry("run")) != refusal)
    }
}

/// Keeps the way to a platform that was opened.
private final class Opened: Sendable {
    private let kept = Mutex<WizardServices?>(nil)

    var last: WizardServices? { kept.withLock { $0 } }

    func keep(_ services: WizardServices) { kept.withLock { $0 = services } }
}

extension WizardServices {
    /// An outside in which nothing can be reached, so that only what was not asked for does not fail.
    fileprivate static var unreachable: WizardServices {
        WizardServices(
            flowService: UnreachableFlowService(), testDestination: { _, _ in AsyncStream { $0.finish() } },
            suggestions: { _, _ in throw Fixture.Missing() },
            folderContents: { _ in throw Fixture.Missing() },
            readSecret: { _ in throw Fixture.Missing() },
            runSecretCommand: { _ in throw Fixture.Missing() },
            runReports: { _, _ in throw Fixture.Missing() },
            preview: { _, _, _, _ in throw Fixture.Missing() },
            savePlan: { _, _, _ in throw Fixture.Missing() })
    }
}

/// A platform that cannot be reached.
private struct UnreachableFlowService: FlowService {
    let place = Place(organizationName: "Acme", sandboxName: "prod")

    private var away: FlowServiceError { .unavailable(doing: Text("ask"), reason: Text("it is away")) }

    func connectionSpecs() async throws(FlowServiceError) -> [ConnectionSpec] { throw away }

    func exportableDatasets(start: Int, limit: Int) async throws(FlowServiceError) -> DatasetPage {
        throw away
    }

    func createConnection(
        _ draft: BaseConnection.Draft, spec: Identifier<ConnectionSpec>
    ) async throws(FlowServiceError) -> BaseConnection { throw away }

    func connection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) -> BaseConnection {
        throw away
    }

    func updateConnection(
        _ id: Identifier<BaseConnection>, to draft: BaseConnection.Draft, etag: String
    ) async throws(FlowServiceError) -> BaseConnection { throw away }

    func deleteConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) { throw away }

    func testConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) { throw away }

    func connections(_ page: PageRequest) async throws(FlowServiceError) -> Page<BaseConnection> {
        throw away
    }

    func createSourceConnection(
        _ draft: SourceConnection.Draft
    ) async throws(FlowServiceError) -> SourceConnection { throw away }

    func sourceConnection(
        _ id: Identifier<SourceConnection>
    ) async throws(FlowServiceError) -> SourceConnection { throw away }

    func deleteSourceConnection(_ id: Identifier<SourceConnection>) async throws(FlowServiceError) {
        throw away
    }

    func sourceConnections(_ page: PageRequest) async throws(FlowServiceError) -> Page<SourceConnection> {
        throw away
    }

    func createTargetConnection(
        _ draft: TargetConnection.Draft
    ) async throws(FlowServiceError) -> TargetConnection { throw away }

    func targetConnection(
        _ id: Identifier<TargetConnection>
    ) async throws(FlowServiceError) -> TargetConnection { throw away }

    func updateTargetConnection(
        _ id: Identifier<TargetConnection>, to draft: TargetConnection.Draft, etag: String
    ) async throws(FlowServiceError) -> TargetConnection { throw away }

    func deleteTargetConnection(_ id: Identifier<TargetConnection>) async throws(FlowServiceError) {
        throw away
    }

    func targetConnections(_ page: PageRequest) async throws(FlowServiceError) -> Page<TargetConnection> {
        throw away
    }

    func createFlow(_ draft: Flow.Draft) async throws(FlowServiceError) -> Flow { throw away }

    func flow(_ id: Identifier<Flow>) async throws(FlowServiceError) -> Flow { throw away }

    func flows(_ page: PageRequest) async throws(FlowServiceError) -> Page<Flow> { throw away }

    func updateFlow(
        _ id: Identifier<Flow>, _ change: Flow.Change, etag: String
    ) async throws(FlowServiceError) -> Flow { throw away }

    func deleteFlow(_ id: Identifier<Flow>) async throws(FlowServiceError) { throw away }

    func perform(_ action: FlowAction, on id: Identifier<Flow>) async throws(FlowServiceError) { throw away }

    func exportNow(
        _ datasets: [Identifier<Dataset>], of flow: Identifier<Flow>
    ) async throws(FlowServiceError) -> [Identifier<FlowRun>] { throw away }

    func runs(of flow: Identifier<Flow>, _ page: PageRequest) async throws(FlowServiceError) -> Page<FlowRun>
    { throw away }

    func run(_ id: Identifier<FlowRun>) async throws(FlowServiceError) -> FlowRun { throw away }
}
