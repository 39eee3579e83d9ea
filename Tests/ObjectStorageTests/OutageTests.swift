// A store that is away for a while: what was under way is sent again, and no more.

import Foundation
import ObjectStorage
import Secrets
import TestServers
import Testing
import Transfer

@Suite(.timeLimit(.minutes(5)))
struct OutageTests {
    /// Its attempts alone are over within a second, as those of `standard` are within half a minute.
    private static let policy = RetryPolicy(
        attempts: 4, patience: .seconds(120), firstDelay: .milliseconds(50), longestDelay: .milliseconds(500))

    enum Store: CaseIterable {
        case s3, azureBlob, dataLake
    }

    @Test(
        "A store that is away in the middle of an upload costs the parts under way",
        arguments: Store.allCases)
    func outage(store: Store) async throws {
        let (storage, proxy, server) = try await Self.storage(store)
        defer { withExtendedLifetime(server) {} }
        let body = SlowBody(parts: 12) { number in
            guard number == 6 else { return }
            try proxy.tell(.refuse)
            try proxy.tell(.cut)
            Task {
                try await Task.sleep(for: .seconds(4))
                try proxy.tell(.pass)
            }
        }
        let key = try StorageKey("folder/object")
        let size = body.parts * SlowBody.partSize
        try await storage.put(body, at: key, options: PutOptions(length: Int64(size)))
        let counts = try proxy.tell(.counts)
        #expect(counts.refused > 4)
        #expect(counts.up < size + 5 * SlowBody.partSize)
        #expect(try await storage.bytes(of: key) == body.content)
    }

    @Test(
        "Who only looks is told after a few attempts that a store is away, however patient puts are",
        arguments: Store.allCases)
    func looking(store: Store) async throws {
        let (storage, proxy, server) = try await Self.storage(store)
        defer { withExtendedLifetime(server) {} }
        try proxy.tell(.refuse)
        let key = try StorageKey("folder/object")
        for look in [
            { _ = try await storage.stat(key) }, { _ = try await storage.bytes(of: key) },
            { _ = try await storage.list(prefix: "", after: nil, limit: 10) },
            { try await storage.delete(key) },
        ] as [() async throws -> Void] {
            let before = try proxy.tell(.counts).refused
            let error = await #expect(throws: StorageError.self) { try await look() }
            #expect(error?.isRetryable == true)
            #expect(try proxy.tell(.counts).refused == before + Self.policy.attempts)
        }
    }

    @Test("The usual patience outlasts an outage of a minute, however chance has it, and ends within two")
    func patience() {
        for chance in [0, 0.5, 0.999] {
            var elapsed = Duration.zero
            var attempt = 1
            while let delay = RetryPolicy.standard.delay(
                after: .retry(after: nil), attempt: attempt, elapsed: elapsed, chance: chance)
            {
                elapsed += delay
                attempt += 1
            }
            #expect(elapsed > .seconds(60))
            #expect(elapsed < .seconds(120))
        }
    }

    private static func storage(
        _ store: Store
    ) async throws -> (any Storage, CuttingProxy, AzureServer?) {
        guard store != .s3 else {
            let server = try await SeaweedFS.shared()
            let proxy = try CuttingProxy(before: server.front)
            let storage = try server.storage(
                bucket: try await server.makeBucket(), retrying: policy,
                change: { $0.endpoint = HTTPOrigin(scheme: "http", host: "127.0.0.1", port: proxy.port) })
            return (storage, proxy, nil)
        }
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let proxy = try CuttingProxy(before: store == .dataLake ? server.securePort : server.port)
        let client = try AzureStores.client(for: server)
        if store == .azureBlob {
            let address = "http://127.0.0.1:\(proxy.port)/\(AzureServer.account)"
            let text =
                "BlobEndpoint=\(address);AccountName=\(AzureServer.account);AccountKey=\(AzureServer.key)"
            let storage = try AzureBlobStorage(
                connectionString: Secret(text), container: container, client: client, retrying: policy)
            return (storage, proxy, server)
        }
        let storage = try ADLSStorage(
            url: "https://\(AzureServer.account).dfs.localhost:\(proxy.port)/\(container)",
            tenant: AzureServer.tenant, clientID: AzureServer.clientID,
            clientSecret: Secret(AzureServer.clientSecret),
            authority: "https://localhost:\(server.securePort)", client: client, retrying: policy)
        return (storage, proxy, server)
    }
}
