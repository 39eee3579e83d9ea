// Amazon S3 and Google Cloud Storage against the suite of all storages.

import ObjectStorage
import StorageConformance
import TestServers
import Testing

@Suite struct S3ConformanceTests {
    @Test("S3 keeps the contract of Storage", arguments: StorageConformance.all)
    func amazon(rule: StorageConformance) async throws {
        try await check(rule, .front)
    }

    @Test("S3 over HTTPS keeps the contract of Storage", arguments: StorageConformance.all)
    func secure(rule: StorageConformance) async throws {
        try await check(rule, .frontTLS)
    }

    @Test("Google Cloud Storage keeps the contract of Storage", arguments: StorageConformance.all)
    func google(rule: StorageConformance) async throws {
        try await check(rule, .google)
    }

    @Test("A listing of ten thousand objects is complete and in order")
    func tenThousand() async throws {
        let storage = try await SeaweedFS.shared().emptyStorage(.direct)
        let keys = try (0..<10_000).map { try StorageKey("many/part-\(100_000 + $0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, key) in keys.enumerated() {
                if number >= 64 { try await group.next() }
                group.addTask { try await storage.put(bytes: [1, 2, 3], at: key) }
            }
            try await group.waitForAll()
        }
        var found: [StorageKey] = []
        for try await object in storage.objects(prefix: "many/") { found.append(object.key) }
        #expect(found == keys)
    }

    private func check(_ rule: StorageConformance, _ door: S3Door) async throws {
        let storage = try await SeaweedFS.shared().emptyStorage(door)
        try await rule.check(storage)
        #expect(try await storage.abortUnfinished(prefix: "") == 0, "nothing is left unfinished")
    }
}
