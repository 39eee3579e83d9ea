// What the wizard needs of the world: the platform, and a few things that no Flow Service offers.
import ExportDomain
import FoundationEssentials
import Languages
import Secrets

/// The outside of the wizard.
///
/// The program fills it in for whichever platform it talks to.
public struct WizardServices: Sendable {
    /// The platform.
    public var flowService: any FlowService
    /// Where what is made on this platform is noted meanwhile.
    public var journal: any WorkJournal
    /// Takes what dataflows are to tell; nil where the platform tells nothing.
    public var telling: (any NotificationSettings)?
    /// Says that the credentials of a destination that was saved, which is named, could not be kept on this machine; nil where
    /// they are, or need not be.
    public var unkeptCredentials: @Sendable (_ destination: String) -> Text?
    /// Whether the platform is production; nil where that cannot be known.
    public var isProduction: @Sendable () async -> Bool?
    /// Awaited before datasets are listed, for a lake that is still being made when the wizard opens.
    public var prepareDatasets: @Sendable () async throws -> Void
    /// Tests a destination, and reports each step when it begins and when it is over; ends with the test.
    ///
    /// Whoever stops reading stops the test.
    public var testDestination:
        @Sendable (DestinationDraft, DestinationTestConsent) -> AsyncStream<DestinationTestReport>
    /// Asks the storage that a form describes for names that a field of it could hold; throws what says why it tells none.
    public var suggestions: @Sendable (SuggestionQuery, DestinationDraft) async throws -> FieldSuggestions
    /// What is in a folder of this machine; its path may begin with `~`, and nothing is the folder that the program is in.
    public var folderContents: @Sendable (_ path: String) async throws -> FolderContents
    /// What a file holds that a person names by its path, which may begin with `~`.
    public var readSecret: @Sendable (_ path: String) async throws -> Secret
    /// What a command prints that a person names; it gets no terminal.
    public var runSecretCommand: @Sendable (_ command: String) async throws -> Secret
    /// The runs of a dataflow with what is in their folders, newest first; with `isFresh` all folders are listed anew.
    public var runReports: @Sendable (Identifier<Flow>, _ isFresh: Bool) async throws -> [RunReport]
    /// What can be done about runs; nil where the platform offers nothing.
    public var runControl: (any RunControl)?
    /// Some records of a file that a run has written, from one on.
    public var preview:
        @Sendable (_ path: String, _ run: Identifier<FlowRun>, _ first: Int, _ limit: Int) async throws ->
            FilePreview
    /// Writes a plan file; throws `PlanFileExists` where there is one and it may not be replaced.
    public var savePlan: @Sendable (ExportPlan, _ path: String, _ replacing: Bool) async throws -> Void
    /// The way to other platforms; nil where there is none.
    public var platforms: PlatformSwitch?
    /// Whether every request that changes something is refused.
    public var isReadOnly = false

    /// Puts the outside together.
    public init(
        flowService: any FlowService, journal: any WorkJournal = NoJournal(),
        telling: (any NotificationSettings)? = nil,
        unkeptCredentials: @escaping @Sendable (String) -> Text? = { _ in nil },
        isProduction: @escaping @Sendable () async -> Bool? = { nil },
        prepareDatasets: @escaping @Sendable () async throws -> Void = {},
        testDestination:
            @escaping @Sendable (DestinationDraft, DestinationTestConsent) -> AsyncStream<
                DestinationTestReport
            >,
        suggestions: @escaping @Sendable (SuggestionQuery, DestinationDraft) async throws -> FieldSuggestions,
        folderContents: @escaping @Sendable (String) async throws -> FolderContents,
        readSecret: @escaping @Sendable (String) async throws -> Secret,
        runSecretCommand: @escaping @Sendable (String) async throws -> Secret,
        runReports: @escaping @Sendable (Identifier<Flow>, Bool) async throws -> [RunReport],
        runControl: (any RunControl)? = nil,
        preview: @escaping @Sendable (String, Identifier<FlowRun>, Int, Int) async throws -> FilePreview,
        savePlan: @escaping @Sendable (ExportPlan, String, Bool) async throws -> Void,
        platforms: PlatformSwitch? = nil
    ) {
        self.flowService = flowService
        self.journal = journal
        self.telling = telling
        self.unkeptCredentials = unkeptCredentials
        self.isProduction = isProduction
        self.prepareDatasets = prepareDatasets
        self.testDestination = testDestination
        self.suggestions = suggestions
        self.folderContents = folderContents
        self.readSecret = readSecret
        self.runSecretCommand = runSecretCommand
        self.runReports = runReports
        self.runControl = runControl
        self.preview = preview
        self.savePlan = savePlan
        self.platforms = platforms
    }
}

extension WizardServices {
    /// Does what was asked.
    ///
    /// Every error becomes an answer, none is lost.
    /// - Parameters:
    ///   - report: takes answers that come before the last.
    ///   - opened: takes the way to a platform that was opened.
    public func answer(
        _ request: WizardRequest, report: @escaping @Sendable (WizardAnswer) -> Void = { _ in },
        opened: @Sendable (WizardServices) -> Void = { _ in }
    ) async -> WizardAnswer {
        do {
            return try await perform(request, report: report, opened: opened)
        } catch let error as FlowServiceError {
            return .failed(RequestFailure(reason: error.text, field: error.field))
        } catch {
            return .failed(RequestFailure(reason: .of(error)))
        }
    }

