import ExportDomain
import Testing

extension FlowServiceConformance {
    static let sourceConnections = [
        FlowServiceConformance("A source connection keeps its datasets, in their order") { platform in
            let orders = try await platform.addDataset("Orders")
            let events = try await platform.addDataset("Events")
            let source = try await platform.addSource([orders, events])
            expectEntity(id: source.id.rawValue, source.revision)
            #expect(source.draft.name == "Source")
            #expect(source.draft.datasets == [orders.reference, events.reference])
            #expect(try await platform.service.sourceConnection(source.id) == source)
        },
        FlowServiceConformance("A source connection without datasets, or with one twice, is refused") {
            platform in
            let service = platform.service
            let orders = try await platform.addDataset("Orders").reference
            for datasets in [[], [orders, orders]] {
                await expectInvalid("datasets") {
                    _ = try await service.createSourceConnection(
                        SourceConnection.Draft(name: "Source", datasets: datasets))
                }
            }
            await expectInvalid("name") {
                _ = try await service.createSourceConnection(
                    SourceConnection.Draft(name: " ", datasets: [orders]))
            }
            await expectMissing("dataset", "x") {
                _ = try await service.createSourceConnection(
                    SourceConnection.Draft(
                        name: "Source", datasets: [orders, DatasetReference(id: "x", name: "X")]))
            }
            #expect(try await service.allSourceConnections().isEmpty)
        },
        FlowServiceConformance("Source connections come newest first") { platform in
            let orders = try await platform.addDataset("Orders")
            var made: [SourceConnection] = []
            for number in 1...5 { made.append(try await platform.addSource([orders], name: "\(number)")) }
            try await expectNewestFirst(made) { try await platform.service.sourceConnections($0) }
        },
    ]
}
