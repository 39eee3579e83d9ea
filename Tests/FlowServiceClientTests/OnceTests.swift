// Nothing is done twice, whatever happens to requests and answers.
import ExportDomain
import FlowServiceClient
import Foundation
import Languages
import TestServers
import Testing

@Suite("What must not be done twice")
struct OnceTests {
    /// What can happen to a call, and whether it was done.
    static let accidents: [(String, @Sendable (String, String) -> FaultyFlowService.Fault)] = [
        ("unheard", { .init(.unheard, $0, $1) }),
        ("unanswered", { .init(.unanswered, $0, $1) }),
        ("unanswered twice", { .init(.unanswered, $0, $1) { $0.times = 2 } }),
        ("cut", { .init(.cut, $0, $1) }),
        ("malformed", { .init(.body, $0, $1) { $0.body = #"{"id":"# } }),
        ("done, and said to have failed", { .init(.failed, $0, $1) { $0.status = 504 } }),
        ("failed", { .init(.status, $0, $1) { $0.status = 500 } }),
        (
            "throttled",
            {
                .init(.status, $0, $1) {
                    $0.status = 429
                    $0.fields = ["Retry-After": "0"]
                }
            }
        ),
    ]

    @Test("A create is done once, and what was made is found", arguments: accidents.map(\.0))
    func creates(accident: String) async throws {
        let fault = try #require(Self.accidents.first { $0.0 == accident }).1
        let platform = try TestPlatform()
        for collection in ["connections", "targetConnections", "sourceConnections", "flows"] {
            try await platform.server.fail(fault("POST", "/flowservice/\(collection)"))
        }
        let parts = try await platform.makeParts()
        let counts = try await platform.server.state().counts
        for collection in ["connections", "targetConnections", "sourceConnections", "flows"] {
            #expect(counts[collection] == 1, "\(collection)")
        }
        #expect(try await platform.service.flow(parts.flow.id).draft == parts.flow.draft)
        #expect(parts.flow.draft.sourceConnectionID == parts.source.id)
        #expect(parts.target.draft.baseConnectionID == parts.account.id)
    }

    @Test("What existed before with the same name is not taken for what was to be made")
    func twins() async throws {
        let platform = try TestPlatform()
        let first = try await platform.makeParts()
        for collection in ["connections", "targetConnections", "sourceConnections", "flows"] {
            try await platform.server.fail(.init(.unheard, "POST", "/flowservice/\(collection)"))
        }
        let second = try await platform.makeParts()
        #expect(first.account.id != second.account.id && first.target.id != second.target.id)
        #expect(first.source.id != second.source.id && first.flow.id != second.flow.id)
        #expect(try await platform.server.state().counts["flows"] == 2)
    }

    @Test(
        "Changes, pauses and removals are done once, and an answer that was lost is no failure",
        arguments: accidents.map(\.0))
    func changes(accident: String) async throws {
        let fault = try #require(Self.accidents.first { $0.0 == accident }).1
        let platform = try TestPlatform()
        let service = platform.service
        let parts = try await platform.makeParts()
        try await platform.server.fail(fault("PATCH", "/flows/"))
        let flow = try await service.updateFlow(
            parts.flow.id, Flow.Change(name: "Other"), etag: parts.flow.revision.etag)
        #expect(flow.draft.name == "Other")
        var draft = parts.target.draft
        draft.parameters["path"] = "weekly"
        try await platform.server.fail(fault("PATCH", "/targetConnections/"))
        let target = try await service.updateTargetConnection(
            parts.target.id, to: draft, etag: parts.target.revision.etag)
        #expect(target.draft == draft)
        try await platform.server.fail(fault("PATCH", "/connections/"))
        let account = try await service.updateConnection(
            parts.account.id, to: TestPlatform.account("AKIA2", secret: "AnotherSecret"),
            etag: parts.account.revision.etag)
        #expect(account.draft.authentication?.answers == ["s3AccessKey": .value("AKIA2")])
        try await platform.server.fail(fault("POST", "/action"))
        try await service.perform(.disable, on: parts.flow.id)
        #expect(try await service.flow(parts.flow.id).state == .disabled)
        for (collection, remove) in [
            ("flows", { try await service.deleteFlow(parts.flow.id) }),
            ("targetConnections", { try await service.deleteTargetConnection(parts.target.id) }),
            ("sourceConnections", { try await service.deleteSourceConnection(parts.source.id) }),
            ("connections", { try await service.deleteConnection(parts.account.id) }),
        ] as [(String, () async throws -> Void)] {
            try await platform.server.fail(fault("DELETE", "/\(collection)/"))
            try await remove()
            #expect(try await platform.server.state().counts[collection] == 0)
        }
    }

    @Test("An export now is begun once", arguments: accidents.map(\.0))
    func exportNow(accident: String) async throws {
        let fault = try #require(Self.accidents.first { $0.0 == accident }).1
        let platform = try TestPlatform()
        let parts = try await platform.makeParts()
        try await platform.server.run(flow: parts.flow.id.rawValue, dataset: "65a0f0c2b1d2e3f405162738")
        try await platform.server.fail(fault("POST", "adhocrun"))
        let runs = try await platform.service.exportNow(["65a0f0c2b1d2e3f405162738"], of: parts.flow.id)
        #expect(try await platform.server.state().counts["runs"] == 2)
        #expect(try await platform.service.allRuns(of: parts.flow.id).first?.id == runs.first)
    }

    @Test("A change by somebody else while the answer was lost is told")
    func changedMeanwhile() async throws {
        let platform = try TestPlatform()
        let parts = try await platform.makeParts()
        try await platform.server.fail(.init(.unheard, "PATCH", "/flows/"))
        let change = Flow.Change(name: "Other")
        // The look before the change sees the old version; the look after the cut sees another one.
        try await platform.server.fail(
            .init(.body, "GET", "/flows/") {
                $0.skip = 1
                $0.body =
                    #"{"items":[{"id":"\#(parts.flow.id)","name":"Somebody's","etag":"\"another\"","state":"enabled"}]}"#
            })
        #expect(
            await failure {
                _ = try await platform.service.updateFlow(
                    parts.flow.id, change, etag: parts.flow.revision.etag)
            } == .changed(what: "flow", id: parts.flow.id.rawValue))
        #expect(try await platform.service.flow(parts.flow.id).draft.name == "Loyalty")
    }

    @Test("A platform that keeps failing has done nothing, or what it did is found in the end")
    func failingForEver() async throws {
        let platform = try TestPlatform(attempts: 3)
        let spec = try await platform.spec("Data Landing Zone")
        try await platform.server.fail(
            .init(.status, "POST", "/flowservice/connections") {
                $0.status = 503
                $0.times = 9
            })
        let error = await failure {
            _ = try await platform.service.createConnection(BaseConnection.Draft(name: "Zone"), spec: spec.id)
        }
        guard case .unavailable(Text("make the account"), _)? = error else { throw Unexpected(error) }
        let state = try await platform.server.state()
        #expect(state.counts["connections"] == 0)
        #expect(
            state.requests.filter { $0.method == "POST" && $0.target.hasSuffix("/connections") }.count == 3)
        let other = try TestPlatform(attempts: 1)
        let zone = try await other.spec("Data Landing Zone")
        try await other.server.fail(.init(.unanswered, "POST", "/flowservice/connections"))
        let account = try await other.service.createConnection(
            BaseConnection.Draft(name: "Zone"), spec: zone.id)
        #expect(try await other.service.allConnections().map(\.id) == [account.id])
    }

    @Test("What was made but cannot be shown is given as it was asked for")
    func madeButNotShown() async throws {
        let platform = try TestPlatform(attempts: 2)
        let spec = try await platform.spec("Amazon S3")
        try await platform.server.fail(
            .init(.status, "GET", "/connections/") {
                $0.status = 500
                $0.times = 2
            })
        let account = try await platform.service.createConnection(
            TestPlatform.account("AKIA1"), spec: spec.id)
        #expect(account.draft.authentication?.storedSecrets == ["s3SecretKey"])
        #expect(try await platform.service.connection(account.id).revision.etag == account.revision.etag)
        #expect(!"\(account)".contains("NotARealSecret"))
    }
}
