// What can go wrong on the way from the list of datasets to an export: what the person reads, that nothing is made
// twice, and that the way can be gone on from where it broke off.
import ExportDomain
import FlowServiceClient
import Foundation
import TestServers
import Testing

@Suite("Faults on the way to an export")
struct FaultJourneyTests {
    /// Something that goes wrong, until somebody ends it unless it says how often.
    struct Case: Sendable {
        var name: String
        var fault: FaultyFlowService.Fault
        /// What the sentence has; empty where the person notices nothing.
        var words: [String]

        init(
            _ name: String, _ kind: FaultyFlowService.Fault.Kind, _ method: String, _ contains: String,
            times: Int = 1_000, status: Int? = nil, body: String? = nil, retryAfter: Int? = nil,
            _ words: String...
        ) {
            self.name = name
            self.words = words
            fault = FaultyFlowService.Fault(kind, method, contains) {
                $0.times = times
                $0.status = status
                $0.body = body
                $0.seconds = 60
                $0.fields = retryAfter.map { ["Retry-After": "\($0)"] }
            }
        }
    }

    private static let oldToken = #"{"error_code":"401013","message":"Oauth token is not valid"}"#
    private static let noPermission = #"{"errorMessage":"2118-403 No permission","errorDetails":"Missing"}"#
    private static let stale =
        #"{"code":"1404-412","message":"Supplied version=[1] does not match the current version"}"#

