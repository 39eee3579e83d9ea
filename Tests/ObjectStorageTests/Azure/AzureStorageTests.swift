// What is particular to Azure's storages: what Microsoft's SDK reads of them, small pages, folders.

import Crypto
import Foundation
import TestFiles
import TestServers
import Testing
import Transfer

@testable import ObjectStorage

@Suite struct AzureStorageTests {
    @Test("Microsoft's SDK reads what was put, to the byte, under the same names")
    func sdkReads() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let storages: [(String, any Storage)] = [
            ("blob", try await AzureStores.blob(.key, container: container)),
            ("zone", try await AzureStores.landingZone(container: container)),
            ("lake", try await AzureStores.dataLake(container: container)),
        ]
        var expected: [String] = []
        for (name, storage) in storages {
            for (object, bytes) in [
                ("a b+c%20é/日本.bin", [UInt8](repeating: 7, count: 100)), ("large", AzureFaultTests.large),
            ] {
                try await storage.put(bytes: bytes, at: try StorageKey("\(name)/\(object)"))
                let hash = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
                expected.append("\(hash) \(name)/\(object)")
            }
        }
        let run = try Python.run(
            "azure_hashes.py",
            [
                "http://127.0.0.1:\(server.port)/\(AzureServer.account)", AzureServer.account,
                AzureServer.key, container,
            ])
        #expect(
            run.text.split(separator: "\n").map(String.init).sorted() == expected.sorted(), "\(run.errors)")
    }

    @Test("Small pages of the service are put together to what was asked for")
    func smallPages() async throws {
        let server = try AzureServer()
        try await server.set(.init(pageSize: 3))
        let container = try await server.makeContainer()
        let storages: [any Storage] = [
            try await AzureStores.blob(.key, on: server, container: container),
            try await AzureStores.dataLake(on: server, container: container),
        ]
        let names = (0..<10).flatMap { ["a/\($0)", "a-b/\($0)", "a0/\($0)/x"] }
        for name in names { try await storages[1].put(bytes: [1], at: try StorageKey(name)) }
        let sorted = try names.map { try StorageKey($0) }.sorted()
        for storage in storages {
            var found: [StorageKey] = []
            for try await object in storage.objects(prefix: "") { found.append(object.key) }
            #expect(found == sorted)
            #expect(try await storage.abortUnfinished(prefix: "") == 0)
        }
    }

    @Test("A folder of a data lake is no object, and an object no folder")
    func folders() async throws {
        let storage = try await AzureStores.dataLake()
        try await storage.put(bytes: [1], at: try StorageKey("a/b"))
        let below = await #expect(throws: StorageError.self) {
            try await storage.put(bytes: [1], at: try StorageKey("a/b/c"))
        }
        #expect(below?.failure.reason == .notAFolder)
        let above = await #expect(throws: StorageError.self) {
            try await storage.put(bytes: [1], at: try StorageKey("a"))
        }
        #expect(above?.failure.reason == .isAFolder)
        let reserved = await #expect(throws: StorageError.self) {
            try await storage.put(bytes: [1], at: try StorageKey("a/" + TemporaryName.make(for: "x")))
        }
        #expect(reserved?.failure.reason == .reservedName)
        #expect(try await storage.list(prefix: "", after: nil, limit: 10).objects.map(\.key.text) == ["a/b"])
        #expect(try await storage.list(prefix: "a/b/", after: nil, limit: 10).objects.isEmpty)
    }

    @Test("A storage below a folder sees nothing outside it")
    func belowFolder() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let all = try await AzureStores.blob(.key, container: container)
        for name in ["zone/a", "zone", "zone-b/c", "a"] {
            try await all.put(bytes: Array(name.utf8), at: try StorageKey(name))
        }
        let zone = try await AzureStores.landingZone(container: container, folder: "zone/")
        #expect(try await zone.list(prefix: "", after: nil, limit: 10).objects.map(\.key.text) == ["a"])
        #expect(try await zone.bytes(of: try StorageKey("a")) == Array("zone/a".utf8))
        #expect(zone.location.hasSuffix("/\(container)/zone"))
        #expect(!zone.location.contains("sig"))
    }

    @Test("Both forms of an account's address work for both services, over HTTP and HTTPS")
    func addresses() async throws {
        let key = try StorageKey("é/a b")
        for isSecure in [true, false] {
            for byHost in [true, false] {
                let storages: [any Storage] = [
                    try await AzureStores.blob(.key, isSecure: isSecure, byHost: byHost),
                    try await AzureStores.blob(.signature, isSecure: isSecure, byHost: byHost),
                    try await AzureStores.dataLake(isSecure: isSecure, byHost: byHost),
                ]
                for storage in storages {
                    try await storage.put(bytes: [1, 2], at: key)
                    #expect(try await storage.bytes(of: key) == [1, 2])
                    #expect(
                        try await storage.list(prefix: "é/", after: nil, limit: 1).objects.map(\.key) == [key]
                    )
                    try await storage.delete(key)
                }
            }
        }
    }
}
