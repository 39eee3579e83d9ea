// Dataflows changed and removed together with what they join.
import ExportDomain
import Foundation
import Testing

@Suite("A flow and what it joins")
struct FlowEditTests {
    private let service: RecordingFlowService
    private static let orders = DatasetReference(id: "a", name: "Orders")
    private static let events = DatasetReference(id: "b", name: "Events")
    private static let amazonS3: Identifier<ConnectionSpec> = "4fce964d-3f37-408f-9778-e597338a21ee"

    init() throws {
        service = RecordingFlowService(
            specs: try ConnectionSpecTests.catalog.get().destinations, datasets: [])
    }

    private func addFlow(
        _ name: String = "Nightly", source: SourceConnection? = nil, target: TargetConnection? = nil
    ) async throws -> Flow {
        let account = try await service.createConnection(
            BaseConnection.Draft(name: "Account"), spec: Self.amazonS3)
        let made = try await service.createTargetConnection(
            TargetConnection.Draft(
                name: "Out", connectionSpecID: Self.amazonS3, baseConnectionID: account.id,
                parameters: ["bucketName": "acme", "path": "out"]))
        let datasets = try await service.createSourceConnection(
            SourceConnection.Draft(name: "Source", datasets: [Self.orders]))
        return try await service.createFlow(
            Flow.Draft(
                name: name, flowSpecID: "flow spec", sourceConnectionID: (source ?? datasets).id,
                targetConnectionID: (target ?? made).id,
                schedule: Schedule(mode: .full, frequency: .once, start: .distantPast)))
    }

    @Test("are shown together")
    func details() async throws {
        let flow = try await addFlow()
        let second = try await addFlow("Second")
        let details = try await service.details(of: flow)
        #expect(details.flow == flow && details.datasets == [Self.orders])
        #expect(details.kind == "Amazon S3" && details.location == "s3://acme/out")
        #expect(details.destination.draft.name == "Out")
        #expect(try await service.allFlowDetails() == [service.details(of: second), details])
        #expect(try await service.overview(of: details).latest == nil)
    }

    @Test("are listed newest first, however many there are")
    func overviews() async throws {
        var made: [Flow] = []
        for number in 0..<20 { made.insert(try await addFlow("Flow \(number)"), at: 0) }
        let overviews = try await service.allFlowOverviews()
        #expect(overviews.map(\.details.flow) == made)
        #expect(overviews.allSatisfy { $0.latest == nil })
    }

    @Test("keep the source connection when the datasets stay")
    func plainEdit() async throws {
        let details = try await service.details(of: addFlow())
        let made = await service.made
        let edited = try await service.editFlow(
            details, FlowEdit(name: "Hourly", datasets: [Self.orders]))
        #expect(edited.flow.draft.name == "Hourly" && edited.datasets == [Self.orders])
        #expect(try await service.flow(details.id) == edited.flow)
        #expect(edited.flow.draft.sourceConnectionID == details.flow.draft.sourceConnectionID)
        #expect(await service.made == made)
    }

