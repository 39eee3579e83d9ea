// Azure's storages against the suite that all storages pass.

import ObjectStorage
import StorageConformance
import TestServers
import Testing

@Suite(.serialized) struct AzureConformanceTests {
    @Test("Azure Blob with an account's key keeps the contract of Storage", arguments: StorageConformance.all)
    func blobByKey(rule: StorageConformance) async throws {
        try await rule.check(try await AzureStores.blob(.key))
    }

    @Test(
        "Azure Blob with a shared access signature, over HTTPS, keeps the contract of Storage",
        arguments: StorageConformance.all)
    func blobBySignature(rule: StorageConformance) async throws {
        try await rule.check(try await AzureStores.blob(.signature, isSecure: true, byHost: true))
    }

    @Test("A Data Landing Zone keeps the contract of Storage", arguments: StorageConformance.all)
    func landingZone(rule: StorageConformance) async throws {
        try await rule.check(try await AzureStores.landingZone(folder: "drop/zone"))
    }

    @Test("Data Lake Storage keeps the contract of Storage", arguments: StorageConformance.all)
    func dataLake(rule: StorageConformance) async throws {
        try await rule.check(try await AzureStores.dataLake(folder: "exports/here"))
    }
}
