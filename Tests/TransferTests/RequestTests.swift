// What is sent is what was asked for.

import Crypto
import HTTPTypes
import Testing

@testable import Transfer

@Suite("Requests")
struct RequestTests {
    private let server: HTTPServer
    private let client: HTTPClient

    init() throws {
        server = try HTTPServer()
        client = try HTTPClient()
    }

    @Test("Every method arrives, with its body and length, and with nothing that was not asked for")
    func methods() async throws {
        for (method, body) in [
            (HTTPRequest.Method.get, [UInt8]()), (.put, Array("text".utf8)), (.put, []), (.post, [1, 2, 3]),
            (.post, []),
            (.delete, []), (.patch, [0]), (.options, []),
        ] {
            let echo = try await client.send(server.request(method, "/echo"), body: .bytes(body)).echo()
            #expect(echo.method == method.rawValue)
            #expect(echo.length == body.count)
            #expect(echo.sha256 == SHA256.hash(data: body).hex)
            #expect(echo.values(of: "expect") == [])
            #expect(echo.values(of: "accept") == [])
            #expect(echo.values(of: "content-type") == [])
            #expect(echo.values(of: "user-agent") == ["sluice"])
            #expect(echo.values(of: "host") == [server.origin.authority])
            let announces = !body.isEmpty || [.put, .post, .patch].contains(method)
            #expect(echo.values(of: "content-length") == (announces ? ["\(body.count)"] : []))
        }
        let head = try await client.send(server.request(.head, "/bytes/1000"))
        #expect(head.response.status == .ok)
        #expect(try await head.body.bytes(limit: 0) == [])
    }

    @Test("A path is sent byte for byte")
    func paths() async throws {
        for path in [
            "/", "/a/../b/./c", "//a///b", "/%7e/%2F%2f/~", "/a+b%20c", "/x?", "/x??a=b?c", "/x?a=1&b=%00#no",
            "/größe/名前", "/a;b=c,d'e(f)!*", "/%zz", "/{}|\\^`<>\"", "/..", "/x?prefix=a/../b",
        ] {
            let echo = try await client.send(server.request(.get, path)).echo()
            // The server reads targets as Latin-1.
            #expect(Array(echo.target.unicodeScalars.map { UInt8($0.value) }) == Array(path.utf8), "\(path)")
        }
    }

    @Test("Fields are sent once each, with UTF-8, blanks within, and without a value")
    func fields() async throws {
        var fields = HTTPFields()
        fields.append(HTTPField(name: try #require(.init("x-name")), value: "Grüße, 名前"))
        fields.append(HTTPField(name: try #require(.init("x-empty")), value: ""))
        fields.append(HTTPField(name: try #require(.init("x-two")), value: "first one"))
        fields.append(HTTPField(name: try #require(.init("x-two")), value: "second"))
        fields[.userAgent] = "another"
        fields[.accept] = "text/plain"
        fields[.contentLength] = "3"
        let reply = try await client.send(
            server.request(.put, "/echo", fields: fields), body: .bytes([1, 2, 3]))
        #expect(reply.response.headerFields[try #require(.init("name"))] == "Grüße 名前")
        let echo = try await reply.echo()
        #expect(echo.values(of: "x-name") == ["Grüße, 名前"])
        #expect(echo.values(of: "x-empty") == [""])
        #expect(echo.values(of: "x-two") == ["first one", "second"])
        #expect(echo.values(of: "user-agent") == ["another"])
        #expect(echo.values(of: "accept") == ["text/plain"])
        #expect(echo.values(of: "content-length") == ["3"])
    }

    @Test("No field and no path can end a line and begin another")
    func injection() async throws {
        var fields = HTTPFields()
        fields.append(HTTPField(name: try #require(.init("x-name")), value: "a\r\nX-Other: b"))
        let echo = try await client.send(server.request(.get, "/echo", fields: fields)).echo()
        #expect(echo.values(of: "x-other") == [])
        #expect(echo.values(of: "x-name").count == 1)
        for path in ["/a b", "/a\r\nX-Other:b", "/a\tb", "/a\u{7F}b", "", "a"] {
            let error = await #expect(throws: TransferError.self, "\(path)") {
                try await client.send(server.request(.get, path))
            }
            #expect(error?.kind == .invalidRequest)
            #expect(error?.isRetryable == false)
        }
        for authority in ["", "user@host", "a b", "host:port", "host:99999", "[::1", "a/b", "::1"] {
            let request = HTTPRequest(method: .get, scheme: "http", authority: authority, path: "/")
            let error = await #expect(throws: TransferError.self, "\(authority)") {
                try await client.send(request)
            }
            #expect(error?.kind == .invalidRequest)
        }
        for scheme in ["file", "ftp", "HTTP", ""] {
            let request = HTTPRequest(
                method: .get, scheme: scheme, authority: "localhost", path: "/etc/passwd")
            let error = await #expect(throws: TransferError.self, "\(scheme)") {
                try await client.send(request)
            }
            #expect(error?.kind == .invalidRequest)
        }
    }

    @Test("Connections are kept, and shared by requests one after the other")
    func reuse() async throws {
        for number in 0..<20 {
            let body = HTTPBody.bytes([UInt8](repeating: 7, count: number * 10_000))
            let echo = try await client.send(server.request(.put, "/echo"), body: body).echo()
            #expect(echo.connection == 1)
        }
        // One that must not be repeated has a new connection, and does not harm the kept one.
        #expect(try await client.send(server.request(.post, "/echo")).echo().connection == 2)
        #expect(
            try await client.send(server.request(.post, "/echo"), repeatability: .safe).echo().connection <= 2
        )
    }

    @Test("A kept connection that the server has closed is noticed, and the request still arrives")
    func staleConnections() async throws {
        for _ in 0..<100 {
            let last = try await client.send(server.request(.get, "/last"))
            #expect(try await last.body.bytes(limit: 10) == Array("whole".utf8))
            let body = HTTPBody.bytes([UInt8](repeating: 1, count: 300_000))
            #expect(try await client.send(server.request(.put, "/echo"), body: body).echo().length == 300_000)
        }
    }

    @Test("Two hundred requests at once are all answered, over no more connections than allowed")
    func parallel() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionsPerHost = 16
        let client = try HTTPClient(configuration)
        let lengths = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for number in 0..<200 {
                group.addTask {
                    let body = HTTPBody.bytes([UInt8](repeating: 1, count: number * 101))
                    return (
                        number, try await client.send(server.request(.put, "/echo"), body: body).echo().length
                    )
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(lengths.count == 200)
        #expect(lengths.allSatisfy { $0.value == $0.key * 101 })
        await client.shutDown()
        #expect(try await server.counts()["connections", default: 0] <= 17)
    }
}
