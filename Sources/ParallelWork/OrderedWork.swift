// Work on one piece after another, on all cores, with results in the order of the pieces.

import FoundationEssentials

/// Pieces in work, a bounded number at a time.
///
/// Nothing goes on that nobody waits for: pieces are started only while a result is asked for, and when the
/// waiting task is cancelled, a piece fails, or this object is let go, the pieces in work are cancelled.
public final class OrderedWork<Result: Sendable> {
    private var running: [Task<Result, any Error>] = []
    private let width: Int

    /// Work on at most `width` pieces at a time.
    public init(width: Int = OrderedWork.defaultWidth) {
        self.width = width
    }

    /// One piece for each core, and some more, so that no core waits while a result is passed on.
    public static var defaultWidth: Int {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return cores + min(cores, 8)
    }

    deinit {
        for task in running { task.cancel() }
    }

    /// The result of the oldest piece in work, after more have been begun; nil when there is none left.
    ///
    /// - Parameter begin: the work of the next piece; nil when there are no more.
    public func next(
        _ begin: () async throws -> (@Sendable () throws -> Result)?
    ) async throws -> Result? {
        do {
            try Task.checkCancellation()
            while running.count < width, let work = try await begin() {
                running.append(Task(executorPreference: ComputingThreads.shared) { try work() })
            }
            guard let oldest = running.first else { return nil }
            let result = try await withTaskCancellationHandler {
                try await oldest.value
            } onCancel: {
                oldest.cancel()
            }
            running.removeFirst()
            try Task.checkCancellation()
            return result
        } catch {
            await stop()
            throw error
        }
    }

    /// Cancels all pieces in work, and waits until none is.
    private func stop() async {
        for task in running { task.cancel() }
        for task in running { _ = await task.result }
        running = []
    }
}
