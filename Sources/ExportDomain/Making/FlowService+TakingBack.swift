// Work that was left half done, taken back: what it has made is removed, what it has changed is as it was.
import Languages

/// Something that work has made and that is still there.
public struct Leftover: Sendable, Hashable, Localized {
    /// What it is, as the beginning of a sentence.
    public var what: Text
    /// Why it could not be removed.
    public var reason: Text

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// What it is and why it is still there, in a sentence.
    public var text: Text {
        Text("\(what) could not be removed: \(reason)")
    }
}

extension FlowService {
    /// Removes what work that was left half done has made: dataflow, datasets, destination, account.
    ///
    /// A change that it has made is taken back. What others use meanwhile is left to them. A change after which nothing
    /// is left of what was there before is done, and stays.
    /// - Returns: what is still there.
    /// - Throws: what `hold` throws.
    public func discard(
        _ work: UnfinishedWork, notingIn journal: any WorkJournal
    ) async throws(FlowServiceError) -> [Leftover] {
        try await journal.hold(work.id)
        return await takeBack(work, notingIn: journal)
    }

    /// Takes back what is done, of work that is held.
    func takeBack(
        _ unfinished: UnfinishedWork, notingIn journal: any WorkJournal
    ) async -> [Leftover] {
        var work = unfinished
        var left: [Leftover] = []
        var isReachable = true
        if let step = work.attempt?.step {
            do throws(FlowServiceError) {
                work.note(step, try await outcome(of: work, at: step))
            } catch .notFound {
                // What was to be changed is gone.
                work.note(step, nil)
            } catch {
                left.append(Leftover(what: work.subject(of: step), reason: error.text))
                isReachable = false
            }
        }
        let isDone = work.doneSteps.contains(.removal)
        for step in [UnfinishedWork.Step.flow, .swap, .source, .target, .account]
        where isReachable && !isDone && work.doneSteps.contains(step) {
            do throws(FlowServiceError) {
                try await undo(step, of: work)
                work.note(step, nil)
            } catch .notFound {
                work.note(step, nil)
            } catch {
                left.append(Leftover(what: work.subject(of: step), reason: error.text))
                if error.isFinal { work.note(step, nil) } else { isReachable = false }
            }
        }
        do throws(FlowServiceError) {
            if isReachable { try await journal.remove(work.id) } else { try await journal.write(work) }
        } catch {
            // The note stays as it was: what it names and is gone will not be found.
        }
        await journal.release(work.id)
        return left
    }

    private func undo(
        _ step: UnfinishedWork.Step, of work: UnfinishedWork
    ) async throws(FlowServiceError) {
        switch step {
        case .source:
            if let id: Identifier<SourceConnection> = work.made(step) { try await deleteSourceConnection(id) }
        case .account:
            if let id: Identifier<BaseConnection> = work.made(step) { try await deleteConnection(id) }
        case .target:
            if let id: Identifier<TargetConnection> = work.made(step) { try await deleteTargetConnection(id) }
        case .flow: if let id: Identifier<Flow> = work.made(step) { try await deleteFlow(id) }
        // It goes with the dataflow.
        case .telling: break
        case .swap: try await undoSwap(of: work)
        case .removal: break
        }
    }

    /// Makes destination or dataflow what it was.
    /// - Throws: `.changed` where it was changed since.
    private func undoSwap(of work: UnfinishedWork) async throws(FlowServiceError) {
        switch work.task {
        case .otherAccount(let change):
            let current = try await targetConnection(change.target)
            guard let draft = work.targetDraft, current.draft.isMade(from: draft) else {
                throw .changed(what: "destination", id: current.draft.name)
            }
            _ = try await updateTargetConnection(
                change.target, to: change.before, etag: current.revision.etag)
        case .otherDatasets(let change):
            let current = try await flow(change.flow)
            let applied = current.draft.applying(change.change(to: work.made(.source)))
            guard applied == current.draft else { throw .changed(what: "flow", id: current.draft.name) }
            _ = try await updateFlow(change.flow, change.before, etag: current.revision.etag)
        // Nothing brings it back: what is left of it is removed.
        case .removedDestination(let removal): try await removeAccountIfUnused(removal.account)
        case .export, .destination: break
        }
    }
}

extension FlowServiceError {
    /// Whether the platform will not say something else the next time.
    fileprivate var isFinal: Bool {
        switch self {
        case .inUse, .changed: true
        case .notFound, .invalid, .wrongState, .notOffered, .refused, .unavailable: false
        }
    }
}
