// From a server's name to an open socket.

import Glibc

/// An address of a server, ready for a connection.
struct ServerAddress {
    fileprivate let family: Int32
    fileprivate let bytes: [UInt8]

    /// The addresses of `host`, in the order in which the system would try them; waits for the name service.
    static func resolve(host: String, port: Int) throws(SSHError) -> [ServerAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &found)
        defer { freeaddrinfo(found) }
        guard code == 0 else { throw .nameNotResolved(String(cString: gai_strerror(code))) }
        var addresses: [ServerAddress] = []
        var next = found
        while let info = next?.pointee {
            if let address = info.ai_addr {
                let raw = UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen))
                addresses.append(ServerAddress(family: info.ai_family, bytes: Array(raw)))
            }
            next = info.ai_next
        }
        return addresses
    }
}

/// A connected socket that does not block, closed unless it is handed on.
struct ServerSocket: ~Copyable {
    let descriptor: Int32

    /// Takes a socket that is open.
    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Connects to the first of `addresses` that answers.
    init(to addresses: [ServerAddress], timeout: Duration, _ waiting: Waiting) throws {
        var failure = SSHError.unreachable("it has no address")
        for address in addresses {
            let descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
            guard descriptor >= 0 else { throw SSHError.unreachable(String(cString: strerror(errno))) }
            do {
                try Self.connect(descriptor, to: address, timeout: timeout, waiting)
                var on: Int32 = 1
                setsockopt(
                    descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
                self.descriptor = descriptor
                return
            } catch let error as SSHError {
                close(descriptor)
                failure = error
            } catch {
                close(descriptor)
                throw error
            }
        }
        throw failure
    }

    private static func connect(
        _ descriptor: Int32, to address: ServerAddress, timeout: Duration, _ waiting: Waiting
    ) throws {
        let result = address.bytes.withUnsafeBytes { raw in
            raw.withMemoryRebound(to: sockaddr.self) {
                Glibc.connect(descriptor, $0.baseAddress, socklen_t(raw.count))
            }
        }
        if result == 0 { return }
        guard errno == EINPROGRESS else { throw SSHError.unreachable(String(cString: strerror(errno))) }
        guard try waiting.wait(for: descriptor, Int32(POLLOUT), until: .now + timeout) else {
            throw SSHError.timedOut(timeout)
        }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        if code != 0 { throw SSHError.unreachable(String(cString: strerror(code))) }
    }

    /// Gives the descriptor to one who closes it.
    consuming func handOver() -> Int32 {
        let descriptor = descriptor
        discard self
        return descriptor
    }

    deinit { close(descriptor) }
}
