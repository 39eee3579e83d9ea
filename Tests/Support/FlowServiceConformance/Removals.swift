import ExportDomain
import Testing

extension FlowServiceConformance {
    static let removals = [
        FlowServiceConformance("A flow goes first, then its connections, then the account") { platform in
            let service = platform.service
            let flow = try await platform.addFlow()
            let target = try await service.targetConnection(flow.draft.targetConnectionID)
            try await service.deleteFlow(flow.id)
            await expectMissing("flow", flow.id.rawValue) { _ = try await service.flow(flow.id) }
            #expect(
                try await service.sourceConnection(flow.draft.sourceConnectionID).id.rawValue.isEmpty == false
            )
            #expect(try await service.targetConnection(target.id) == target)
            try await service.deleteSourceConnection(flow.draft.sourceConnectionID)
            await expectMissing("source connection", flow.draft.sourceConnectionID.rawValue) {
                _ = try await service.sourceConnection(flow.draft.sourceConnectionID)
            }
            try await service.deleteTargetConnection(target.id)
            await expectMissing("destination", target.id.rawValue) {
                _ = try await service.targetConnection(target.id)
            }
            try await service.deleteConnection(target.draft.baseConnectionID)
            await expectMissing("account", target.draft.baseConnectionID.rawValue) {
                _ = try await service.connection(target.draft.baseConnectionID)
            }
            #expect(try await service.allFlows().isEmpty)
            #expect(try await service.allSourceConnections().isEmpty)
            #expect(try await service.allTargetConnections().isEmpty)
            #expect(try await service.allConnections().isEmpty)
        },
        FlowServiceConformance("What is in use stays, and says who uses it") { platform in
            let service = platform.service
            let first = try await platform.addFlow("First")
            var draft = first.draft
            draft.name = "Second"
            let second = try await service.createFlow(draft)
            let source = try await service.sourceConnection(draft.sourceConnectionID)
            let target = try await service.targetConnection(draft.targetConnectionID)
            let account = try await service.connection(target.draft.baseConnectionID)
            await #expect(
                throws: FlowServiceError.inUse(
                    what: "account", name: account.draft.name, by: [target.draft.name])
            ) { try await service.deleteConnection(account.id) }
            for users in [["First", "Second"], ["Second"]] {
                await #expect(
                    throws: FlowServiceError.inUse(
                        what: "source connection", name: source.draft.name, by: users)
                ) { try await service.deleteSourceConnection(source.id) }
                await #expect(
                    throws: FlowServiceError.inUse(what: "destination", name: target.draft.name, by: users)
                ) { try await service.deleteTargetConnection(target.id) }
                if users.count == 2 { try await service.deleteFlow(first.id) }
            }
            #expect(try await service.allFlows() == [second])
            #expect(try await service.sourceConnection(source.id) == source)
            #expect(try await service.targetConnection(target.id) == target)
            #expect(try await service.connection(account.id) == account)
        },
        FlowServiceConformance("A paused flow can be removed, and what was removed is gone") { platform in
            let service = platform.service
            let flow = try await platform.addFlow()
            try await service.perform(.disable, on: flow.id)
            try await service.deleteFlow(flow.id)
            let id = flow.id.rawValue
            await expectMissing("flow", id) { try await service.deleteFlow(flow.id) }
            await expectMissing("flow", id) { try await service.perform(.enable, on: flow.id) }
            await expectMissing("flow", id) {
                _ = try await service.updateFlow(
                    flow.id, Flow.Change(name: "Again"), etag: flow.revision.etag)
            }
        },
        FlowServiceConformance("A flow that was removed takes its runs along, and never runs again") {
            platform in
            let service = platform.service
            let flow = try await platform.addFlow()
            let other = try await platform.addFlow("Other")
            try await platform.runDue()
            let run = try #require(try await service.allRuns(of: flow.id).first)
            try await service.deleteFlow(flow.id)
            await expectMissing("flow", flow.id.rawValue) { _ = try await service.allRuns(of: flow.id) }
            await expectMissing("run", run.id.rawValue) { _ = try await service.run(run.id) }
            platform.wait(86_400)
            try await platform.runDue()
            #expect(try await service.allRuns(of: other.id).count == 2)
            #expect(try await service.allFlows().map(\.id) == [other.id])
        },
    ]
}