    private func perform(
        _ request: WizardRequest, report: @escaping @Sendable (WizardAnswer) -> Void,
        opened: (WizardServices) -> Void
    ) async throws -> WizardAnswer {
        if isReadOnly, request.changes {
            return .failed(RequestFailure(reason: Wizard.readOnlyReason))
        }
        switch request {
        case .platforms: return .platforms(try await platforms?.choices() ?? [])
        case .sandboxes(let platform): return .sandboxes(try await platforms?.sandboxes(platform) ?? [])
        case .openPlatform(let id):
            guard let platforms else { throw FlowServiceError.notOffered(what: "other platforms") }
            let platform = try await platforms.open(id)
            var setting = platform.setting
            // Whoever only looks does so on every platform.
            setting.isReadOnly = setting.isReadOnly || isReadOnly
            opened(platform.services.obeying(setting))
            return .platformOpened(setting)
        case .catalogue:
            async let specs = flowService.connectionSpecs()
            async let connections = flowService.allTargetConnections()
            async let accounts = flowService.allConnections()
            return try await .catalogue(specs, connections, accounts)
        case .isProduction:
            return .isProduction(await isProduction())
        case .datasets:
            try await prepareDatasets()
            return .datasets(try await DatasetListing.load(from: flowService) { report(.datasets($0)) })
        case .arrange(let arrangement):
            return .arranged(try await arrangement.find { report(.arranged($0)) })
        case .createDestination(let draft):
            return saved(try await flowService.createDestination(draft, notingIn: journal))
        case .updateDestination(let target, let draft):
            return saved(
                try await flowService.updateDestination(target, to: draft, notingIn: journal))
        case .removeDestination(let target):
            try await flowService.removeDestination(target, notingIn: journal)
            return .destinationRemoved(target)
        case .testDestination(let draft, let consent):
            for await step in testDestination(draft, consent) { report(.tested(step)) }
            return .testEnded
        case .suggestions(let query, let draft):
            return .suggestions(try await suggestions(query, draft))
        case .folderContents(let path):
            return .folderContents(try await folderContents(path))
        case .readFile(let path):
            return .fileRead(try await readSecret(path))
        case .runSecretCommand(let command):
            return .fileRead(try await runSecretCommand(command))
        case .createFlow(let plan, let datasets, let destination):
            let specs = try await flowService.connectionSpecs()
            return .flowCreated(
                try await flowService.createFlow(
                    from: plan, datasets: datasets, destination: destination, specs: specs,
                    notingIn: journal))
        case .flows:
            return .flows(try await flowService.allFlowOverviews())
        case .perform(let action, let details):
            try await flowService.perform(action, on: details.id)
            var changed = details
            changed.flow = try await flowService.flow(details.id)
            return .flowChanged(changed)
        case .editFlow(let details, let edit):
            return .flowChanged(try await flowService.editFlow(details, edit, notingIn: journal))
        case .exportNow(let details):
            do {
                let runs = try await flowService.exportNow(details.datasets.map(\.id), of: details.id)
                return .runsStarted(runs, of: details)
            } catch {
                return .failed(RequestFailure(reason: details.refusalToExportNow(error)))
            }
        case .removeFlow(let flow):
            try await flowService.removeFlow(flow)
            return .flowRemoved(flow)
        case .unfinished:
            return .unfinished(try await journal.leftHalfMade())
        case .resume(let export):
            let flow = try await flowService.resume(export, notingIn: journal, telling: telling).flow
            guard let flow else { return .resumed(nil) }
            return .resumed(try await flowService.details(of: flow))
        case .discard(let export):
            let left = try await flowService.discard(export, notingIn: journal)
            return .discarded(leaving: left.map(\.text))
        case .runs(let flow, let isFresh):
            return .runs(try await runReports(flow, isFresh))
        case .retry(let run):
            try await runControl.offering("making runs again").retry(run)
            return .runChanged(run)
        case .exportAgain(let files, let run):
            try await runControl.offering("making runs again").exportAgain(files, of: run)
            return .runChanged(run)
        case .cancelRun(let run):
            try await runControl.offering("ending runs").cancel(run)
            return .runChanged(run)
        case .limitTransfers(let limits):
            await (try runControl.offering("limiting transfers")).limitTransfers(to: limits)
            return .transfersLimited(to: limits)
        case .preview(let path, let run, let first, let limit):
            return .preview(try await preview(path, run, first, limit))
        case .savePlan(let plan, let path, let replacing):
            try await savePlan(plan, path, replacing)
            return .planSaved(path: path)
        }
    }
}

extension WizardServices {
    private func saved(_ target: TargetConnection) -> WizardAnswer {
        .destinationSaved(target, notice: unkeptCredentials(target.draft.name))
    }
}

extension FlowServiceError {
    fileprivate var field: String? {
        switch self {
        case .invalid(let field, _, _), .refused(let field, _): field
        case .notFound, .wrongState, .inUse, .changed, .notOffered, .unavailable: nil
        }
    }
}
