import ExportDomain
import Testing

extension FlowServiceConformance {
    static let unknownIDs = [
        FlowServiceConformance("Whatever is asked of an unknown account, there is none") { platform in
            let service = platform.service
            let draft = BaseConnection.Draft(name: "Account")
            for operation in [
                { _ = try await service.connection("x") },
                { _ = try await service.updateConnection("x", to: draft, etag: "\"1\"") },
                { try await service.deleteConnection("x") }, { try await service.testConnection("x") },
            ] as [() async throws -> Void] { await expectMissing("account", "x", operation) }
        },
        FlowServiceConformance("Whatever is asked of an unknown connection, there is none") { platform in
            let service = platform.service
            let draft = try await platform.destinationDraft(account: platform.addAccount())
            for operation in [
                { _ = try await service.targetConnection("x") },
                { _ = try await service.updateTargetConnection("x", to: draft, etag: "\"1\"") },
                { try await service.deleteTargetConnection("x") },
            ] as [() async throws -> Void] { await expectMissing("destination", "x", operation) }
            for operation in [
                { _ = try await service.sourceConnection("x") },
                { try await service.deleteSourceConnection("x") },
            ] as [() async throws -> Void] { await expectMissing("source connection", "x", operation) }
        },
        FlowServiceConformance("Whatever is asked of an unknown flow or run, there is none") { platform in
            let service = platform.service
            for operation in [
                { _ = try await service.flow("x") },
                { _ = try await service.updateFlow("x", Flow.Change(name: "Name"), etag: "\"1\"") },
                { try await service.deleteFlow("x") }, { try await service.perform(.disable, on: "x") },
                { _ = try await service.runs(of: "x", PageRequest()) },
            ] as [() async throws -> Void] { await expectMissing("flow", "x", operation) }
            await expectMissing("run", "x") { _ = try await service.run("x") }
            do {
                _ = try await service.exportNow(["x"], of: "x")
                Issue.record("An unknown flow cannot export")
            } catch FlowServiceError.notOffered {
            } catch {
                #expect(error as? FlowServiceError == .notFound(what: "flow", id: "x"))
            }
        },
        FlowServiceConformance("An id from outside is only a text, whatever is in it") { platform in
            let service = platform.service
            for id in ["", " ", "../x", "a/b?c=d#e", "%2e%2e", "'; DROP TABLE flow; --", "名前", "a\u{0}b"] {
                await expectMissing("flow", id) { _ = try await service.flow(Identifier(id)) }
                await expectMissing("run", id) { _ = try await service.run(Identifier(id)) }
            }
        },
    ]
}
