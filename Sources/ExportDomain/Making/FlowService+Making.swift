// Work of several steps, one after the other, each noted before and after; gone on with by whoever finds the note.
import FoundationEssentials

/// What has come of work.
public struct FinishedWork: Sendable {
    /// The dataflow that was made or changed; nil where it was about a destination alone.
    public var flow: Flow?
    /// The destination, where it was made or changed.
    public var target: TargetConnection?
}

extension FlowService {
    /// Does work.
    ///
    /// Work that throws has done nothing: what was made is removed again. Where that does not work either, the
    /// journal keeps what is left; so it does where only what is no longer used could not be removed.
    /// - Parameters:
    ///   - credentials: those of the account that is to be made.
    ///   - telling: takes what a dataflow is to tell; nil where the platform tells nothing.
    func make(
        _ task: UnfinishedWork.Task, credentials: BaseConnection.Authentication? = nil,
        notingIn journal: any WorkJournal, telling: (any NotificationSettings)? = nil
    ) async throws(FlowServiceError) -> FinishedWork {
        var work = UnfinishedWork(task)
        var finished = FinishedWork()
        do {
            try await journal.write(work)
            try await finish(
                &work, credentials: credentials, notingIn: journal, telling: telling, into: &finished)
        } catch {
            if work.nextStep != .removal {
                _ = await takeBack(work, notingIn: journal)
                throw error
            }
            await journal.release(work.id)
        }
        return finished
    }

    /// Goes on with work that was left half done, and does nothing twice.
    ///
    /// One that throws has left it as far as it came.
    ///
    /// - Parameters:
    ///   - unfinished: the work.
    ///   - journal: where the work is noted until it is done.
    ///   - telling: takes what a dataflow is to tell; nil where the platform tells nothing.
    /// - Throws: `.invalid` where an account is missing whose credentials nobody has kept, `.changed` where what was to
    ///   be changed is not any more what it was.
    public func resume(
        _ unfinished: UnfinishedWork, notingIn journal: any WorkJournal,
        telling: (any NotificationSettings)? = nil
    ) async throws(FlowServiceError) -> FinishedWork {
        try await journal.hold(unfinished.id)
        var work = unfinished
        var finished = FinishedWork()
        do {
            try await finish(
                &work, credentials: nil, notingIn: journal, telling: telling, into: &finished)
            if finished.flow == nil, let id = work.flowID { finished.flow = try await flow(id) }
            if finished.target == nil, let id = work.targetID {
                finished.target = try await targetConnection(id)
            }
        } catch {
            await journal.release(work.id)
            throw error
        }
        return finished
    }

    private func finish(
        _ work: inout UnfinishedWork, credentials: BaseConnection.Authentication?,
        notingIn journal: any WorkJournal, telling: (any NotificationSettings)?,
        into finished: inout FinishedWork
    ) async throws(FlowServiceError) {
        while let step = work.nextStep {
            if let id = try await outcome(of: work, at: step) {
                work.note(step, id)
            } else {
                if work.attempt?.step != step {
                    work.begin(step, known: Set(try await candidates(for: step, of: work)))
                }
                try await journal.write(work)
                work.note(
                    step,
                    try await take(
                        step, of: work, credentials: credentials, telling: telling, into: &finished))
            }
            try await journal.write(work)
        }
        // A note of what is finished does no harm.
        try? await journal.remove(work.id)
    }

    /// What came of an attempt of which nobody has noted the answer; nil where nothing did.
    func outcome(
        of work: UnfinishedWork, at step: UnfinishedWork.Step
    ) async throws(FlowServiceError) -> String? {
        guard let attempt = work.attempt, attempt.step == step else { return nil }
        return try await candidates(for: step, of: work).first { !attempt.known.contains($0) }
    }
}

extension UnfinishedWork {
    /// The dataflow that it makes or changes, once there is one.
    fileprivate var flowID: Identifier<Flow>? {
        if case .otherDatasets = task { made(.swap) } else { made(.flow) }
    }

    /// The destination that it makes or changes, once there is one.
    fileprivate var targetID: Identifier<TargetConnection>? {
        switch task {
        case .otherAccount: made(.swap)
        case .removedDestination: nil
        case .export, .destination, .otherDatasets: made(.target)
        }
    }
}
