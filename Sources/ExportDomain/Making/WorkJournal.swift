// The memory of what is being made, for the next start of a program that was killed.

/// Where work that takes several steps is noted while it is done: the making of an export, the change of a destination
/// or dataflow.
///
/// A note that is written is there after the program was killed. Whoever writes a note holds it: nobody else works on
/// that work, until it is let go of, is removed, or the program that holds it has ended, however it did.
public protocol WorkJournal: Sendable {
    /// The work that nobody is doing, the oldest first.
    func unfinished() async throws(FlowServiceError) -> [UnfinishedWork]

    /// Does something while nobody else who notes in the same place does such.
    func alone<Value: Sendable>(
        _ work: @Sendable () async throws(FlowServiceError) -> Value
    ) async throws(FlowServiceError) -> Value

    /// Takes hold of work that was left.
    /// - Throws: `.notFound` where its note is gone, `.wrongState` where somebody else works on it.
    func hold(_ id: UnfinishedWork.ID) async throws(FlowServiceError)

    /// Notes how work stands, the whole of it or nothing.
    func write(_ work: UnfinishedWork) async throws(FlowServiceError)

    /// Lets go of work; its note stays.
    func release(_ id: UnfinishedWork.ID) async

    /// Forgets work.
    func remove(_ id: UnfinishedWork.ID) async throws(FlowServiceError)
}

extension WorkJournal {
    /// Does it: nobody else notes in the same place.
    public func alone<Value: Sendable>(
        _ work: @Sendable () async throws(FlowServiceError) -> Value
    ) async throws(FlowServiceError) -> Value { try await work() }

    /// The work of which something is left; what was finished, or never begun, is forgotten.
    public func leftHalfMade() async throws(FlowServiceError) -> [UnfinishedWork] {
        var left: [UnfinishedWork] = []
        for work in try await unfinished() {
            if work.nextStep == nil || work.isUntouched {
                try await remove(work.id)
            } else {
                left.append(work)
            }
        }
        return left
    }
}

/// Remembers nothing, for platforms on which nothing is left to the next start.
public struct NoJournal: WorkJournal {
    /// Remembers nothing.
    public init() {}

    /// None.
    public func unfinished() -> [UnfinishedWork] { [] }
    /// Does nothing.
    public func hold(_ id: UnfinishedWork.ID) {}
    /// Does nothing.
    public func write(_ work: UnfinishedWork) {}
    /// Does nothing.
    public func release(_ id: UnfinishedWork.ID) {}
    /// Does nothing.
    public func remove(_ id: UnfinishedWork.ID) {}
}
