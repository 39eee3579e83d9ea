// What another process does to a database is heard of; that a store is opened twice here makes no difference to SQLite.
import ExportDomain
import Foundation
import Synchronization
import Testing

@testable import EmbeddedPlatform

@Suite("Changes that others make to the database")
struct ChangesByOthersTests {
    @Test("are heard of, the latest too where many come at once, and changes of one's own are not")
    func areHeard() async throws {
        let test = try TestPlatform()
        let other = try TestPlatform(folder: test.folder, clock: test.clock)
        let changes = await ChangesByOthers(to: test.platform.store)
        #expect(changes.areHeard)
        let heard = Mutex(0)
        let listener = Task { await changes.forEach { heard.withLock { $0 += 1 } } }
        for number in 0..<5 { _ = try await test.addDataset("Own \(number)", files: 1) }
        // More than a second: what there was to hear of has been heard of.
        try await Task.sleep(for: .milliseconds(1_500))
        #expect(heard.withLock(\.self) == 0)
        for number in 0..<5 { _ = try await other.addDataset("Other \(number)", files: 1) }
        #expect(try await until { heard.withLock(\.self) > 0 })
        try await Task.sleep(for: .milliseconds(1_500))
        let before = heard.withLock(\.self)
        _ = try await other.addDataset("Last", files: 1)
        #expect(try await until { heard.withLock(\.self) > before })
        listener.cancel()
        await listener.value
    }

    @Test("that are made before anybody listens are heard of then")
    func areKept() async throws {
        let test = try TestPlatform()
        let other = try TestPlatform(folder: test.folder, clock: test.clock)
        let changes = await ChangesByOthers(to: test.platform.store)
        _ = try await other.addDataset("Other", files: 1)
        let isHeard = Mutex(false)
        let listener = Task { await changes.forEach { isHeard.withLock { $0 = true } } }
        #expect(try await until { isHeard.withLock(\.self) })
        listener.cancel()
        await listener.value
    }

    @Test("cannot be in memory, and nobody waits for them")
    func inMemory() async throws {
        let test = try TestPlatform(inMemory: TestClock())
        let changes = await ChangesByOthers(to: test.platform.store)
        #expect(changes.areHeard)
        await changes.forEach { Issue.record("A change by nobody") }
    }

    @Test("are not told where the folder cannot be watched")
    func unwatched() {
        #expect(FolderWatch("/no/such/folder") == nil)
    }
}
