// The memory of what is being made, for the next start of a program that was killed.

/// Where exports are noted while they are made.
///
/// A note that is written is there after the program was killed. Whoever writes a note holds it: nobody else works on
/// that export, until it is let go of, is removed, or the program that holds it has ended, however it did.
public protocol ExportJournal: Sendable {
    /// The exports that nobody works on, the oldest first.
    func unfinished() async throws(FlowServiceError) -> [UnfinishedExport]

    /// Takes hold of an export that was left.
    /// - Throws: `.notFound` where its note is gone, `.wrongState` where somebody else works on it.
    func hold(_ id: UnfinishedExport.ID) async throws(FlowServiceError)

    /// Notes how an export stands, the whole of it or nothing.
    func write(_ export: UnfinishedExport) async throws(FlowServiceError)

    /// Lets go of an export; its note stays.
    func release(_ id: UnfinishedExport.ID) async

    /// Forgets an export.
    func remove(_ id: UnfinishedExport.ID) async throws(FlowServiceError)
}

extension ExportJournal {
    /// The exports of which something is left; those that were finished, or never begun, are forgotten.
    public func leftHalfMade() async throws(FlowServiceError) -> [UnfinishedExport] {
        var left: [UnfinishedExport] = []
        for export in try await unfinished() {
            if export.nextStep == nil || export.isUntouched {
                try await remove(export.id)
            } else {
                left.append(export)
            }
        }
        return left
    }
}

/// Remembers nothing, for platforms on which nothing is left to the next start.
public struct NoJournal: ExportJournal {
    /// Remembers nothing.
    public init() {}

    /// None.
    public func unfinished() -> [UnfinishedExport] { [] }
    /// Does nothing.
    public func hold(_ id: UnfinishedExport.ID) {}
    /// Does nothing.
    public func write(_ export: UnfinishedExport) {}
    /// Does nothing.
    public func release(_ id: UnfinishedExport.ID) {}
    /// Does nothing.
    public func remove(_ id: UnfinishedExport.ID) {}
}
