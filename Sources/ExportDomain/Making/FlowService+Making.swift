// The entities of an export, made one after the other, each noted before and after; gone on with, or taken back, by
// whoever finds the note.
import FoundationEssentials

/// What an export was made of.
public struct FinishedExport: Sendable {
    /// The dataflow; nil where a destination alone was made.
    public var flow: Flow?
    /// The destination, where it was made.
    public var target: TargetConnection?
}

/// Something that an export has made and that is still there.
public struct Leftover: Sendable, Hashable, CustomStringConvertible {
    /// What it is, in words.
    public var what: String
    /// Why it could not be removed.
    public var reason: String

    /// What it is and why it is still there, in a sentence.
    public var description: String {
        "\(what.prefix(1).uppercased())\(what.dropFirst()) could not be removed: \(reason)"
    }
}

extension FlowService {
    /// Makes an export.
    ///
    /// One that throws has made nothing: what was made is removed again. Where that does not work either, the journal
    /// keeps what is left.
    /// - Parameter credentials: those of the account that is to be made.
    func make(
        _ export: UnfinishedExport, credentials: BaseConnection.Authentication? = nil,
        notingIn journal: any ExportJournal
    ) async throws(FlowServiceError) -> FinishedExport {
        var export = export
        do {
            try await journal.write(export)
            return try await finish(&export, credentials: credentials, notingIn: journal)
        } catch {
            _ = await takeBack(export, notingIn: journal)
            throw error
        }
    }

    /// Goes on with an export that was left half made, and makes nothing twice.
    ///
    /// One that throws has left it as far as it came.
    /// - Throws: `.invalid` where an account is missing whose credentials nobody has kept.
    public func resume(
        _ export: UnfinishedExport, notingIn journal: any ExportJournal
    ) async throws(FlowServiceError) -> FinishedExport {
        try await journal.hold(export.id)
        var export = export
        do {
            return try await finish(&export, credentials: nil, notingIn: journal)
        } catch {
            await journal.release(export.id)
            throw error
        }
    }

    /// Removes what an export that was left half made has made: dataflow, datasets, destination, account.
    ///
    /// What others use meanwhile is left to them.
    /// - Returns: what is still there.
    /// - Throws: what `hold` throws.
    public func discard(
        _ export: UnfinishedExport, notingIn journal: any ExportJournal
    ) async throws(FlowServiceError) -> [Leftover] {
        try await journal.hold(export.id)
        return await takeBack(export, notingIn: journal)
    }

    // MARK: Forwards

    private func finish(
        _ export: inout UnfinishedExport, credentials: BaseConnection.Authentication?,
        notingIn journal: any ExportJournal
    ) async throws(FlowServiceError) -> FinishedExport {
        var finished = FinishedExport()
        while let step = export.nextStep {
            if let id = try await outcome(of: export, at: step) {
                export.note(step, id)
            } else {
                if export.attempt?.step != step {
                    export.begin(step, known: Set(try await lookalikes(of: step, in: export)))
                }
                try await journal.write(export)
                let id = try await create(step, of: export, credentials: credentials, into: &finished)
                export.note(step, id)
            }
            try await journal.write(export)
        }
        // A note of what is finished does no harm.
        try? await journal.remove(export.id)
        if finished.flow == nil, let id = export.made.flow { finished.flow = try await flow(id) }
        if finished.target == nil, let id = export.made.target {
            finished.target = try await targetConnection(id)
        }
        return finished
    }

    /// What came of an attempt of which nobody has noted the answer; nil where nothing did.
    private func outcome(
        of export: UnfinishedExport, at step: UnfinishedExport.Step
    ) async throws(FlowServiceError) -> String? {
        guard let attempt = export.attempt, attempt.step == step else { return nil }
        return try await lookalikes(of: step, in: export).first { !attempt.known.contains($0) }
    }

