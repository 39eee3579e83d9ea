// Signing in with an OAuth server-to-server credential.
import ExportDomain
import FlowServiceClient
import Foundation
import Languages
import TestServers
import Testing

@Suite("Signing in")
struct SignInTests {
    @Test("Twenty calls at the same time sign in once")
    func once() async throws {
        let platform = try TestPlatform()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await platform.service.sandboxes() } }
            try await group.waitForAll()
        }
        #expect(try await platform.server.state().signIns == 1)
    }

    @Test("A token that is not accepted any more is renewed once, and the calls are repeated")
    func tokenEnds() async throws {
        let platform = try TestPlatform()
        _ = try await platform.service.sandboxes()
        try await platform.server.set(["expireTokens": true])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await platform.service.sandboxes() } }
            try await group.waitForAll()
        }
        #expect(try await platform.server.state().signIns == 2)
    }

    @Test("A token that holds for a short while only is used for half of it")
    func shortToken() async throws {
        let platform = try TestPlatform()
        try await platform.server.set(["tokenLifetime": 3_600])
        for _ in 0..<5 { _ = try await platform.service.sandboxes() }
        #expect(try await platform.server.state().signIns == 1)
    }

    @Test("A create whose token is refused is made once, with another token")
    func createWithOldToken() async throws {
        let platform = try TestPlatform()
        let spec = try await platform.spec("Data Landing Zone")
        try await platform.server.fail(
            FaultyFlowService.Fault(.status, "POST", "/connections") {
                $0.status = 401
                $0.body = #"{"error_code":"401013","message":"Oauth token is not valid"}"#
            })
        _ = try await platform.service.createConnection(BaseConnection.Draft(name: "Zone"), spec: spec.id)
        let state = try await platform.server.state()
        #expect(state.counts["connections"] == 1 && state.signIns == 2)
    }

    @Test("A secret that has expired is told, and never shown")
    func wrongSecret() async throws {
        let platform = try TestPlatform(secret: "an old secret")
        let error = try #require(await failure { _ = try await platform.service.sandboxes() })
        guard case .refused(let field, let reason) = error else { throw Unexpected(error) }
        #expect(field == "clientSecret")
        #expect(reason.english.contains("may have expired") && reason.english.contains("request-"))
        #expect(!reason.english.contains("an old secret"))
    }

    @Test("Scopes that the credential does not have are told")
    func wrongScope() async throws {
        let platform = try TestPlatform(scopes: ["nothing"])
        guard case .refused("scopes", _)? = await failure({ _ = try await platform.service.sandboxes() })
        else {
            throw Unexpected(nil)
        }
    }

    @Test("An identity service that fails for a moment is asked again; one that gives no token is told")
    func failingService() async throws {
        let platform = try TestPlatform()
        try await platform.server.fail(
            FaultyFlowService.Fault(.status, "POST", "/ims/") {
                $0.status = 503
                $0.times = 2
            })
        #expect(try await platform.service.sandboxes().count == 2)
        for body in [#"{"access_token":""}"#, "<html>", "{}"] {
            let other = try TestPlatform()
            try await other.server.fail(
                FaultyFlowService.Fault(.body, "POST", "/ims/") {
                    $0.body = body
                    $0.times = 9
                })
            let error = await failure { _ = try await other.service.sandboxes() }
            guard case .unavailable(Text("sign in"), _)? = error else { throw Unexpected(error) }
        }
    }

    @Test("The secret stands in no address and no header, the token in no address")
    func secretStaysInBody() async throws {
        let platform = try TestPlatform()
        _ = try await platform.makeParts()
        for request in try await platform.server.state().requests {
            #expect(!request.target.contains("p8e-") && !request.target.contains("eyJ"))
            #expect(!request.fields.values.contains { $0.contains("p8e-") })
        }
    }

    @Test(
        "Addresses are those of servers with TLS, or of this machine",
        arguments: [
            ("https://platform.example.com", true), ("https://platform.example.com:8443/base/", true),
            ("http://localhost:8080", true), ("http://127.0.0.1:8080", true), ("http://[::1]:8080", true),
            ("http://platform.example.com", false), ("platform.example.com", false), ("", false),
            ("ftp://platform.example.com", false), ("https://user:word@platform.example.com", false),
            ("https://platform.example.com/?x=y", false), ("https:///x", false),
        ])
    func addresses(text: String, isOne: Bool) {
        #expect((PlatformAddress(text) != nil) == isOne)
    }
}

/// Another error than the one that was expected.
struct Unexpected: Error {
    let error: FlowServiceError?
    init(_ error: FlowServiceError?) { self.error = error }
}
