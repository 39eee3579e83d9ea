// What the wizard needs of the world: the platform, and a few things that no Flow Service offers.
import ExportDomain
import FoundationEssentials

/// The outside of the wizard.
///
/// The program fills it in for whichever platform it talks to.
public struct WizardServices: Sendable {
    /// The platform.
    public var flowService: any FlowService
    /// Awaited before datasets are listed, for a lake that is still being made when the wizard opens.
    public var prepareDatasets: @Sendable () async throws -> Void
    /// The runs of a dataflow with what is in their folders, newest first.
    public var runReports: @Sendable (Identifier<Flow>) async throws -> [RunReport]
    /// The first records of a file that a run has written.
    public var preview: @Sendable (_ path: String, _ run: Identifier<FlowRun>) async throws -> FilePreview
    /// Writes a plan file; throws `PlanFileExists` where there is one and it may not be replaced.
    public var savePlan: @Sendable (ExportPlan, _ path: String, _ replacing: Bool) async throws -> Void

    /// Puts the outside together.
    public init(
        flowService: any FlowService,
        prepareDatasets: @escaping @Sendable () async throws -> Void = {},
        runReports: @escaping @Sendable (Identifier<Flow>) async throws -> [RunReport],
        preview: @escaping @Sendable (String, Identifier<FlowRun>) async throws -> FilePreview,
        savePlan: @escaping @Sendable (ExportPlan, String, Bool) async throws -> Void
    ) {
        self.flowService = flowService
        self.prepareDatasets = prepareDatasets
        self.runReports = runReports
        self.preview = preview
        self.savePlan = savePlan
    }
}

extension WizardServices {
    /// Does what was asked.
    ///
    /// Every error becomes an answer, none is lost.
    public func answer(_ request: WizardRequest) async -> WizardAnswer {
        do {
            return try await perform(request)
        } catch let error as FlowServiceError {
            return .failed(RequestFailure(reason: error.description, field: error.field))
        } catch {
            return .failed(RequestFailure(reason: "\(error)"))
        }
    }

    private func perform(_ request: WizardRequest) async throws -> WizardAnswer {
        switch request {
        case .catalogue:
            async let specs = flowService.connectionSpecs()
            async let connections = flowService.allTargetConnections()
            return try await .catalogue(specs, connections)
        case .datasets(let start):
            try await prepareDatasets()
            return .datasets(try await flowService.exportableDatasets(start: start, limit: 100))
        case .createDestination(let destination):
            let specs = try await flowService.connectionSpecs()
            return .destinationCreated(
                try await flowService.createDestination(destination, specs: specs))
        case .createFlow(let plan, let datasets, let destination):
            let specs = try await flowService.connectionSpecs()
            return .flowCreated(
                try await flowService.createFlow(
                    from: plan, datasets: datasets, destination: destination, specs: specs))
        case .runs(let flow):
            return .runs(try await runReports(flow))
        case .preview(let path, let run):
            return .preview(try await preview(path, run))
        case .savePlan(let plan, let path, let replacing):
            try await savePlan(plan, path, replacing)
            return .planSaved(path: path)
        }
    }
}

extension FlowServiceError {
    fileprivate var field: String? {
        if case .invalid(let field, _) = self { field } else { nil }
    }
}
