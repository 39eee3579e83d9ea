// What is done when a put has failed or was cancelled, so that nothing of it stays in the store.

/// Does what takes an unfinished upload away, in a task of its own: that of a cancelled put sends nothing any more.
///
/// A failed put waits for it, up to ten seconds. Who cancels is kept waiting only for as long as a near server needs;
/// the work goes on meanwhile. What takes longer than ten seconds, or than the process lives, is left to
/// `abortUnfinished`.
func endUpload(_ work: @escaping @Sendable () async throws -> Void) async {
    let longest: Duration = .seconds(10)
    let patience: Duration = Task.isCancelled ? .milliseconds(50) : longest
    let (waiting, ended) = AsyncStream.makeStream(of: Never.self)
    let ending = Task.detached {
        defer { ended.finish() }
        try await work()
    }
    Task.detached {
        try await Task.sleep(for: patience)
        ended.finish()
        try await Task.sleep(for: longest - patience)
        ending.cancel()
    }
    // A task that is cancelled would not wait.
    await Task.detached { for await _ in waiting {} }.value
}
