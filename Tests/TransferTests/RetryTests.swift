// What is sent again, when, and what never is.

import Foundation
import HTTPTypes
import Testing

@testable import Transfer

@Suite("Retries")
struct RetryTests {
    private let server: HTTPServer
    private let client: HTTPClient

    init() throws {
        server = try HTTPServer()
        client = try HTTPClient()
    }

    @Test("Failures that pass are met with another attempt")
    func passing() async throws {
        for status in [0, 408, 429, 500, 502, 503, 504] {
            let reply = try await client.send(
                server.request(.put, "/fail/\(status)/2?id=\(status)"), body: .bytes([1, 2, 3]),
                retrying: .quick)
            #expect(reply.response.status == .ok)
            #expect(try await server.counts()["\(status)"] == 3)
        }
    }

    @Test("The last answer is given when the attempts are used up, with its body")
    func exhausted() async throws {
        let reply = try await client.send(server.request(.get, "/fail/503/9?id=a"), retrying: .quick)
        #expect(reply.response.status == .serviceUnavailable)
        #expect(try await reply.body.bytes(limit: 100) == Array(#"{"requests": 6}"#.utf8))
        let error = await #expect(throws: TransferError.self) {
            try await client.send(server.request(.get, "/fail/0/9?id=b"), retrying: .quick)
        }
        #expect(error?.kind == .interrupted)
        // libcurl itself tries again when a kept connection was closed before an answer.
        #expect(try await server.counts()["b"].map { 6...12 ~= $0 } == true)
    }

    @Test("What is not safe to repeat is sent once, unless the caller knows better")
    func unsafe() async throws {
        for status in [0, 503] {
            _ = try? await client.send(
                server.request(.post, "/fail/\(status)/9?id=post\(status)"), retrying: .quick)
            #expect(try await server.counts()["post\(status)"] == 1)
            let chunks = HTTPBody.stream(length: 10, Chunks(count: 1, size: 10))
            _ = try? await client.send(
                server.request(.put, "/fail/\(status)/9?id=stream\(status)"), body: chunks, retrying: .quick)
            #expect(try await server.counts()["stream\(status)"] == 1)
        }
        _ = try await client.send(server.request(.get, "/fail/404/9?id=missing"), retrying: .quick)
        #expect(try await server.counts()["missing"] == 1)
        _ = try await client.send(
            server.request(.post, "/fail/503/1?id=safe"), retrying: .quick, repeatability: .safe)
        #expect(try await server.counts()["safe"] == 2)
        _ = try await client.send(
            server.request(.put, "/fail/503/1?id=not"), retrying: .quick, repeatability: .unsafe)
        #expect(try await server.counts()["not"] == 1)
    }

    @Test("The wait that the server asks for is kept")
    func retryAfter() async throws {
        let duration = try await elapsed {
            let reply = try await client.send(
                server.request(.get, "/fail/503/1?id=a&after=1"), retrying: .quick)
            #expect(reply.response.status == .ok)
        }
        #expect(duration >= .seconds(1))
        let impatient = RetryPolicy(attempts: 5, firstDelay: .milliseconds(5), timeLimit: .seconds(2))
        let reply = try await client.send(
            server.request(.get, "/fail/503/1?id=b&after=60"), retrying: impatient)
        #expect(reply.response.status == .serviceUnavailable)
    }

    @Test("A request is made anew for each attempt, and the caller may judge the answers")
    func madeAnew() async throws {
        var attempt = 0
        let reply = try await client.send(
            retrying: .quick,
            examine: { reply in
                let body = try await reply.body.bytes(limit: 1_000)
                let isDone = String(decoding: body, as: UTF8.self).contains("/3")
                return (
                    HTTPReply(response: reply.response, body: HTTPReplyBody(body)),
                    isDone ? .stop : .retry(after: nil)
                )
            }
        ) {
            attempt += 1
            return (server.request(.get, "/attempt/\(attempt)"), .empty)
        }
        #expect(try await reply.echo().target == "/attempt/3")
    }

    @Test("Waits double up to their longest, are spread, and end with the policy")
    func delays() {
        let policy = RetryPolicy(
            attempts: 6, firstDelay: .seconds(1), longestDelay: .seconds(5), timeLimit: .seconds(60))
        let delay = { (attempt: Int, chance: Double) in
            policy.delay(after: .retry(after: nil), attempt: attempt, elapsed: .zero, chance: chance)
        }
        #expect(
            (1...6).map { delay($0, 1) } == [
                .seconds(1), .seconds(2), .seconds(4), .seconds(5), .seconds(5), nil,
            ])
        #expect(delay(2, 0) == .seconds(1))
        #expect(policy.delay(after: .stop, attempt: 1, elapsed: .zero, chance: 0) == nil)
        #expect(
            policy.delay(after: .retry(after: .seconds(9)), attempt: 1, elapsed: .zero, chance: 0)
                == .seconds(9))
        #expect(
            policy.delay(after: .retry(after: .seconds(61)), attempt: 1, elapsed: .zero, chance: 0) == nil)
        #expect(policy.delay(after: .retry(after: nil), attempt: 1, elapsed: .seconds(60), chance: 0) == nil)
        #expect(
            RetryPolicy.none.delay(after: .retry(after: nil), attempt: 1, elapsed: .zero, chance: 0) == nil)
    }

    @Test("Retry-After is read in seconds and as a date, in all forms of HTTP's dates")
    func retryAfterForms() {
        let now = Date(timeIntervalSince1970: 784_111_777)  // Sun, 06 Nov 1994 08:49:37 GMT
        for (text, seconds) in [
            ("0", 0), (" 120 ", 120), ("999999999999999999999", 86_400),
            ("Sun, 06 Nov 1994 08:49:47 GMT", 10),
            ("Sunday, 06-Nov-94 08:49:47 GMT", 10), ("Sun Nov  6 08:49:47 1994", 10),
            ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
        ] {
            #expect(RetryAfter.delay(text, serverTime: nil, now: now) == .seconds(seconds), "\(text)")
        }
        for text in [
            "", "-1", "1.5", "soon", "Sun, 99 Nov 1994 08:49:47 GMT", "Sun, 06 Nov 1994 25:49:47 GMT",
        ] {
            #expect(RetryAfter.delay(text, serverTime: nil, now: now) == nil, "\(text)")
        }
        let late = RetryAfter.delay(
            "Sun, 06 Nov 1994 08:49:47 GMT", serverTime: "Sun, 06 Nov 1994 08:49:40 GMT", now: now)
        #expect(late == .seconds(7))
    }
}
