// Every storage against the one suite.

import ObjectStorage
import StorageConformance
import TestFiles
import Testing

@Suite struct ConformanceTests {
    @Test("Memory keeps the contract of Storage", arguments: StorageConformance.all)
    func memory(rule: StorageConformance) async throws {
        try await rule.check(MemoryStorage())
    }

    @Test("A folder keeps the contract of Storage", arguments: StorageConformance.all)
    func folder(rule: StorageConformance) async throws {
        let folder = try TemporaryFolder()
        try await rule.check(FolderStorage(path: folder.path))
        #expect(try folder.everything().filter { $0.hasSuffix(".tmp") && $0.contains("/.") } == [])
    }

    @Test("A server of SFTP keeps the contract of Storage", arguments: StorageConformance.all)
    func sftp(rule: StorageConformance) async throws {
        let test = try SFTPTestServer.shared.get()
        let storage = try test.storage()
        try await rule.check(storage)
        #expect(try test.leftovers(in: storage) == [])
    }
}
