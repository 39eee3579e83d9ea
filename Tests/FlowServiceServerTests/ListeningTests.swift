import EmbeddedPlatform
import ExportDomain
import Foundation
import HTTPTypes
// Where a server listens, over what, and how it ends.
import Secrets
import TestFiles
import TestServers
import Testing

@testable import FlowServiceServer

@Suite("Listening")
struct ListeningTests {
    @Test("Over TLS, links say https, and what is no TLS gets nothing")
    func tls() async throws {
        let certificates = try TestCertificates()
        let server = try await RunningServer(
            certificates: (
                FlowServiceServer.TLSFiles(certificate: certificates.certificate, key: certificates.key),
                certificates.authority
            ))
        #expect(server.address.url.hasPrefix("https://127.0.0.1:"))
        #expect(try await server.send(.get, "flows").status == 200)
        let plain = try RawConnection(port: server.address.port)
        await plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await plain.receiveAll()?.contains("HTTP/1.1 2") == false)
        // The head of a TLS record and a ClientHello, and then nothing that belongs to them.
        for garbage in [[], [0x16], [0x16, 3, 1, 0xFF, 0xFF, 1, 0, 0xFF], [0x16, 3, 1, 0, 4, 1, 0, 0, 0]]
            as [[UInt8]]
        {
            let connection = try RawConnection(port: server.address.port)
            await connection.send(garbage + (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 151) })
            await connection.endSending()
            #expect(await connection.receiveAll()?.contains("HTTP/1.1 2") == false)
        }
        #expect(try await server.send(.get, "flows").status == 200)
    }

    @Test("Only this machine's own addresses go without TLS, unless that is said")
    func plainNetwork() throws {
        let folder = try TemporaryFolder()
        let platform = try EmbeddedPlatform(home: Home(path: folder.path))
        let sandbox = try Sandbox(name: "prod", service: platform)
        let (access, _) = ServerAccess.make()
        for (host, isRefused) in [
            ("127.0.0.1", false), ("127.1.2.3", false), ("::1", false), ("localhost", false),
            ("0.0.0.0", true), ("::", true),
            ("192.0.2.1", true), ("127.0.0.1.example.com", true), ("example.com", true), ("128.0.0.1", true),
            ("", true),
        ] {
            var settings = FlowServiceServer.Settings()
            settings.host = host
            func make() throws {
                _ = try FlowServiceServer(settings, sandboxes: [sandbox], access: access) { _ in }
            }
            if isRefused {
                #expect(throws: ServerError.unprotected(host: host)) { try make() }
                settings.allowsPlainNetwork = true
            }
            try make()
        }
        #expect(throws: ServerError.sandboxTwice("prod")) {
            _ = try FlowServiceServer(.init(), sandboxes: [sandbox, sandbox], access: access) { _ in }
        }
        for name in ["", "Prod", "a b", "-a", "a/b", "é", String(repeating: "a", count: 65)] {
            #expect(throws: ServerError.badSandboxName(name)) { try Sandbox(name: name, service: platform) }
        }
    }

    @Test("An address that is taken, or that this machine does not have, is refused with a sentence")
    func takenAddress() async throws {
        let server = try await RunningServer()
        for (host, port) in [("127.0.0.1", server.address.port), ("nowhere.invalid", 0)] {
            var settings = FlowServiceServer.Settings()
            settings.host = host
            settings.port = port
            settings.allowsPlainNetwork = true
            let other = try FlowServiceServer(
                settings, sandboxes: [try Sandbox(name: "prod", service: server.platform)],
                access: server.access
            ) { _ in }
            let error = await #expect(throws: ServerError.self) { try await other.run() }
            #expect(error?.description.hasPrefix("Cannot listen on \(host):\(port): ") == true)
        }
    }

    @Test("A server that is stopped finishes the answer that is asked for, and takes no other request")
    func stopping() async throws {
        let server = try await RunningServer()
        let connection = try RawConnection(port: server.address.port)
        let idle = try RawConnection(port: server.address.port)
        await connection.send(
            "POST /data/foundation/flowservice/flows/search HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(server.credentials.token.reveal())\r\nx-api-key: \(server.access.clientID)\r\nx-gw-ims-org-id: \(server.access.organizationID)\r\nx-sandbox-name: prod\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        )
        // Now it is being answered.
        #expect(await connection.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
        async let stopped: Void = server.stop()
        #expect(await idle.receiveAll() == "")
        await connection.send("{}")
        #expect(await connection.receiveAll()?.hasPrefix("HTTP/1.1 200") == true)
        try await stopped
        #expect(throws: POSIXError.self) { try RawConnection(port: server.address.port) }
    }
}
