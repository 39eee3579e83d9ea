// From a plan to a dataflow: what is made, what is found again, what is refused.
import ExportDomain
import Foundation
import Languages
import Testing

@Suite("The dataflow of a plan")
struct FlowForPlanTests {
    let service: RecordingFlowService

    init() throws {
        service = RecordingFlowService(
            specs: try ConnectionSpecTests.catalog.get().destinations, datasets: PlanDatasetsTests.available)
    }

    static let plan = ExportPlan(
        name: "Nightly", datasets: ["Web events", "65a0f0c2b1d2e3f40516273a"],
        destination: ExportPlan.Destination(
            name: "Backups", description: "For the auditors", spec: "Data Landing Zone",
            parameters: ["path": "backups", "datasetFileType": "JSON", "compression": "GZIP"]),
        schedule: Schedule(
            mode: .incremental, frequency: .daily, start: instant("2026-12-01T06:00:00Z"),
            end: instant("2027-06-01T06:00:00Z")),
        malformedRecords: .skip)

    static func changed(_ change: (inout ExportPlan) -> Void) -> ExportPlan {
        var plan = plan
        change(&plan)
        return plan
    }

    @Test("A new plan makes source, account, target and dataflow, in the order of the tutorial")
    func everythingIsMade() async throws {
        let flow = try await service.flow(for: Self.plan)
        #expect(await service.made == ["source", "account", "target", "flow"])
        #expect(flow.draft.name == "Nightly")
        #expect(flow.draft.flowSpecID == "cd2fc47e-e838-4f38-a581-8fff2f99b63a")
        #expect(flow.draft.schedule == Self.plan.schedule)
        #expect(flow.draft.folderTemplate == .standard)
        #expect(flow.draft.malformedRecords == .skip)
        #expect(flow.state == .enabled)

        let source = try await service.sourceConnection(flow.draft.sourceConnectionID)
        #expect(source.draft.datasets.map(\.name) == ["Web events", "Profiles"])
        let target = try await service.targetConnection(flow.draft.targetConnectionID)
        #expect(target.draft.name == "Backups")
        #expect(target.draft.description == "For the auditors")
        #expect(target.draft.connectionSpecID == "10440537-2a7b-4583-ac39-ed38d4b848e8")
        #expect(
            target.draft.parameters == [
                "path": "backups", "datasetFileType": "JSON", "compression": "GZIP",
                "includeFileManifest": false,
            ])
    }

    @Test("The same plan finds its dataflow again and makes nothing, even among others of its name")
    func sameFlow() async throws {
        let once = Self.changed { $0.schedule = Schedule(mode: .full, frequency: .once, start: .distantPast) }
        let first = try await service.flow(for: once)
        let second = try await service.flow(for: Self.plan)
        let made = await service.made
        #expect(first.id != second.id)
        #expect(try await service.flow(for: once).id == first.id)
        #expect(try await service.flow(for: Self.plan).id == second.id)
        #expect(await service.made == made)
    }

    @Test("The order of the datasets does not make another dataflow")
    func datasetOrder() async throws {
        let flow = try await service.flow(for: Self.plan)
        let again = try await service.flow(for: Self.changed { $0.datasets.reverse() })
        #expect(again.id == flow.id)
    }

    @Test(
        "A plan that changes an active dataflow of the same name is refused and makes nothing",
        arguments: [
            changed { $0.datasets = ["Web events"] },
            changed { $0.schedule.frequency = .hourly(every: 3) },
            changed { $0.folderTemplate = (try? FolderTemplate("/")) ?? .standard },
            changed { $0.malformedRecords = .fail },
        ])
    func changedPlan(plan: ExportPlan) async throws {
        let flow = try await service.flow(for: Self.plan)
        let made = await service.made
        let error = await #expect(throws: FlowServiceError.self) { try await service.flow(for: plan) }
        #expect(
            error?.description
                == "The flow \(flow.id) is also called “Nightly” and goes on with other settings: make the plan say the same, delete that flow, or choose another name."
        )
        #expect(await service.made == made)
    }

    @Test("A paused dataflow of the same name keeps nobody from making another")
    func pausedFlow() async throws {
        let flow = try await service.flow(for: Self.plan)
        try await service.perform(.disable, on: flow.id)
        let other = try await service.flow(for: Self.changed { $0.schedule.frequency = .hourly(every: 3) })
        #expect(other.id != flow.id)
    }

    @Test("An existing destination is used by its name alone")
    func existingDestination() async throws {
        let flow = try await service.flow(for: Self.plan)
        let other = Self.changed {
            $0.name = "Weekly"
            $0.destination = ExportPlan.Destination(name: "Backups")
        }
        let second = try await service.flow(for: other)
        #expect(second.draft.targetConnectionID == flow.draft.targetConnectionID)
        #expect(second.draft.flowSpecID == flow.draft.flowSpecID)
        #expect(await service.targetDrafts.count == 1)
    }

    @Test("A default that is spelled out describes the same destination as one that is left out")
    func defaultsSpelledOut() async throws {
        let flow = try await service.flow(for: Self.plan)
        let again = try await service.flow(
            for: Self.changed { $0.destination.parameters["includeFileManifest"] = false })
        #expect(again.id == flow.id)
    }

    @Test(
        "A plan that describes an existing destination otherwise is refused",
        arguments: [
            (
                changed { $0.destination.spec = "SFTP" },
                "The destination “Backups” exists and is not a SFTP: choose another name."
            ),
            (
                changed { $0.destination.parameters["path"] = "elsewhere" },
                "The destination “Backups” exists with another path: leave it out, or choose another name."
            ),
            (
                changed { $0.destination.parameters["includeFileManifest"] = true },
                "The destination “Backups” exists with another includeFileManifest: leave it out, or choose another name."
            ),
        ])
    func otherDestination(plan: ExportPlan, sentence: String) async throws {
        _ = try await service.flow(for: Self.plan)
        let made = await service.made
        let error = await #expect(throws: FlowServiceError.self) { try await service.flow(for: plan) }
        #expect(error?.description == sentence)
        #expect(await service.made == made)
    }

    @Test(
        "A plan that cannot be carried out says why and makes nothing at all",
        arguments: [
            (changed { $0.datasets = ["Nothing"] }, "There is no dataset “Nothing”."),
            (changed { $0.datasets = [] }, "An export needs at least one dataset."),
            (changed { $0.destination.spec = nil }, "There is no destination “Backups”."),
            (
                changed { $0.destination.spec = "Tape" },
                "There is no destination called “Tape” here; there is “Amazon S3”, “Azure Blob Storage”, “Azure Data Lake Gen2”, “Data Landing Zone”, “Google Cloud Storage”, “SFTP”."
            ),
            (
                changed { $0.destination.parameters["bucket"] = "x" },
                "Data Landing Zone has no field “bucket”; it has path, datasetFileType, compression, includeFileManifest."
            ),
            (
                changed { $0.destination.parameters["fileType"] = "CSV" },
                "Data Landing Zone has no field “fileType”; it has path, datasetFileType, compression, includeFileManifest."
            ),
            (
                changed { $0.destination.parameters["compression"] = "NONE" },
                "compression: JSON is exported compressed only: choose GZIP."
            ),
            (
                changed { $0.destination.parameters["path"] = nil },
                "path: Needs a value, like backups/nightly."
            ),
        ])
    func impossiblePlan(plan: ExportPlan, sentence: String) async {
        let error = await #expect(throws: FlowServiceError.self) { try await service.flow(for: plan) }
        #expect(error?.description == sentence)
        #expect(await service.made.isEmpty)
    }
}

@Suite("Errors of the Flow Service")
struct FlowServiceErrorTests {
    @Test(
        "Every error is one sentence that a person can act on",
        arguments: [
            (.notFound(what: "flow", id: "x"), "There is no flow “x”."),
            (.invalid(field: "path", reason: Text("Needs a value")), "Needs a value."),
            (.invalid(field: nil, reason: Text("Ends with a stop.")), "Ends with a stop."),
            (
                .wrongState(what: "flow", id: "x", state: "enabled"),
                "Nothing was done: the flow “x” is enabled."
            ),
            (
                .wrongState(what: "flow", id: "x", state: "exporting"),
                "Nothing was done: the flow “x” is exporting. Try again when that is over."
            ),
            (
                .notOffered(what: "exports outside of the schedule"),
                "This platform does not offer exports outside of the schedule."
            ),
            (
                .unavailable(doing: Text("list flows"), reason: Text("disk is full.")),
                "Cannot list flows: disk is full."
            ),
        ] as [(FlowServiceError, String)])
    func sentences(error: FlowServiceError, sentence: String) {
        #expect(error.description == sentence)
    }
}
