// A server of TCP that says little or nothing, for tests and measurements of clients that lose patience.

import Glibc
import Synchronization

/// A server on 127.0.0.1 that answers as it is told, or lets its clients wait; it ends with its last reference.
public final class SilentServer: Sendable {
    /// The port.
    public let port: Int
    private let state = State()

    /// What the thread that serves and those who ask share.
    private final class State: Sendable {
        let heard = Atomic<Int>(0)
        let ended = Atomic<Int>(0)
        let isStopped = Atomic<Bool>(false)
    }

    /// What the system refused.
    public struct Failure: Error {
        /// The system's code.
        public let code: Int32
    }

    /// Starts a server that takes connections.
    ///
    /// - Parameter answer: gives the words for what has come on a connection; with nil nothing more is said or
    ///   read on it.
    public init(answer: @escaping @Sendable (String) -> String? = { _ in nil }) throws(Failure) {
        let listener = try Listener(backlog: 128)
        port = listener.port
        let thread = ServerThread(listener: listener, state: state, answer: answer)
        try startThread { thread.run() }
    }

    /// Starts a server whose queue of connections is full: what else comes is dropped, as by a firewall.
    public static func full() throws(Failure) -> FullServer { try FullServer() }

    deinit { state.isStopped.store(true, ordering: .relaxed) }

    /// How often something came that was looked at.
    public var heard: Int { state.heard.load(ordering: .relaxed) }

    /// How many connections their clients have ended, with a close or a reset.
    public var ended: Int { state.ended.load(ordering: .relaxed) }

    /// Waits until something has come so many times.
    public func hears(_ count: Int) async throws {
        while heard < count { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Waits until clients have ended so many connections.
    public func sees(ends count: Int) async throws {
        while ended < count { try await Task.sleep(for: .milliseconds(2)) }
    }

    private struct Connection {
        let descriptor: Int32
        var isHeard = true
    }

    private struct ServerThread: Sendable {
        let listener: Listener
        let state: State
        let answer: @Sendable (String) -> String?

        func run() {
            var connections: [Connection] = []
            defer { for connection in connections { close(connection.descriptor) } }
            while !state.isStopped.load(ordering: .relaxed) {
                let hangUp = pollHangUp
                var waiting = [pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)]
                waiting += connections.map {
                    pollfd(fd: $0.descriptor, events: hangUp | ($0.isHeard ? Int16(POLLIN) : 0), revents: 0)
                }
                guard poll(&waiting, nfds_t(waiting.count), 100) > 0 else { continue }
                var kept: [Connection] = []
                for (connection, ready) in zip(connections, waiting.dropFirst()) {
                    let ends = ready.revents & (hangUp | Int16(POLLHUP) | Int16(POLLERR)) != 0
                    if ends {
                        close(connection.descriptor)
                        state.ended.wrappingAdd(1, ordering: .relaxed)
                    } else {
                        kept.append(ready.revents == 0 ? connection : listen(to: connection))
                    }
                }
                connections = kept
                if waiting[0].revents != 0 {
                    let descriptor = accept(listener.descriptor, nil, nil)
                    if descriptor >= 0 { connections.append(Connection(descriptor: descriptor)) }
                }
            }
        }

        private func listen(to connection: Connection) -> Connection {
            var connection = connection
            var bytes = [UInt8](repeating: 0, count: 64 << 10)
            let count = recv(connection.descriptor, &bytes, bytes.count, Int32(MSG_PEEK))
            if let words = answer(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)) {
                recv(connection.descriptor, &bytes, count, 0)
                let text = Array(words.utf8)
                send(connection.descriptor, text, text.count, Int32(MSG_NOSIGNAL))
            } else {
                connection.isHeard = false
            }
            state.heard.wrappingAdd(1, ordering: .relaxed)
            return connection
        }
    }
}

/// A server on 127.0.0.1 that takes no connection any more.
public final class FullServer: Sendable {
    /// The port.
    public let port: Int
    private let listener: Listener
    private let callers: [Int32]

    fileprivate init() throws(SilentServer.Failure) {
        listener = try Listener(backlog: 0)
        let port = listener.port
        self.port = port
        callers = (0..<8).map { _ in
            let caller = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            _ = withAddress(port: port) { connect(caller, $0, $1) }
            return caller
        }
    }

    deinit { for caller in callers { close(caller) } }
}

/// A socket that listens on a free port of 127.0.0.1.
private final class Listener: Sendable {
    let descriptor: Int32
    let port: Int

    init(backlog: Int32) throws(SilentServer.Failure) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound =
            withAddress(port: 0) { bind(descriptor, $0, $1) } == 0 && listen(descriptor, backlog) == 0
        let isNamed = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) == 0 }
        }
        guard isBound, isNamed else { throw SilentServer.Failure(code: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}

/// POLLRDHUP (poll(2)), which the module Glibc leaves out: the other side has ended the connection.
private let pollHangUp: Int16 = 0x2000

private func withAddress<Result>(
    port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
) -> Result {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}

/// What a thread does, to be handed to it.
private final class ThreadWork: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Starts a thread; it can be waited for if `isAwaited`.
@discardableResult
func startThread(
    isAwaited: Bool = false, _ run: @escaping @Sendable () -> Void
) throws(SilentServer.Failure) -> pthread_t {
    let work = Unmanaged.passRetained(ThreadWork(run))
    var thread = pthread_t()
    let code = pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<ThreadWork>.fromOpaque(context).takeRetainedValue().run() }
            return nil
        }, work.toOpaque())
    guard code == 0 else {
        work.release()
        throw SilentServer.Failure(code: code)
    }
    if !isAwaited { pthread_detach(thread) }
    return thread
}
