// What a platform refuses, and how it is told.
import ExportDomain
import FlowServiceClient
import Foundation
import Languages
import TestServers
import Testing

@Suite("Refusals of a remote platform")
struct RefusalTests {
    static let refusals: [(Int, String, String?, [String])] = [
        (
            403, #"{"errorMessage":"2118-403 No permission","errorDetails":"x"}"#, nil,
            [
                "“View Datasets” and “Manage and Activate Dataset Destinations”", "list the datasets",
                "2118-403", "request-",
            ]
        ),
        (
            403, #"{"error_code":"403003","message":"Api Key is invalid"}"#, "clientID",
            ["Developer Console", "403003"]
        ),
        (
            403, #"{"error_code":"403025","message":"Profile is not valid"}"#, nil,
            ["product profile", "request-"]
        ),
        (403, #"{"error_code":"403027","message":"Region"}"#, "gateway", ["another region than 127.0.0.1"]),
        (401, #"{"code":"2001-401","message":"Org"}"#, "organizationID", ["organisation", "2001-401"]),
        (
            401, #"{"error_code":"401013","message":"Oauth token is not valid"}"#, "clientSecret",
            ["token", "401013"]
        ),
        (
            404, #"{"code":"2100-404","message":"Sandbox not found"}"#, "sandbox",
            ["no sandbox “prod”", "request-"]
        ),
        (
            400, #"{"message":"1401-400 limit and count"}"#, nil,
            ["1401-400 limit and count", "list the datasets"]
        ),
        (
            400,
            #"{"type":"/placeholder/type/uri","status":400,"title":"BadRequestError","detail":"A type\u001b[2J."}"#,
            nil, ["BadRequestError: A type[2J (400, request request-"]
        ),
        (422, #"{"message":"'version' is required for spec info"}"#, nil, ["'version' is required"]),
        (500, "<html>a page</html>", nil, ["has no reason", "500", "Try again"]),
        (503, "", nil, ["503"]),
        (429, "{}", nil, ["takes no more calls", "429"]),
        (302, "", nil, ["leads elsewhere"]),
        (418, "{}", nil, ["418"]),
    ]

    @Test("A refusal is told in a sentence with its code and the request's id", arguments: refusals.indices)
    func sentences(index: Int) async throws {
        let (status, body, field, words) = Self.refusals[index]
        let platform = try TestPlatform(attempts: 2)
        try await platform.server.fail(
            .init(.status, "GET", "/configs") {
                $0.status = status
                $0.body = body
                $0.times = 9
            })
        let error = try #require(
            await failure { _ = try await platform.service.exportableDatasets(start: 0, limit: 20) })
        let found: String?? =
            switch error {
            case .invalid(let field, _, _), .refused(let field, _): field
            case .unavailable: .some(nil)
            default: nil
            }
        #expect(found == .some(field), "\(error)")
        let sentence = "\(error)"
        for word in words { #expect(sentence.contains(word), "\(sentence)") }
        #expect(sentence.hasSuffix(".") && !sentence.unicodeScalars.contains("\u{1B}"))
        #expect(!sentence.contains("eyJ") && !sentence.contains(FaultyFlowService.clientSecret))
    }

    @Test(
        "What is gone, used, changed or in another state is told with the request's id, and is the same error without it",
        arguments: [
            (404, #"{"message":"x"}"#, FlowServiceError.notFound(what: "flow", id: "f1")),
            (412, #"{"message":"1404-412"}"#, .changed(what: "flow", id: "f1")),
            (400, #"{"message":"1418-400 in use"}"#, .inUse(what: "flow", name: "f1", by: [])),
            (
                404, #"{"message":"x","facts":{"kind":"notFound","what":"run","id":"r1"}}"#,
                .notFound(what: "run", id: "r1")
            ),
            (
                400,
                #"{"message":"x","facts":{"kind":"invalid","field":"name","reason":"A name is needed"}}"#,
                .invalid(field: "name", reason: Text("A name is needed"))
            ),
            (
                400,
                #"{"message":"x","facts":{"kind":"wrongState","what":"flow","id":"f1","state":"disabled"}}"#,
                .wrongState(what: "flow", id: "f1", state: "disabled")
            ),
        ])
    func requestIDs(status: Int, body: String, expected: FlowServiceError) async throws {
        let platform = try TestPlatform()
        try await platform.server.fail(
            .init(.status, "GET", "/flows/f1") {
                $0.status = status
                $0.body = body
            })
        let error = try #require(await failure { _ = try await platform.service.flow("f1") })
        #expect(error == expected)
        #expect("\(error)".contains("(request request-"), "\(error)")
        #expect(!"\(expected)".contains("request"))
    }

    @Test("Settings that the platform does not know are told by their name")
    func settings() async throws {
        let sandbox = try TestPlatform(sandbox: "prd")
        guard
            case .invalid("sandbox", let reason, _)? = await failure({
                _ = try await sandbox.service.connectionSpecs()
            })
        else { throw Unexpected(nil) }
        #expect(reason.english.contains("“prd”"))
        #expect(try await sandbox.service.sandboxes().map(\.name) == ["prod", "dev"])
        let organization = try TestPlatform(organization: "other@AdobeOrg")
        guard
            case .refused("organizationID", _)? = await failure({
                _ = try await organization.service.connectionSpecs()
            })
        else { throw Unexpected(nil) }
    }

    @Test("What fails for a moment is asked for again, not before the time that the platform names")
    func patience() async throws {
        let platform = try TestPlatform()
        try await platform.server.set(["datasets": 1])
        for status in [500, 502, 503, 504] {
            try await platform.server.fail(.init(.status, "GET", "/configs") { $0.status = status })
            #expect(try await platform.service.allExportableDatasets().count == 1)
        }
        try await platform.server.fail(
            .init(.status, "GET", "/configs") {
                $0.status = 429
                $0.fields = ["Retry-After": "1"]
            })
        let start = ContinuousClock.now
        #expect(try await platform.service.allExportableDatasets().count == 1)
        #expect(.now - start >= .seconds(1))
        for kind in [FaultyFlowService.Fault.Kind.unheard, .unanswered, .cut] {
            try await platform.server.fail(.init(kind, "GET", "/configs"))
            #expect(try await platform.service.allExportableDatasets().count == 1)
        }
        try await platform.server.fail(.init(.slow, "GET", "/configs") { $0.seconds = 0.3 })
        #expect(try await platform.service.allExportableDatasets().count == 1)
    }

    @Test(
        "An answer that cannot be read is told with what is wrong",
        arguments: [
            ("{", "is not JSON"), ("[]", "is a list"), ("{}", "has no items"),
            (#"{"items":[{}]}"#, "has no id"),
            (#"{"items":[{"id":7}]}"#, "is the number 7, not a text"), ("<html>", "is not JSON"),
            ("", "is not JSON"),
        ])
    func malformed(body: String, words: String) async throws {
        let platform = try TestPlatform()
        try await platform.server.fail(.init(.body, "GET", "/configs") { $0.body = body })
        let error = await failure { _ = try await platform.service.exportableDatasets(start: 0, limit: 20) }
        guard case .unavailable(Text("list the datasets"), let reason)? = error else {
            throw Unexpected(error)
        }
        #expect(reason.english.contains(words), "\(reason)")
    }

    @Test("An answer without end is not read to its end")
    func tooLarge() async throws {
        let platform = try TestPlatform()
        try await platform.server.fail(
            .init(.body, "GET", "/configs") { $0.body = String(repeating: "x", count: 17 << 20) })
        let error = await failure { _ = try await platform.service.exportableDatasets(start: 0, limit: 20) }
        guard case .unavailable(_, let reason)? = error else { throw Unexpected(error) }
        #expect(reason.english.contains("sent too much"))
    }

    @Test("A page that cannot be is refused without a call", arguments: [0, -1, 101])
    func limits(limit: Int) async throws {
        let platform = try TestPlatform()
        for error in [
            await failure({ _ = try await platform.service.flows(PageRequest(limit: limit)) }),
            await failure({ _ = try await platform.service.exportableDatasets(start: 0, limit: limit) }),
        ] {
            guard case .invalid("limit", _, _)? = error else { throw Unexpected(error) }
        }
        #expect(try await platform.server.state().requests.isEmpty)
    }

    @Test("A call that is cancelled ends")
    func cancellation() async throws {
        let platform = try TestPlatform()
        try await platform.server.fail(.init(.slow, "GET", "/configs") { $0.seconds = 60 })
        let task = Task { try await platform.service.exportableDatasets(start: 0, limit: 20) }
        while try await platform.server.state().requests.allSatisfy({ !$0.target.contains("/configs") }) {
            try await Task.sleep(for: .milliseconds(10))
        }
        task.cancel()
        await #expect(
            throws: FlowServiceError.unavailable(
                doing: Text("list the datasets"), reason: Text("it was cancelled"))
        ) {
            try await task.value
        }
    }
}
