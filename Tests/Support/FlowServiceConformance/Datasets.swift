import ExportDomain
import Synchronization
import Testing

extension FlowServiceConformance {
    static let datasets = [
        FlowServiceConformance("Datasets come by name, page by page") { platform in
            let service = platform.service
            for name in ["Profiles", "Orders", "Web events"] { _ = try await platform.addDataset(name) }
            let all = try await service.allExportableDatasets()
            #expect(all.map(\.name) == ["Orders", "Profiles", "Web events"])
            #expect(all.allSatisfy { $0.id.rawValue.wholeMatch(of: /[0-9a-f]{24}/) != nil })
            let first = try await service.exportableDatasets(start: 0, limit: 2)
            #expect(first.items == Array(all[..<2]) && first.start == 0 && first.total == 3 && first.hasNext)
            let second = try await service.exportableDatasets(start: 2, limit: 2)
            #expect(second.items == [all[2]] && second.start == 2 && !second.hasNext)
            #expect(try await service.exportableDatasets(start: 1_000, limit: 1).items.isEmpty)
            let rest = Mutex<[Dataset]>([])
            try await service.exportableDatasets(from: 1) { page in rest.withLock { $0 += page.items } }
            #expect(rest.withLock { $0 } == Array(all[1...]))
        },
        FlowServiceConformance("A page of datasets has bounds") { platform in
            for limit in [0, 101, -1] {
                await expectInvalid("limit") {
                    _ = try await platform.service.exportableDatasets(start: 0, limit: limit)
                }
            }
            await expectInvalid("start") {
                _ = try await platform.service.exportableDatasets(start: -1, limit: 1)
            }
        },
    ]
}
