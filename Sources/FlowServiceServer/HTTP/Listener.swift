// The socket: connections over TCP or TLS, until the task is cancelled.
import Glibc
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// Listens for connections and has their requests answered.
struct Listener: Sendable {
    let settings: FlowServiceServer.Settings
    let responder: Responder

    /// Listens until the task is cancelled; then takes no new request, and returns when those that are being answered
    /// are done, or have taken too long.
    ///
    /// - Throws: `ServerError`.
    func run(onListening: @escaping @Sendable (FlowServiceServer.Address) async -> Void) async throws {
        let limits = settings.limits
        var configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [OldConnections.Installer(), HeadTooLarge()],
            idleTimeout: TimeAmount(limits.idleTime))
        configuration.httpDecoder.maxHeaderFieldSize = limits.headerBytes
        configuration.httpDecoder.maxHeaderListSize = limits.headerBytes
        configuration.httpDecoder.maxHeaderFieldCount = limits.headerFields
        let responder = responder
        let channel = HTTP1Channel(
            responder: { try await responder.respond(to: $0, $1, $2) }, configuration: configuration)
        if let tls = settings.tls {
            try await run(TLSChannel(channel, tlsConfiguration: tls.configuration()), onListening)
        } else {
            try await run(channel, onListening)
        }
    }

    private func run(
        _ channel: some ServerChildChannel,
        _ onListening: @escaping @Sendable (FlowServiceServer.Address) async -> Void
    ) async throws {
        let scheme = settings.tls == nil ? "http" : "https"
        let host = settings.host
        let server = Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(
                address: .hostname(host, port: settings.port),
                availableConnectionsDelegate: .maximum(settings.limits.connections, logger: Self.silent)),
            onServerRunning: { channel in
                await onListening(
                    FlowServiceServer.Address(
                        scheme: scheme, host: host, port: channel.localAddress?.port ?? 0))
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: Self.silent)
        // Unstructured, so that cancellation ends it in order: requests that are being answered go on.
        let serving = Task { try await server.run() }
        let endingTime = settings.limits.endingTime
        do {
            try await withTaskCancellationHandler {
                try await serving.value
            } onCancel: {
                Task {
                    let patience = Task {
                        try await Task.sleep(for: endingTime)
                        serving.cancel()
                    }
                    try? await server.shutdownGracefully()
                    patience.cancel()
                }
            }
        } catch let error as IOError {
            throw ServerError.cannotListen(address: "\(host):\(settings.port)", reason: error.reasonInWords)
        } catch {
            if Task.isCancelled { return }
            throw ServerError.cannotListen(address: "\(host):\(settings.port)", reason: "\(error)")
        }
    }

    /// What the libraries say of themselves is nothing that a person could use.
    private static let silent = Logger(label: "sluice") { _ in SwiftLogNoOpLogHandler() }
}

extension IOError {
    fileprivate var reasonInWords: String {
        let words = String(cString: strerror(errnoCode))
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}