    static let cases: [Case] = [
        Case("token expires", .status, "POST", "service/flows", times: 1, status: 401, body: oldToken),
        Case(
            "token is not accepted any more", .status, "POST", "service/flows", status: 401, body: oldToken,
            "does not accept the token of", "401013", "request "),
        Case(
            "datasets are not allowed", .status, "GET", "/configs", status: 403, body: noPermission,
            "Not allowed to list the datasets", "“View Datasets”", "2118-403"),
        Case(
            "dataflows are not allowed", .status, "POST", "service/flows", status: 403, body: noPermission,
            "Not allowed to make the dataflow", "“Manage and Activate Dataset Destinations”", "2118-403"),
        Case(
            "dataflow is gone", .status, "PATCH", "/flows/", status: 404, body: #"{"message":"Not found"}"#,
            "There is no flow “"),
        Case(
            "path is gone", .status, "POST", "service/flows", status: 404, body: #"{"message":"Not found"}"#,
            "Cannot make the dataflow: Not found (404"),
        Case(
            "changed by somebody else", .status, "PATCH", "/flows/", status: 412, body: stale,
            "The flow “", "was changed by somebody else meanwhile (request ", "look at it again."),
        Case(
            "conflict", .status, "PATCH", "/flows/", status: 409, body: "{}",
            "The flow “", "was changed by somebody else meanwhile (request ", "look at it again."),
        Case("throttled", .status, "POST", "service/flows", times: 2, status: 429, retryAfter: 0),
        Case(
            "throttled for an hour", .status, "POST", "service/flows", status: 429, retryAfter: 3_600,
            "Cannot make the dataflow: Experience Platform takes no more calls", "Try again in an hour."),
        Case("fails for a moment", .status, "POST", "/targetConnections", times: 2, status: 503),
        Case(
            "fails", .status, "POST", "/targetConnections", status: 500, body: #"{"message":"Oops."}"#,
            "Cannot make the destination: Experience Platform failed: Oops (500", "Try again in"),
        Case(
            "answers a page of a proxy", .status, "POST", "/sourceConnections", status: 502,
            body: "<html>Bad gateway</html>", "Experience Platform failed: the answer has no reason (502"),
        Case("does it and says that it failed", .failed, "POST", "service/flows", status: 504),
        Case("does it and hangs up", .unanswered, "POST", "/connections"),
        Case("hangs up", .unheard, "POST", "service/flows", "Cannot make the dataflow: ", "127.0.0.1"),
        Case("hangs up for a moment", .unheard, "POST", "service/flows", times: 2),
        Case("answers too late", .slow, "POST", "service/flows"),
        Case("never answers", .slow, "GET", "/configs", "Cannot list the datasets: ", "127.0.0.1"),
        Case("cuts an answer", .cut, "POST", "/sourceConnections"),
        Case("cuts every answer", .cut, "GET", "/configs", "Cannot list the datasets: ", "127.0.0.1"),
        Case("makes it and answers no JSON", .body, "POST", "service/flows", body: #"{"id":"#),
        Case(
            "answers no JSON", .body, "GET", "/configs", body: #"{"items":["#,
            "Cannot list the datasets: the platform answered something unexpected", "is not JSON"),
        Case("begins the export and hangs up", .unanswered, "POST", "/adhocrun"),
        Case(
            "is not ready to export", .status, "POST", "/adhocrun", status: 400,
            body: #"{"message":"Following order ID(s) are not ready for dataset export: x"}"#,
            "Cannot export now: ", "ten minutes"),
    ]

    @Test(
        "is told in one sentence or not noticed, makes nothing twice, and can be gone on from",
        arguments: cases.map(\.name))
    func fault(name: String) async throws {
        let fault = try #require(Self.cases.first { $0.name == name })
        // Where an answer never comes, it is not waited for as long as usual.
        let platform = try TestPlatform(
            attempts: 3, stallTimeout: .seconds(fault.fault.kind == .slow ? 5 : 60))
        try await platform.server.set(["datasets": 120])
        try await platform.server.fail(fault.fault)
        var journey = Journey()
        do {
            try await journey.goOn(platform)
            #expect(fault.words.isEmpty, "it should have failed")
        } catch let error as FlowServiceError {
            let sentence = "\(error)"
            #expect(!fault.words.isEmpty, "\(sentence)")
            for word in fault.words { #expect(sentence.contains(word), "\(sentence)") }
            #expect(sentence.hasSuffix(".") && !sentence.contains("\n"), "\(sentence)")
            #expect(!sentence.contains("eyJ") && !sentence.contains(FaultyFlowService.clientSecret))
            #expect(!sentence.contains("NotARealSecret"))
        }
        let counts = try await platform.server.state().counts
        for collection in Self.collections { #expect(counts[collection, default: 0] <= 1, "\(collection)") }
        try await platform.server.set(["endFaults": true])
        try await journey.goOn(platform)
        let ended = try await platform.server.state().counts
        for collection in Self.collections { #expect(ended[collection] == 1, "\(collection)") }
        #expect(journey.datasets?.count == 120)
        #expect(journey.flow?.draft.name == "Renamed")
    }

    private static let collections = [
        "connections", "targetConnections", "sourceConnections", "flows", "runs",
    ]
}

/// The way of somebody who exports a dataset to a new destination; what is done stays done.
private struct Journey {
    var datasets: [Dataset]?
    var account: BaseConnection?
    var target: TargetConnection?
    var source: SourceConnection?
    var flow: Flow?
    var runs: [Identifier<FlowRun>]?

    /// Goes on from where it stands, to its end.
    mutating func goOn(_ platform: TestPlatform) async throws {
        let service = platform.service
        let spec = try await platform.spec("Amazon S3")
        let datasets = try await datasets.orMade { try await service.allExportableDatasets() }
        self.datasets = datasets
        let dataset = try #require(datasets.first).id
        let account = try await account.orMade {
            try await service.createConnection(TestPlatform.account("AKIA1"), spec: spec.id)
        }
        self.account = account
        let target = try await target.orMade {
            try await service.createTargetConnection(TestPlatform.target(on: account, spec: spec))
        }
        self.target = target
        let source = try await source.orMade {
            try await service.createSourceConnection(TestPlatform.source([dataset.rawValue]))
        }
        self.source = source
        var flow = try await flow.orMade {
            try await service.createFlow(TestPlatform.flow(source, target, spec: spec))
        }
        self.flow = flow
        if flow.draft.name != "Renamed" {
            flow = try await service.updateFlow(
                flow.id, Flow.Change(name: "Renamed"), etag: flow.revision.etag)
            self.flow = flow
        }
        runs = try await runs.orMade { try await service.exportNow([dataset], of: flow.id) }
    }
}

extension Optional {
    /// What is there, or else what is made.
    fileprivate func orMade(_ make: () async throws -> Wrapped) async throws -> Wrapped {
        if let self { self } else { try await make() }
    }
}
