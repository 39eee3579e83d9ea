// Runs (`/runs`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

extension RemoteFlowService {
    /// The runs of a dataflow.
    public func runs(
        of flow: Identifier<Flow>, _ request: PageRequest
    ) async throws(FlowServiceError) -> Page<FlowRun> {
        let doing = Text("list the runs")
        // The id stands in a filter, which knows no escapes.
        _ = try self.flow(.get, flow, doing)
        let query = try request.query("/runs", [.flow(flow)])
        let found = try await page(.list(doing, query, .viewDestinations)) { (entity: RunEntity) in entity }
        // A list of runs does not say whether there is such a dataflow.
        if found.items.isEmpty { _ = try await self.flow(flow) }
        let only = found.items.isEmpty ? nil : try await onlyDataset(of: flow, for: found.items, doing)
        return try reading(doing) {
            Page(
                items: try found.items.map { try $0.run(dataset: only) },
                continuationToken: found.continuationToken)
        }
    }

    /// One run.
    public func run(_ id: Identifier<FlowRun>) async throws(FlowServiceError) -> FlowRun {
        let doing = Text("show the run")
        let entity = try await entity(of: id, doing)
        let flow = try reading(doing) { try entity.require(\.flowId) }
        let only = try await onlyDataset(of: Identifier(flow), for: [entity], doing)
        return try reading(doing) { try entity.run(dataset: only) }
    }

    /// What the platform has recorded of a run's files; nil where it does not say, as Experience Platform.
    public func recordedFiles(of id: Identifier<FlowRun>) async throws(FlowServiceError) -> RunRecord? {
        let doing = Text("list the run's files")
        let entity = try await entity(of: id, doing)
        return try reading(doing) { try entity.record() }
    }

    private func entity(
        of id: Identifier<FlowRun>, _ doing: Text
    ) async throws(FlowServiceError) -> RunEntity {
        try await entity(
            try PlatformCall.entity(
                doing, .get, "runs", id: id.rawValue, what: RunShape.noun, .viewDestinations))
    }

    /// The dataset of a dataflow that has just one, where some of its runs do not say whose they are.
    private func onlyDataset(
        of id: Identifier<Flow>, for runs: [RunEntity], _ doing: Text
    ) async throws(FlowServiceError) -> Identifier<Dataset>? {
        let isNeeded = try reading(doing) { try runs.contains { try $0.run().datasetID.rawValue.isEmpty } }
        guard isNeeded else { return nil }
        do {
            let datasets = try await sourceConnection(try await flow(id).draft.sourceConnectionID).draft
                .datasets
            return datasets.count == 1 ? datasets.first?.id : nil
        } catch .notFound {
            return nil
        }
    }
}
