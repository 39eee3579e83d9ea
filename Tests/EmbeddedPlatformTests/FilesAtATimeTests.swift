// How many files a run writes at the same time.
import ExportDomain
import Testing

@testable import EmbeddedPlatform

@Suite("The files that a run writes at a time")
struct FilesAtATimeTests {
    private static let gigabyte = 1 << 30

    @Test(
        "are as many as the storage gains by, or as a person has said, as far as there is memory for their parts",
        arguments: [
            (nil, [], 900, true), (nil, [1, 1], 1, true), (nil, [0, 0, 0], 0, false), (nil, [5], 5, true),
            (nil, [5, 0], 5, false), (nil, [0], 20, false), (nil, [100], 0, false), (1, [], 900, true),
            (1, [0], 0, false), (6, [1, 1, 1, 1, 1], 1, true), (6, [1, 1, 1, 1, 1, 1], 1, false),
            (6, [5, 5, 5], 1, false),
        ] as [(chosen: Int?, underWay: [Int], size: Int, isAllowed: Bool)])
    func bounds(chosen: Int?, underWay: [Int], size: Int, isAllowed: Bool) {
        let bounds = FilesInFlight(gainful: 3, chosen: chosen.flatMap(FilesAtATime.init))
        #expect(
            bounds.allowsOneMore(
                ofSize: size * Self.gigabyte, beside: underWay.map { $0 * Self.gigabyte }) == isAllowed)
    }

    @Test("become more at once when a person allows it, and fewer as those that are on their way end")
    func changes() async throws {
        let storage = GatedStorage()
        let test = try TestPlatform { _ in storage }
        let orders = try await test.addDataset("Orders", files: 12, records: 5).dataset
        let flow = try await test.addFlow([orders])
        test.platform.limitTransfers(to: TransferLimits(files: FilesAtATime(1)))
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { storage.seen.begun == 1 })
        storage.letGoOn(2)
        #expect(try await until { storage.seen.begun == 3 })
        #expect(storage.seen.mostUnderWay == 1)

        test.platform.limitTransfers(to: TransferLimits(files: FilesAtATime(5)))
        #expect(try await until { storage.seen.begun == 7 })
        #expect(storage.seen.underWay == 5)

        test.platform.limitTransfers(to: TransferLimits(files: FilesAtATime(2)))
        storage.letGoOn(3)
        #expect(try await until { storage.seen.underWay == 2 })
        #expect(storage.seen.begun == 7)
        storage.letGoOn(1)
        #expect(try await until { storage.seen.begun == 8 })
        #expect(storage.seen.underWay == 2)
        storage.letGoOn(12)
        #expect(try await running.value.map(\.status) == [.success])
        #expect(storage.seen.mostUnderWay <= 2)
    }
}
