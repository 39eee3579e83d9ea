import ExportDomain
import FoundationEssentials
import Testing

extension FlowServiceConformance {
    static let runs = [
        FlowServiceConformance("A run is one dataset at one scheduled time") { platform in
            let service = platform.service
            let orders = try await platform.addDataset("Orders")
            let events = try await platform.addDataset("Events")
            let flow = try await platform.addFlow(of: [orders, events])
            try await platform.runDue()
            let first = try await service.allRuns(of: flow.id)
            #expect(Set(first.map(\.datasetID)) == [orders.id, events.id] && first.count == 2)
            for run in first {
                expectEntity(id: run.id.rawValue, run.revision)
                #expect(run.flowID == flow.id && run.status == .success)
                #expect(run.scheduledTime == flow.draft.schedule.start)
                #expect(run.metrics.errors.isEmpty && run.metrics.completedAt != nil)
                #expect((run.metrics.outputRecords ?? 0) > 0 && (run.metrics.outputFiles ?? 0) > 0)
                #expect(try await service.run(run.id) == run)
            }
            platform.wait(86_400)
            try await platform.runDue()
            let all = try await service.allRuns(of: flow.id)
            #expect(Set(all[2...]) == Set(first) && all.count == 4)
            #expect(all[0].scheduledTime == flow.draft.schedule.start.addingTimeInterval(86_400))
        },
        FlowServiceConformance("Runs come newest first") { platform in
            let flow = try await platform.addFlow()
            var made: [FlowRun] = []
            for _ in 1...5 {
                try await platform.runDue()
                made.append(try #require(try await platform.service.allRuns(of: flow.id).first))
                platform.wait(86_400)
            }
            try await expectNewestFirst(made) { try await platform.service.runs(of: flow.id, $0) }
        },
        FlowServiceConformance("An export now is a run of its own, and the schedule goes on") { platform in
            let service = platform.service
            let orders = try await platform.addDataset("Orders")
            let events = try await platform.addDataset("Events")
            var schedule = platform.daily
            schedule.start = platform.now.addingTimeInterval(-3_600)
            let flow = try await platform.addFlow(of: [orders, events], schedule: schedule)
            guard let asked = try await exported([events.id], of: flow, on: service) else { return }
            #expect(asked.count == 1)
            try await platform.runDue()
            let run = try await service.run(asked[0])
            #expect(run.datasetID == events.id && run.flowID == flow.id && run.status == .success)
            #expect((run.metrics.outputRecords ?? 0) > 0)
            // The occurrence was due as well; what was exported just now is not exported again.
            let runs = try await service.allRuns(of: flow.id)
            #expect(runs.count == 3)
            #expect(runs.filter { $0.datasetID == events.id && $0.id != run.id }.map(\.status) == [.success])
            platform.wait(3_600)
            let both = try await service.exportNow([events.id, orders.id], of: flow.id)
            try await platform.runDue()
            for (id, dataset) in zip(both, [events, orders]) {
                let run = try await service.run(id)
                #expect(run.datasetID == dataset.id && run.status == .success)
                #expect(run.scheduledTime.map { $0 >= platform.now } ?? true)
            }
            platform.wait(86_400 - 3_600)
            try await platform.runDue()
            #expect(try await service.allRuns(of: flow.id).count == 7)
            #expect(try await service.flow(flow.id) == flow)
        },
        FlowServiceConformance("An export now that cannot be is refused") { platform in
            let service = platform.service
            let orders = try await platform.addDataset("Orders")
            let events = try await platform.addDataset("Events")
            let flow = try await platform.addFlow(of: [orders], schedule: later(platform))
            guard let asked = try await exported([orders.id], of: flow, on: service) else { return }
            let refusal = { (state: FlowState) in
                FlowServiceError.wrongState(what: "flow", id: flow.id.rawValue, state: state.rawValue)
            }
            await #expect(throws: refusal(.exporting)) {
                try await service.exportNow([orders.id], of: flow.id)
            }
            try await platform.runDue()
            #expect(try await service.allRuns(of: flow.id).map(\.id) == asked)
            for datasets in [[], [events.id], [orders.id, "x"], [orders.id, orders.id]] {
                await expectInvalid("datasets") { _ = try await service.exportNow(datasets, of: flow.id) }
            }
            try await service.perform(.disable, on: flow.id)
            await #expect(throws: refusal(.disabled)) {
                try await service.exportNow([orders.id], of: flow.id)
            }
            #expect(try await service.allRuns(of: flow.id).map(\.id) == asked)
        },
    ]

    /// The runs that were asked for; nil where the platform does not offer that, as it may.
    private static func exported(
        _ datasets: [Identifier<Dataset>], of flow: Flow, on service: any FlowService
    ) async throws -> [Identifier<FlowRun>]? {
        do {
            return try await service.exportNow(datasets, of: flow.id)
        } catch FlowServiceError.notOffered {
            return nil
        }
    }

    /// A schedule that begins tomorrow.
    private static func later(_ platform: any PlatformFixture) -> Schedule {
        var schedule = platform.daily
        schedule.start = platform.now.addingTimeInterval(86_400)
        return schedule
    }
}
