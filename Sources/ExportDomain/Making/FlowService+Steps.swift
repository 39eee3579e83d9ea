// The steps of work: how each is taken, and how one sees that it was.
import Languages

extension FlowService {
    /// The entities that look as if a step had made, changed or removed them, newest first.
    func candidates(
        for step: UnfinishedWork.Step, of work: UnfinishedWork
    ) async throws(FlowServiceError) -> [String] {
        switch step {
        case .source:
            guard let draft = work.sourceDraft else { return [] }
            return try await allSourceConnections().filter {
                $0.draft.name == draft.name && $0.draft.datasets.map(\.id) == draft.datasets.map(\.id)
            }.map(\.id.rawValue)
        case .account:
            guard let new = work.newAccount else { return [] }
            return try await allConnections().filter {
                $0.connectionSpecID == new.connectionSpecID && $0.draft.name == new.name
                    && $0.draft.authentication?.specName == new.specName
            }.map(\.id.rawValue)
        case .target:
            guard let draft = work.targetDraft else { return [] }
            return try await allTargetConnections().filter { $0.draft.isMade(from: draft) }.map(\.id.rawValue)
        case .flow:
            guard let draft = work.flowDraft else { return [] }
            return try await allFlows().filter {
                $0.draft.name == draft.name && $0.draft.sourceConnectionID == draft.sourceConnectionID
                    && $0.draft.targetConnectionID == draft.targetConnectionID
            }.map(\.id.rawValue)
        // What a dataflow tells can be said twice.
        case .telling: return []
        case .swap: return try await hasSwapped(work) ? [work.task.changedID] : []
        case .removal: return try await isFormerGone(work.task) ? [work.task.formerID] : []
        }
    }

    /// Takes a step; gives the id of what it has made, changed or removed.
    func take(
        _ step: UnfinishedWork.Step, of work: UnfinishedWork,
        credentials: BaseConnection.Authentication?, telling: (any NotificationSettings)?,
        into finished: inout FinishedWork
    ) async throws(FlowServiceError) -> String {
        switch step {
        case .source:
            guard let draft = work.sourceDraft else { break }
            return try await createSourceConnection(draft).id.rawValue
        case .account:
            guard let new = work.newAccount else { break }
            if new.specName != nil, credentials == nil {
                throw .credentialsNotKept(of: new.name, for: work.task)
            }
            let draft = BaseConnection.Draft(name: new.name, authentication: credentials)
            return try await createConnection(draft, spec: new.connectionSpecID).id.rawValue
        case .target:
            guard let draft = work.targetDraft else { break }
            let target = try await createTargetConnection(draft)
            finished.target = target
            return target.id.rawValue
        case .flow:
            guard let draft = work.flowDraft else { break }
            let flow = try await createFlow(draft)
            finished.flow = flow
            return flow.id.rawValue
        case .telling:
            guard case .export(let flow, _) = work.task, let id: Identifier<Flow> = work.made(.flow) else {
                break
            }
            guard let telling else { throw .notOffered(what: "commands that tell what has come of a flow") }
            try await telling.setNotifications(flow.notifications, of: id)
            return id.rawValue
        case .swap:
            switch work.task {
            case .otherAccount(let change):
                guard let draft = work.targetDraft else { break }
                finished.target = try await updateTargetConnection(
                    change.target, to: draft, etag: change.etag)
            case .otherDatasets(let change):
                finished.flow = try await updateFlow(
                    change.flow, change.change(to: work.made(.source)), etag: change.etag)
            case .removedDestination(let removal): try await deleteTargetConnection(removal.target)
            case .export, .destination: break
            }
            return work.task.changedID
        case .removal:
            switch work.task {
            case .otherAccount(let change): try await removeAccountIfUnused(change.before.baseConnectionID)
            case .otherDatasets(let change): try await removeSourceIfUnused(change.formerSource)
            case .removedDestination(let removal): try await removeAccountIfUnused(removal.account)
            case .export, .destination: break
            }
            return work.task.formerID
        }
        // Only for a note that somebody has changed by hand.
        throw .invalid(field: nil, reason: Text("The note of what was half made has no \(step.rawValue)"))
    }

    /// Whether destination or dataflow has what is new, or is gone where it is to be.
    func hasSwapped(_ work: UnfinishedWork) async throws(FlowServiceError) -> Bool {
        switch work.task {
        case .otherAccount(let change):
            return try await targetConnection(change.target).draft.baseConnectionID == work.made(.account)
        case .otherDatasets(let change):
            return try await flow(change.flow).draft.sourceConnectionID == work.made(.source)
        case .removedDestination(let removal):
            do {
                _ = try await targetConnection(removal.target)
                return false
            } catch .notFound {
                return true
            }
        case .export, .destination: return false
        }
    }

    /// Whether there is no more what destination or dataflow had before.
    private func isFormerGone(_ task: UnfinishedWork.Task) async throws(FlowServiceError) -> Bool {
        do {
            switch task {
            case .otherAccount(let change): _ = try await connection(change.before.baseConnectionID)
            case .otherDatasets(let change): _ = try await sourceConnection(change.formerSource)
            case .removedDestination(let removal): _ = try await connection(removal.account)
            case .export, .destination: break
            }
            return false
        } catch .notFound {
            return true
        }
    }

    /// Removes an account that no destination uses.
    func removeAccountIfUnused(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) {
        if try await allTargetConnections().contains(where: { $0.draft.baseConnectionID == id }) { return }
        do {
            try await deleteConnection(id)
        } catch .inUse, .notFound {
            // Somebody else was quicker.
        }
    }

    /// Removes a source connection that no dataflow uses.
    func removeSourceIfUnused(_ id: Identifier<SourceConnection>) async throws(FlowServiceError) {
        do {
            try await deleteSourceConnection(id)
        } catch .inUse, .notFound {
            // Others use it, or somebody else was quicker.
        }
    }
}

extension UnfinishedWork.Task {
    /// What is changed; empty where something is made.
    fileprivate var changedID: String {
        switch self {
        case .otherAccount(let change): change.target.rawValue
        case .otherDatasets(let change): change.flow.rawValue
        case .removedDestination(let removal): removal.target.rawValue
        case .export, .destination: ""
        }
    }

    /// What is no longer used then; empty where something is made.
    fileprivate var formerID: String {
        switch self {
        case .otherAccount(let change): change.before.baseConnectionID.rawValue
        case .otherDatasets(let change): change.formerSource.rawValue
        case .removedDestination(let removal): removal.account.rawValue
        case .export, .destination: ""
        }
    }
}

extension FlowServiceError {
    /// Credentials are in no note.
    fileprivate static func credentialsNotKept(
        of account: String, for task: UnfinishedWork.Task
    ) -> FlowServiceError {
        let again =
            if case .otherAccount = task { Text("change the destination again") } else {
                Text("set the destination up again")
            }
        return .invalid(
            field: nil,
            reason: Text(
                "The credentials of the account “\(account)” were not kept: remove what was made, and \(again)"
            )
        )
    }
}
