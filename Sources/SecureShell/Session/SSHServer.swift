// The first steps towards a server, each for itself.

import Glibc

/// A server, before anybody signs in.
public enum SSHServer {
    /// Resolves the server's name; throws `SSHError.nameNotResolved`.
    public static func resolve(_ configuration: SSHConfiguration) async throws {
        try await onThread(for: configuration) { _ in
            _ = try ServerAddress.resolve(host: configuration.host, port: configuration.port)
        }
    }

    /// Connects, and hangs up.
    public static func connect(_ configuration: SSHConfiguration) async throws {
        try await onThread(for: configuration) { waiting in _ = try socket(configuration, waiting) }
    }

    /// Connects, and gives the key by which the server proves who it is.
    ///
    /// - Parameters:
    ///   - configuration: which server, and what is known of its keys.
    ///   - checking: whether to throw for a key that is not the known one.
    public static func identify(
        _ configuration: SSHConfiguration, checking: Bool = true
    ) async throws -> SSHPublicKey {
        try await onThread(for: configuration) { waiting in
            try session(configuration, waiting, checking: checking).serverKey()
        }
    }

    private static func socket(
        _ configuration: SSHConfiguration, _ waiting: Waiting
    ) throws -> ServerSocket {
        let addresses = try ServerAddress.resolve(host: configuration.host, port: configuration.port)
        return try ServerSocket(to: addresses, timeout: configuration.connectTimeout, waiting)
    }

    /// A session with a server whose key has been checked.
    static func session(
        _ configuration: SSHConfiguration, _ waiting: Waiting, checking: Bool = true
    ) throws -> SSHSession {
        let known = configuration.knownHosts.keys(host: configuration.host, port: configuration.port)
        let session = try SSHSession(
            on: socket(configuration, waiting), configuration, knownKeys: known, waiting)
        try session.handshake()
        if checking { try KnownHosts.check(session.serverKey(), against: known) }
        return session
    }
}

/// Does `work` on a thread of its own, where it may wait.
private func onThread<Value: Sendable>(
    for configuration: SSHConfiguration, _ work: @escaping @Sendable (Waiting) throws -> Value
) async throws -> Value {
    let waiting = Waiting()
    let result = Pending<Value>()
    try withThread(for: configuration) { result.finish(Result { try work(waiting) }) }
    return try await withTaskCancellationHandler {
        try await result.value()
    } onCancel: {
        waiting.stop()
    }
}

/// Starts a thread that takes no signals; a broken connection must not end the program with one.
///
/// - Parameter configuration: the server, whose port lists of threads show.
func withThread(
    for configuration: SSHConfiguration, _ work: @escaping @Sendable () -> Void
) throws(SSHError) {
    final class Work {
        let name: String
        let run: @Sendable () -> Void
        init(_ name: String, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
    let argument = Unmanaged.passRetained(Work("ssh :\(configuration.port)", work))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let code = pthread_create(
        &thread, &attributes,
        { argument in
            var signals = sigset_t()
            sigfillset(&signals)
            pthread_sigmask(SIG_SETMASK, &signals, nil)
            if let argument {
                let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
                nameThread(work.name)
                work.run()
            }
            return nil
        }, argument.toOpaque())
    guard code == 0 else {
        argument.release()
        throw .unreachable("no thread can be started: \(String(cString: strerror(code)))")
    }
}

/// Names this thread for lists of threads; 15 bytes at most.
private func nameThread(_ name: String) {
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    _ = write(file, name, name.utf8.count)
    close(file)
}
