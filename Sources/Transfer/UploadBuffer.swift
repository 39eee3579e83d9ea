// Between a body that is made by a task and the event loop that sends it: a few chunks, and who waits for whom.

import Synchronization

/// Holds the chunks of a request's body on their way to the event loop.
///
/// One task puts in and is held up when much waits; the loop takes out, and is told when something comes
/// after it had found nothing.
final class UploadBuffer: Sendable {
    /// What taking gave.
    enum Taken {
        case bytes(Int)
        /// Nothing yet.
        case nothing
        case end
        /// The body could not be made.
        case failed(any Error)
    }

    private struct State {
        /// What waits, in order; the first from `offset` on.
        var chunks: [[UInt8]] = []
        var offset = 0
        var count = 0
        var isFinished = false
        var failure: (any Error)?
        /// The exchange is over: nothing will be taken any more.
        var isClosed = false
        /// The loop found nothing, and wants to be told.
        var isStarved = false
        var producer: CheckedContinuation<Void, any Error>?
    }

    /// The bytes announced; nil when nobody knows.
    let length: Int64?
    private let state = Mutex(State())
    /// The producer is held up while as many bytes wait.
    private static let mostWaiting = 1 << 20

    init(length: Int64?) { self.length = length }

    /// Puts a chunk in, and waits while many bytes wait already; throws `CancellationError` when nobody
    /// wants them any more.
    ///
    /// - Parameter wake: tells the loop that something has come, if it had found nothing.
    func put(_ chunk: [UInt8], wake: () -> Void) async throws {
        guard !chunk.isEmpty else { return }
        let starved = try state.withLock { state in
            if state.isClosed { throw CancellationError() }
            state.chunks.append(chunk)
            state.count += chunk.count
            defer { state.isStarved = false }
            return state.isStarved
        }
        if starved { wake() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Void, any Error>) in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if state.isClosed || Task.isCancelled { return .failure(CancellationError()) }
                    if state.count < Self.mostWaiting { return .success(()) }
                    state.producer = continuation
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            close()
        }
    }

    /// Says that all has been put in.
    func finish(wake: () -> Void) {
        let starved = state.withLock { state in
            state.isFinished = true
            defer { state.isStarved = false }
            return state.isStarved
        }
        if starved { wake() }
    }

    /// Says that the rest cannot be made, and why.
    func fail(_ error: any Error, wake: () -> Void) {
        let starved = state.withLock { state in
            state.failure = error
            defer { state.isStarved = false }
            return state.isStarved
        }
        if starved { wake() }
    }

    /// Says that nothing will be taken any more.
    func close() {
        let producer = state.withLock { state in
            state.isClosed = true
            state.chunks = []
            defer { state.producer = nil }
            return state.producer
        }
        producer?.resume(throwing: CancellationError())
    }

    /// Whether nobody wants the bytes any more.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Takes up to `room.count` bytes.
    func take(into room: UnsafeMutableRawBufferPointer) -> Taken {
        let (taken, producer) = state.withLock { state -> (Taken, CheckedContinuation<Void, any Error>?) in
            if let failure = state.failure { return (.failed(failure), nil) }
            var filled = 0
            while filled < room.count, let chunk = state.chunks.first {
                let part = min(room.count - filled, chunk.count - state.offset)
                chunk.withUnsafeBytes { bytes in
                    UnsafeMutableRawBufferPointer(rebasing: room[filled..<filled + part])
                        .copyMemory(
                            from: UnsafeRawBufferPointer(rebasing: bytes[state.offset..<state.offset + part]))
                }
                filled += part
                state.offset += part
                if state.offset == chunk.count {
                    state.chunks.removeFirst()
                    state.offset = 0
                }
            }
            state.count -= filled
            if filled == 0 {
                state.isStarved = !state.isFinished
                return (state.isFinished ? .end : .nothing, nil)
            }
            guard state.count < Self.mostWaiting else { return (.bytes(filled), nil) }
            defer { state.producer = nil }
            return (.bytes(filled), state.producer)
        }
        producer?.resume()
        return taken
    }
}
