import ExportDomain
import Foundation
import GRDB
import Languages
import Testing

@testable import EmbeddedPlatform

@Suite("The home folder")
struct HomeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("An option goes before SLUICE_HOME, that before XDG_DATA_HOME, that before HOME")
    func isFoundInOrder() throws {
        let environment = [
            "SLUICE_HOME": folder.path + "/variable", "XDG_DATA_HOME": folder.path + "/data",
            "HOME": folder.path + "/user",
        ]
        let without = { (names: [String]) in environment.filter { !names.contains($0.key) } }
        #expect(
            try Home(path: folder.path + "/option", environment: environment).path == folder.path + "/option")
        #expect(try Home(environment: environment).path == folder.path + "/variable")
        #expect(try Home(environment: without(["SLUICE_HOME"])).path == folder.path + "/data/sluice")
        #expect(
            try Home(environment: without(["SLUICE_HOME", "XDG_DATA_HOME"])).path
                == folder.path + "/user/.local/share/sluice")
        #expect(throws: PlatformError.homeUnknown) { try Home(environment: [:]) }
    }

    @Test("It is made for its owner only")
    func isPrivate() throws {
        let home = try Home(path: folder.path + "/a/b")
        let attributes = try FileManager.default.attributesOfItem(atPath: home.path)
        #expect((attributes[.posixPermissions] as? Int) == 0o700)
    }

    @Test("A file of that name, or one above it, is refused with its path")
    func isRefused() throws {
        let file = try folder.write("text", to: "file")
        #expect(throws: PlatformError.homeNotAFolder(path: file)) { try Home(path: file) }
        let below = #expect(throws: PlatformError.self) { try Home(path: file + "/home") }
        #expect(below?.description.contains("\(file)/home") == true)
        #expect(below?.description.contains("not a directory") == true)
    }

    @Test("A database of a newer version is refused with a sentence")
    func newerDatabaseIsRefused() throws {
        let home = try Home(path: folder.path + "/home")
        _ = try EmbeddedPlatform(home: home)
        try DatabaseQueue(path: home.database).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 of the future')")
        }
        let error = #expect(throws: PlatformError.self) { try EmbeddedPlatform(home: home) }
        #expect(error == .databaseNewer(path: home.database))
        #expect(error?.description.contains("newer version of sluice") == true)
    }

    @Test(
        "A damaged database is refused with a sentence",
        arguments: [
            Data("this is no database, but it is long enough to be taken for one".utf8), Data(count: 0),
        ])
    func damagedDatabaseIsRefused(_ contents: Data) throws {
        let home = try Home(path: folder.path + "/home")
        _ = try EmbeddedPlatform(home: home)
        var damaged = try Data(contentsOf: URL(fileURLWithPath: home.database))
        if contents.isEmpty {
            damaged.replaceSubrange(
                1_024..<damaged.count, with: Data(repeating: 0xA5, count: damaged.count - 1_024))
        } else {
            damaged = contents
        }
        for name in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: home.database + name) }
        try damaged.write(to: URL(fileURLWithPath: home.database))
        let error = #expect(throws: PlatformError.self) { try EmbeddedPlatform(home: home) }
        #expect(error?.description.contains("\(home.database) is damaged") == true)
    }

    @Test("What was kept is there when the home is opened again")
    func isKept() async throws {
        let first = try TestPlatform(folder: folder)
        _ = try await first.addDestination()
        let again = try TestPlatform(folder: folder)
        #expect(try await again.platform.allTargetConnections().map(\.draft.name) == ["Backups backups"])
    }

    @Test("Opened to be looked at it is read, and whatever would change it fails")
    func isLookedAt() async throws {
        _ = try await TestPlatform(folder: folder).addDestination()
        let home = try Home(path: folder.path + "/home")
        #expect(Home.isInUse(home.path) && !Home.isInUse(folder.path))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: home.database))
        let platform = try EmbeddedPlatform(home: home, configuration: looking)
        let target = try #require(try await platform.allTargetConnections().first)
        await #expect(throws: FlowServiceError.self) {
            try await platform.deleteTargetConnection(target.id)
        }
        #expect(try await platform.allTargetConnections() == [target])
        #expect(try Data(contentsOf: URL(fileURLWithPath: home.database)) == bytes)
    }

    @Test("What an older version has left is brought up to date even to be looked at")
    func isBroughtUpToDate() async throws {
        let home = try Home(path: folder.path + "/home")
        // The oldest of all: nothing has been made in it yet.
        try await DatabaseQueue(path: home.database).write { try $0.execute(sql: "CREATE TABLE other (n)") }
        let platform = try EmbeddedPlatform(home: home, configuration: looking)
        #expect(try await platform.allTargetConnections().isEmpty)
    }

    private var looking: EmbeddedPlatform.Configuration {
        var configuration = TestPlatform.configuration(TestClock())
        configuration.isReadOnly = true
        return configuration
    }

    @Test("What is written down is on the disk before it counts, not only handed to the system")
    func isDurable() async throws {
        let platform = try TestPlatform(folder: folder).platform
        let level = try await platform.store.write(Text("ask")) {
            try Int.fetchOne($0, sql: "PRAGMA synchronous")
        }
        // FULL (SQLite, PRAGMA synchronous).
        #expect(level == 2)
    }

    @Test("Two programs may open a new home at the same moment")
    func isOpenedTwice() async throws {
        let home = try Home(path: folder.path + "/home")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try EmbeddedPlatform(home: home) } }
            try await group.waitForAll()
        }
    }
}
