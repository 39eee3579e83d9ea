// Every operation against a platform on which nothing goes wrong.
import ExportDomain
import FlowServiceAPI
import FlowServiceClient
import Foundation
import Languages
import Secrets
import TestServers
import Testing

@Suite("Operations of a remote platform")
struct OperationTests {
    @Test("Kinds of destination are asked for once, and have the recipes that the platform does not name")
    func specs() async throws {
        let platform = try TestPlatform()
        let specs = try await platform.service.connectionSpecs()
        #expect(specs == (try ConnectionSpecCatalog.embedded().destinations))
        _ = try await platform.service.connectionSpecs()
        let asked = try await platform.server.state().requests.filter {
            $0.target.contains("/connectionSpecs")
        }
        #expect(asked.count == 1)
        #expect(asked[0].target.contains("property=id%3D%3D"))
    }

    @Test("10,000 datasets come over 100 pages, each once and in order")
    func manyDatasets() async throws {
        let platform = try TestPlatform()
        try await platform.server.set(["datasets": 10_000])
        try await platform.server.fail(
            FaultyFlowService.Fault(.cut, "GET", "/configs") {
                $0.skip = 10
                $0.times = 3
            })
        let datasets = try await platform.service.allExportableDatasets()
        #expect(datasets.count == 10_000 && Set(datasets.map(\.id)).count == 10_000)
        #expect(datasets.map(\.name) == datasets.map(\.name).sorted())
        let pages = try await platform.server.state().requests.filter { $0.target.contains("/configs") }
        #expect(pages.count == 103)
    }

    @Test("What is made is what was asked for, and is found again")
    func making() async throws {
        let platform = try TestPlatform()
        let service = platform.service
        let parts = try await platform.makeParts()
        #expect(parts.account.draft.authentication?.answers == ["s3AccessKey": .value("AKIA1")])
        #expect(parts.account.draft.authentication?.storedSecrets == ["s3SecretKey"])
        #expect(parts.source.draft == TestPlatform.source())
        let spec = try await platform.spec("Amazon S3")
        #expect(parts.target.draft == TestPlatform.target(on: parts.account, spec: spec))
        #expect(parts.flow.draft == TestPlatform.flow(parts.source, parts.target, spec: spec))
        #expect(parts.flow.state == .enabled)
        #expect(try await service.allConnections() == [parts.account])
        #expect(try await service.allTargetConnections() == [parts.target])
        #expect(try await service.allSourceConnections() == [parts.source])
        #expect(try await service.allFlows() == [parts.flow])
        #expect(try await service.flow(parts.flow.id) == parts.flow)
        #expect(try await platform.server.accounts().contains("NotARealSecret"))
        #expect(!"\(parts)".contains("NotARealSecret"))
    }

