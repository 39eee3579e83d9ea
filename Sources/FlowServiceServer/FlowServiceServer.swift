// Experience Platform's Flow Service REST API, answered by any platform.
import ExportDomain
import HummingbirdCore

/// Serves platforms over HTTP, as Adobe's Flow Service API.
public struct FlowServiceServer: Sendable {
    /// Where and how it listens.
    public struct Settings: Sendable {
        /// The address that is listened on; only this machine's own unless there is TLS, or `allowsPlainNetwork`.
        public var host = "127.0.0.1"
        /// The port; 0 for any that is free.
        public var port = 0
        /// The certificate; nil for HTTP without TLS.
        public var tls: TLSFiles?
        /// Whether others may reach it without TLS.
        public var allowsPlainNetwork = false
        /// Whether whatever would change something is refused.
        public var isReadOnly = false
        /// How much one caller can have.
        public var limits = ServerLimits()

        /// Listens on this machine only, on any port that is free.
        public init() {}

        /// Whether only programs of this machine can reach it.
        public var isLoopback: Bool {
            host == "localhost" || host == "::1" || host.isLoopbackAddress
        }
    }

    /// Files in PEM.
    public struct TLSFiles: Sendable, Hashable {
        /// The certificate, with those between it and the authority.
        public var certificate: String
        /// Its private key, without a passphrase.
        public var key: String

        /// Names the files.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// Where it can be reached.
    public struct Address: Sendable, Hashable {
        /// `http` or `https`.
        public var scheme: String
        /// The host as it was given.
        public var host: String
        /// The port.
        public var port: Int

        /// The base of all URLs.
        public var url: String { "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
    }

    private let listener: Listener

    /// Prepares a server; nothing listens yet.
    ///
    /// - Parameters:
    ///   - settings: where it listens, and how much callers can have.
    ///   - sandboxes: at least one; the first is the standard one.
    ///   - access: who may call.
    ///   - log: is told of every request that was answered.
    /// - Throws: `ServerError` for sandboxes of the same name, and for a network without TLS.
    public init(
        _ settings: Settings, sandboxes: [Sandbox], access: ServerAccess,
        log: @escaping @Sendable (AccessLogEntry) -> Void
    ) throws(ServerError) {
        if sandboxes.isEmpty { throw .noSandbox }
        for (index, sandbox) in sandboxes.enumerated()
        where sandboxes[..<index].contains(where: { $0.name == sandbox.name }) {
            throw .sandboxTwice(sandbox.name)
        }
        if settings.tls == nil, !settings.isLoopback, !settings.allowsPlainNetwork {
            throw .unprotected(host: settings.host)
        }
        let tokens = AccessTokens()
        listener = Listener(
            settings: settings,
            responder: Responder(
                gate: Gate(
                    access: access, tokens: tokens, sandboxes: sandboxes, limits: settings.limits,
                    isReadOnly: settings.isReadOnly),
                server: Endpoint.Server(access: access, tokens: tokens, sandboxes: sandboxes),
                limits: settings.limits, scheme: settings.tls == nil ? "http" : "https",
                underWay: ConcurrencyLimit(settings.limits.concurrentRequests), log: log))
    }

    /// Listens until the task is cancelled; then takes no new request, and returns when those that are being answered
    /// are done.
    ///
    /// - Parameter onListening: is told where the server can be reached, once it can.
    /// - Throws: `ServerError.cannotListen`, `.certificateUnusable`.
    public func run(onListening: @escaping @Sendable (Address) async -> Void = { _ in }) async throws {
        try await listener.run(onListening: onListening)
    }
}

extension String {
    /// Whether it is an address of 127.0.0.0/8, written with four numbers.
    fileprivate var isLoopbackAddress: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
