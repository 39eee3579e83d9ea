// Dataflows as a person sees them: with what they join, and changed and removed together with it, whoever the
// platform is.

extension FlowService {
    /// A dataflow with what it joins.
    public func details(of flow: Flow) async throws(FlowServiceError) -> FlowDetails {
        let source = try await sourceConnection(flow.draft.sourceConnectionID)
        let target = try await targetConnection(flow.draft.targetConnectionID)
        let account = try await connection(target.draft.baseConnectionID)
        return FlowDetails(
            flow, source: source, target: target, account: account, specs: try await connectionSpecs())
    }

    /// All dataflows with what they join, newest first.
    ///
    /// Those whose connections are removed meanwhile are left out.
    public func allFlowDetails() async throws(FlowServiceError) -> [FlowDetails] {
        let flows = try await allFlows()
        if flows.isEmpty { return [] }
        let sources = try await allSourceConnections()
        let targets = try await allTargetConnections()
        let accounts = try await allConnections()
        let specs = try await connectionSpecs()
        return flows.compactMap { flow in
            guard let source = sources.first(where: { $0.id == flow.draft.sourceConnectionID }),
                let target = targets.first(where: { $0.id == flow.draft.targetConnectionID })
            else { return nil }
            let account = accounts.first { $0.id == target.draft.baseConnectionID }
            return FlowDetails(flow, source: source, target: target, account: account, specs: specs)
        }
    }

    /// All dataflows as a list shows them, newest first.
    ///
    /// Those that are removed meanwhile are left out.
    public func allFlowOverviews() async throws(FlowServiceError) -> [FlowOverview] {
        let flows = try await allFlowDetails()
        let answers = await flows.mapConcurrently { await overviewResult(of: $0) }
        var overviews: [FlowOverview] = []
        for answer in answers {
            switch answer {
            case .success(let overview): overviews.append(overview)
            case .failure(.notFound): continue
            case .failure(let error): throw error
            }
        }
        return overviews
    }

    private func overviewResult(of details: FlowDetails) async -> Result<FlowOverview, FlowServiceError> {
        do {
            return .success(try await overview(of: details))
        } catch {
            return .failure(error)
        }
    }

    /// A dataflow as a list shows it.
    public func overview(of details: FlowDetails) async throws(FlowServiceError) -> FlowOverview {
        // One request, whose answer holds a few exports.
        let limit = max(details.datasets.count, 1) * FlowOverview.exports
        let page = try await runs(of: details.id, PageRequest(limit: min(limit, 100)))
        return FlowOverview(details: details, runs: page.items, isCut: page.continuationToken != nil)
    }

    /// Changes a dataflow.
    ///
    /// Datasets of a source connection cannot change: where they are to be others, a new source connection is made,
    /// the dataflow takes it, and the one that it had is removed if nothing else uses it. One that throws has
    /// changed nothing.
    ///
    /// - Parameters:
    ///   - details: the dataflow as it was read; one that was changed since throws `.changed`.
    ///   - edit: what is to be another.
    ///   - journal: where a source connection that is made for it is noted until the dataflow has it.
    public func editFlow(
        _ details: FlowDetails, _ edit: FlowEdit, notingIn journal: any WorkJournal = NoJournal()
    ) async throws(FlowServiceError) -> FlowDetails {
        let edit = edit.needed(for: details)
        var edited = details.applying(edit)
        guard let datasets = edit.datasets else {
            edited.flow = try await updateFlow(
                details.id, edit.change(source: nil), etag: details.flow.revision.etag)
            return edited
        }
        let change = UnfinishedWork.OtherDatasets(
            flow: details.id, etag: details.flow.revision.etag, before: details.flow.draft.part(in: edit),
            after: edit.change(source: nil), name: details.flow.draft.name, datasets: datasets,
            formerSource: details.flow.draft.sourceConnectionID)
        let made = try await make(.otherDatasets(change), notingIn: journal)
        // Every such change has one.
        guard let flow = made.flow else { throw .notFound(what: "flow", id: details.id.rawValue) }
        edited.flow = flow
        return edited
    }

    /// Removes a dataflow, then its datasets' source connection where nothing else uses it, and on demand its
    /// destination.
    ///
    /// What was exported stays where it is.
    ///
    /// - Parameters:
    ///   - flow: the dataflow.
    ///   - withDestination: whether its destination is removed too.
    ///   - journal: where what belongs to the destination is noted until it is removed too.
    /// - Throws: what `deleteFlow` throws; `.inUse` before anything is removed, where the destination is to go too
    ///   and other dataflows export to it.
    public func removeFlow(
        _ flow: Flow, withDestination: Bool = false, notingIn journal: any WorkJournal = NoJournal()
    ) async throws(FlowServiceError) {
        var destination: TargetConnection?
        if withDestination {
            let target = try await targetConnection(flow.draft.targetConnectionID)
            let users = try await allFlows().filter {
                $0.draft.targetConnectionID == target.id && $0.id != flow.id
            }
            if !users.isEmpty {
                throw .inUse(
                    what: "destination", name: target.draft.name, by: users.reversed().map(\.draft.name))
            }
            destination = target
        }
        try await deleteFlow(flow.id)
        // Nobody misses what cannot be removed here: no list shows it, and nothing is exported by it.
        try? await removeSourceIfUnused(flow.draft.sourceConnectionID)
        if let destination { try await removeDestination(destination, notingIn: journal) }
    }
}

extension Flow.Draft {
    /// What there is of what an edit changes, as a change that brings it back.
    fileprivate func part(in edit: FlowEdit) -> Flow.Change {
        Flow.Change(
            name: edit.name == nil ? nil : name, description: edit.description == nil ? nil : description,
            sourceConnectionID: sourceConnectionID, schedule: edit.schedule == nil ? nil : schedule,
            folderTemplate: edit.folderTemplate == nil ? nil : folderTemplate)
    }
}

extension FlowDetails {
    fileprivate init(
        _ flow: Flow, source: SourceConnection, target: TargetConnection, account: BaseConnection?,
        specs: [ConnectionSpec]
    ) {
        let spec = specs.first { $0.id == target.draft.connectionSpecID }
        self.init(
            flow: flow, datasets: source.draft.datasets, destination: target,
            kind: spec?.name ?? target.draft.connectionSpecID.rawValue,
            location: target.draft.place(spec: spec, account: account))
    }
}
