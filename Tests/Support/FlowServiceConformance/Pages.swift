import ExportDomain
import Testing

extension FlowServiceConformance {
    static let pages = [
        FlowServiceConformance("A page has 1 to 100 items, of every list") { platform in
            for limit in [0, 101, -1] {
                for list in lists(of: platform.service) {
                    await expectInvalid("limit") { try await list(PageRequest(limit: limit)) }
                }
            }
            for limit in [1, 100] {
                for list in lists(of: platform.service) { try await list(PageRequest(limit: limit)) }
            }
        },
        FlowServiceConformance("A token that no page gave is refused, by every list") { platform in
            for token in ["nonsense", "Zm9vIDE=", ""] {
                for list in lists(of: platform.service) {
                    await expectInvalid("continuationToken") {
                        try await list(PageRequest(continuationToken: token))
                    }
                }
            }
        },
        FlowServiceConformance("The token of one list is refused by another") { platform in
            let service = platform.service
            for number in 1...2 { _ = try await platform.addDestination("Out \(number)") }
            let token = try await service.targetConnections(PageRequest(limit: 1)).continuationToken
            #expect(token != nil)
            await expectInvalid("continuationToken") {
                _ = try await service.connections(PageRequest(continuationToken: token))
            }
        },
        FlowServiceConformance("A page goes on where the one before ended, whatever changed meanwhile") {
            platform in
            let service = platform.service
            var made: [Flow] = []
            for number in 1...5 { made.append(try await platform.addFlow("Flow \(number)")) }
            let first = try await service.flows(PageRequest(limit: 2))
            #expect(first.items == [made[4], made[3]])
            _ = try await platform.addFlow("Flow 6")
            try await service.deleteFlow(made[3].id)
            try await service.deleteFlow(made[2].id)
            let rest = try await service.flows(
                PageRequest(limit: 100, continuationToken: first.continuationToken))
            #expect(rest.items == [made[1], made[0]] && rest.continuationToken == nil)
        },
    ]

    private static func lists(
        of service: any FlowService
    ) -> [(PageRequest) async throws -> Void] {
        [
            { _ = try await service.connections($0) }, { _ = try await service.sourceConnections($0) },
            { _ = try await service.targetConnections($0) }, { _ = try await service.flows($0) },
        ]
    }
}