    /// The entities that are what a step makes, newest first.
    private func lookalikes(
        of step: UnfinishedExport.Step, in export: UnfinishedExport
    ) async throws(FlowServiceError) -> [String] {
        switch step {
        case .source:
            guard let draft = export.sourceDraft else { return [] }
            return try await allSourceConnections().filter {
                $0.draft.name == draft.name && $0.draft.datasets.map(\.id) == draft.datasets.map(\.id)
            }.map(\.id.rawValue)
        case .account:
            guard case .new(let new) = export.destination, case .new(let name, let form) = new.account else {
                return []
            }
            return try await allConnections().filter {
                $0.connectionSpecID == new.connectionSpecID && $0.draft.name == name
                    && $0.draft.authentication?.specName == form
            }.map(\.id.rawValue)
        case .target:
            guard let draft = export.targetDraft else { return [] }
            // A platform may add parameters of its own.
            return try await allTargetConnections().filter {
                $0.draft.name == draft.name && $0.draft.connectionSpecID == draft.connectionSpecID
                    && $0.draft.baseConnectionID == draft.baseConnectionID
                    && $0.draft.parameters.merging(draft.parameters) { $1 } == $0.draft.parameters
            }.map(\.id.rawValue)
        case .flow:
            guard let draft = export.flowDraft else { return [] }
            return try await allFlows().filter {
                $0.draft.name == draft.name && $0.draft.sourceConnectionID == draft.sourceConnectionID
                    && $0.draft.targetConnectionID == draft.targetConnectionID
            }.map(\.id.rawValue)
        }
    }

    private func create(
        _ step: UnfinishedExport.Step, of export: UnfinishedExport,
        credentials: BaseConnection.Authentication?, into finished: inout FinishedExport
    ) async throws(FlowServiceError) -> String {
        switch step {
        case .source:
            guard let draft = export.sourceDraft else { break }
            return try await createSourceConnection(draft).id.rawValue
        case .account:
            guard case .new(let new) = export.destination, case .new(let name, let form) = new.account else {
                break
            }
            if form != nil, credentials == nil {
                throw .invalid(
                    field: nil,
                    reason:
                        "The credentials of the account “\(name)” were not kept: remove what was made, and set the destination up again"
                )
            }
            let draft = BaseConnection.Draft(name: name, authentication: credentials)
            return try await createConnection(draft, spec: new.connectionSpecID).id.rawValue
        case .target:
            guard let draft = export.targetDraft else { break }
            let target = try await createTargetConnection(draft)
            finished.target = target
            return target.id.rawValue
        case .flow:
            guard let draft = export.flowDraft else { break }
            let flow = try await createFlow(draft)
            finished.flow = flow
            return flow.id.rawValue
        }
        // Only for a note that somebody has changed by hand.
        throw .invalid(field: nil, reason: "The note of what was half made has no \(step)")
    }

    // MARK: Backwards

    private func takeBack(
        _ unfinished: UnfinishedExport, notingIn journal: any ExportJournal
    ) async -> [Leftover] {
        var export = unfinished
        var left: [Leftover] = []
        var isReachable = true
        if let step = export.attempt?.step {
            do throws(FlowServiceError) {
                export.note(step, try await outcome(of: export, at: step))
            } catch {
                left.append(Leftover(what: export.name(of: step), reason: error.description))
                isReachable = false
            }
        }
        for step in [UnfinishedExport.Step.flow, .source, .target, .account]
        where isReachable && export.madeSteps.contains(step) {
            do throws(FlowServiceError) {
                try await delete(step, of: export)
                export.note(step, nil)
            } catch .notFound {
                export.note(step, nil)
            } catch .inUse(let what, let name, let users, let request) {
                let error = FlowServiceError.inUse(what: what, name: name, by: users, request: request)
                left.append(Leftover(what: export.name(of: step), reason: error.description))
                export.note(step, nil)
            } catch {
                left.append(Leftover(what: export.name(of: step), reason: error.description))
                isReachable = false
            }
        }
        do throws(FlowServiceError) {
            if isReachable { try await journal.remove(export.id) } else { try await journal.write(export) }
        } catch {
            // The note stays as it was: what it names and is gone will not be found.
        }
        await journal.release(export.id)
        return left
    }

    private func delete(
        _ step: UnfinishedExport.Step, of export: UnfinishedExport
    ) async throws(FlowServiceError) {
        switch step {
        case .source: if let id = export.made.source { try await deleteSourceConnection(id) }
        case .account: if let id = export.made.account { try await deleteConnection(id) }
        case .target: if let id = export.made.target { try await deleteTargetConnection(id) }
        case .flow: if let id = export.made.flow { try await deleteFlow(id) }
        }
    }
}
