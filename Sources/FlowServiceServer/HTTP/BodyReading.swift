// Reading a body within bounds of size and time.
import HummingbirdCore
import NIOCore

/// What came of reading a body.
struct ReadBody: Sendable {
    /// Its bytes, as far as they were wanted.
    var bytes: [UInt8] = []
    /// Whether it was read to its end: only then can the connection be used for another request.
    var isWhole = true
    /// Why it cannot be used; nil where it can.
    var refusal: Refusal?
}

extension RequestBody {
    /// So many times the largest body are read of one that is too large: whoever is in the middle of sending would
    /// otherwise lose the answer.
    private static var patience: Int { 16 }

    /// Reads the body.
    ///
    /// - Parameter isWanted: false reads it away, so that the connection can go on.
    func read(isWanted: Bool, within limits: ServerLimits) async -> ReadBody {
        await withTaskGroup(of: ReadBody?.self) { group in
            group.addTask { await read(isWanted: isWanted, upTo: limits.bodyBytes, limits) }
            group.addTask {
                try? await Task.sleep(for: limits.bodyTime)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next().flatMap { $0 } ?? ReadBody(isWhole: false, refusal: .bodyTooSlow)
        }
    }

    private func read(isWanted: Bool, upTo limit: Int, _ limits: ServerLimits) async -> ReadBody {
        var body = ReadBody()
        var count = 0
        do {
            for try await part in self {
                count += part.readableBytes
                if count > limit * Self.patience {
                    body.isWhole = false
                    break
                }
                if count > limit {
                    body.refusal = .bodyTooLarge(limits)
                    body.bytes = []
                } else if isWanted {
                    body.bytes.append(contentsOf: part.readableBytesView)
                }
            }
        } catch {
            // The connection is broken, or what comes is no HTTP.
            body.isWhole = false
            body.refusal = body.refusal ?? .bodyBroken
        }
        return body
    }
}
