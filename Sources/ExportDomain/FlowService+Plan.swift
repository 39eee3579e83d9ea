// From a plan to a dataflow: the creations of Experience Platform's tutorial, in its order.
import FoundationEssentials
import Languages

/// What the names in a plan stand for on a platform.
public struct ResolvedPlan: Sendable {
    /// The datasets, in the plan's order, each once.
    public var datasets: [Dataset]
    /// The destination connection of that name; nil where it has to be made.
    public var destination: TargetConnection?
    /// The kind of destination.
    public var spec: ConnectionSpec

    /// The folder of the destination, given the plan that was resolved.
    public func folder(of plan: ExportPlan) -> String {
        if let destination { return destination.draft.folder }
        return plan.destination.parameters[spec.folderKey]?.text ?? ""
    }

    /// A path of the destination as people write it, given the plan that was resolved.
    ///
    /// - Parameters:
    ///   - key: the path of a folder or file, as the storage has it.
    ///   - plan: the plan.
    public func writtenPath(_ key: String, of plan: ExportPlan) -> String {
        destination?.draft.writtenPath(key) ?? plan.destination.parameters.rootOfPaths(in: spec.id) + key
    }
}

extension FlowService {
    /// Finds what a plan names, and makes nothing.
    ///
    /// - Throws: `FlowServiceError.notFound` for a dataset, destination or kind of destination that does not
    ///   exist, `.invalid` for a plan that contradicts itself or the destination that it names.
    public func resolve(_ plan: ExportPlan) async throws(FlowServiceError) -> ResolvedPlan {
        let datasets = try plan.resolveDatasets(among: try await allExportableDatasets())
        let specs = try await connectionSpecs()
        let existing = try await allTargetConnections().first { $0.draft.name == plan.destination.name }
        guard let existing else {
            let spec = try plan.destination.usableSpec(among: specs)
            _ = try await account(of: plan.destination, spec: spec)
            return ResolvedPlan(datasets: datasets, destination: nil, spec: spec)
        }
        let spec = try existing.spec(among: specs)
        let named = try plan.destination.spec(among: specs)
        try check(existing, isA: named ?? spec, against: plan.destination)
        try await checkAccount(of: existing, against: plan.destination)
        return ResolvedPlan(datasets: datasets, destination: existing, spec: spec)
    }

    /// Finds the dataflow that a plan describes, or makes it with whatever connections it lacks.
    ///
    /// A dataflow is the same when name, destination, datasets, schedule, folder template and the treatment of
    /// malformed records are. One that was left half made is gone on with.
    ///
    /// - Parameters:
    ///   - plan: what the dataflow is to be.
    ///   - journal: where what is made is noted meanwhile.
    ///   - telling: takes what the plan says that the dataflow is to tell; nil where the platform tells nothing.
    /// - Throws: what `resolve` throws, and `FlowServiceError.invalid` where an active dataflow of the same
    ///   name does something else.
    public func flow(
        for plan: ExportPlan, notingIn journal: any WorkJournal = NoJournal(),
        telling: (any NotificationSettings)? = nil
    ) async throws(FlowServiceError) -> Flow {
        if let flow = try await knownFlow(for: try await resolve(plan), plan, notingIn: journal) {
            return flow
        }
        // Of several programs that are given the same plan at the same moment one makes it, and the others find it.
        return try await journal.alone { () async throws(FlowServiceError) in
            let resolved = try await resolve(plan)
            if let flow = try await knownFlow(for: resolved, plan, notingIn: journal) { return flow }
            let task = try await task(
                of: plan, datasets: resolved.datasets, destination: resolved.destination,
                specs: [resolved.spec])
            let lefts = try await journal.leftHalfMade()
            if let left = lefts.first(where: {
                $0.task.makesTheSame(as: task) && $0.fits(resolved.destination)
            }) {
                return try await resume(left, notingIn: journal, telling: telling).madeFlow()
            }
            return try await make(task, notingIn: journal, telling: telling).madeFlow()
        }
    }

