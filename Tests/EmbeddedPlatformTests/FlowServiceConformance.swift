// What every platform owes to those who ask it: the same expectations for any `FlowService`.
import ExportDomain
import Foundation
import Testing

/// The expectations, for a platform that has the Data Landing Zone and at least two datasets, and nothing
/// else yet.
struct FlowServiceConformance {
    let service: any FlowService
    /// The platform's time.
    let now: Date

    func all() async throws {
        try await listsDatasetsByPage()
        try await refusesBadPages()
        try await refusesWhatIsUnknown()
        try await refusesWhatCannotBe()
        try await changesAccounts()
        try await changesDestinations()
        let target = try await makesConnections()
        try await makesFlows(to: target)
        try await keepsWhatFlowsUse(target)
    }

    private func spec() async throws -> ConnectionSpec {
        try #require(try await service.connectionSpecs().first { $0.name == "Data Landing Zone" })
    }

    func refuses(_ field: String, _ operation: () async throws(FlowServiceError) -> Void) async {
        do {
            try await operation()
            Issue.record("\(field) should have been refused")
        } catch .invalid(let found, let reason) {
            #expect(found == field)
            #expect(!reason.isEmpty)
        } catch {
            Issue.record("\(field) should have been refused as invalid, not with “\(error)”")
        }
    }

    private func refuses(
        _ what: String, unknown id: String, _ operation: () async throws(FlowServiceError) -> Void
    ) async {
        do {
            try await operation()
            Issue.record("An unknown \(what) should have been refused")
        } catch {
            #expect(error == .notFound(what: what, id: id))
        }
    }

    private func listsDatasetsByPage() async throws {
        let all = try await service.allExportableDatasets()
        #expect(all.map(\.name) == all.map(\.name).sorted())
        let first = try await service.exportableDatasets(start: 0, limit: 1)
        let second = try await service.exportableDatasets(start: 1, limit: 1)
        #expect(first.items == [all[0]] && first.total == all.count && first.hasNext)
        #expect(second.items == [all[1]] && second.start == 1)
        #expect(try await service.exportableDatasets(start: 1_000, limit: 1).items.isEmpty)
    }

    private func refusesBadPages() async throws {
        for limit in [0, 101, -1] {
            await refuses("limit") { () async throws(FlowServiceError) in
                _ = try await service.flows(PageRequest(limit: limit))
            }
            await refuses("limit") { () async throws(FlowServiceError) in
                _ = try await service.exportableDatasets(start: 0, limit: limit)
            }
        }
        await refuses("start") { () async throws(FlowServiceError) in
            _ = try await service.exportableDatasets(start: -1, limit: 1)
        }
        for token in ["nonsense", "Zm9vIDE=", ""] {
            await refuses("continuationToken") { () async throws(FlowServiceError) in
                _ = try await service.flows(PageRequest(continuationToken: token))
            }
        }
    }

