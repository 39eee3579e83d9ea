// What puts that died leave behind: it is not listed, and is cleared away without touching anything else.

import Foundation
import HTTPTypes
import TestServers
import Testing
import Transfer

@testable import ObjectStorage

@Suite struct AzureUnfinishedTests {
    private struct Died: Error {}

    /// Puts a body that dies in its second block, when the first has arrived.
    private static func putDying(
        _ name: String, in storage: AzureBlobStorage, _ server: AzureServer, _ container: String
    ) async throws {
        let body = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(AzureFaultTests.large)
            Task {
                while try await server.state(of: container).blocks?[name] == nil {
                    try await Task.sleep(for: .milliseconds(20))
                }
                continuation.finish(throwing: Died())
            }
        }
        await #expect(throws: Died.self) { try await storage.put(body, at: StorageKey(name)) }
    }

    @Test("Blocks of a put that died are cleared away where there is no blob, and blobs are never touched")
    func blocks() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let storage = try await AzureStores.blob(.key, container: container)
        let kept = try StorageKey("runs/kept")
        try await storage.put(bytes: [1, 2, 3], at: kept)
        try await storage.put(bytes: [], at: try StorageKey("runs/empty"))
        for name in ["runs/kept", "runs/died", "other/died"] {
            try await Self.putDying(name, in: storage, server, container)
        }
        try await Self.putForeignBlock("runs/foreign", in: storage.container)
        #expect(
            try await server.state(of: container).uncommitted == ["runs/died", "other/died", "runs/foreign"])
        #expect(try await storage.abortUnfinished(prefix: "runs/") == 1)
        let state = try await server.state(of: container)
        #expect(state.uncommitted == ["other/died", "runs/foreign"])
        #expect(state.blobs == ["runs/empty", "runs/kept"])
        #expect(try await storage.bytes(of: kept) == [1, 2, 3])
        #expect(try await storage.abortUnfinished(prefix: "") == 1)
        #expect(try await storage.abortUnfinished(prefix: "") == 0)
    }

    @Test("Clearing blocks away survives lost answers, and leaves no blob behind")
    func lostAnswers() async throws {
        let server = try AzureServer.shared()
        for (method, part) in [("PUT", "comp=block&"), ("PUT", "comp=blocklist"), ("DELETE", "died")] {
            let container = try await server.makeContainer()
            let storage = try await AzureStores.blob(.key, container: container)
            try await Self.putDying("died", in: storage, server, container)
            try await server.fail(
                .init(.dropAnswer) {
                    $0.container = container
                    $0.method = method
                    $0.contains = part
                })
            try await storage.abortUnfinished(prefix: "")
            let state = try await server.state(of: container)
            #expect(state.blobs == [])
            #expect(state.uncommitted == [])
        }
    }

    @Test(
        "The temporary file of a put that failed is gone; that of one that was killed is not listed and cleared away"
    )
    func temporaryFiles() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let storage = try await AzureStores.dataLake(container: container, folder: "exports")
        let key = try StorageKey("runs/died")
        let body = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(AzureFaultTests.large)
            continuation.finish(throwing: Died())
        }
        await #expect(throws: Died.self) { try await storage.put(body, at: key) }
        #expect(try await server.state(of: container).blobs == [])
        let killed = FileUpload(container: storage.container, key: key)
        try await killed.create()
        try await storage.put(bytes: [1], at: try StorageKey("runs/kept.tmp"))
        #expect(try await server.state(of: container).blobs?.count == 2)
        #expect(
            try await storage.list(prefix: "", after: nil, limit: 10).objects.map(\.key.text) == [
                "runs/kept.tmp"
            ])
        #expect(try await storage.abortUnfinished(prefix: "other/") == 0)
        let living = FileUpload(container: storage.container, key: try StorageKey("runs/died-not"))
        try await living.create()
        #expect(try await storage.abortUnfinished(prefix: "runs/", of: [key]) == 1)
        #expect(try await storage.abortUnfinished(prefix: "runs/e") == 0)
        #expect(try await storage.abortUnfinished(prefix: "runs/d") == 1)
        #expect(try await server.state(of: container).blobs == ["exports/runs/kept.tmp"])
    }

    /// A block with an id that no put of ours makes.
    private static func putForeignBlock(_ name: String, in container: AzureContainer) async throws {
        try await container.perform(
            AzureRequest(
                method: .put, name: name, query: [("comp", "block"), ("blockid", "QUFB")], body: [1]),
            for: .init(.put))
    }
}
