// A body on its way into a storage, with the digest of what has passed. It does not know what the bytes are.
import DestinationStorages

/// A body that is hashed as it passes, so that what lies in the storage can later be told from what was sent.
struct DigestedBody<Body: AsyncSequence<[UInt8], any Error> & Sendable>: AsyncSequence, Sendable {
    private let body: Body
    private let hash = RunningDigest()

    init(_ body: Body) { self.body = body }

    /// The SHA-256 of what has passed, in lowercase hex.
    var digest: String { hash.digest }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body: body.makeAsyncIterator(), hash: hash)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var body: Body.AsyncIterator
        fileprivate let hash: RunningDigest

        mutating func next() async throws -> [UInt8]? {
            guard let chunk = try await body.next(isolation: nil) else { return nil }
            hash.update(chunk)
            return chunk
        }
    }
}
