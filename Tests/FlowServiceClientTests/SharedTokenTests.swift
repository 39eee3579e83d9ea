// Tokens that several processes share: one signs in, the others use what it got.
import FlowServiceClient
import Foundation
import Secrets
import Synchronization
import TestServers
import Testing

@Suite("Tokens that are shared")
struct SharedTokenTests {
    /// Keeps a token in memory, for several clients as for several processes.
    private actor Shelf: SharedTokens {
        private var token: AccessToken?
        private var isTaken = false

        func kept() -> AccessToken? { token }

        func keep(_ token: AccessToken) { self.token = token }

        nonisolated func alone<Value: Sendable>(
            _ work: @Sendable () async throws -> Value
        ) async throws -> Value {
            while await !take() { try await Task.sleep(for: .milliseconds(5)) }
            do {
                let value = try await work()
                await give()
                return value
            } catch {
                await give()
                throw error
            }
        }

        private func take() -> Bool {
            defer { isTaken = true }
            return !isTaken
        }

        private func give() { isTaken = false }
    }

    @Test("Ten clients sign in once, whoever asks first")
    func once() async throws {
        let shelf = Shelf()
        let platform = try TestPlatform(tokens: shelf)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                let client = try platform.another(tokens: shelf)
                group.addTask { _ = try await client.sandboxes() }
            }
            try await group.waitForAll()
        }
        #expect(try await platform.server.state().signIns == 1)
    }

    @Test("A token that is refused is replaced once for all, and never taken again")
    func refused() async throws {
        let shelf = Shelf()
        let platform = try TestPlatform(tokens: shelf)
        let clients = [platform.service] + (try (0..<4).map { _ in try platform.another(tokens: shelf) })
        for client in clients { _ = try await client.sandboxes() }
        #expect(try await platform.server.state().signIns == 1)
        try await platform.server.set(["expireTokens": true])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in clients { group.addTask { _ = try await client.sandboxes() } }
            try await group.waitForAll()
        }
        #expect(try await platform.server.state().signIns == 2)
    }

    @Test("A token that runs out soon is not taken, one that holds is", arguments: [(60.0, 1), (3_600, 0)])
    func runningOut(left: Double, signIns: Int) async throws {
        let shelf = Shelf()
        let platform = try TestPlatform(tokens: shelf)
        _ = try await platform.service.sandboxes()
        var token = try #require(await shelf.kept())
        let now = Date()
        token.start = now.addingTimeInterval(left - 86_400)
        token.expiry = now.addingTimeInterval(left)
        await shelf.keep(token)
        let before = try await platform.server.state().signIns
        _ = try await platform.another(tokens: shelf).sandboxes()
        #expect(try await platform.server.state().signIns == before + signIns)
    }
}