    /// The dataflow that does what a plan says; nil where there is none.
    private func knownFlow(
        for resolved: ResolvedPlan, _ plan: ExportPlan, notingIn journal: any WorkJournal
    ) async throws(FlowServiceError) -> Flow? {
        guard let destination = resolved.destination else { return nil }
        let sameName = try await allFlows().filter { $0.draft.name == plan.name }
        for flow in sameName
        where try await isSame(flow, plan: plan, datasets: resolved.datasets, target: destination.id) {
            // Made to its last part, whoever was killed before that was noted.
            for left in try await journal.leftHalfMade()
            where left.makesFlow(with: flow.draft.sourceConnectionID) {
                try await journal.remove(left.id)
            }
            return flow
        }
        if let active = sameName.first(where: { $0.state == .enabled && $0.draft.schedule.frequency != .once }
        ) {
            throw .invalid(
                field: "name",
                reason: Text(
                    "The flow \(active.id) is also called “\(plan.name)” and goes on with other settings: make the plan say the same, delete that flow, or choose another name"
                )
            )
        }
        return nil
    }

    /// Makes a dataflow from a plan, and the target connection where there is none.
    ///
    /// Nothing is made for a plan whose destination cannot be, and nothing is left of what was made where it throws.
    ///
    /// - Parameters:
    ///   - plan: what the dataflow is to be.
    ///   - datasets: the datasets that the plan means.
    ///   - destination: the existing target connection, or nil to make one.
    ///   - specs: the kinds of destination that the platform has.
    ///   - journal: where what is made is noted meanwhile.
    public func createFlow(
        from plan: ExportPlan, datasets: [Dataset], destination: TargetConnection?, specs: [ConnectionSpec],
        notingIn journal: any WorkJournal = NoJournal()
    ) async throws(FlowServiceError) -> Flow {
        let task = try await task(of: plan, datasets: datasets, destination: destination, specs: specs)
        return try await make(task, notingIn: journal).madeFlow()
    }

    /// What is to be made for a plan; a destination that cannot be made is refused here, before anything is.
    private func task(
        of plan: ExportPlan, datasets: [Dataset], destination: TargetConnection?, specs: [ConnectionSpec]
    ) async throws(FlowServiceError) -> UnfinishedWork.Task {
        let spec: ConnectionSpec
        let place: UnfinishedWork.Destination
        if let destination {
            spec = try destination.spec(among: specs)
            place = .existing(destination.id, name: destination.draft.name)
        } else {
            spec = try plan.destination.usableSpec(among: specs)
            place = .new(UnfinishedWork.NewDestination(try await draft(of: plan.destination, specs: specs)))
        }
        return .export(
            UnfinishedWork.Dataflow(
                name: plan.name, flowSpecID: spec.flowSpecID, datasets: datasets.map(\.reference),
                schedule: plan.schedule, folderTemplate: plan.folderTemplate,
                malformedRecords: plan.malformedRecords, notifications: plan.notifications), to: place)
    }

    /// Makes the destination that a plan describes, with the account that it names, or with one of its own where
    /// the kind of destination takes no credentials.
    public func createDestination(
        _ destination: ExportPlan.Destination, specs: [ConnectionSpec]
    ) async throws(FlowServiceError) -> TargetConnection {
        try await createDestination(try await draft(of: destination, specs: specs))
    }

    /// The destination that a plan describes, before it is made.
    private func draft(
        of destination: ExportPlan.Destination, specs: [ConnectionSpec]
    ) async throws(FlowServiceError) -> DestinationDraft {
        let spec = try destination.usableSpec(among: specs)
        return DestinationDraft(
            name: destination.name, description: destination.description, connectionSpecID: spec.id,
            account: try await account(of: destination, spec: spec),
            parameters: spec.targetForm.parameters(from: destination.answers))
    }

    /// The account that a destination which is to be made uses.
    private func account(
        of destination: ExportPlan.Destination, spec: ConnectionSpec
    ) async throws(FlowServiceError) -> DestinationDraft.Account {
        guard let name = destination.account else {
            if !spec.requiresAuthentication { return .new(BaseConnection.Draft(name: destination.name)) }
            throw .invalid(
                field: "account",
                reason: Text(
                    "\(spec.name) needs an account with its credentials: set the destination up first, or name the account"
                )
            )
        }
        let accounts = try await allConnections().filter { $0.connectionSpecID == spec.id }
        let named = accounts.filter { $0.draft.name == name || $0.id.rawValue == name }
        guard let account = named.first else { throw .notFound(what: "\(spec.name) account", id: name) }
        if named.count > 1 {
            throw .invalid(
                field: "account",
                reason: Text(
                    "\(named.count) \(spec.name) accounts are called “\(name)”: name the one that is meant by its id"
                )
            )
        }
        return .existing(account.id)
    }

