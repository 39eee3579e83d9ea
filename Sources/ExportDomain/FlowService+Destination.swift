// Destinations as a person sees them: an account and a target connection that are made, changed and removed
// together, whoever the platform is.

extension FlowService {
    /// Makes a destination, and its account where that is new.
    ///
    /// One that throws has made nothing: an account that was made for it is removed again.
    ///
    /// - Parameters:
    ///   - draft: what the destination is to be, and its account.
    ///   - journal: where what is made is noted meanwhile, as far as it is more than one thing.
    public func createDestination(
        _ draft: DestinationDraft, notingIn journal: any WorkJournal = NoJournal()
    ) async throws(FlowServiceError) -> TargetConnection {
        switch draft.account {
        case .new(let account):
            let made = try await make(
                .destination(UnfinishedWork.NewDestination(draft)), credentials: account.authentication,
                notingIn: journal)
            // Every destination has one.
            guard let target = made.target else { throw .notFound(what: "destination", id: draft.name) }
            return target
        case .existing(let id), .changed(let id, _):
            let target = try await createTargetConnection(draft.target(with: id))
            try await change(draft.account) { () async throws(FlowServiceError) in
                try await deleteTargetConnection(target.id)
            }
            return target
        }
    }

    /// Changes a destination, and its account where the draft says so.
    ///
    /// An account that nothing uses any more, because the destination has another now, is removed. One that
    /// throws has changed nothing.
    ///
    /// - Parameters:
    ///   - target: the destination as it was read; one that was changed since throws `.changed`.
    ///   - draft: what the destination is to be, and its account.
    ///   - journal: where an account that is made for it is noted until the destination has it.
    public func updateDestination(
        _ target: TargetConnection, to draft: DestinationDraft,
        notingIn journal: any WorkJournal = NoJournal()
    ) async throws(FlowServiceError) -> TargetConnection {
        switch draft.account {
        case .new(let account):
            let change = UnfinishedWork.OtherAccount(
                target: target.id, etag: target.revision.etag, before: target.draft,
                after: UnfinishedWork.NewDestination(draft))
            let made = try await make(
                .otherAccount(change), credentials: account.authentication, notingIn: journal)
            // Every such change has one.
            guard let updated = made.target else { throw .notFound(what: "destination", id: draft.name) }
            return updated
        case .existing(let id), .changed(let id, _):
            let updated = try await updateTargetConnection(
                target.id, to: draft.target(with: id), etag: target.revision.etag)
            try await change(draft.account) { () async throws(FlowServiceError) in
                _ = try await updateTargetConnection(
                    target.id, to: target.draft, etag: updated.revision.etag)
            }
            if target.draft.baseConnectionID != id {
                try await removeAccountIfUnused(target.draft.baseConnectionID)
            }
            return updated
        }
    }

    /// Removes a destination, and its account where no other destination uses it.
    ///
    /// Where the account could not be removed, the journal keeps it.
    ///
    /// - Parameters:
    ///   - target: the destination.
    ///   - journal: where the account is noted until it is removed too.
    /// - Throws: `FlowServiceError.inUse` while a dataflow exports to it, naming the dataflows.
    public func removeDestination(
        _ target: TargetConnection, notingIn journal: any WorkJournal = NoJournal()
    ) async throws(FlowServiceError) {
        let removal = UnfinishedWork.RemovedDestination(
            target: target.id, name: target.draft.name, account: target.draft.baseConnectionID)
        _ = try await make(.removedDestination(removal), notingIn: journal)
    }

    /// Makes the change of an account, after everything else was done: its old secrets are known to the
    /// platform alone, so that this could not be undone.
    private func change(
        _ account: DestinationDraft.Account, orElse undo: () async throws(FlowServiceError) -> Void
    ) async throws(FlowServiceError) {
        guard case .changed(let id, let draft) = account else { return }
        do {
            let current = try await connection(id)
            _ = try await updateConnection(id, to: draft, etag: current.revision.etag)
        } catch {
            try? await undo()
            throw error
        }
    }
}

extension DestinationDraft {
    /// The target connection, once the account is known.
    fileprivate func target(with account: Identifier<BaseConnection>) -> TargetConnection.Draft {
        TargetConnection.Draft(
            name: name, description: description, connectionSpecID: connectionSpecID,
            baseConnectionID: account, parameters: parameters)
    }
}

extension UnfinishedWork.NewDestination {
    /// A destination that is to be made, without the secrets of its account.
    init(_ draft: DestinationDraft) {
        self.init(
            name: draft.name, description: draft.description, connectionSpecID: draft.connectionSpecID,
            parameters: draft.parameters, account: Account(draft.account))
    }
}

extension UnfinishedWork.NewDestination.Account {
    fileprivate init(_ account: DestinationDraft.Account) {
        switch account {
        case .existing(let id), .changed(let id, _): self = .existing(id)
        case .new(let draft): self = .new(name: draft.name, specName: draft.authentication?.specName)
        }
    }
}
