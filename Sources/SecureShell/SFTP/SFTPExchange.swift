// Requests on their way to a connection's thread, and their answers on the way back.

import Languages
import Synchronization

/// What a connection's tasks and its thread share.
final class SFTPExchange: Sendable {
    private struct State {
        var outgoing: [ArraySlice<UInt8>] = []
        var pending: [UInt32: PendingReply] = [:]
        var nextID: UInt32 = 0
        var end: SSHError?
    }

    let waiting = Waiting()
    private let state = Mutex(State())

    /// Takes a request for the thread to send.
    func send(_ request: SFTPRequest) -> PendingReply {
        let reply = PendingReply()
        let id = state.withLock { state in
            defer { state.nextID &+= 1 }
            return state.nextID
        }
        let pieces = request.pieces(id: id)
        let (end, isFirst) = state.withLock { state -> (SSHError?, Bool) in
            guard state.end == nil else { return (state.end, false) }
            state.pending[id] = reply
            defer { state.outgoing += pieces }
            return (nil, state.outgoing.isEmpty)
        }
        if let end { reply.finish(.failure(end)) }
        if isFirst { waiting.wakeUp.signal() }
        return reply
    }

    /// Why the connection ended; nil while it lives.
    var end: SSHError? { state.withLock { $0.end } }

    /// Whether nobody waits for an answer.
    var isQuiet: Bool { state.withLock { $0.pending.isEmpty && $0.outgoing.isEmpty } }

    /// The packets that are to be sent, in pieces, once.
    func takeOutgoing() -> [ArraySlice<UInt8>] {
        state.withLock { state in
            var taken: [ArraySlice<UInt8>] = []
            swap(&taken, &state.outgoing)
            return taken
        }
    }

    /// Hands an answer to whoever waits for it.
    func deliver(_ reply: SFTPReply, to id: UInt32) throws(SSHError) {
        let pending = state.withLock { $0.pending.removeValue(forKey: id) }
        guard let pending else { throw .invalidAnswer(Text("an answer of SFTP belongs to no question")) }
        pending.finish(.success(reply))
    }

    /// Ends the connection: who waits is told, and nothing is sent any more.
    func end(with error: SSHError) {
        let pending = state.withLock { state in
            state.end = state.end ?? error
            state.outgoing = []
            defer { state.pending = [:] }
            return state.pending
        }
        for reply in pending.values { reply.finish(.failure(error)) }
    }
}
