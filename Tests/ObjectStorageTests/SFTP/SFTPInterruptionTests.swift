// Connections that end in the middle, servers that start again, tasks that are cancelled.

import Foundation
import ObjectStorage
import SecureShell
import TestFiles
import TestServers
import Testing

@Suite struct SFTPInterruptionTests {
    /// A body that calls `between` after each of its chunks.
    private struct Chunks: AsyncSequence, Sendable {
        let bytes: [UInt8]
        let chunk: Int
        let between: @Sendable (Int) async throws -> Void

        struct AsyncIterator: AsyncIteratorProtocol {
            let chunks: Chunks
            var number = 0

            mutating func next() async throws -> [UInt8]? {
                if number > 0 { try await chunks.between(number) }
                let start = number * chunks.chunk
                number += 1
                guard start < chunks.bytes.count else { return nil }
                return Array(chunks.bytes[start..<Swift.min(start + chunks.chunk, chunks.bytes.count)])
            }
        }

        func makeAsyncIterator() -> AsyncIterator { AsyncIterator(chunks: self) }
    }

    @Test("A put whose connection is cut several times ends complete")
    func cutPut() async throws {
        let test = try SFTPTestServer()
        let storage = try test.storage()
        let content = bytes(24 << 20)
        let body = Chunks(bytes: content, chunk: 1 << 20) { number in
            if number % 4 == 2 { test.server.cut() }
        }
        let stored = try await storage.put(body, at: StorageKey("cut/file"))
        #expect(stored.size == Int64(content.count))
        #expect(try Data(contentsOf: URL(filePath: test.path(storage, "cut/file"))) == Data(content))
        #expect(try test.leftovers(in: storage) == [])
    }

    @Test("A put goes on when the server was killed and started again")
    func restartedServer() async throws {
        let test = try SFTPTestServer()
        let storage = try test.storage()
        let content = bytes(6 << 20)
        let body = Chunks(bytes: content, chunk: 1 << 20) { number in
            guard number == 3 else { return }
            test.server.stop()
            Task {
                try await Task.sleep(for: .milliseconds(700))
                try test.server.start()
            }
        }
        try await storage.put(body, at: StorageKey("file"))
        #expect(try Data(contentsOf: URL(filePath: test.path(storage, "file"))) == Data(content))
        #expect(try test.leftovers(in: storage) == [])
    }

    @Test("A read whose connection is cut goes on, and refuses to when the file was changed meanwhile")
    func cutRead() async throws {
        let test = try SFTPTestServer()
        let storage = try test.storage()
        let content = bytes(24 << 20)
        let key = try StorageKey("file")
        try await storage.put(bytes: content, at: key)
        var read: [UInt8] = []
        var cuts = 0
        for try await chunk in try await storage.read(key, range: 100..<Int64(content.count)) {
            read += chunk
            if read.count > (cuts + 1) * (5 << 20) {
                test.server.cut()
                cuts += 1
            }
        }
        #expect(cuts >= 3)
        #expect(read == Array(content[100...]))

        let error = await #expect(throws: StorageError.self) {
            var isFirst = true
            for try await _ in try await storage.read(key, range: nil) where isFirst {
                isFirst = false
                try Data([1]).write(to: URL(filePath: test.path(storage, "file")))
                test.server.cut()
            }
        }
        #expect(error?.failure.reason == .changedMeanwhile)
    }

    @Test("A connection that was lost while nobody used it is replaced without a word")
    func lostIdle() async throws {
        let test = try SFTPTestServer()
        let storage = try test.storage()
        let key = try StorageKey("file")
        try await storage.put(bytes: [1], at: key)
        test.server.cut()
        #expect(try await storage.stat(key).size == 1)
        test.server.stop()
        try test.server.start()
        #expect(try await storage.bytes(of: key) == [1])
    }

    @Test("A server that takes few connections is used through those")
    func fewConnections() async throws {
        let test = try SFTPTestServer(settings: ["MaxStartups 1"])
        let storage = try test.storage()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                group.addTask { try await storage.put(bytes: [1], at: StorageKey("\(number)")) }
            }
            try await group.waitForAll()
        }
        #expect(try await storage.list(prefix: "", after: nil, limit: 99).objects.count == 12)
    }

    @Test("Keys are renewed in the middle of a transfer")
    func rekeying() async throws {
        let test = try SFTPTestServer(settings: ["RekeyLimit 1M"])
        let storage = try test.storage()
        let content = bytes(12 << 20)
        let key = try StorageKey("file")
        try await storage.put(Chunks(bytes: content, chunk: 1 << 20) { _ in }, at: key)
        #expect(try await storage.bytes(of: key) == content)
    }

    @Test("A put that is cancelled while the server says nothing does not wait for it")
    func cancelled() async throws {
        let test = try SFTPTestServer()
        let storage = try test.storage()
        try await storage.reach(.authenticate)
        let server = test.server
        let content = bytes(1 << 20)
        let put = Task {
            let body = Chunks(bytes: content, chunk: 1 << 16) { number in
                if number == 2 { server.freeze() }
            }
            try await storage.put(body, at: StorageKey("file"))
        }
        try await Task.sleep(for: .milliseconds(500))
        let clock = ContinuousClock()
        let time = await clock.measure {
            put.cancel()
            await #expect(throws: CancellationError.self) { try await put.value }
        }
        server.thaw()
        // Far below the time after which a silent server is given up.
        #expect(time < .seconds(40))
    }

    @Test("A server that has nothing to say for long, but lives, is not given up")
    func silent() async throws {
        let test = try SFTPTestServer()
        var configuration = try test.configuration()
        configuration.server.stallTimeout = .seconds(12)
        configuration.server.idleLimit = .seconds(600)
        let storage = SFTPStorage(configuration)
        try await storage.reach(.authenticate)
        // It is asked for a sign of life every three seconds.
        try await Task.sleep(for: .seconds(18))
        await #expect(throws: StorageError.self) { try await storage.stat(StorageKey("file")) }
        #expect(test.server.log.components(separatedBy: "Accepted publickey").count == 2)
    }

    @Test("A server that says nothing for too long is given up")
    func stalled() async throws {
        let test = try SFTPTestServer()
        var configuration = try test.configuration()
        configuration.server.stallTimeout = .seconds(20)
        configuration.reconnections = 0
        let storage = SFTPStorage(configuration)
        let server = test.server
        let body = Chunks(bytes: bytes(1 << 20), chunk: 1 << 16) { number in
            if number == 2 { server.freeze() }
        }
        let error = await #expect(throws: StorageError.self) {
            try await storage.put(body, at: StorageKey("file"))
        }
        test.server.thaw()
        #expect(error?.failure.reason == .timedOut(after: .seconds(20)))
        #expect(error?.isRetryable == true)
    }
}
