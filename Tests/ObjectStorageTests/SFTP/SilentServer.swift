// Servers that say nothing, and what this process has open towards any.

import Foundation
import Glibc

/// A port of 127.0.0.1 behind which nobody speaks.
final class SilentServer: Sendable {
    let port: Int
    private let descriptor: Int32
    /// Connections that fill the queue.
    private let others: [Int32]

    /// - Parameter takesConnections: false for one where connecting comes to no end, as behind a firewall.
    init(takesConnections: Bool) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let queue: Int32 = takesConnections ? 16 : 0
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, queue) == 0
                    ? getsockname(descriptor, $0, &size) : -1
            }
        }
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EADDRINUSE) }
        port = Int(UInt16(bigEndian: address.sin_port))
        others = takesConnections ? [] : (0..<4).map { _ in Self.connect(to: address) }
    }

    deinit { for one in others + [descriptor] { close(one) } }

    /// Begins to connect.
    private static func connect(to address: sockaddr_in) -> Int32 {
        var address = address
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return descriptor
    }
}

/// What this process has open towards a port of 127.0.0.1.
struct OpenEnds: Equatable {
    /// The sockets that are connected to it, or being connected.
    var sockets = 0
    /// The threads that serve connections to it.
    var threads = 0

    init(to port: Int) {
        let files = FileManager.default
        let descriptors = (try? files.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        let own = Set(
            descriptors.compactMap { try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") })
        let table = Self.read("/proc/self/net/tcp")
        let hexadecimal = String(port, radix: 16, uppercase: true)
        let suffix = ":" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
        for line in table.split(separator: "\n").dropFirst() {
            let columns = line.split(separator: " ")
            if columns.count > 9, columns[2].hasSuffix(suffix), own.contains("socket:[\(columns[9])]") {
                sockets += 1
            }
        }
        for thread in (try? files.contentsOfDirectory(atPath: "/proc/self/task")) ?? [] {
            if Self.read("/proc/self/task/\(thread)/comm") == "ssh :\(port)\n" { threads += 1 }
        }
    }

    /// Reads a table of the system to its end, which comes in pieces and has no size.
    private static func read(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = Glibc.read(descriptor, &piece, piece.count), count > 0 {
            all += piece[..<count]
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// Waits until what is open is as wanted; gives what is open in the end.
    static func wait(
        to port: Int, until wanted: (OpenEnds) -> Bool
    ) async -> OpenEnds {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            let now = OpenEnds(to: port)
            if wanted(now) || ContinuousClock.now > deadline { return now }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }
}
