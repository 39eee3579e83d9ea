// Requests that want to do harm: each gets an answer or an end, and the server goes on.
import ExportDomain
import FlowServiceServer
import Foundation
import HTTPTypes
import Secrets
import Testing

@Suite("Hostile requests")
struct HostileRequestTests {
    /// The lines of a header that lets a request in.
    private func header(_ server: RunningServer) -> String {
        """
        Host: 127.0.0.1\r
        Authorization: Bearer \(server.credentials.token.reveal())\r
        x-api-key: \(server.access.clientID)\r
        x-gw-ims-org-id: \(server.access.organizationID)\r
        x-sandbox-name: prod\r
        Content-Type: application/json\r

        """
    }

    private func expectAlive(_ server: RunningServer) async throws {
        #expect(try await server.send(.get, "flows").status == 200)
    }

    private let base = "/data/foundation/flowservice"

    @Test(
        "What is no HTTP gets 400 or an end",
        arguments: [
            "hello\r\n\r\n", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n\r\n\r\n\r\n", "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\n\u{0}: a\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
        ])
    func noHTTP(bytes: String) async throws {
        let server = try await RunningServer()
        let connection = try RawConnection(port: server.address.port)
        await connection.send(bytes + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let answer = try #require(await connection.receiveAll())
        #expect(
            answer.isEmpty || answer.hasPrefix("HTTP/1.1 400") || answer.hasPrefix("HTTP/1.1 403"),
            "\(answer)")
        try await expectAlive(server)
    }

    @Test("A path that is no path, and methods for proxies, are refused")
    func targets() async throws {
        let server = try await RunningServer()
        for target in ["*", "http://127.0.0.1/data", "data", "/a#b", "/\u{7f}"] {
            let connection = try RawConnection(port: server.address.port)
            await connection.send("GET \(target) HTTP/1.1\r\n\(header(server))Connection: close\r\n\r\n")
            let answer = try #require(await connection.receiveAll())
            #expect(answer.hasPrefix("HTTP/1.1 40"), "\(target): \(answer)")
        }
        let proxied = try RawConnection(port: server.address.port)
        await proxied.send("CONNECT example.com:443 HTTP/1.1\r\n\(header(server))Connection: close\r\n\r\n")
        #expect(await proxied.receiveAll()?.hasPrefix("HTTP/1.1 4") == true)
        try await expectAlive(server)
    }

