// Signing in by OpenSSH's agent, and what a person is told where that does not work.

import Foundation
import ObjectStorage
import SecureShell
import TestFiles
import TestServers
import Testing

@Suite struct SFTPAgentTests {
    private let test: SFTPTestServer

    init() throws { test = try SFTPTestServer.shared.get() }

    private func signIn(socket: String?) async throws {
        let configuration = try test.configuration(authentication: .agent(socket: socket))
        try await SFTPStorage(configuration).reach(.authenticate)
    }

    private func refusal(socket: String?) async -> String {
        let error = await #expect(throws: StorageError.self) { try await signIn(socket: socket) }
        guard case .denied = error else {
            Issue.record("\(String(describing: error))")
            return ""
        }
        return error.map { "\($0)" } ?? ""
    }

    @Test(
        "A key that the agent holds is let in, whatever its kind and however many others there are",
        arguments: [["ed25519"], ["ecdsa", "-b", "256"], ["rsa", "-b", "2048"]])
    func letIn(kind: [String]) async throws {
        let agent = try OpenSSHAgent()
        for _ in 0..<2 { try agent.add(test.server.makeKey("ed25519", isAuthorized: false).path) }
        try agent.add(test.server.makeKey(kind[0], Array(kind.dropFirst())).path)
        try await signIn(socket: agent.socket)
    }

    @Test("Without an agent, or with one that is gone, it is said how to get one")
    func noAgent() async throws {
        for socket in [nil, ""] {
            #expect(
                await refusal(socket: socket).hasSuffix(
                    ": no ssh-agent is running here (SSH_AUTH_SOCK is not set). Start one and add the key with ssh-add, or choose another way to sign in."
                ))
        }
        let folder = try TemporaryFolder()
        let file = try folder.write("no socket", to: "file")
        for (path, words) in [
            (folder.file("none"), "No such file or directory"), (file, "Connection refused"),
            (folder.file(String(repeating: "x", count: 200)), "File name too long"),
        ] {
            let sentence = await refusal(socket: path)
            #expect(sentence.contains("no ssh-agent answers at \(path)"))
            #expect(sentence.contains("(\(words))"), "\(sentence)")
        }
    }

    @Test("An agent that holds no key, or only others, is told as such")
    func noKey() async throws {
        let agent = try OpenSSHAgent()
        #expect(
            await refusal(socket: agent.socket).hasSuffix(
                ": the ssh-agent holds no key. Add the key with ssh-add, or choose another way to sign in."))
        try agent.add(test.server.makeKey("ed25519", isAuthorized: false).path)
        let sentence = await refusal(socket: agent.socket)
        #expect(
            sentence.contains(
                "the server lets \(test.server.user.name) in with none of the keys that the ssh-agent holds"))
        #expect(sentence.contains("ssh-add") && sentence.contains("authorized_keys"))
    }

    @Test("What is no agent is not waited for, nor taken for one")
    func otherServer() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("socket")
        let listening = try ChildProcess([
            "python3", "-c",
            """
            import socket, sys
            server = socket.socket(socket.AF_UNIX)
            server.bind(sys.argv[1])
            server.listen()
            while True:
                connection, _ = server.accept()
                connection.recv(5)
                connection.sendall(b"HTTP/1.1 400 Bad Request")
                connection.close()
            """, path,
        ])
        defer {
            listening.send(SIGKILL)
            listening.wait()
        }
        while !FileManager.default.fileExists(atPath: path) { usleep(1_000) }
        // The socket is there a moment before it is listened at.
        var sentence = ""
        repeat { sentence = await refusal(socket: path) } while sentence.contains("refused")
        #expect(sentence.contains("(it is no ssh-agent)"), "\(sentence)")
    }
}
