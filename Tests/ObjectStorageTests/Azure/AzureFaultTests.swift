// Connections that break and services that are busy: what was put is there, whole, once.

import Foundation
import ObjectStorage
import Secrets
import TestServers
import Testing
import Transfer

@Suite struct AzureFaultTests {
    /// More than one block, so that a blob is made of a list.
    static let large: [UInt8] = {
        let piece = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
        return (0..<UInt8(129)).reduce(into: []) { bytes, number in bytes += piece + [number] }
    }()
    private static let small = Array(large.prefix(1_000))

    /// Faults of the requests that a put to a container makes.
    private static let faults: [AzureServer.Fault] = [
        .init(.status) {
            $0.method = "PUT"; $0.times = 3
        },
        .init(.status) {
            $0.method = "PUT"; $0.status = 500; $0.code = "OperationTimedOut"
        },
        .init(.status) {
            $0.method = "PUT"; $0.status = 400; $0.code = "Md5Mismatch"
        },
        .init(.cutRequest) {
            $0.method = "PUT"; $0.after = 500; $0.times = 2
        },
        .init(.dropAnswer) {
            $0.method = "PUT"; $0.times = 2
        },
        .init(.dropAnswer) { $0.contains = "comp=blocklist" },
        .init(.dropAnswer) {
            $0.method = "PUT"
            $0.contains = "resource=file"
        },
        .init(.dropAnswer) { $0.contains = "action=append" },
        .init(.cutRequest) {
            $0.contains = "action=append"; $0.after = 500
        },
        .init(.dropAnswer) { $0.contains = "action=flush" },
        .init(.dropAnswer) {
            $0.header = "x-ms-rename-source"; $0.times = 2
        },
        .init(.status) {
            $0.header = "x-ms-rename-source"; $0.times = 2
        },
    ]

    @Test(
        "A put is done once and whole, whatever answer is lost or request refused", arguments: [true, false])
    func puts(ifAbsent: Bool) async throws {
        let server = try AzureServer()
        for fault in Self.faults where !ifAbsent || fault.kind == .dropAnswer {
            for bytes in [Self.small, Self.large] {
                for isLake in [false, true] {
                    let container = try await server.makeContainer()
                    let storage: any Storage =
                        isLake
                        ? try await AzureStores.dataLake(on: server, container: container)
                        : try await AzureStores.blob(.key, on: server, container: container)
                    let key = try StorageKey("folder/object")
                    try await server.fail(fault.on(container))
                    let stored = try await storage.put(
                        bytes: bytes, at: key, options: PutOptions(ifAbsent: ifAbsent))
                    #expect(stored.size == Int64(bytes.count))
                    #expect(try await storage.bytes(of: key) == bytes, "\(fault)")
                    let state = try await server.state(of: container)
                    #expect(state.blobs == ["folder/object"], "\(fault)")
                    #expect(state.uncommitted == [], "\(fault)")
                }
            }
        }
    }

    @Test("A put for an absent object whose answer is lost is no success when another's object is there")
    func refusedTwice() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let storages: [any Storage] = [
            try await AzureStores.blob(.key, container: container),
            try await AzureStores.dataLake(container: container),
        ]
        for (number, storage) in storages.enumerated() {
            let key = try StorageKey("\(number)")
            try await storage.put(bytes: Self.small, at: key)
            for fault in [
                AzureServer.Fault(.dropAnswer) { $0.contains = "comp=blocklist" },
                .init(.dropAnswer) { $0.header = "x-ms-rename-source" },
            ] {
                try await server.fail(fault.on(container))
                let error = await #expect(throws: StorageError.self) {
                    try await storage.put(bytes: Self.small, at: key, options: PutOptions(ifAbsent: true))
                }
                #expect(error?.failure.reason == .alreadyExists)
            }
        }
    }

    @Test("A read that is cut again and again goes on where it was")
    func reads() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let storages: [any Storage] = [
            try await AzureStores.blob(.key, container: container),
            try await AzureStores.dataLake(container: container),
        ]
        let key = try StorageKey("object")
        try await storages[0].put(bytes: Self.large, at: key)
        for storage in storages {
            for (range, after) in [
                (nil, 1_000_000), (0..<Int64.max, 1), (5..<8_000_000 as Range<Int64>?, 700_001),
            ] {
                try await server.fail(
                    AzureServer.Fault(.cutAnswer) {
                        $0.method = "GET"; $0.after = after; $0.times = 4
                    }.on(container))
                let whole = 0..<Int64(Self.large.count)
                let expected = (range ?? whole).clamped(to: whole)
                let read = try await storage.bytes(of: key, range: range)
                #expect(read == Array(Self.large[Int(expected.lowerBound)..<Int(expected.upperBound)]))
            }
        }
    }

    @Test("A read that is cut and whose object was replaced meanwhile ends with an error, not with a mixture")
    func replacedWhileReading() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let storage = try await AzureStores.blob(.key, container: container)
        let key = try StorageKey("object")
        try await storage.put(bytes: Self.large, at: key)
        try await server.fail(
            AzureServer.Fault(.cutAnswer) {
                $0.method = "GET"; $0.after = 2_000_000
            }.on(container))
        let stream = try await storage.read(key, range: nil)
        try await storage.put(bytes: Array(Self.large.reversed()), at: key)
        var read: [UInt8] = []
        let error = await #expect(throws: StorageError.self) {
            for try await chunk in stream { read += chunk }
        }
        #expect(error?.failure.reason == .changedMeanwhile)
        #expect(error?.isRetryable == true)
        #expect(Self.large.starts(with: read))
    }

    @Test("A put whose blocks another put swept away fails, may be tried again, and mixes nothing in")
    func sweptAway() async throws {
        let storage = try await AzureStores.blob(.key)
        let key = try StorageKey("object")
        let rest = Self.small
        let body = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(Self.large)
            Task {
                // The first block is on its way, or there already, when the other put comes.
                try await Task.sleep(for: .milliseconds(500))
                try await storage.put(bytes: rest, at: key)
                continuation.yield(Self.large)
                continuation.finish()
            }
        }
        let error = await #expect(throws: StorageError.self) { try await storage.put(body, at: key) }
        #expect(error?.failure.reason == .changedMeanwhile)
        #expect(error?.isRetryable == true)
        #expect(try await storage.bytes(of: key) == rest)
    }
}

extension AzureServer.Fault {
    /// The same, for requests to one container only.
    fileprivate func on(_ container: String) -> Self {
        var fault = self
        fault.container = container
        return fault
    }
}