    @Test("A header that is too large gets 431")
    func largeHeaders() async throws {
        let server = try await RunningServer()
        for fields in [
            "X-Large: \(String(repeating: "a", count: 100_000))\r\n",
            (0..<2_000).map { "X-\($0): \(String(repeating: "a", count: 20))\r\n" }.joined(),
            (0..<10_000).map { "X: \($0)\r\n" }.joined(), (0..<101).map { "X: \($0)\r\n" }.joined(),
        ] {
            let connection = try RawConnection(port: server.address.port)
            await connection.send("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n")
            let answer = try #require(await connection.receiveAll())
            #expect(answer.hasPrefix("HTTP/1.1 431"), "\(answer)")
        }
        let long = try RawConnection(port: server.address.port)
        await long.send("GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await long.receiveAll()?.hasPrefix("HTTP/1.1 4") == true)
        try await expectAlive(server)
    }

    @Test("A body that is too large gets 413, announced or not, and the answer arrives")
    func largeBodies() async throws {
        let server = try await RunningServer { $0.bodyBytes = 10_000 }
        let large = "{\"name\":\"\(String(repeating: "a", count: 100_000))\"}"
        #expect(try await server.send(.post, "flows", large).status == 413)
        let chunked = try RawConnection(port: server.address.port)
        await chunked.send(
            "POST \(base)/flows HTTP/1.1\r\n\(header(server))Transfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<20 { await chunked.send("3E8\r\n\(String(repeating: "a", count: 1_000))\r\n") }
        await chunked.send("0\r\n\r\n")
        #expect(await chunked.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 413"))
        let waiting = try RawConnection(port: server.address.port)
        await waiting.send(
            "POST \(base)/flows HTTP/1.1\r\n\(header(server))Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n"
        )
        #expect(await waiting.receiveAll()?.hasPrefix("HTTP/1.1 413") == true)
        // Without end, and without anybody who reads it.
        let endless = try RawConnection(port: server.address.port)
        await endless.send(
            "POST \(base)/flows HTTP/1.1\r\n\(header(server))Transfer-Encoding: chunked\r\n\r\n")
        let part = "3E8\r\n\(String(repeating: "a", count: 1_000))\r\n"
        var sent = 0
        while sent < 100_000, await endless.send(part) { sent += 1 }
        #expect(sent < 100_000)
        try await expectAlive(server)
    }

    @Test("Whoever waits to be asked for a body is asked, where it is wanted")
    func continues() async throws {
        let server = try await RunningServer()
        let connection = try RawConnection(port: server.address.port)
        await connection.send(
            "POST \(base)/flows/search HTTP/1.1\r\n\(header(server))Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
        )
        #expect(await connection.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
        await connection.send("{}")
        #expect(await connection.receiveAll()?.hasPrefix("HTTP/1.1 200") == true)
    }

    @Test("A body that never comes gets 408, a header that never comes an end")
    func slowRequests() async throws {
        let patient = try await RunningServer { $0.bodyTime = .milliseconds(500) }
        let slow = try RawConnection(port: patient.address.port)
        await slow.send("POST \(base)/flows HTTP/1.1\r\n\(header(patient))Content-Length: 100\r\n\r\n{")
        #expect(await slow.receiveAll()?.hasPrefix("HTTP/1.1 408") == true)
        let server = try await RunningServer { $0.idleTime = .milliseconds(500) }
        let silent = try RawConnection(port: server.address.port)
        #expect(await silent.receiveAll() == "")
        let half = try RawConnection(port: server.address.port)
        await half.send("GET / HTTP/1.1\r\nHost:")
        #expect(await half.receiveAll()?.hasPrefix("HTTP/1.1 200") == false)
        try await expectAlive(server)
    }

    @Test("A header that drips is ended although there is always a byte more")
    func drippingHeader() async throws {
        let server = try await RunningServer { $0.idleTime = .milliseconds(500) }
        let connection = try RawConnection(port: server.address.port)
        await connection.send("GET / HTTP/1.1\r\n")
        var sent = 0
        while sent < 3_000, await connection.send("X-\(sent): a\r\n") {
            sent += 1
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(sent < 3_000)
        try await expectAlive(server)
    }

    /// JSON that is too deep, too large, or none.
    ///
    /// Not as arguments of a test, whose names would fill the log.
    private static let hostileJSON = [
        String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 50_000),
        String(repeating: "[", count: 33) + String(repeating: "]", count: 33),
        "{\"name\":\"\\ud800\"}", "{\"name\":\"\u{1}\"}", "{\"name\":1e400}", "{\"a\":-}", "{\"a\":0123}",
        "{\"name\":\(String(repeating: "9", count: 10_000))}",
        "{\"scheduleParams\":{\"startTime\":9e99}}",
        "{\"name\":\"x\",\"flowSpec\":{\"id\":\"x\",\"version\":\"1.0\"},\"sourceConnectionIds\":[[]]}",
    ]

    @Test("JSON that is made to hurt gets 400")
    func hostileJSON() async throws {
        let server = try await RunningServer()
        for (index, body) in Self.hostileJSON.enumerated() {
            for path in ["flows", "connections", "sourceConnections", "targetConnections", "runs"] {
                let reply = try await server.send(.post, path, body)
                #expect(
                    [400, 422].contains(reply.status),
                    "\(index) \(path): \(reply.status) \(reply.text.prefix(200))")
            }
        }
        let bytes = try RawConnection(port: server.address.port)
        await bytes.send(
            "POST \(base)/flows HTTP/1.1\r\n\(header(server))Content-Length: 4\r\nConnection: close\r\n\r\n")
        await bytes.send([0x22, 0xFF, 0xFE, 0x22])
        #expect(await bytes.receiveAll()?.hasPrefix("HTTP/1.1 400") == true)
        try await expectAlive(server)
    }

    @Test("More requests than can be answered at a time are told to come back")
    func tooMany() async throws {
        let server = try await RunningServer { $0.concurrentRequests = 0 }
        let reply = try await server.send(.get, "flows")
        #expect(reply.status == 503 && reply.fields[.retryAfter] == "1")
    }

    @Test("Many requests at once are all answered")
    func crowd() async throws {
        let server = try await RunningServer()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 { group.addTask { try await server.send(.get, "flows").status } }
            for try await status in group { #expect(status == 200 || status == 503) }
        }
        try await expectAlive(server)
    }

    @Test("Requests that come one after the other over one connection are answered in their order")
    func pipelining() async throws {
        let server = try await RunningServer()
        let connection = try RawConnection(port: server.address.port)
        await connection.send(
            "GET \(base)/flows?count=true HTTP/1.1\r\n\(header(server))\r\nGET \(base)/nothing HTTP/1.1\r\n\(header(server))Connection: close\r\n\r\n"
        )
        let answer = try #require(await connection.receiveAll())
        let statuses = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
        #expect(statuses == ["200", "404"])
    }

    @Test("A hundred requests at once over one connection are answered in their order, all of them")
    func manyPipelined() async throws {
        let server = try await RunningServer()
        let connection = try RawConnection(port: server.address.port)
        let one = "GET \(base)/flows HTTP/1.1\r\n\(header(server))\r\n"
        let other = "GET \(base)/nothing HTTP/1.1\r\n\(header(server))\r\n"
        await connection.send(
            String(repeating: one + other, count: 50)
                + "GET \(base)/flows HTTP/1.1\r\n\(header(server))Connection: close\r\n\r\n")
        let answer = try #require(await connection.receiveAll())
        let statuses = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map { String($0.prefix(3)) }
        #expect(statuses == (0..<101).map { $0.isMultiple(of: 2) ? "200" : "404" })
    }

    @Test("HTTP/1.0 is answered, and the connection ended")
    func oldHTTP() async throws {
        // So long that whoever waits for it fails.
        let server = try await RunningServer { $0.idleTime = .seconds(600) }
        for (token, status) in [("", "200"), ("x", "401")] {
            let connection = try RawConnection(port: server.address.port)
            let header = header(server).replacing("Bearer ", with: "Bearer " + token)
            await connection.send("GET \(base)/flows HTTP/1.0\r\n\(header)\r\n")
            let answer = try #require(await connection.receiveAll())
            #expect(answer.split(separator: " ").dropFirst().first == Substring(status), "\(answer)")
        }
        try await expectAlive(server)
    }

    @Test("Whoever has nothing more to say is answered all the same")
    func halfClosed() async throws {
        let server = try await RunningServer()
        let connection = try RawConnection(port: server.address.port)
        await connection.send("GET \(base)/flows?count=true HTTP/1.1\r\n\(header(server))\r\n")
        await connection.endSending()
        let answer = try #require(await connection.receiveAll())
        #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix(#"{"count":0}"#), "\(answer)")
        // Or has not even said all of it.
        for half in [
            "GET \(base)/fl", "POST \(base)/flows HTTP/1.1\r\n\(header(server))Content-Length: 9\r\n\r\n{",
        ] {
            let other = try RawConnection(port: server.address.port)
            await other.send(half)
            await other.endSending()
            #expect(await other.receiveAll()?.hasPrefix("HTTP/1.1 2") == false)
        }
        try await expectAlive(server)
    }

    @Test("Whoever goes away in the middle takes nobody along")
    func leaving() async throws {
        let server = try await RunningServer()
        for _ in 0..<50 {
            for bytes in ["", "G", "GET \(base)/flows HTTP/1.1\r\n\(header(server))\r\n"] {
                await (try RawConnection(port: server.address.port)).send(bytes)
            }
        }
        try await expectAlive(server)
    }

    @Test("Paths that are no paths of it lead nowhere, with a reason in the shape of Experience Platform")
    func strangePaths() async throws {
        let server = try await RunningServer()
        for path in [
            "\(base)/../../../etc/passwd", "\(base)/flows/%2e%2e/%2e%2e/x", "\(base)//flows", "//flows", "/",
            "\(base)/flows/\(String(repeating: "a", count: 20_000))", "\(base)/flows/%c0%ae", "\(base)/%00",
            "\(base)/flows/%E2%80%AE", "\(base)/flows/.", "\(base)/flows;x=y",
            "\(base)/flows/x?\(String(repeating: "a&", count: 9_000))",
            "\(base)/connectionSpecs/..%2f..%2f/configs", "/DATA/foundation/flowservice/flows",
        ] {
            let reply = try await server.send(.get, path)
            #expect(
                [400, 404].contains(reply.status) && reply.message?.isEmpty == false,
                "\(path.prefix(80)): \(reply.status) \(reply.text)")
        }
        // Bytes that are no text.
        let connection = try RawConnection(port: server.address.port)
        await connection.send(
            Array("GET \(base)/flows/".utf8) + [0xFF, 0xFE]
                + Array(" HTTP/1.1\r\n\(header(server))Connection: close\r\n\r\n".utf8))
        #expect(await connection.receiveAll()?.hasPrefix("HTTP/1.1 4") == true)
        try await expectAlive(server)
    }

    @Test("The log has a line for every request, and no secret, no query and no control character")
    func logs() async throws {
        let server = try await RunningServer()
        try await server.send(.get, "flows?token=hidden-word&access_token=other-word")
        try await server.send(.get, "/a%0aforged%1b[31m", nil, ["authorization": "Bearer hidden-word"])
        try await server.send(.post, "connections", Bodies.account("hidden-word"))
        let lines = server.log.lines
        #expect(lines.count == 3)
        #expect(lines.first?.contains("127.0.0.1 GET \(base)/flows 200 ") == true)
        for line in lines {
            #expect(
                !line.contains("word") && !line.contains(server.credentials.token.reveal())
                    && !line.contains("?"))
            #expect(line.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) })
        }
    }
}
