// The seam beside `FlowService`: what no Flow Service offers, because it needs the storages of the destinations
// themselves. The wizard and the commands know only this protocol, whoever the platform is.
import FoundationEssentials

/// What lies in the storages of a platform's destinations, and the way to them, from this machine.
///
/// Every operation may be called at any time from anywhere. None changes an export. Those that look into a storage
/// throw `FlowServiceError.unavailable` where it cannot be reached or this machine has no credentials for it; all
/// throw `.notFound` for a run that there is not.
public protocol StoredExports: Sendable {
    /// Tests a destination as a form describes it, before it is made or changed.
    ///
    /// Every step is reported when it begins and when it has ended; the steps after one that failed are reported as
    /// skipped. The stream then ends. Nothing outside the destination's folder is touched, and without consent
    /// nothing is written. To end the test early, end the task that reads the stream.
    func test(
        _ draft: DestinationDraft, consent: DestinationTestConsent
    ) -> AsyncStream<DestinationTestReport>

    /// Asks the storage that a form describes for names that a field of it could hold, with the credentials of the form
    /// as they are: one page of them.
    ///
    /// Only for a person who asks: it may need rights that exports do without. Nothing is written.
    /// - Throws: an error that says in a sentence why nothing can be told; `CancellationError`.
    func suggestions(_ query: SuggestionQuery, of draft: DestinationDraft) async throws -> FieldSuggestions

    /// Compares what a run has promised with what is in its folder, and with what is in its files if that is asked
    /// for.
    ///
    /// - Parameters:
    ///   - run: the run.
    ///   - depth: how far to look.
    ///   - onProgress: called as files are read back, from any thread.
    func verification(
        of run: FlowRun, depth: VerificationDepth,
        onProgress: @escaping @Sendable (VerificationProgress) -> Void
    ) async throws(FlowServiceError) -> RunVerification

    /// The folder of a run, relative to the root of the storage, without slashes at its ends.
    func folder(of run: FlowRun) async throws(FlowServiceError) -> String

    /// What stands before folder, files and manifest of a run where people read them as paths: a slash, or nothing.
    func rootOfPaths(of run: FlowRun) async throws(FlowServiceError) -> String

    /// The files that a run has written, without the manifest.
    func exportedFiles(of run: FlowRun) async throws(FlowServiceError) -> [ExportedFile]

    /// The path of a run's manifest in the storage; nil where it has none.
    func manifestPath(of run: FlowRun) async throws(FlowServiceError) -> String?

    /// Where a file of a run lies, as a person or another program finds it: a path, or a URL without any signature.
    func location(of path: String, in run: Identifier<FlowRun>) async throws(FlowServiceError) -> String

    /// When the service deletes the files of a run by itself; nil where it keeps them, and while the run goes on.
    func expiry(of run: FlowRun) async throws(FlowServiceError) -> Date?

    /// The records of a file of a run, of which only what is asked for is read.
    func records(
        of path: String, in run: Identifier<FlowRun>
    ) async throws(FlowServiceError) -> any RecordPages
}

extension StoredExports {
    /// Tests a destination without writing anything.
    public func test(_ draft: DestinationDraft) -> AsyncStream<DestinationTestReport> {
        test(draft, consent: DestinationTestConsent())
    }

    /// The first records of a file of a run.
    public func preview(
        _ path: String, of run: Identifier<FlowRun>, records: Int
    ) async throws(FlowServiceError) -> ExportedRecords {
        try await self.records(of: path, in: run).page(from: 0, limit: records)
    }

    /// Compares what a run has promised with what is in its folder.
    public func verification(
        of run: FlowRun, depth: VerificationDepth = .listing
    ) async throws(FlowServiceError) -> RunVerification {
        try await verification(of: run, depth: depth, onProgress: { _ in })
    }
}
