// What each step of work asks for.

extension UnfinishedWork {
    /// The datasets, where they are made.
    var sourceDraft: SourceConnection.Draft? {
        switch task {
        case .export(let flow, _): SourceConnection.Draft(name: flow.name, datasets: flow.datasets)
        case .otherDatasets(let change):
            SourceConnection.Draft(name: change.after.name ?? change.name, datasets: change.datasets)
        case .destination, .otherAccount, .removedDestination: nil
        }
    }

    /// The account, where one is made.
    var newAccount: NewAccount? {
        guard let destination = newDestination, case .new(let name, let form) = destination.account else {
            return nil
        }
        return NewAccount(name: name, specName: form, connectionSpecID: destination.connectionSpecID)
    }

    /// An account that is to be made.
    struct NewAccount {
        var name: String
        /// The form of its credentials; nil where the platform provides the storage.
        var specName: String?
        var connectionSpecID: Identifier<ConnectionSpec>
    }

    /// The destination as it is to be, once its account is known; nil where it stays as it is.
    var targetDraft: TargetConnection.Draft? {
        guard let new = newDestination else { return nil }
        let account: Identifier<BaseConnection>? =
            if case .existing(let id) = new.account { id } else { made(.account) }
        return account.map {
            TargetConnection.Draft(
                name: new.name, description: new.description, connectionSpecID: new.connectionSpecID,
                baseConnectionID: $0, parameters: new.parameters)
        }
    }

    /// The dataflow, where it is made and what it joins is known.
    var flowDraft: Flow.Draft? {
        guard case .export(let flow, let destination) = task else { return nil }
        let target: Identifier<TargetConnection>? =
            if case .existing(let id, _) = destination { id } else { made(.target) }
        guard let source: Identifier<SourceConnection> = made(.source), let target else { return nil }
        return Flow.Draft(
            name: flow.name, flowSpecID: flow.flowSpecID, sourceConnectionID: source,
            targetConnectionID: target, schedule: flow.schedule, folderTemplate: flow.folderTemplate,
            malformedRecords: flow.malformedRecords)
    }

    private var newDestination: NewDestination? {
        switch task {
        case .export(_, .new(let destination)), .destination(let destination): destination
        case .otherAccount(let change): change.after
        case .export(_, .existing), .otherDatasets, .removedDestination: nil
        }
    }
}

extension UnfinishedWork.OtherDatasets {
    /// The change, with the source connection that was made for it.
    func change(to source: Identifier<SourceConnection>?) -> Flow.Change {
        var change = after
        change.sourceConnectionID = source
        return change
    }
}

extension TargetConnection.Draft {
    /// Whether it is what was asked for; a platform may add parameters of its own.
    func isMade(from draft: TargetConnection.Draft) -> Bool {
        var whole = draft
        whole.parameters = parameters.merging(draft.parameters) { $1 }
        return self == whole
    }
}