    private func refusesWhatIsUnknown() async throws {
        await #expect(throws: FlowServiceError.notFound(what: "flow", id: "x")) {
            try await service.flow("x")
        }
        await #expect(throws: FlowServiceError.notFound(what: "flow", id: "x")) {
            try await service.perform(.disable, on: "x")
        }
        await #expect(throws: FlowServiceError.notFound(what: "flow", id: "x")) {
            try await service.runs(of: "x", PageRequest())
        }
        await #expect(throws: FlowServiceError.notFound(what: "run", id: "x")) { try await service.run("x") }
        await #expect(throws: FlowServiceError.notFound(what: "source connection", id: "x")) {
            try await service.sourceConnection("x")
        }
        await #expect(throws: FlowServiceError.notFound(what: "destination", id: "x")) {
            try await service.targetConnection("x")
        }
        await #expect(throws: FlowServiceError.notFound(what: "account", id: "x")) {
            try await service.connection("x")
        }
        await #expect(throws: FlowServiceError.notFound(what: "account", id: "x")) {
            try await service.updateConnection("x", to: BaseConnection.Draft(name: "Account"), etag: "\"1\"")
        }
        await #expect(throws: FlowServiceError.notFound(what: "account", id: "x")) {
            try await service.deleteConnection("x")
        }
        await #expect(throws: FlowServiceError.notFound(what: "account", id: "x")) {
            try await service.testConnection("x")
        }
        await #expect(throws: FlowServiceError.notFound(what: "destination", id: "x")) {
            try await service.deleteTargetConnection("x")
        }
        await #expect(throws: FlowServiceError.notFound(what: "kind of destination", id: "x")) {
            try await service.createConnection(BaseConnection.Draft(name: "Account"), spec: "x")
        }
        await #expect(throws: FlowServiceError.notFound(what: "dataset", id: "x")) {
            try await service.createSourceConnection(
                SourceConnection.Draft(name: "Source", datasets: [DatasetReference(id: "x", name: "X")]))
        }
    }

    private func refusesWhatCannotBe() async throws {
        let dataset = try #require(try await service.allExportableDatasets().first).reference
        await refuses("datasets") { () async throws(FlowServiceError) in
            _ = try await service.createSourceConnection(SourceConnection.Draft(name: "Source", datasets: []))
        }
        await refuses("datasets") { () async throws(FlowServiceError) in
            _ = try await service.createSourceConnection(
                SourceConnection.Draft(name: "Source", datasets: [dataset, dataset]))
        }
        let spec = try await spec()
        for name in ["", "  ", "a\u{1B}[2J"] {
            await refuses("name") { () async throws(FlowServiceError) in
                _ = try await service.createConnection(BaseConnection.Draft(name: name), spec: spec.id)
            }
        }
        let base = try await service.createConnection(BaseConnection.Draft(name: "Account"), spec: spec.id)
        let good: [String: JSONValue] = ["path": "out", "datasetFileType": "JSON", "compression": "GZIP"]
        let wrong: [(String, JSONValue?)] = [
            ("path", "../out"), ("path", nil), ("datasetFileType", "CSV"), ("compression", "NONE"),
            ("bucketName", "acme"),
        ]
        for (field, value) in wrong {
            var parameters = good
            parameters[field] = value
            await refuses(field) { () async throws(FlowServiceError) in
                _ = try await service.createTargetConnection(
                    TargetConnection.Draft(
                        name: "Out", connectionSpecID: spec.id, baseConnectionID: base.id,
                        parameters: parameters))
            }
        }
        await #expect(throws: FlowServiceError.notFound(what: "account", id: "x")) {
            try await service.createTargetConnection(
                TargetConnection.Draft(
                    name: "Out", connectionSpecID: spec.id, baseConnectionID: "x", parameters: good))
        }
        #expect(try await service.allTargetConnections().isEmpty)
    }

    private func makesConnections() async throws -> TargetConnection {
        let spec = try await spec()
        var made: [TargetConnection] = []
        for number in 1...5 {
            let base = try await service.createConnection(
                BaseConnection.Draft(name: "Account \(number)"), spec: spec.id)
            let target = try await service.createTargetConnection(
                TargetConnection.Draft(
                    name: "Out \(number)", description: "For all", connectionSpecID: spec.id,
                    baseConnectionID: base.id,
                    parameters: ["path": "out", "datasetFileType": "JSON", "compression": "GZIP"]))
            expectEntity(id: target.id.rawValue, target.revision)
            #expect(target.draft.description == "For all")
            #expect(target.draft.fileOptions?.isAllowed == true)
            #expect(try await service.targetConnection(target.id) == target)
            made.append(target)
        }
        try await expectNewestFirst(made) { (page) async throws(FlowServiceError) in
            try await service.targetConnections(page)
        }
        let accounts = try await service.connections(PageRequest(limit: 5)).items
        #expect(accounts.map(\.draft.name) == (1...5).reversed().map { "Account \($0)" })
        return try #require(made.last)
    }

    private func makesFlows(to target: TargetConnection) async throws {
        let datasets = try await service.allExportableDatasets()
        let source = try await service.createSourceConnection(
            SourceConnection.Draft(name: "Source", datasets: datasets.map(\.reference)))
        expectEntity(id: source.id.rawValue, source.revision)
        #expect(try await service.sourceConnection(source.id) == source)
        let spec = try await spec()
        let start = now.addingTimeInterval(3_600).wholeMinute
        let draft = Flow.Draft(
            name: "Nightly", description: "All of it", flowSpecID: spec.flowSpecID,
            sourceConnectionID: source.id, targetConnectionID: target.id,
            schedule: Schedule(
                mode: .incremental, frequency: .hourly(every: 6), start: start,
                end: start.addingTimeInterval(86_400)),
            folderTemplate: try FolderTemplate("%DATASET_NAME%/%DATETIME(YYYYMMdd)%"),
            malformedRecords: .skip)
        try await refusesFlows(like: draft)
        var made: [Flow] = []
        for _ in 1...3 { made.append(try await service.createFlow(draft)) }
        let flow = made[0]
        expectEntity(id: flow.id.rawValue, flow.revision)
        #expect(flow.draft == draft)
        #expect(flow.state == .enabled)
        #expect(try await service.flow(flow.id) == flow)
        #expect(try await service.allRuns(of: flow.id).isEmpty)
        try await expectNewestFirst(made) { (page) async throws(FlowServiceError) in
            try await service.flows(page)
        }
        try await pausesAndResumes(flow)
    }

    private func refusesFlows(like draft: Flow.Draft) async throws {
        var wrong = draft
        wrong.flowSpecID = "x"
        await refuses("flowSpec.id") { [wrong] () async throws(FlowServiceError) in
            _ = try await service.createFlow(wrong)
        }
        wrong = draft
        wrong.schedule.end = nil
        await refuses("scheduleParams") { [wrong] () async throws(FlowServiceError) in
            _ = try await service.createFlow(wrong)
        }
        wrong = draft
        wrong.sourceConnectionID = "x"
        await refuses("source connection", unknown: "x") { [wrong] () async throws(FlowServiceError) in
            _ = try await service.createFlow(wrong)
        }
        wrong = draft
        wrong.targetConnectionID = "x"
        await refuses("destination", unknown: "x") { [wrong] () async throws(FlowServiceError) in
            _ = try await service.createFlow(wrong)
        }
        #expect(try await service.allFlows().isEmpty)
    }

    private func pausesAndResumes(_ flow: Flow) async throws {
        await #expect(
            throws: FlowServiceError.wrongState(what: "flow", id: flow.id.rawValue, state: "enabled")
        ) {
            try await service.perform(.enable, on: flow.id)
        }
        try await service.perform(.disable, on: flow.id)
        let paused = try await service.flow(flow.id)
        #expect(paused.state == .disabled)
        #expect(paused.revision.etag != flow.revision.etag)
        await #expect(
            throws: FlowServiceError.wrongState(what: "flow", id: flow.id.rawValue, state: "disabled")
        ) {
            try await service.perform(.disable, on: flow.id)
        }
        try await service.perform(.enable, on: flow.id)
        #expect(try await service.flow(flow.id).state == .enabled)
    }

    private func expectEntity(id: String, _ revision: Revision) {
        #expect(id.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
        #expect(revision.etag.wholeMatch(of: /"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/) != nil)
        #expect(revision.createdAt <= revision.updatedAt)
    }

    /// Expects a list to hold just what was made, the newest first, on pages of two.
    private func expectNewestFirst<Item: Identifiable & Sendable & Equatable>(
        _ made: [Item], _ list: (PageRequest) async throws(FlowServiceError) -> Page<Item>
    ) async throws where Item.ID: Sendable {
        var found: [Item] = []
        var request = PageRequest(limit: 2)
        repeat {
            let page = try await list(request)
            #expect(page.items.count <= 2)
            found += page.items
            request.continuationToken = page.continuationToken
        } while request.continuationToken != nil && found.count <= made.count
        #expect(found == made.reversed())
    }
}
