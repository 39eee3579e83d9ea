// Whether and when a connection that was cut is made again.

import SecureShell

/// How often a call has lost its connection since it last got on.
struct SFTPReconnection {
    private let limit: Int
    private var attempts = 0
    private var hasConnected = false

    init(limit: Int) { self.limit = limit }

    /// A connection was had: from now on a server that takes none may just be starting again.
    mutating func connected() { hasConnected = true }

    /// Something was done: what follows has all attempts again.
    mutating func progressed() { attempts = 0 }

    /// How long to wait before the next attempt; throws `error` if there is to be none.
    mutating func delay(after error: SSHError) throws -> Duration {
        guard isWorthwhile(error), attempts < limit else { throw error }
        attempts += 1
        return delay(chance: Double.random(in: 0..<1))
    }

    private func isWorthwhile(_ error: SSHError) -> Bool {
        switch error {
        // The server was full, or the connection had been lost before it was used.
        case .interrupted: true
        default: error.isTransient && hasConnected
        }
    }

    /// None the first time, since a kept connection may have been lost long ago; then ever longer.
    private func delay(chance: Double) -> Duration {
        guard attempts > 1 else { return .zero }
        let longest = min(5_000, 100 << (attempts - 2))
        return .milliseconds(Int(Double(longest) * (0.5 + chance / 2)))
    }
}
