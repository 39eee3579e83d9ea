// Filling the buffer from a sequence, and holding the sequence to its promised length.
import Languages

extension UploadBuffer {
    /// Puts in all that `source` yields.
    ///
    /// With an announced length the last chunk is held back until the sequence has ended with as many
    /// bytes: a server can never take a body that is too long, cut, for a whole one. Throws `WrongLength`,
    /// what the sequence throws, and `CancellationError` when nobody wants the bytes any more.
    func fill(
        from source: some AsyncSequence<[UInt8], any Error>, wake: () -> Void
    ) async throws {
        var held: [UInt8] = []
        var found: Int64 = 0
        for try await chunk in source where !chunk.isEmpty {
            found += Int64(chunk.count)
            if let length, found > length { throw WrongLength(announced: length, found: found) }
            if length == nil {
                try await put(chunk, wake: wake)
            } else {
                try await put(held, wake: wake)
                held = chunk
            }
        }
        if let length, found != length { throw WrongLength(announced: length, found: found) }
        try await put(held, wake: wake)
        finish(wake: wake)
    }

    /// A body yielded more bytes than were announced, or fewer.
    struct WrongLength: Error {
        let announced: Int64
        /// For too many, those until that was seen.
        let found: Int64
    }
}

extension TransferError {
    init(_ error: UploadBuffer.WrongLength, host: String) {
        self.init(
            host: host, phase: .send, kind: .invalidRequest,
            reason: Text("\(error.announced) bytes were announced, but \(error.found) came"))
    }
}
