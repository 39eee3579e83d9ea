import ExportDomain
import FoundationEssentials
import Testing

extension FlowServiceConformance {
    static let flows = [
        FlowServiceConformance("A flow is made enabled, as it was described") { platform in
            let service = platform.service
            var draft = try await platform.flowDraft(of: [platform.addDataset("Orders")])
            let start = platform.now.addingTimeInterval(3_600).wholeMinute
            draft.schedule = Schedule(
                mode: .incremental, frequency: .hourly(every: 6), start: start,
                end: start.addingTimeInterval(86_400))
            draft.folderTemplate = try FolderTemplate("%DATASET_NAME%/%DATETIME(YYYYMMdd)%")
            let flow = try await service.createFlow(draft)
            expectEntity(id: flow.id.rawValue, flow.revision)
            #expect(flow.draft == draft && flow.state == .enabled)
            #expect(try await service.flow(flow.id) == flow)
            #expect(try await service.allRuns(of: flow.id).isEmpty)
        },
        FlowServiceConformance("A schedule of every kind is kept") { platform in
            let dataset = try await platform.addDataset("Orders")
            let draft = try await platform.flowDraft(of: [dataset])
            let frequencies: [ExportFrequency] =
                [.daily] + ExportFrequency.acceptedHours.map { .hourly(every: $0) }
            var schedules = frequencies.map { frequency in
                var schedule = platform.daily
                schedule.frequency = frequency
                return schedule
            }
            schedules.append(Schedule(mode: .full, frequency: .once, start: platform.now))
            for schedule in schedules {
                var draft = draft
                draft.schedule = schedule
                let flow = try await platform.service.createFlow(draft)
                #expect(try await platform.service.flow(flow.id).draft.schedule == schedule)
            }
        },
        FlowServiceConformance("A flow that cannot be is refused, and nothing is made") { platform in
            let service = platform.service
            let draft = try await platform.flowDraft(of: [platform.addDataset("Orders")])
            var wrong = draft
            wrong.name = "\n"
            await expectInvalid("name") { [wrong] in _ = try await service.createFlow(wrong) }
            wrong = draft
            wrong.flowSpecID = "x"
            await expectInvalid("flowSpec.id") { [wrong] in _ = try await service.createFlow(wrong) }
            for schedule in impossibleSchedules(like: draft.schedule) {
                wrong = draft
                wrong.schedule = schedule
                await expectInvalid("scheduleParams") { [wrong] in _ = try await service.createFlow(wrong) }
            }
            wrong = draft
            wrong.sourceConnectionID = "x"
            await expectMissing("source connection", "x") { [wrong] in
                _ = try await service.createFlow(wrong)
            }
            wrong = draft
            wrong.targetConnectionID = "x"
            await expectMissing("destination", "x") { [wrong] in _ = try await service.createFlow(wrong) }
            #expect(try await service.allFlows().isEmpty)
        },
        FlowServiceConformance("Flows come newest first") { platform in
            let draft = try await platform.flowDraft(of: [platform.addDataset("Orders")])
            var made: [Flow] = []
            for _ in 1...5 { made.append(try await platform.service.createFlow(draft)) }
            try await expectNewestFirst(made) { try await platform.service.flows($0) }
        },
        FlowServiceConformance("A flow is paused and resumed; what it is already it cannot become") {
            platform in
            let service = platform.service
            let flow = try await platform.addFlow()
            let refusal = { (state: String) in
                FlowServiceError.wrongState(what: "flow", id: flow.id.rawValue, state: state)
            }
            await #expect(throws: refusal("enabled")) { try await service.perform(.enable, on: flow.id) }
            #expect(try await service.flow(flow.id) == flow)
            try await service.perform(.disable, on: flow.id)
            let paused = try await service.flow(flow.id)
            #expect(paused.state == .disabled && paused.draft == flow.draft)
            expectChange(from: flow.revision, to: paused.revision)
            await #expect(throws: refusal("disabled")) { try await service.perform(.disable, on: flow.id) }
            try await service.perform(.enable, on: flow.id)
            let resumed = try await service.flow(flow.id)
            #expect(resumed.state == .enabled)
            expectChange(from: paused.revision, to: resumed.revision)
        },
    ]

    /// Schedules that no platform takes, for a daily one that starts now.
    static func impossibleSchedules(like schedule: Schedule) -> [Schedule] {
        var endless = schedule
        endless.end = nil
        var backwards = schedule
        backwards.start = schedule.start.addingTimeInterval(40 * 86_400)
        var over = schedule
        over.start = schedule.start.addingTimeInterval(-20 * 86_400)
        over.end = schedule.start.addingTimeInterval(-86_400)
        var odd = schedule
        odd.frequency = .hourly(every: 5)
        var full = schedule
        full.mode = .full
        return [endless, backwards, over, odd, full]
    }
}
