// A proxy that cuts the connections to any server, so that a test sees what a bad network does.

import Foundation

/// A proxy for TCP before a server; see `cutting_proxy.py`.
public final class CuttingProxy: Sendable {
    private let process: ServerProcess

    /// The directions whose bytes count.
    public enum Direction: String, Sendable {
        case up, down, both
    }

    /// What has passed.
    public struct Counts: Decodable, Sendable {
        /// Connections that were taken.
        public let connections: Int
        /// Connections that were cut.
        public let cuts: Int
        /// Connections that were refused.
        public let refused: Int
        /// Bytes to the server.
        public let up: Int
        /// Bytes from the server.
        public let down: Int
    }

    /// What it can be told while it runs.
    public enum Command: String, Sendable {
        /// Cuts all connections now.
        case cut
        /// Cuts every new connection at once, until `pass`.
        case refuse
        /// Lets no byte pass, until `pass`.
        case hold
        /// Lets everything pass from now on.
        case pass
        /// Only counts.
        case counts
    }

    /// Stands before the server on a port of this machine.
    ///
    /// - Parameter cuts: how many connections are cut before everything passes.
    /// - Parameter bytes: after how many bytes; each cut uses the next, and then the first again.
    /// - Parameter seconds: after how many seconds of a connection, likewise.
    /// - Parameter closesOrderly: ends connections as a server does that has nothing more to say, instead of
    ///   with a reset.
    public init(
        before port: Int, host: String = "127.0.0.1", cuts: Int = 0, afterBytes bytes: [Int] = [],
        afterSeconds seconds: [Double] = [], direction: Direction = .both, closesOrderly: Bool = false
    ) throws {
        var arguments = ["\(host):\(port)", "--cuts", "\(cuts)", "--direction", direction.rawValue]
        let list = { (numbers: [any CustomStringConvertible]) in
            numbers.map(\.description).joined(separator: ",")
        }
        if !bytes.isEmpty { arguments += ["--after-bytes", list(bytes)] }
        if !seconds.isEmpty { arguments += ["--after-seconds", list(seconds)] }
        if closesOrderly { arguments.append("--close") }
        process = try ServerProcess("cutting_proxy.py", arguments)
    }

    /// The port to connect to.
    public var port: Int { process.port("proxy") }

    /// Tells it something; gives what was counted until then.
    @discardableResult
    public func tell(_ command: Command) throws -> Counts {
        try JSONDecoder().decode(Counts.self, from: Data(try ask(command.rawValue).utf8))
    }

    private func ask(_ line: String) throws -> String {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(process.port("control")).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0, write(socket, line + "\n", line.utf8.count + 1) > 0 else {
            throw ServerProcess.NotStarted(description: "the cutting proxy does not answer")
        }
        var answer: [UInt8] = []
        var byte: UInt8 = 0
        while read(socket, &byte, 1) == 1, byte != UInt8(ascii: "\n") { answer.append(byte) }
        return String(decoding: answer, as: UTF8.self)
    }
}