    @Test("get a new source connection with other datasets, and the old one is removed")
    func otherDatasets() async throws {
        let details = try await service.details(of: addFlow())
        let edited = try await service.editFlow(details, FlowEdit(datasets: [Self.events, Self.orders]))
        #expect(edited.datasets == [Self.events, Self.orders])
        #expect(try await service.details(of: edited.flow) == edited)
        #expect(
            try await service.allSourceConnections().map(\.id) == [edited.flow.draft.sourceConnectionID])
    }

    @Test("leave the source connection to others that use it")
    func sharedSource() async throws {
        let first = try await addFlow()
        let source = try await service.sourceConnection(first.draft.sourceConnectionID)
        let second = try await addFlow("Second", source: source)
        _ = try await service.editFlow(service.details(of: first), FlowEdit(datasets: [Self.events]))
        #expect(try await service.details(of: second).datasets == [Self.orders])
        try await service.removeFlow(second)
        await #expect(throws: FlowServiceError.self) { try await service.sourceConnection(source.id) }
    }

    @Test("stay as they are when the platform refuses, or somebody else was quicker")
    func refused() async throws {
        let flow = try await addFlow()
        let details = try await service.details(of: flow)
        let sources = try await service.allSourceConnections()
        _ = try await service.updateFlow(flow.id, Flow.Change(name: "Other"), etag: flow.revision.etag)
        await #expect(throws: FlowServiceError.changed(what: "flow", id: flow.id.rawValue)) {
            try await service.editFlow(details, FlowEdit(datasets: [Self.events]))
        }
        #expect(try await service.allSourceConnections() == sources)
        await service.refuse("flow")
        await #expect(throws: FlowServiceError.self) { try await service.removeFlow(flow) }
        #expect(try await service.allSourceConnections() == sources)
        #expect(try await service.flow(flow.id).draft.name == "Other")
    }

    @Test("go with the flow: its datasets, and its destination where that is wanted and nobody else has it")
    func removed() async throws {
        let first = try await addFlow()
        let target = try await service.targetConnection(first.draft.targetConnectionID)
        let second = try await addFlow("Second", target: target)
        await #expect(
            throws: FlowServiceError.inUse(what: "destination", name: "Out", by: ["Second"])
        ) { try await service.removeFlow(first, withDestination: true) }
        #expect(try await service.flow(first.id) == first)
        try await service.removeFlow(first)
        #expect(try await service.allFlows() == [second])
        #expect(try await service.targetConnection(target.id) == target)
        try await service.removeFlow(second, withDestination: true)
        await #expect(throws: FlowServiceError.self) { try await service.targetConnection(target.id) }
        #expect(try await service.allFlows().isEmpty)
        await #expect(throws: FlowServiceError.self) {
            try await service.connection(target.draft.baseConnectionID)
        }
    }

    @Test("have a latest export, which is under way as long as one of its runs is")
    func latestExport() {
        func export(_ statuses: FlowRunStatus...) -> FlowRunStatus? {
            let now = Date(timeIntervalSince1970: 0)
            let revision = Revision(createdAt: now, updatedAt: now, etag: "\"1\"")
            func run(_ status: FlowRunStatus, _ time: Date) -> FlowRun {
                FlowRun(
                    id: "run", flowID: "flow", datasetID: "a", scheduledTime: time, status: status,
                    revision: revision)
            }
            let runs = statuses.map { run($0, now) } + [run(.failed, now - 60), run(.waiting, now - 120)]
            return LatestExport(runs: runs)?.status
        }
        #expect(LatestExport(runs: []) == nil)
        #expect(export(.success, .success) == .success)
        #expect(export(.success, .failed) == .failed)
        #expect(export(.failed, .processing) == .processing)
        #expect(export(.other("odd")) == .other("odd"))
    }

    @Test("have a few exports with their records, the oldest first, and the reason why the latest failed")
    func exports() async throws {
        let now = Date(timeIntervalSince1970: 0)
        func run(_ time: Date?, _ status: FlowRunStatus, records: Int?, error: String? = nil) -> FlowRun {
            FlowRun(
                id: "run", flowID: "flow", datasetID: "a", scheduledTime: time, status: status,
                metrics: FlowRunMetrics(
                    outputRecords: records, errors: error.map { [FlowRunError(code: "X", message: $0)] } ?? []
                ),
                revision: Revision(createdAt: now, updatedAt: now, etag: "\"1\""))
        }
        let runs = [
            run(now, .success, records: 5), run(now, .failed, records: nil, error: "The disk is full."),
            run(now - 60, .success, records: 3), run(now - 60, .success, records: 4),
            run(now - 120, .failed, records: nil, error: "Another reason."), run(nil, .success, records: 1),
            run(nil, .success, records: 2),
        ]
        let details = try await service.details(of: addFlow())
        let overview = FlowOverview(details: details, runs: runs)
        #expect(overview.latest?.failure?.message == "The disk is full.")
        #expect(overview.latest?.records == 5)
        #expect(overview.recordsOfExports == [2, 1, nil, 7, 5])
        // Of the oldest there may be more runs.
        #expect(FlowOverview(details: details, runs: runs, isCut: true).recordsOfExports == [1, nil, 7, 5])
        #expect(FlowOverview(details: details, runs: []).recordsOfExports == [])
    }
}
