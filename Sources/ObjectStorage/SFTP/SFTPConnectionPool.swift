// The connections of a storage: made when they are needed, shared when there are enough, replaced when broken.

import SecureShell
import Synchronization

/// A few connections to one server.
final class SFTPConnectionPool: Sendable {
    /// A connection that is made or open, and how many use it.
    fileprivate final class Line: Sendable {
        let opening: Task<SFTPConnection, any Error>
        let users = Atomic(0)
        let connection = Mutex<SFTPConnection?>(nil)

        init(_ opening: Task<SFTPConnection, any Error>) { self.opening = opening }
    }

    /// The right to use a connection, until it is dropped.
    final class Lease: Sendable {
        let connection: SFTPConnection
        private let line: Line

        fileprivate init(_ connection: SFTPConnection, _ line: Line) {
            self.connection = connection
            self.line = line
        }

        deinit { line.users.subtract(1, ordering: .relaxed) }
    }

    private struct State {
        var lines: [Line] = []
        /// The server took no more than these, until then.
        var fewer: (count: Int, until: ContinuousClock.Instant)?
        var extensions: SFTPExtensions?
    }

    private let configuration: SSHConfiguration
    private let maximum: Int
    private let state = Mutex(State())

    init(_ configuration: SSHConfiguration, maximum: Int) {
        self.configuration = configuration
        self.maximum = maximum
    }

    /// What the server can do, once one connection was open.
    var extensions: SFTPExtensions? { state.withLock { $0.extensions } }

    /// The connection that the fewest use; a new one if all are in use and there may be more.
    func lease() async throws -> Lease {
        let line = state.withLock { choose(&$0) }
        do {
            let connection = try await open(line)
            return Lease(connection, line)
        } catch {
            state.withLock { leave(line, &$0) }
            if error is CancellationError { throw error }
            guard let other = state.withLock({ giveUp(line, &$0) }) else { throw error }
            return other
        }
    }

    private func choose(_ state: inout State) -> Line {
        state.lines.removeAll { $0.connection.withLock { $0.map { !$0.isOpen } ?? false } }
        if let fewer = state.fewer, fewer.until < .now { state.fewer = nil }
        let most = min(maximum, state.fewer?.count ?? maximum)
        let least = state.lines.min { $0.users.load(ordering: .relaxed) < $1.users.load(ordering: .relaxed) }
        let line: Line
        if let least, state.lines.count >= most || least.users.load(ordering: .relaxed) == 0 {
            line = least
        } else {
            let configuration = configuration
            line = Line(Task { try await SFTPConnection.open(configuration) })
            state.lines.append(line)
        }
        line.users.add(1, ordering: .relaxed)
        return line
    }

    private func open(_ line: Line) async throws -> SFTPConnection {
        if let connection = line.connection.withLock({ $0 }) { return connection }
        // One who is cancelled leaves at once; the connection is made for the others, if there are any.
        let pending = Pending<SFTPConnection>()
        Task { pending.finish(await line.opening.result) }
        let connection = try await pending.value()
        line.connection.withLock { $0 = connection }
        state.withLock { $0.extensions = connection.extensions }
        return connection
    }

    /// Gives a connection up that is being made and that nobody waits for any more.
    private func leave(_ line: Line, _ state: inout State) {
        let isLast = line.users.subtract(1, ordering: .relaxed).newValue == 0
        guard isLast, line.connection.withLock({ $0 == nil }) else { return }
        state.lines.removeAll { $0 === line }
        line.opening.cancel()
    }

    /// A server that takes no further connection is used through those that there are.
    private func giveUp(_ line: Line, _ state: inout State) -> Lease? {
        state.lines.removeAll { $0 === line }
        for other in state.lines {
            guard let connection = other.connection.withLock({ $0 }), connection.isOpen else { continue }
            state.fewer = (max(1, state.lines.count), .now + .seconds(30))
            other.users.add(1, ordering: .relaxed)
            return Lease(connection, other)
        }
        return nil
    }
}
