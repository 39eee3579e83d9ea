import ExportDomain
import FoundationEssentials
import Testing

extension FlowServiceConformance {
    static let flowChanges = [
        FlowServiceConformance("Each change of a flow changes what it names and nothing else") { platform in
            let service = platform.service
            var flow = try await platform.addFlow()
            let events = try await platform.addDataset("Events")
            let other = try await platform.addSource([events])
            var schedule = flow.draft.schedule
            schedule.frequency = .hourly(every: 6)
            schedule.end = platform.now.addingTimeInterval(90 * 86_400)
            let once = Schedule(mode: .full, frequency: .once, start: platform.now)
            let changes = [
                Flow.Change(name: "Hourly"), Flow.Change(description: "Half of it"),
                Flow.Change(description: ""), Flow.Change(sourceConnectionID: other.id),
                Flow.Change(schedule: schedule),
                Flow.Change(folderTemplate: try FolderTemplate("%DATASET_NAME%/%EXPORT_TIME%")),
                Flow.Change(name: "Once", schedule: once, folderTemplate: .standard),
            ]
            for change in changes {
                let changed = try await service.updateFlow(flow.id, change, etag: flow.revision.etag)
                #expect(changed.id == flow.id && changed.state == .enabled)
                #expect(changed.draft == flow.draft.applying(change))
                expectChange(from: flow.revision, to: changed.revision)
                #expect(try await service.flow(flow.id) == changed)
                flow = changed
            }
            #expect(try await service.allFlows() == [flow])
        },
        FlowServiceConformance("A change that was made from an older revision is refused") { platform in
            let service = platform.service
            let flow = try await platform.addFlow()
            let refusal = FlowServiceError.changed(what: "flow", id: flow.id.rawValue)
            let renamed = try await service.updateFlow(
                flow.id, Flow.Change(name: "Renamed"), etag: flow.revision.etag)
            await #expect(throws: refusal) {
                try await service.updateFlow(flow.id, Flow.Change(name: "Again"), etag: flow.revision.etag)
            }
            #expect(try await service.flow(flow.id) == renamed)
            // To be paused is a change too.
            try await service.perform(.disable, on: flow.id)
            await #expect(throws: refusal) {
                try await service.updateFlow(
                    flow.id, Flow.Change(name: "Again"), etag: renamed.revision.etag)
            }
            let paused = try await service.flow(flow.id)
            let changed = try await service.updateFlow(
                flow.id, Flow.Change(name: "Again"), etag: paused.revision.etag)
            #expect(changed.state == .disabled && changed.draft.name == "Again")
        },
        FlowServiceConformance("A change that cannot be is refused, and nothing is changed") { platform in
            let service = platform.service
            let flow = try await platform.addFlow()
            let etag = flow.revision.etag
            await expectInvalid(nil) { _ = try await service.updateFlow(flow.id, Flow.Change(), etag: etag) }
            for name in ["", " ", "a\u{7}b"] {
                await expectInvalid("name") {
                    _ = try await service.updateFlow(flow.id, Flow.Change(name: name), etag: etag)
                }
            }
            for schedule in impossibleSchedules(like: flow.draft.schedule) {
                await expectInvalid("scheduleParams") {
                    _ = try await service.updateFlow(flow.id, Flow.Change(schedule: schedule), etag: etag)
                }
            }
            await expectMissing("source connection", "x") {
                _ = try await service.updateFlow(flow.id, Flow.Change(sourceConnectionID: "x"), etag: etag)
            }
            #expect(try await service.flow(flow.id) == flow)
        },
        FlowServiceConformance("Of changes from one revision at the same time one is made") { platform in
            let service = platform.service
            let flow = try await platform.addFlow()
            let made = await withTaskGroup(of: String?.self) { group in
                for number in 1...6 {
                    group.addTask {
                        let change = Flow.Change(name: "Name \(number)")
                        return try? await service.updateFlow(flow.id, change, etag: flow.revision.etag)
                            .draft.name
                    }
                }
                return await group.reduce(into: [String]()) { if let name = $1 { $0.append(name) } }
            }
            #expect(made.count == 1)
            #expect(try await service.flow(flow.id).draft.name == made.first)
        },
        FlowServiceConformance("Datasets that are swapped are exported from the next occurrence on") {
            platform in
            let service = platform.service
            let orders = try await platform.addDataset("Orders")
            let events = try await platform.addDataset("Events")
            let flow = try await platform.addFlow(of: [orders])
            try await platform.runDue()
            let other = try await platform.addSource([events])
            _ = try await service.updateFlow(
                flow.id, Flow.Change(sourceConnectionID: other.id),
                etag: try await service.flow(flow.id).revision.etag)
            try await platform.runDue()
            #expect(try await service.allRuns(of: flow.id).map(\.datasetID) == [orders.id])
            platform.wait(86_400)
            try await platform.runDue()
            #expect(try await service.allRuns(of: flow.id).map(\.datasetID) == [events.id, orders.id])
        },
        FlowServiceConformance("A flow that is over goes on when its end is put off") { platform in
            let service = platform.service
            let flow = try await platform.addFlow()
            try await platform.runDue()
            platform.wait(35 * 86_400)
            try await platform.runDue()
            let before = try await service.allRuns(of: flow.id)
            #expect(before.first?.scheduledTime == flow.draft.schedule.end)
            var schedule = flow.draft.schedule
            schedule.end = platform.now.addingTimeInterval(30 * 86_400)
            _ = try await service.updateFlow(
                flow.id, Flow.Change(schedule: schedule),
                etag: try await service.flow(flow.id).revision.etag)
            try await platform.runDue()
            let after = try await service.allRuns(of: flow.id)
            #expect(Array(after.dropFirst()) == before && after.first?.scheduledTime == platform.now)
        },
    ]
}
