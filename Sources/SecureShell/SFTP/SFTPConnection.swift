// A connection to a server of SFTP, on which many tasks can ask at the same time.

import Glibc
import Languages

/// An open connection.
///
/// It has a thread of its own, and ends with its last reference.
/// Requests are sent in the order of the calls of `send`, without waiting for one another's answers; OpenSSH's
/// server works on them in that order.
public final class SFTPConnection: Sendable {
    /// What the server can do.
    public let extensions: SFTPExtensions
    private let exchange: SFTPExchange

    private init(_ exchange: SFTPExchange, _ extensions: SFTPExtensions) {
        self.exchange = exchange
        self.extensions = extensions
    }

    deinit { exchange.waiting.stop() }

    /// Connects, checks the server's key, signs in and starts SFTP; throws `SSHError`.
    public static func open(_ configuration: SSHConfiguration) async throws -> SFTPConnection {
        let exchange = SFTPExchange()
        let ready = Pending<[String: String]>()
        try withThread(for: configuration) {
            let error = run(configuration, exchange, ready)
            exchange.end(with: error as? SSHError ?? .interrupted(Text("it was closed")))
            ready.finish(.failure(error))
        }
        return try await withTaskCancellationHandler {
            var extensions = SFTPExtensions(named: try await ready.value())
            if extensions.tellsLimits, case .extended(let bytes) = try await exchange.send(.limits).value() {
                extensions.take(limits: bytes)
            }
            return SFTPConnection(exchange, extensions)
        } onCancel: {
            exchange.waiting.stop()
        }
    }

    private static func run(
        _ configuration: SSHConfiguration, _ exchange: SFTPExchange, _ ready: Pending<[String: String]>
    ) -> any Error {
        do {
            let session = try SSHServer.session(configuration, exchange.waiting)
            try session.authenticate(configuration.authentication)
            let channel = try session.openSFTP()
            return SFTPChannel(on: session, channel, configuration, exchange, ready: ready).run()
        } catch {
            return error
        }
    }

    /// Sends a request.
    public func send(_ request: SFTPRequest) -> PendingReply { exchange.send(request) }

    /// Whether requests can still be sent.
    public var isOpen: Bool { exchange.end == nil }
}
