// Signatures and tokens that run out: they are renewed once, whoever asks.

import Foundation
import Secrets
import Synchronization
import TestServers
import Testing
import Transfer

@testable import ObjectStorage

@Suite struct AzureRenewalTests {
    @Test("A signature that is about to run out is renewed once, though twenty puts ask at the same time")
    func signatureEnds() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let calls = Mutex(0)
        let storage = try await AzureStores.landingZone(
            container: container, signature: try await server.signature(of: container, seconds: 240)
        ) {
            calls.withLock { $0 += 1 }
            return AzureStores.url(
                of: container, signature: try await server.signature(of: container), on: server)
        }
        try await Self.putMany(in: storage)
        #expect(calls.withLock { $0 } == 1)
        #expect(try await server.state(of: container).blobs?.count == 20)
    }

    @Test("A signature that is refused is renewed once, and a second refusal is told")
    func signatureRefused() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let forged = try await server.signature(
            of: container, key: Data("another".utf8).base64EncodedString())
        let calls = Mutex(0)
        let good = AzureStores.url(
            of: container, signature: try await server.signature(of: container), on: server)
        let storage = try await AzureStores.landingZone(container: container, signature: forged) {
            calls.withLock { $0 += 1 }
            return good
        }
        try await Self.putMany(in: storage)
        #expect(calls.withLock { $0 } == 1)
        let hopeless = try await AzureStores.landingZone(container: container, signature: forged) {
            AzureStores.url(of: container, signature: forged, on: server)
        }
        let error = await #expect(throws: StorageError.self) {
            try await hopeless.put(bytes: [1], at: StorageKey("a"))
        }
        #expect(error?.failure.reason == .wrongSecret)
    }

    @Test("What a refresh throws is thrown by the call that asked")
    func refreshFails() async throws {
        struct NoNewSignature: Error {}
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let storage = try await AzureStores.landingZone(
            container: container, signature: try await server.signature(of: container, seconds: -60)
        ) { throw NoNewSignature() }
        await #expect(throws: NoNewSignature.self) { try await storage.put(bytes: [1], at: StorageKey("a")) }
    }

    @Test("A signature that cannot be renewed is used to its end, and a waiting put can be cancelled")
    func refreshIsLate() async throws {
        struct NoNewSignature: Error {}
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let soon = try await server.signature(of: container, seconds: 240)
        let calls = Mutex(0)
        let failing = try await AzureStores.landingZone(container: container, signature: soon) {
            calls.withLock { $0 += 1 }
            throw NoNewSignature()
        }
        try await Self.putMany(in: failing)
        try await Self.putMany(in: failing)
        // Not by every put: after a refusal a while passes before the next try.
        #expect((1..<20).contains(calls.withLock { $0 }))
        let silent = try await AzureStores.landingZone(container: container, signature: soon) {
            try await Task.sleep(for: .seconds(600))
            throw NoNewSignature()
        }
        let put = Task { try await silent.put(bytes: [1], at: StorageKey("a")) }
        try await Task.sleep(for: .milliseconds(50))
        let start = ContinuousClock.now
        put.cancel()
        await #expect(throws: CancellationError.self) { try await put.value }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test("One token serves many puts; when it is refused, one more does")
    func tokens() async throws {
        let server = try AzureServer()
        let container = try await server.makeContainer()
        let storage = try await AzureStores.dataLake(on: server, container: container)
        try await Self.putMany(in: storage)
        #expect(try await server.state(of: container).tokenRequests == 1)
        try await server.set(.init(expireTokens: true))
        try await Self.putMany(in: storage)
        #expect(try await server.state(of: container).tokenRequests == 2)
    }

    @Test("Signatures that hold for seconds only are renewed within a put, once for all its blocks")
    func longPut() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let calls = Mutex(0)
        @Sendable func signature() async throws -> String {
            try await server.signature(of: container, seconds: 7)
        }
        let storage = try await AzureStores.landingZone(
            container: container, signature: try await signature()
        ) {
            calls.withLock { $0 += 1 }
            return AzureStores.url(of: container, signature: try await signature(), on: server)
        }
        try await Self.putSlowly(in: storage)
        #expect((2...8).contains(calls.withLock { $0 }))
    }

    @Test("Tokens that hold for seconds only are renewed within a put, once for all its pieces")
    func longPutWithTokens() async throws {
        let server = try AzureServer()
        try await server.set(.init(tokenLifetime: 6))
        let container = try await server.makeContainer()
        try await Self.putSlowly(in: try await AzureStores.dataLake(on: server, container: container))
        #expect((2...8).contains(try await server.state(of: container).tokenRequests))
    }

    private static func putSlowly(in storage: any Storage) async throws {
        let body = SlowBody(parts: 6, rest: .seconds(1.5))
        let key = try StorageKey("object")
        try await storage.put(body, at: key)
        #expect(try await storage.bytes(of: key) == body.content)
    }

    @Test("A value is renewed five minutes before its end, and a short one at half its time")
    func margin() async throws {
        let calls = Mutex(0)
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        func after(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }
        let renewable = Renewable<Date>(after(3_600), expiry: { $0 }) {
            start.addingTimeInterval(
                3_310 + 100
                    * Double(
                        calls.withLock {
                            $0 += 1; return $0
                        }))
        }
        for (seconds, end) in [
            (0.0, 3_600.0), (3_290, 3_600), (3_310, 3_410), (3_350, 3_410), (3_365, 3_510), (3_390, 3_510),
        ] {
            #expect(try await renewable.current(at: after(seconds)) == after(end), "after \(seconds) s")
        }
        #expect(calls.withLock { $0 } == 2)
    }

    private static func putMany(in storage: any Storage) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                let key = try StorageKey("object-\(number)")
                group.addTask { try await storage.put(bytes: [UInt8(number)], at: key) }
            }
            try await group.waitForAll()
        }
    }
}
