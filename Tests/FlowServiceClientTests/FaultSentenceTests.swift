// What a person reads when a call fails, by table: on each step of an export, whatever the platform or the network does.
// Beside each sentence is counted what the platform has in the end.
import ExportDomain
import FlowServiceClient
import Foundation
import TestServers
import Testing
import Transfer

@Suite("Faults of a remote platform")
struct FaultSentenceTests {
    /// A fault, the step that it strikes, and what is read then.
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var step: Step
        var fault: FaultyFlowService.Fault.Kind
        var status: Int?
        var body: String?
        var fields: [String: String]?
        /// How many calls are struck; more than are made where the fault stays.
        var times = 9
        /// False where it is asked once and never again.
        var isTriedAgain = true
        /// Nil where all is well in the end.
        var sentence: String?

        var testDescription: String { "\(name), \(step.rawValue)" }
    }

    /// A step of an export.
    enum Step: String, Sendable {
        case list = "list the datasets"
        case create = "make the dataflow"
        case change = "change the dataflow"
        case remove = "remove the dataflow"

        /// The method and a part of the path of its call.
        var call: (method: String, path: String) {
            switch self {
            case .list: ("GET", "/configs")
            case .create: ("POST", "/flowservice/flows")
            case .change: ("PATCH", "/flows/")
            case .remove: ("DELETE", "/flows/")
            }
        }
    }

    private static let oldToken = #"{"error_code":"401013","message":"Oauth token is not valid"}"#
    private static let noRight = #"{"errorMessage":"2118-403 No permission","errorDetails":"x"}"#

    private static let rows: [Row] = [
        Row(name: "the token ends", step: .list, fault: .status, status: 401, body: oldToken, times: 1),
        Row(name: "the token ends", step: .create, fault: .status, status: 401, body: oldToken, times: 1),
        Row(name: "the token ends", step: .change, fault: .status, status: 401, body: oldToken, times: 1),
        Row(name: "the token ends", step: .remove, fault: .status, status: 401, body: oldToken, times: 1),
        Row(
            name: "no token is good", step: .create, fault: .status, status: 401, body: oldToken,
            sentence:
                "Experience Platform does not accept the token of “0a1b2c3d4e5f40617283”, though it is new: the credential may have been removed, or its organisation is not “000000000000000000000001@AdobeOrg” (401, code 401013, request …)."
        ),
        Row(
            name: "a right is missing", step: .list, fault: .status, status: 403, body: noRight,
            sentence:
                "Not allowed to list the datasets: the role of this credential needs the permissions “View Datasets” and “Manage and Activate Dataset Destinations” in the sandbox (2118-403 No permission: x) (403, code 2118-403, request …)."
        ),
        Row(
            name: "a right is missing", step: .create, fault: .status, status: 403, body: noRight,
            sentence: "Not allowed to make the dataflow"),
        Row(
            name: "it is gone", step: .change, fault: .status, status: 404, body: #"{"message":"none"}"#,
            sentence: "There is no flow “…” (request …)."),
        Row(
            name: "it is gone", step: .remove, fault: .status, status: 404,
            sentence: "There is no flow “…” (request …)."),
        Row(
            name: "somebody else was first", step: .change, fault: .status, status: 412,
            sentence: "The flow “…” was changed by somebody else meanwhile (request …): look at it again."),
        Row(
            name: "somebody else was first", step: .change, fault: .status, status: 409,
            sentence: "The flow “…” was changed by somebody else meanwhile (request …): look at it again."),
        Row(
            name: "too many calls, for a moment", step: .create, fault: .status, status: 429,
            fields: ["Retry-After": "0"], times: 2),
        Row(
            name: "too many calls", step: .create, fault: .status, status: 429, fields: ["Retry-After": "0"],
            sentence:
                "Cannot make the dataflow: Experience Platform takes no more calls for now (429, request …). Try again in a few minutes."
        ),
        Row(
            name: "too many calls, and an hour to wait", step: .create, fault: .status, status: 429,
            fields: ["Retry-After": "3600"], isTriedAgain: false,
            sentence:
                "Cannot make the dataflow: Experience Platform takes no more calls for now (429, request …). Try again in an hour."
        ),
        Row(
            name: "a failure, and two minutes to wait", step: .list, fault: .status, status: 503,
            fields: ["Retry-After": "100"], isTriedAgain: false,
            sentence:
                "Cannot list the datasets: Experience Platform failed: Fault (503, request …). Try again in 2 minutes."
        ),
        Row(
            name: "a failure, and a second to wait", step: .change, fault: .status, status: 503,
            fields: ["Retry-After": "1"], times: 1),
        Row(name: "a failure, for a moment", step: .create, fault: .status, status: 503, times: 2),
        Row(
            name: "a failure", step: .create, fault: .status, status: 500, body: #"{"message":"Oops."}"#,
            sentence:
                "Cannot make the dataflow: Experience Platform failed: Oops (500, request …). Try again in a few minutes."
        ),
        Row(name: "a failure after it was done", step: .create, fault: .failed, status: 500, times: 1),
        Row(name: "an answer that is cut", step: .list, fault: .cut, times: 1),
        Row(name: "an answer that is cut", step: .create, fault: .cut, times: 1),
        Row(name: "an answer that is cut", step: .change, fault: .cut, times: 1),
        Row(name: "an answer that is cut", step: .remove, fault: .cut, times: 1),
        Row(
            name: "a connection that always breaks", step: .list, fault: .unheard,
            sentence: "Cannot list the datasets: "),
        Row(
            name: "an answer that is no JSON", step: .list, fault: .body, body: "<html>",
            sentence: "Cannot list the datasets: the platform answered something unexpected."),
        Row(name: "an answer that is no JSON", step: .create, fault: .body, body: "<html>", times: 1),
    ]

    @Test("Each is survived or told in a sentence, and nothing is made twice", arguments: rows)
    func sentence(row: Row) async throws {
        let platform = try TestPlatform(attempts: 4)
        let service = platform.service
        try await platform.server.set(["datasets": 300])
        let spec = try await platform.spec("Amazon S3")
        let parts = try await platform.makeParts()
        let begun = try await platform.server.state()
        try await platform.server.fail(
            .init(row.fault, row.step.call.method, row.step.call.path) {
                $0.status = row.status
                $0.body = row.body
                $0.fields = row.fields
                $0.times = row.times
            })
        var error: FlowServiceError?
        do throws(FlowServiceError) {
            switch row.step {
            case .list:
                let listed = try await service.allExportableDatasets()
                #expect(listed.count == 300 && Set(listed.map(\.id)).count == 300)
            case .create:
                _ = try await service.createFlow(TestPlatform.flow(parts.source, parts.target, spec: spec))
            case .change:
                let changed = try await service.updateFlow(
                    parts.flow.id, Flow.Change(name: "Other"), etag: parts.flow.revision.etag)
                #expect(changed.draft.name == "Other")
            case .remove: try await service.deleteFlow(parts.flow.id)
            }
        } catch let failure {
            error = failure
        }
        // Ids of requests and entities are others each time.
        let said = error.map {
            "\($0)".replacing(/request-[0-9a-f]+/, with: "…").replacing(parts.flow.id.rawValue, with: "…")
        }
        if let expected = row.sentence {
            #expect(said?.hasPrefix(expected) == true && said?.hasSuffix(".") == true, "\(said ?? "nothing")")
        } else {
            #expect(said == nil)
        }
        let counts = try await platform.server.state().counts
        if !row.isTriedAgain {
            let requests = try await platform.server.state().requests[begun.requests.count...]
            #expect(
                requests.count {
                    $0.method == row.step.call.method && $0.target.contains(row.step.call.path)
                } == 1)
        }
        let change = row.sentence != nil ? 0 : row.step == .create ? 1 : row.step == .remove ? -1 : 0
        #expect(counts["flows"] == (begun.counts["flows"] ?? 0) + change)
        for other in ["connections", "sourceConnections", "targetConnections"] {
            #expect(counts[other] == begun.counts[other])
        }
    }

    @Test(
        "A short wait that the platform asks for is waited for, a longer one told in words",
        arguments: [
            (0, true, "in a few minutes"), (1, true, "in a second"), (30, true, "in 30 seconds"),
            (31, false, "in 31 seconds"), (59, false, "in 59 seconds"), (60, false, "in a minute"),
            (61, false, "in 2 minutes"), (3_541, false, "in 60 minutes"), (3_600, false, "in an hour"),
            (3_601, false, "in 61 minutes"), (7_199, false, "in 120 minutes"), (7_201, false, "in 3 hours"),
            (86_400, false, "in 24 hours"), (9_999_999, false, "in 24 hours"),
        ] as [(Int, Bool, String)])
    func waits(seconds: Int, isWaitedFor: Bool, words: String) async throws {
        let delay = RetryPolicy.interactive.delay(
            after: .retry(after: .seconds(seconds)), attempt: 1, elapsed: .zero, chance: 0)
        #expect((delay != nil) == isWaitedFor && delay.map { $0 >= .seconds(seconds) } ?? true)
        // Asked once only, so that nothing is waited for here.
        let platform = try TestPlatform(attempts: 1)
        try await platform.server.fail(
            .init(.status, "GET", "/flows") {
                $0.status = 429
                $0.fields = ["Retry-After": "\(seconds)"]
            })
        let error = await failure { _ = try await platform.service.allFlows() }
        #expect("\(try #require(error))".hasSuffix(" Try again \(words)."))
    }

    @Test("Also the identity service's wait is told")
    func waitOfSignIn() async throws {
        let platform = try TestPlatform()
        try await platform.server.fail(
            .init(.status, "POST", "/ims/token") {
                $0.status = 503
                $0.fields = ["Retry-After": "1200"]
                $0.times = 9
            })
        let error = await failure { _ = try await platform.service.allFlows() }
        #expect(
            "\(try #require(error))".hasSuffix(" Try again in 20 minutes."), "\(String(describing: error))")
        #expect(try await platform.server.state().requests.count == 1)
    }

    @Test("Of 10,000 datasets on 100 pages none is lost or doubled, though pages fail and the token ends")
    func manyPages() async throws {
        let platform = try TestPlatform()
        try await platform.server.set(["datasets": 10_000])
        for (page, kind) in [(10, .cut), (30, .unanswered), (50, .status), (70, .unheard)]
            as [(Int, FaultyFlowService.Fault.Kind)]
        {
            try await platform.server.fail(
                .init(kind, "GET", "/configs") {
                    $0.skip = page
                    $0.status = 401
                    $0.body = Self.oldToken
                })
        }
        let listed = try await platform.service.allExportableDatasets()
        #expect(listed.count == 10_000 && Set(listed.map(\.id)).count == 10_000)
        #expect(try await platform.server.state().signIns == 2)
    }
}
