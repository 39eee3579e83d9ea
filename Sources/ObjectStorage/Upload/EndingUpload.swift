// What is done when a put has failed or was cancelled, so that nothing of it stays in the store.

/// Does what takes an unfinished upload away, in a task of its own: that of a cancelled put sends nothing any more.
///
/// Nobody is kept waiting by a server that does not answer: what takes longer than a second after a cancellation,
/// or ten after a failure, is given up, and left to `abortUnfinished`.
func endUpload(_ work: @escaping @Sendable () async throws -> Void) async {
    let patience: Duration = Task.isCancelled ? .seconds(1) : .seconds(10)
    let ending = Task.detached { try await work() }
    let limit = Task.detached {
        try await Task.sleep(for: patience)
        ending.cancel()
    }
    _ = await ending.result
    limit.cancel()
}
