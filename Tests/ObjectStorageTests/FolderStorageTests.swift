// What a folder promises beyond the contract: names on the disk, no way out, and the dead told from the living.

import Foundation
import TestFiles
import Testing

@testable import ObjectStorage

@Suite struct FolderStorageTests {
    private let folder: TemporaryFolder
    private let storage: FolderStorage

    init() throws {
        folder = try TemporaryFolder()
        storage = FolderStorage(path: folder.path + "/root")
        try FileManager.default.createDirectory(atPath: storage.location, withIntermediateDirectories: true)
    }

    @Test("An object is a file at its key's path, readable by other programs")
    func plainFiles() async throws {
        try await storage.put(bytes: Array("hello\n".utf8), at: StorageKey("a/b c/hello.txt"))
        #expect(
            try String(contentsOfFile: storage.location + "/a/b c/hello.txt", encoding: .utf8) == "hello\n")
        #expect(try folder.everything() == ["root", "root/a", "root/a/b c", "root/a/b c/hello.txt"])
    }

    @Test("Files that other programs put there are objects")
    func foreignFiles() async throws {
        try folder.write("12345", to: "root/by/hand.json")
        #expect(try await storage.stat(StorageKey("by/hand.json")).size == 5)
        #expect(try await storage.list(prefix: "by/", after: nil, limit: 9).objects.map(\.size) == [5])
    }

    @Test("A failed put takes away the folders that it made, and no others")
    func foldersOfFailedPut() async throws {
        try FileManager.default.createDirectory(
            atPath: storage.location + "/mine/empty", withIntermediateDirectories: true)
        let failing = AsyncThrowingStream<[UInt8], any Error> { throw CocoaError(.fileReadUnknown) }
        await #expect(throws: CocoaError.self) {
            try await storage.put(failing, at: StorageKey("mine/empty/made/too/object"))
        }
        #expect(try folder.everything() == ["root", "root/mine", "root/mine/empty"])
    }

    @Test(
        "A link below the folder is not followed, neither for writing nor for reading",
        arguments: ["link/object", "link/sub/object", "object-link"])
    func links(name: String) async throws {
        try folder.write("secret", to: "outside/object")
        try folder.write("secret", to: "outside/sub/object")
        try FileManager.default.createSymbolicLink(
            atPath: storage.location + "/link", withDestinationPath: "../outside")
        try FileManager.default.createSymbolicLink(
            atPath: storage.location + "/object-link", withDestinationPath: "../outside/object")
        let key = try StorageKey(name)
        let error = await #expect(throws: StorageError.self) { try await storage.bytes(of: key) }
        #expect(error?.failure.reason == .symbolicLink)
        if name.hasPrefix("link/") {
            let error = await #expect(throws: StorageError.self) {
                try await storage.put(bytes: [1], at: key)
            }
            #expect(error?.failure.reason == .symbolicLink)
        } else {
            // A file that is put in a link's place replaces the link, not what it points to.
            try await storage.put(bytes: [1], at: key)
            #expect(try await storage.bytes(of: key) == [1])
        }
        try? await storage.delete(key)
        #expect(try await storage.list(prefix: "", after: nil, limit: 9).objects.isEmpty)
        #expect(try String(contentsOfFile: folder.path + "/outside/object", encoding: .utf8) == "secret")
        #expect(try String(contentsOfFile: folder.path + "/outside/sub/object", encoding: .utf8) == "secret")
    }

    @Test("The folder itself may be a link")
    func linkedRoot() async throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/linked", withDestinationPath: "root")
        try await FolderStorage(path: folder.path + "/linked").put(bytes: [1], at: StorageKey("a/b"))
        #expect(try await storage.bytes(of: StorageKey("a/b")) == [1])
    }

    @Test("A pipe or a folder is no object, and reading one does not wait")
    func pipes() async throws {
        #expect(mkfifo(storage.location + "/pipe", 0o600) == 0)
        for key in try [StorageKey("pipe"), StorageKey("pipe/x")] {
            let error = await #expect(throws: StorageError.self) { try await storage.bytes(of: key) }
            #expect(error?.failure.reason == .noSuchObject)
        }
        #expect(try await storage.list(prefix: "", after: nil, limit: 9).objects.isEmpty)
    }

    @Test("A folder that does not exist is said to be missing, and is not made")
    func missingRoot() async throws {
        let missing = FolderStorage(path: folder.path + "/missing")
        let key = try StorageKey("a")
        let calls: [() async throws -> Void] = [
            { try await missing.put(bytes: [], at: key) },
            { _ = try await missing.list(prefix: "", after: nil, limit: 1) },
            { _ = try await missing.read(key, range: nil) },
            { _ = try await missing.stat(key) },
            { try await missing.delete(key) },
            { try await missing.abortUnfinished(prefix: "") },
        ]
        for call in calls {
            let error = await #expect(throws: StorageError.self) { try await call() }
            #expect(error?.failure.reason == .noSuchLocation)
            #expect(error.map { "\($0)" }?.contains(missing.location) == true)
        }
        #expect(try folder.everything() == ["root"])
    }

    @Test("A path through a file is refused for writing, and a folder is not replaced")
    func clashes() async throws {
        try await storage.put(bytes: [1], at: StorageKey("file"))
        try await storage.put(bytes: [1], at: StorageKey("folder/file"))
        let through = await #expect(throws: StorageError.self) {
            try await storage.put(bytes: [2], at: StorageKey("file/below"))
        }
        #expect(through?.failure.reason == .notAFolder)
        let over = await #expect(throws: StorageError.self) {
            try await storage.put(bytes: [2], at: StorageKey("folder"))
        }
        #expect(over?.failure.reason == .isAFolder)
        #expect(try folder.everything() == ["root", "root/file", "root/folder", "root/folder/file"])
    }

    @Test("A name of the form of an unfinished file is refused, since it would be cleared away")
    func reservedNames() async throws {
        let error = await #expect(throws: StorageError.self) {
            try await storage.put(bytes: [1], at: StorageKey("a/.b.0123456789abcdef.tmp"))
        }
        #expect(error?.failure.reason == .reservedName)
    }

    @Test("What a killed writer left is not listed, and is cleared away; what a living one writes stays")
    func unfinishedFiles() async throws {
        let unfinished = try folder.write("half", to: "root/a/.part.json.gz.0123456789abcdef.tmp")
        try folder.write("mine", to: "root/a/.part.json.gz.0123456789abcde.tmp")
        let outside = try TemporaryFolder()
        let said = outside.file("said")
        let writer = try ChildProcess(
            [
                "flock", "--exclusive", "--no-fork", unfinished, "/bin/sh", "-c",
                "echo locked; exec sleep 1000",
            ], output: said)
        while (try? String(contentsOfFile: said, encoding: .utf8)) != "locked\n" { usleep(1_000) }

        let listed = try await storage.list(prefix: "", after: nil, limit: 9).objects.map(\.key.text)
        #expect(listed == ["a/.part.json.gz.0123456789abcde.tmp"])
        #expect(try await storage.abortUnfinished(prefix: "a/part") == 0)
        writer.send(SIGKILL)
        writer.wait()
        #expect(try await storage.abortUnfinished(prefix: "b/") == 0)
        #expect(try await storage.abortUnfinished(prefix: "a/part") == 1)
        #expect(try folder.everything() == ["root", "root/a", "root/a/.part.json.gz.0123456789abcde.tmp"])
    }

    @Test("Clearing away while puts go on does not harm them")
    func clearingWhilePutting() async throws {
        let storage = storage
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask { try await storage.put(bytes: [UInt8(number)], at: StorageKey("a/\(number)")) }
                group.addTask { try await storage.abortUnfinished(prefix: "") }
            }
            try await group.waitForAll()
        }
        #expect(try await storage.list(prefix: "a/", after: nil, limit: 99).objects.count == 40)
        #expect(try folder.everything().count == 42)
    }
}
