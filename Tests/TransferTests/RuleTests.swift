// The pure rules: exceptions from proxies, authorities, bandwidth, headers, sentences.

import HTTPTypes
import Languages
import Testing

@testable import Transfer

@Suite("Rules of transfers")
struct RuleTests {
    @Test(
        "NO_PROXY names hosts, domains, networks and ports",
        arguments: [
            ("*", "any.host", 443, true), ("", "a.b", 80, false), ("example.com", "example.com", 443, true),
            ("example.com", "s3.example.com", 443, true), ("example.com", "myexample.com", 443, false),
            (".example.com", "s3.example.com", 443, true), ("*.example.com", "s3.Example.COM.", 443, true),
            ("a.b, c.d e.f", "c.d", 1, true), ("a.b, c.d e.f", "e.f", 1, true),
            ("10.0.0.0/8", "10.9.8.7", 80, true),
            ("10.0.0.0/8", "11.0.0.1", 80, false), ("192.168.1.128/25", "192.168.1.127", 80, false),
            ("192.168.1.128/25", "192.168.1.200", 80, true), ("10.0.0.1", "10.0.0.1", 80, true),
            ("10.0.0.0/8", "10.example.com", 80, false), ("fd00::/8", "fd12::1", 80, true),
            ("::1", "::1", 80, true),
            ("[::1]:80", "::1", 80, true), ("[::1]:80", "::1", 81, false), ("a.b:8080", "a.b", 8080, true),
            ("a.b:8080", "a.b", 80, false), ("0.0.0.0/0", "1.2.3.4", 1, true),
            ("10.0.0.0/99", "10.0.0.0", 1, false),
        ])
    func exceptions(list: String, host: String, port: Int, isExcepted: Bool) {
        #expect(ProxyExceptions(list).contains(host: host, port: port) == isExcepted)
    }

    @Test("Proxies are chosen by scheme, in small letters before capitals")
    func proxies() {
        let settings = ProxySettings(environment: [
            "http_proxy": "plain:1", "HTTP_PROXY": "never:1", "HTTPS_PROXY": "http://u:p@capital:2/",
            "https_proxy": "",
            "ALL_PROXY": "socks5h://all:3", "NO_PROXY": "direct",
        ])
        let proxy = { (scheme: String, host: String) in
            settings.proxy(for: HTTPOrigin(scheme: scheme, host: host))
        }
        #expect(proxy("http", "a")?.url == "http://plain:1")
        #expect(proxy("https", "a")?.address == "capital:2")
        #expect(proxy("https", "direct") == nil)
        let all = ProxySettings(environment: ["ALL_PROXY": "socks5h://all:3"])
        #expect(
            all.proxy(for: HTTPOrigin(scheme: "http", host: "a"))?.forwards(
                HTTPOrigin(scheme: "http", host: "a")) == false)
        #expect(
            ProxySettings(environment: ["HTTP_PROXY": "x"]).proxy(for: HTTPOrigin(scheme: "http", host: "a"))
                == nil)
    }

    @Test(
        "Authorities are read and written",
        arguments: [
            ("https", "a.b", "a.b", 443, "a.b"), ("https", "a.b:443", "a.b", 443, "a.b"),
            ("http", "a.b:443", "a.b", 443, "a.b:443"), ("http", "[::1]", "::1", 80, "[::1]"),
            ("http", "[::1]:8080", "::1", 8080, "[::1]:8080"),
        ])
    func origins(scheme: String, text: String, host: String, port: Int, authority: String) throws {
        let origin = try #require(HTTPOrigin(scheme: scheme, authority: text))
        #expect(origin == HTTPOrigin(scheme: scheme, host: host, port: port))
        #expect(origin.authority == authority)
    }

    @Test("A bandwidth limit fills steadily, saves little, and pays debts first")
    func bandwidth() {
        let start = ContinuousClock.now
        var limit = BandwidthLimit(bytesPerSecond: 1_000_000, now: start)
        #expect(limit.allowance(at: start) == 0)
        #expect(limit.allowance(at: start + .milliseconds(50)) == 50_000)
        #expect(limit.allowance(at: start + .seconds(50)) == 100_000)
        limit.spend(600_000)
        #expect(limit.allowance(at: start + .seconds(50)) == 0)
        #expect(limit.pause >= .milliseconds(500) && limit.pause < .milliseconds(600))
        #expect(limit.allowance(at: start + .seconds(50.5)) == 0)
        #expect(limit.allowance(at: start + .seconds(50.6)) == 100_000)
        var none = BandwidthLimit(bytesPerSecond: nil, now: start)
        none.spend(1 << 40)
        #expect(none.allowance(at: start) == .max)
    }

    @Test("A bandwidth limit is held over all transfers together, and can be lifted meanwhile")
    func heldBandwidth() async throws {
        let server = try HTTPServer()
        var configuration = HTTPClient.Configuration()
        configuration.bandwidth = Bandwidth(bytesPerSecond: 2_000_000)
        let client = try HTTPClient(configuration)
        let upAndDown = { @Sendable () async throws -> Void in
            let body = HTTPBody.bytes([UInt8](repeating: 0, count: 500_000))
            #expect(try await client.send(server.request(.put, "/echo"), body: body).echo().length == 500_000)
            let reply = try await client.send(server.request(.get, "/bytes/500000"))
            #expect(try await reply.body.bytes(limit: 500_000).count == 500_000)
        }
        // 4 × 0.5 MB each way, one way after the other: two seconds.
        let duration = try await elapsed {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try await upAndDown() } }
                try await group.waitForAll()
            }
        }
        #expect(duration > .seconds(0.9))
        configuration.bandwidth.limit(to: 1)
        let slow = Task { try await upAndDown() }
        try await Task.sleep(for: .milliseconds(100))
        configuration.bandwidth.limit(to: nil)
        try await slow.value
        #expect(configuration.bandwidth.spent(.sending) >= 5 * 500_000)
    }

    @Test("Credentials are taken out of libcurl's words")
    func credentials() {
        for (text, shown) in [
            ("Unsupported proxy scheme for 'x://u:p@h:1'", "Unsupported proxy scheme for 'x://h:1'"),
            ("no://u:p@s@h/ and http://b", "no://h/ and http://b"), ("nothing", "nothing"),
        ] { #expect(TransferError.withoutCredentials(text) == shown) }
    }

    @Test("Every kind of failure has a sentence that names the host")
    func sentences() {
        for kind in TransferError.Kind.allCases {
            for phase in TransferError.Phase.allCases {
                let text =
                    "\(TransferError(host: "s3.example.com", phase: phase, kind: kind, reason: Text("the reason")))"
                #expect(text.contains("s3.example.com") && text.contains(": the reason."), "\(text)")
            }
        }
    }
}
