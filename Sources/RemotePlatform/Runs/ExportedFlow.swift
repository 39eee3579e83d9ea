// A dataflow of a distant platform with all that its runs' folders follow from.
import ExportDomain
import FlowServiceClient

/// A dataflow with what it joins.
struct ExportedFlow: Sendable {
    let flow: Flow
    let datasets: [DatasetReference]
    let target: TargetConnection
    let account: BaseConnection
    let spec: ConnectionSpec
    let place: Place

    /// Whether the files lie in a folder on the machine of the platform, as they may on a server of this program: it
    /// offers accounts with credentials beside that, as Experience Platform never does.
    var hasLandingZoneOnServer: Bool {
        spec.isAuthenticationOptional && account.draft.authentication == nil
    }

    /// The rule by which the folders of a dataset's runs are found.
    func folderRule(for dataset: Identifier<Dataset>) -> RunFolderRule {
        let reference = datasets.first { $0.id == dataset } ?? DatasetReference(id: dataset, name: "")
        return RunFolderRule(
            connectionFolder: target.draft.folder, template: flow.draft.folderTemplate,
            schedule: flow.draft.schedule,
            context: FolderContext(
                dataset: reference, destination: spec.name, instanceName: target.draft.name,
                instanceID: target.id, place: place, exportTime: flow.draft.schedule.start))
    }

    /// Whether several runs, also of other dataflows, may write into one folder.
    var sharesFolders: Bool {
        let template = flow.draft.folderTemplate
        return !template.dependsOnTime || !template.dependsOnDataset
    }
}

/// Dataflows that were asked for, kept for a while: the verification pane asks for each of many runs.
actor FlowLookUp {
    private static let keeping = Duration.seconds(30)

    private let service: RemoteFlowService
    private var kept: [Identifier<Flow>: (flow: ExportedFlow, since: ContinuousClock.Instant)] = [:]

    init(service: RemoteFlowService) { self.service = service }

    /// A dataflow with what it joins, as it was half a minute ago or later.
    func flow(_ id: Identifier<Flow>) async throws(FlowServiceError) -> ExportedFlow {
        if let (flow, since) = kept[id], ContinuousClock.now - since < Self.keeping { return flow }
        let flow = try await service.flow(id)
        let target = try await service.targetConnection(flow.draft.targetConnectionID)
        let kind = target.draft.connectionSpecID
        guard let spec = try await service.connectionSpecs().first(where: { $0.id == kind }) else {
            throw .notFound(what: "kind of destination", id: kind.rawValue)
        }
        let exported = ExportedFlow(
            flow: flow,
            datasets: try await service.sourceConnection(flow.draft.sourceConnectionID).draft.datasets,
            target: target, account: try await service.connection(target.draft.baseConnectionID), spec: spec,
            place: service.place)
        kept[id] = (exported, ContinuousClock.now)
        return exported
    }
}
