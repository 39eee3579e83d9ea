// The agent that holds a user's keys (draft-miller-ssh-agent), as far as one must know it before libssh asks it.

import Glibc

/// An ssh-agent on this machine.
struct SSHAgent {
    /// The path of its socket.
    let socket: String

    /// Finds the agent; throws `SSHError.agent`.
    ///
    /// - Parameter socket: what `SSH_AUTH_SOCK` says.
    init(socket: String?) throws(SSHError) {
        guard let socket, !socket.isEmpty else { throw .agent(.notRunning) }
        self.socket = socket
    }

    /// Checks that it answers and holds a key: libssh would not say what is wrong, and would wait for ever.
    func check(_ waiting: Waiting, timeout: Duration) throws {
        let deadline = ContinuousClock.now + timeout
        let connection = try connect()
        // SSH_AGENTC_REQUEST_IDENTITIES
        let question: [UInt8] = [0, 0, 0, 1, 11]
        guard write(connection.descriptor, question, question.count) == question.count else {
            throw silent(errno)
        }
        var answer: [UInt8] = []
        var byte: UInt8 = 0
        while answer.count < 9 {
            guard try waiting.wait(for: connection.descriptor, Int32(POLLIN), until: deadline) else {
                throw SSHError.agent(
                    .silent(socket: socket, "no answer in \(timeout.components.seconds) s"))
            }
            let count = read(connection.descriptor, &byte, 1)
            guard count == 1 else { throw count < 0 ? silent(errno) : silent("it hung up") }
            answer.append(byte)
        }
        // SSH_AGENT_IDENTITIES_ANSWER, and how many there are
        guard answer[4] == 12 else { throw silent("it is no ssh-agent") }
        if answer[5...] == [0, 0, 0, 0] { throw SSHError.agent(.empty) }
    }

    private func connect() throws -> ServerSocket {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(socket.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { throw silent(ENAMETOOLONG) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw silent(errno) }
        let connection = ServerSocket(descriptor)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else { throw silent(errno) }
        return connection
    }

    private func silent(_ code: Int32) -> SSHError { silent(String(cString: strerror(code))) }

    private func silent(_ words: String) -> SSHError { .agent(.silent(socket: socket, words)) }
}