    @Test(
        "Every call has token, key, organisation, sandbox and, with a body, its type; sandboxes have no sandbox"
    )
    func headers() async throws {
        let platform = try TestPlatform(sandbox: "dev")
        _ = try await platform.makeParts()
        _ = try await platform.service.sandboxes()
        for request in try await platform.server.state().requests where !request.target.contains("/ims/") {
            #expect(request.fields["authorization"]?.hasPrefix("Bearer eyJ") == true)
            #expect(request.fields["x-api-key"] == FaultyFlowService.clientID)
            #expect(request.fields["x-gw-ims-org-id"] == FaultyFlowService.organization)
            #expect(
                request.fields["x-sandbox-name"]
                    == (request.target.contains("sandbox-management") ? nil : "dev"))
            #expect(request.fields["content-type"] == (request.method == "POST" ? "application/json" : nil))
        }
    }

    @Test("Lists are read page by page, newest first, with tokens of any characters")
    func paging() async throws {
        let platform = try TestPlatform()
        let parts = try await platform.makeParts()
        for number in 0..<249 {
            try await platform.server.run(flow: parts.flow.id.rawValue, dataset: "d\(number)")
        }
        let first = try await platform.service.runs(of: parts.flow.id, PageRequest(limit: 7))
        #expect(first.items.map(\.datasetID.rawValue) == (242..<249).reversed().map { "d\($0)" })
        #expect(
            first.continuationToken?.contains("+") == true || first.continuationToken?.contains("/") == true)
        #expect(try await platform.service.allRuns(of: parts.flow.id).count == 249)
    }

    @Test("The newest runs are asked for page by page and no further, of one dataflow or of several")
    func newestRuns() async throws {
        let platform = try TestPlatform()
        let parts = try await platform.makeParts()
        let other = try await platform.service.createFlow(
            TestPlatform.flow(parts.source, parts.target, spec: try await platform.spec("Amazon S3")))
        for number in 0..<250 {
            try await platform.server.run(
                flow: (number % 10 == 9 ? other : parts.flow).id.rawValue, dataset: "d\(number)")
        }
        func pages() async throws -> Int {
            try await platform.server.state().requests.count { $0.target.contains("/runs?") }
        }
        let service = platform.service
        let cases: [(limit: Int, pages: Int)] = [(20, 1), (100, 1), (101, 2), (1_000, 3)]
        for (limit, expected) in cases {
            let before = try await pages()
            let found = try await service.newestRuns(of: parts.flow.id, limit: limit)
            #expect(found.count == min(limit, 225) && found.first?.datasetID == "d248")
            #expect(try await pages() - before == expected)
        }
        let before = try await pages()
        let both = try await service.newestRuns(of: [parts.flow, other], limit: 20)
        #expect(both.map(\.datasetID.rawValue) == (230..<250).reversed().map { "d\($0)" })
        #expect(try await pages() - before == 2)
        #expect(try await service.newestRuns(of: [parts.flow, other], limit: nil).count == 250)

        let newest = try #require(both.first).revision.createdAt
        let recent = try await pages()
        #expect(try await service.runs(of: other.id, since: newest).first?.datasetID == "d249")
        #expect(try await pages() - recent == 1)
        #expect(try await service.runs(of: other.id, since: newest.addingTimeInterval(3_600)).isEmpty)
        #expect(try await service.runs(of: parts.flow.id, since: .distantPast).count == 225)
    }

    @Test("Dataflows and destinations for audiences are left out")
    func audiences() async throws {
        let platform = try TestPlatform()
        let parts = try await platform.makeParts()
        let s3 = try await platform.spec("Amazon S3").id.rawValue
        try await platform.server.add(
            #"{"name":"Audience","state":"enabled","inheritedAttributes":{"properties":{"isDestinationFlow":true},"#
                + #""sourceConnections":[{"id":"x","connectionSpec":{"id":"8a9c3494"}}]}}"#, to: "flows")
        try await platform.server.add(
            #"{"name":"Audience","baseConnectionId":"b","connectionSpec":{"id":"\#(s3)","version":"1.0"},"#
                + #""params":{"bucketName":"x","path":"y","fileType":"CSV"}}"#, to: "targetConnections")
        try await platform.server.add(
            #"{"name":"A source of data","connectionSpec":{"id":"another","version":"1.0"}}"#,
            to: "connections")
        #expect(try await platform.service.allFlows().map(\.id) == [parts.flow.id])
        #expect(try await platform.service.allTargetConnections().map(\.id) == [parts.target.id])
        #expect(try await platform.service.allConnections().map(\.id) == [parts.account.id])
    }

    @Test("A dataflow is changed, paused, resumed and removed")
    func flowChanges() async throws {
        let platform = try TestPlatform()
        let service = platform.service
        let parts = try await platform.makeParts()
        let other = try await service.createSourceConnection(TestPlatform.source(["a", "b"]))
        let change = Flow.Change(
            name: "Other", description: "", sourceConnectionID: other.id,
            schedule: Schedule(
                mode: .full, frequency: .once, start: Date(timeIntervalSince1970: 1_800_000_000)),
            folderTemplate: try FolderTemplate("%DATASET_NAME%"))
        let changed = try await service.updateFlow(parts.flow.id, change, etag: parts.flow.revision.etag)
        #expect(changed.draft == parts.flow.draft.applying(change))
        #expect(changed.revision.etag != parts.flow.revision.etag)
        #expect(
            await failure {
                _ = try await service.updateFlow(parts.flow.id, change, etag: parts.flow.revision.etag)
            }
                == .changed(what: "flow", id: parts.flow.id.rawValue))
        try await service.perform(.disable, on: parts.flow.id)
        #expect(try await service.flow(parts.flow.id).state == .disabled)
        #expect(
            await failure { try await service.perform(.disable, on: parts.flow.id) }
                == .wrongState(what: "flow", id: parts.flow.id.rawValue, state: "disabled"))
        try await service.perform(.enable, on: parts.flow.id)
        try await platform.server.set(["flowState": "updating"])
        #expect(
            await failure { try await service.deleteFlow(parts.flow.id) }
                == .wrongState(what: "flow", id: parts.flow.id.rawValue, state: "updating"))
        try await platform.server.set(["flowState": "enabled"])
        try await service.deleteFlow(parts.flow.id)
        #expect(
            await failure { _ = try await service.flow(parts.flow.id) }
                == .notFound(what: "flow", id: parts.flow.id.rawValue))
    }

    @Test("A destination is changed, and what only the platform knows of it stays")
    func destinationChanges() async throws {
        let platform = try TestPlatform()
        let parts = try await platform.makeParts()
        var draft = parts.target.draft
        draft.name = "Weekly"
        draft.parameters["path"] = "weekly"
        draft.parameters["includeFileManifest"] = nil
        let changed = try await platform.service.updateTargetConnection(
            parts.target.id, to: draft, etag: parts.target.revision.etag)
        #expect(changed.draft == draft)
        #expect(
            await failure {
                _ = try await platform.service.updateTargetConnection(
                    parts.target.id, to: draft, etag: parts.target.revision.etag)
            } == .changed(what: "destination", id: parts.target.id.rawValue))
    }

    @Test("An account is changed with and without its secret, which the platform alone knows")
    func accountChanges() async throws {
        let platform = try TestPlatform()
        let service = platform.service
        let parts = try await platform.makeParts()
        let renamed = try await service.updateConnection(
            parts.account.id, to: TestPlatform.account("AKIA2", secret: nil),
            etag: parts.account.revision.etag)
        #expect(renamed.draft.authentication?.answers == ["s3AccessKey": .value("AKIA2")])
        #expect(renamed.draft.authentication?.storedSecrets == ["s3SecretKey"])
        #expect(try await platform.server.accounts().contains("\"NotARealSecret\""))
        _ = try await service.updateConnection(
            parts.account.id, to: TestPlatform.account("AKIA2", secret: "AnotherSecret"),
            etag: renamed.revision.etag)
        let kept = try await platform.server.accounts()
        #expect(kept.contains("\"AnotherSecret\"") && !kept.contains("\"NotARealSecret\""))
    }

    @Test("What is used is not removed, and its users are named; what is not used is")
    func removals() async throws {
        let platform = try TestPlatform()
        let service = platform.service
        let parts = try await platform.makeParts()
        #expect(
            await failure { try await service.deleteConnection(parts.account.id) }
                == .inUse(what: "account", name: "Archive, old", by: ["Nightly"]))
        #expect(
            await failure { try await service.deleteTargetConnection(parts.target.id) }
                == .inUse(what: "destination", name: "Nightly", by: ["Loyalty"]))
        #expect(
            await failure { try await service.deleteSourceConnection(parts.source.id) }
                == .inUse(what: "source connection", name: "Data lake", by: ["Loyalty"]))
        try await service.deleteFlow(parts.flow.id)
        try await service.deleteSourceConnection(parts.source.id)
        try await service.deleteTargetConnection(parts.target.id)
        try await service.deleteConnection(parts.account.id)
        let counts = try await platform.server.state().counts
        #expect(
            counts["connections"] == 0 && counts["targetConnections"] == 0 && counts["sourceConnections"] == 0
        )
    }

    @Test("Credentials are tested where the platform offers it")
    func testing() async throws {
        let platform = try TestPlatform()
        let parts = try await platform.makeParts()
        try await platform.service.testConnection(parts.account.id)
        let spec = try await platform.spec("Amazon S3")
        let other = try await platform.service.createConnection(
            TestPlatform.account("AKIA1", secret: "wrong"), spec: spec.id)
        let error = await failure { try await platform.service.testConnection(other.id) }
        guard case .refused(nil, _)? = error else { throw Unexpected(error) }
    }

    @Test("A dataset is exported now, and its run found; a run that names no dataset has the only one")
    func exportNow() async throws {
        let platform = try TestPlatform()
        let parts = try await platform.makeParts()
        let runs = try await platform.service.exportNow(["65a0f0c2b1d2e3f405162738"], of: parts.flow.id)
        #expect(runs.count == 1)
        let run = try await platform.service.run(runs[0])
        #expect(run.datasetID == "65a0f0c2b1d2e3f405162738" && run.status == .processing)
        try await platform.server.run(flow: parts.flow.id.rawValue)
        let all = try await platform.service.allRuns(of: parts.flow.id)
        #expect(all.map(\.datasetID) == ["65a0f0c2b1d2e3f405162738", "65a0f0c2b1d2e3f405162738"])
    }

    @Test("A dataflow that is too new to be exported now is told, and a platform that cannot do so")
    func notReady() async throws {
        let platform = try TestPlatform()
        let parts = try await platform.makeParts()
        try await platform.server.fail(
            FaultyFlowService.Fault(.status, "POST", "adhocrun") {
                $0.status = 400
                $0.body = #"{"message":"Following order ID(s) are not ready for dataset export: x"}"#
            })
        let error = await failure { _ = try await platform.service.exportNow(["a"], of: parts.flow.id) }
        guard case .unavailable(Text("export now"), let reason)? = error else { throw Unexpected(error) }
        #expect(reason.english.contains("ten minutes"))
        try await platform.server.fail(
            FaultyFlowService.Fault(.status, "POST", "adhocrun") { $0.status = 404 })
        #expect(
            await failure { _ = try await platform.service.exportNow(["a"], of: parts.flow.id) }
                == .notOffered(what: "exports outside of the schedule"))
        #expect(
            await failure { _ = try await platform.service.exportNow(["a"], of: "x") }
                == .notFound(what: "flow", id: "x"))
    }

    @Test("All sandboxes are listed, over several pages", arguments: [0, 1, 49, 50, 51, 120])
    func sandboxes(count: Int) async throws {
        let names = (0..<count).map { "s\($0)" }
        let platform = try TestPlatform(sandboxes: names)
        #expect(try await platform.service.sandboxes().map(\.name) == names)
    }

    @Test("The landing zone's credentials are there, and others on demand")
    func landingZone() async throws {
        let platform = try TestPlatform()
        guard case .azure(let first) = try await platform.service.landingZoneCredentials(),
            case .azure(let second) = try await platform.service.landingZoneCredentials(renewing: true)
        else { throw Unexpected(nil) }
        #expect(first.containerName == "dlz-destination" && first.token != second.token)
    }

    @Test(
        "Ids that are none lead nowhere else",
        arguments: [
            "", "..", ".", "../connections", "a/b", "a?b", "a%2Fb", "a b", "ä",
            String(repeating: "a", count: 200),
        ])
    func badIDs(id: String) async throws {
        let platform = try TestPlatform()
        #expect(
            await failure { _ = try await platform.service.flow(Identifier(id)) }
                == .notFound(what: "flow", id: id))
        #expect(
            await failure { _ = try await platform.service.runs(of: Identifier(id), PageRequest()) }
                == .notFound(what: "flow", id: id))
        #expect(try await platform.server.state().requests.isEmpty)
    }
}
