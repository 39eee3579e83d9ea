// A limit of the bandwidth is held by SFTP, in a time of the tests' own: who waits, lets it pass.

import Foundation
import ObjectStorage
import Synchronization
import TestServers
import Testing

@testable import Transfer

@Suite struct SFTPBandwidthTests {
    /// A clock that goes on when somebody waits.
    private final class WaitedTime: Sendable {
        private let start = ContinuousClock.now
        private let waited = Mutex(Duration.zero)

        var total: Duration { waited.withLock { $0 } }

        func bandwidth(_ bytesPerSecond: Int64?) -> Bandwidth {
            Bandwidth(
                bytesPerSecond: bytesPerSecond,
                clock: Bandwidth.Clock(
                    now: { self.start + self.total },
                    sleep: { duration in
                        try Task.checkCancellation()
                        self.waited.withLock { $0 += duration }
                    }))
        }
    }

    private func storage(_ bandwidth: Bandwidth) throws -> SFTPStorage {
        let test = try SFTPTestServer.shared.get()
        let root = "\(test.server.home)/\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
        try test.server.user.own(root)
        return try SFTPStorage(test.configuration(rootFolder: root), bandwidth: bandwidth)
    }

    @Test(
        "What is sent and what is received takes the time that the limit gives it",
        arguments: [(10_000, 100_000), (1_000_000, 20_000_000), (20_000_000, 20_000_000)])
    func heldBothWays(rate: Int64, size: Int) async throws {
        let time = WaitedTime()
        let bandwidth = time.bandwidth(rate)
        let storage = try storage(bandwidth)
        let key = try StorageKey("file")
        let content = bytes(size)
        let seconds = Double(size) / Double(rate)
        try await storage.put(bytes: content, at: key)
        let sending = time.total / .seconds(1)
        #expect(bandwidth.spent(.sending) == Int64(size))
        #expect(sending > seconds * 0.9 - 0.5 && sending < seconds * 1.2 + 1)
        #expect(try await storage.bytes(of: key) == content)
        let receiving = time.total / .seconds(1) - sending
        #expect(bandwidth.spent(.receiving) == Int64(size))
        // What is asked for ahead comes without waiting.
        #expect(receiving > seconds * 0.9 - 1.5 && receiving < seconds * 1.2 + 1)
    }

    @Test("One limit is shared by all storages, and by HTTP")
    func shared() async throws {
        let time = WaitedTime()
        let bandwidth = time.bandwidth(1_000_000)
        let content = bytes(3_000_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                let storage = try storage(bandwidth)
                group.addTask { try await storage.put(bytes: content, at: StorageKey("file")) }
            }
            try await group.waitForAll()
        }
        #expect(bandwidth.spent(.sending) == 9_000_000)
        #expect(time.total > .seconds(8))

        let both = Bandwidth()
        let bucket = try await SeaweedFS.shared().emptyStorage(.front, bandwidth: both)
        let key = try StorageKey("file")
        try await bucket.put(bytes: content, at: key)
        try await storage(both).put(try await bucket.read(key, range: nil), at: key)
        #expect(both.spent(.sending) >= 6_000_000)
        #expect(both.spent(.receiving) >= 3_000_000)
    }

    @Test("A limit that is lifted holds nobody up any more")
    func lifted() async throws {
        let bandwidth = Bandwidth(bytesPerSecond: 1_000)
        let storage = try storage(bandwidth)
        let put = Task { try await storage.put(bytes: bytes(50_000_000), at: StorageKey("file")) }
        while bandwidth.spent(.sending) == 0 { try await Task.sleep(for: .milliseconds(5)) }
        bandwidth.limit(to: nil)
        #expect(try await put.value.size == 50_000_000)
    }
}
