// Bodies to put: whole, failing, and never ending.

import Synchronization

/// What a body throws that fails on purpose.
struct SourceFailure: Error, Equatable {}

/// A body of given chunks, which may fail or wait for ever after them.
struct Body: AsyncSequence, Sendable {
    enum Ending {
        case whole
        /// Throws `SourceFailure`.
        case failing
        /// Waits until a stream ends, and is whole then.
        case wholeAfter(AsyncStream<Void>)
        /// Waits until the task is cancelled, then throws `CancellationError`.
        case waiting
        /// Waits until the task is cancelled, then ends as if it were whole.
        case waitingThenWhole
    }

    let chunks: [[UInt8]]
    var ending = Ending.whole
    /// Called when all chunks have been taken.
    var onEnd: @Sendable () -> Void = {}

    init(
        _ bytes: [UInt8], chunk: Int = 65_536, ending: Ending = .whole,
        onEnd: @escaping @Sendable () -> Void = {}
    ) {
        chunks = stride(from: 0, to: bytes.count, by: chunk).map {
            Array(bytes[$0..<Swift.min($0 + chunk, bytes.count)])
        }
        self.ending = ending
        self.onEnd = onEnd
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        let body: Body
        var position = 0

        mutating func next() async throws -> [UInt8]? {
            if position < body.chunks.count {
                defer { position += 1 }
                return body.chunks[position]
            }
            body.onEnd()
            switch body.ending {
            case .whole: return nil
            case .failing: throw SourceFailure()
            case .wholeAfter(let stream):
                for await _ in stream {}
                return nil
            case .waiting:
                try await Task.sleep(for: .seconds(3_600))
                return nil
            case .waitingThenWhole:
                try? await Task.sleep(for: .seconds(3_600))
                return nil
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }
}
