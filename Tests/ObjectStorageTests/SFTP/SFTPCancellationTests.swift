// Tasks that are cancelled while a server says nothing: they end, and leave nothing open.

import Foundation
import ObjectStorage
import SecureShell
import Synchronization
import TestServers
import Testing

@Suite(.serialized) struct SFTPCancellationTests {
    /// Cancels `work` once it is `begun`; it must end by that.
    private func cancel(
        when begun: () async throws -> Void, _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let task = Task { try await work() }
        try await begun()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// Expects that nothing is open towards a port but what was before.
    private func expectNothingOpen(to port: Int, but before: Int = 0) async {
        let left = await OpenEnds.wait(to: port) { $0.sockets == before && $0.threads == 0 }
        #expect(left.sockets == before)
        #expect(left.threads == 0)
    }

    @Test(
        "Connecting to a host that does not answer, or whose server says nothing, ends at once",
        arguments: [false, true], [ReachStep.connect, .identify, .authenticate])
    func connecting(takesConnections: Bool, step: ReachStep) async throws {
        // Where it is connected, that step is done.
        if takesConnections && step == .connect { return }
        let test = try SFTPTestServer.shared.get()
        let server = try SilentServer(takesConnections: takesConnections)
        let before = OpenEnds(to: server.port).sockets
        let configuration = try test.configuration(port: server.port)
        try await cancel(
            when: { _ = await OpenEnds.wait(to: server.port) { $0.sockets > before } },
            { try await SFTPStorage(configuration).reach(step) })
        await expectNothingOpen(to: server.port, but: before)
    }

    @Test("A connection that several wait for is given up when the last of them is cancelled")
    func sharedConnection() async throws {
        let test = try SFTPTestServer.shared.get()
        let server = try SilentServer(takesConnections: true)
        var configuration = try test.configuration(port: server.port)
        configuration.connections = 1
        let storage = SFTPStorage(configuration)
        let tasks = (0..<3).map { number in
            Task { try await storage.stat(StorageKey("\(number)")) }
        }
        _ = await OpenEnds.wait(to: server.port) { $0.sockets > 0 }
        for (number, task) in tasks.enumerated() {
            #expect(OpenEnds(to: server.port).sockets == 1, "before task \(number) is cancelled")
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        await expectNothingOpen(to: server.port)
    }

    @Test("Waiting for an answer ends at once")
    func answer() async throws {
        let test = try SFTPTestServer()
        try await answered(by: test)
        test.server.thaw()
        await expectNothingOpen(to: test.server.port)
    }

    private func answered(by test: SFTPTestServer) async throws {
        let storage = try test.storage()
        try await storage.reach(.authenticate)
        test.server.freeze()
        let isAsked = Mutex(false)
        try await cancel(when: {
            while !isAsked.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
        }) {
            isAsked.withLock { $0 = true }
            _ = try await storage.stat(StorageKey("file"))
        }
    }

    @Test("An upload that the server does not take any more ends at once")
    func upload() async throws {
        let test = try SFTPTestServer()
        try await stalledUpload(to: test)
        await expectNothingOpen(to: test.server.port)
        test.server.thaw()
    }

    private func stalledUpload(to test: SFTPTestServer) async throws {
        let storage = try test.storage()
        let given = Mutex(0)
        let body = AsyncThrowingStream<[UInt8], any Error> {
            let number = given.withLock { given in
                given += 1
                return given
            }
            if number == 20 { test.server.freeze() }
            return [UInt8](repeating: 1, count: 1 << 20)
        }
        try await cancel(when: { try await self.untilUnchanged { given.withLock { $0 } } }) {
            try await storage.put(body, at: StorageKey("file"))
        }
    }

    @Test("A download of which no more comes ends at once")
    func download() async throws {
        let test = try SFTPTestServer()
        try await stalledDownload(from: test)
        await expectNothingOpen(to: test.server.port)
        test.server.thaw()
    }

    private func stalledDownload(from test: SFTPTestServer) async throws {
        let storage = try test.storage()
        let key = try StorageKey("file")
        try await storage.put(bytes: bytes(32 << 20), at: key)
        let taken = Mutex(0)
        try await cancel(when: { try await self.untilUnchanged { taken.withLock { $0 } } }) {
            for try await chunk in try await storage.read(key, range: nil) {
                let first = taken.withLock { taken in
                    defer { taken += chunk.count }
                    return taken == 0
                }
                if first { test.server.freeze() }
            }
            // A stream whose task is cancelled may simply end.
            try Task.checkCancellation()
        }
    }

    /// Waits until a number has become more than none, and then does not change any more.
    private func untilUnchanged(_ number: @Sendable () -> Int) async throws {
        var last = 0
        while true {
            try await Task.sleep(for: .milliseconds(300))
            let now = number()
            if now > 0 && now == last { return }
            last = now
        }
    }
}