    /// An existing destination keeps its account, whatever a plan would give one that is to be made.
    private func checkAccount(
        of existing: TargetConnection, against destination: ExportPlan.Destination
    ) async throws(FlowServiceError) {
        guard let name = destination.account else { return }
        let account = try await connection(existing.draft.baseConnectionID)
        if account.draft.name != name, account.id.rawValue != name {
            throw .invalid(
                field: "account",
                reason: Text(
                    "The destination “\(destination.name)” exists with the account “\(account.draft.name)”: leave account out, or choose another name"
                )
            )
        }
    }

    private func isSame(
        _ flow: Flow, plan: ExportPlan, datasets: [Dataset], target: Identifier<TargetConnection>
    ) async throws(FlowServiceError) -> Bool {
        guard flow.draft.targetConnectionID == target, flow.draft.schedule == plan.schedule,
            flow.draft.folderTemplate == plan.folderTemplate,
            flow.draft.malformedRecords == plan.malformedRecords
        else { return false }
        let source = try await sourceConnection(flow.draft.sourceConnectionID)
        return Set(source.draft.datasets.map(\.id)) == Set(datasets.map(\.id))
    }

    private func check(
        _ existing: TargetConnection, isA spec: ConnectionSpec, against destination: ExportPlan.Destination
    ) throws(FlowServiceError) {
        if spec.id != existing.draft.connectionSpecID {
            throw .invalid(
                field: "destination",
                reason: Text(
                    "The destination “\(destination.name)” exists and is not a \(spec.name): choose another name"
                )
            )
        }
        let defaults = spec.targetForm.parameters(from: [:])
        for (key, value) in destination.parameters.sorted(by: { $0.key < $1.key })
        where existing.draft.parameters[key] ?? defaults[key] != value {
            throw .invalid(
                field: key,
                reason: Text(
                    "The destination “\(destination.name)” exists with another \(key): leave it out, or choose another name"
                )
            )
        }
    }
}

extension FinishedWork {
    /// The dataflow.
    fileprivate func madeFlow() throws(FlowServiceError) -> Flow {
        // Every export of a plan has one.
        guard let flow else { throw .notFound(what: "flow", id: target?.draft.name ?? "") }
        return flow
    }
}

extension TargetConnection {
    /// The kind of destination.
    fileprivate func spec(among specs: [ConnectionSpec]) throws(FlowServiceError) -> ConnectionSpec {
        guard let spec = specs.first(where: { $0.id == draft.connectionSpecID }) else {
            throw .notFound(what: "destination", id: draft.connectionSpecID.rawValue)
        }
        return spec
    }
}

extension ExportPlan.Destination {
    /// The kind of destination that is named; nil where none is.
    /// - Throws: `FlowServiceError.invalid` for a name that no spec has, naming those that there are.
    public func spec(among specs: [ConnectionSpec]) throws(FlowServiceError) -> ConnectionSpec? {
        guard let spec else { return nil }
        guard let match = specs.first(where: { $0.name == spec }) else {
            let names = Text.quotedList(specs.map(\.name))
            throw .invalid(
                field: "spec",
                reason: Text("There is no destination called “\(spec)” here; there is \(names)"))
        }
        return match
    }

    fileprivate var answers: FormAnswers { parameters.mapValues(FormAnswer.value) }

    /// The kind of destination that can be made from what is given.
    fileprivate func usableSpec(
        among specs: [ConnectionSpec]
    ) throws(FlowServiceError) -> ConnectionSpec {
        guard let spec = try spec(among: specs) else { throw .notFound(what: "destination", id: name) }
        if let problem = spec.problem(with: parameters) { throw problem }
        return spec
    }
}

extension ConnectionSpec {
    /// What keeps parameters of a target connection from being used with this kind of destination, the first
    /// problem first; nil where nothing does.
    public func problem(with parameters: [String: JSONValue]) -> FlowServiceError? {
        let form = targetForm
        let answers = parameters.mapValues(FormAnswer.value)
        let known = form.fields(for: answers).map(\.id)
        if let unknown = parameters.keys.sorted().first(where: { !known.contains($0) }) {
            return .invalid(
                field: unknown,
                reason: Text("\(name) has no field “\(unknown)”; it has \(Text.list(known))"))
        }
        guard let (field, problem) = form.problems(in: answers).min(by: { $0.key < $1.key }) else {
            return nil
        }
        return .invalid(field: field, reason: Text("\(field): \(problem)"))
    }
}
