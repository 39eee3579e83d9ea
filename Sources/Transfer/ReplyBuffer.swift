// Between the event loop that receives an answer's body and the task that reads it.

import Synchronization

/// Holds what has come of an answer's body and was not read yet.
///
/// The loop puts in and stops receiving when much waits; one task takes all that there is at a time.
final class ReplyBuffer: Sendable {
    typealias Reader = CheckedContinuation<[UInt8]?, any Error>

    private struct State {
        var bytes: [UInt8] = []
        var ending: Result<Void, any Error>?
        /// The loop has stopped receiving until the reader takes what there is.
        var isHeldUp = false
        var reader: Reader?

        /// What there is, nil at the end, and whether receiving was held up until now; nothing when more may
        /// come.
        mutating func take() -> (Result<[UInt8]?, any Error>, wasHeldUp: Bool)? {
            if !bytes.isEmpty {
                let isLarge = bytes.count >= ReplyBuffer.chunk
                defer {
                    bytes = []
                    // An answer that has filled a chunk will fill the next: no growing step by step.
                    if isLarge && ending == nil { bytes.reserveCapacity(ReplyBuffer.mostWaiting) }
                    isHeldUp = false
                }
                return (.success(bytes), isHeldUp)
            }
            return ending.map { ($0.map { nil }, false) }
        }
    }

    private let state = Mutex(State())
    /// Receiving stops while as many bytes wait.
    private static let mostWaiting = 512 << 10
    private static let chunk = 64 << 10

    // MARK: The loop's side

    /// Puts bytes in, unless many wait already: then false, and the loop is told when they have been taken.
    func put(_ bytes: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            guard state.bytes.count < Self.mostWaiting else {
                state.isHeldUp = true
                return false
            }
            state.bytes.append(contentsOf: bytes)
            return true
        }
    }

    /// Gives a reader that waits what has come; true when receiving can go on after it was held up.
    func deliver() -> Bool {
        let (reader, taken) = state.withLock { state in
            guard let reader = state.reader, let taken = state.take() else {
                return (nil as Reader?, nil as (Result<[UInt8]?, any Error>, wasHeldUp: Bool)?)
            }
            state.reader = nil
            return (reader, taken)
        }
        guard let reader, let taken else { return false }
        reader.resume(with: taken.0)
        return taken.wasHeldUp
    }

    /// Says that nothing more will come.
    func end(_ ending: Result<Void, any Error>) {
        state.withLock { state in
            if state.ending == nil { state.ending = ending }
        }
        _ = deliver()
    }

    // MARK: The reader's side

    /// All that has come, waiting when there is nothing; nil at the end.
    ///
    /// - Parameter resume: tells the loop to receive again after it was held up.
    /// - Parameter cancel: tells the loop that nobody will read.
    func next(resume: () -> Void, cancel: @Sendable () -> Void) async throws -> [UInt8]? {
        if let taken = state.withLock({ $0.take() }) {
            if taken.wasHeldUp { resume() }
            return try taken.0.get()
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (reader: Reader) in
                let taken = state.withLock { state -> (Result<[UInt8]?, any Error>, wasHeldUp: Bool)? in
                    if let taken = state.take() { return taken }
                    if Task.isCancelled { return (.failure(CancellationError()), false) }
                    if state.reader != nil { return (.failure(SecondReader()), false) }
                    state.reader = reader
                    return nil
                }
                guard let taken else { return }
                if taken.wasHeldUp { resume() }
                reader.resume(with: taken.0)
            }
        } onCancel: {
            cancel()
        }
    }

    /// Whether nothing more will come.
    var hasEnded: Bool { state.withLock { $0.ending != nil } }

    /// Two tasks read one body at the same time.
    struct SecondReader: Error {}
}
