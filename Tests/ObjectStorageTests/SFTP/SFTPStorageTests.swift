// What a storage on a server of SFTP promises beyond the contract, against OpenSSH's server and client.

import Foundation
import TestFiles
import TestServers
import Testing

@testable import ObjectStorage

@Suite struct SFTPStorageTests {
    private let test: SFTPTestServer
    private let storage: SFTPStorage

    init() throws {
        test = try SFTPTestServer.shared.get()
        storage = try test.storage()
    }

    @Test("Files that are put are fetched equal by OpenSSH's own client, whatever their names")
    func fetched() async throws {
        let names = ["a b/it's \"quoted\".json", "日本/東京 *.gz", "%41+&?#[x].bin", "-rf"]
        let content = bytes(700_001)
        for name in names { try await storage.put(bytes: content, at: StorageKey(name)) }
        let folder = try TemporaryFolder()
        let root = test.path(storage, "")
        let fetched = try test.server.sftp("get -r \(root) \(folder.path)/fetched\n", key: test.key.path)
        #expect(fetched.status == 0, "\(fetched.errors)")
        for name in names { #expect(try folder.bytes(of: "fetched/" + name) == content) }
        #expect(try await storage.list(prefix: "", after: nil, limit: 9).objects.count == names.count)
    }

    @Test(
        "A folder path with a slash before it counts from the server's root, any other from the user's folder"
    )
    func roots() async throws {
        #expect(SFTPConfiguration.rootFolder(forFolderPath: "/upload/x") == "/")
        #expect(SFTPConfiguration.rootFolder(forFolderPath: "upload/x") == "")
        let name = UUID().uuidString
        try await SFTPStorage(test.configuration(rootFolder: "")).put(
            bytes: [1], at: StorageKey("\(name)/made/file"))
        let absolute = try SFTPStorage(test.configuration(rootFolder: "/"))
        #expect(absolute.location.hasSuffix(":\(test.server.port)/"))
        let key = try StorageKey(
            String(test.server.home.split(separator: "/").joined(separator: "/")) + "/\(name)/made/file")
        #expect(try await absolute.bytes(of: key) == [1])
        try await absolute.put(bytes: [2], at: key)
        #expect(try Data(contentsOf: URL(filePath: "\(test.server.home)/\(name)/made/file")) == Data([2]))
    }

    @Test("A folder that the user may not write to is named, with the user")
    func noPermission() async throws {
        let folder = test.path(storage, "closed")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        chmod(folder, 0o555)
        try test.server.user.own(folder)
        for key in ["closed/file", "closed/made/file"] {
            let error = await #expect(throws: StorageError.self) {
                try await storage.put(bytes: [1], at: StorageKey(key))
            }
            guard case .denied(let failure) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(failure.reason == .noPermission)
            #expect(failure.answer?.contains("user \(test.server.user.name), on ") == true)
        }
    }

    @Test("A put that fails takes away the folders that it made")
    func foldersOfFailedPut() async throws {
        let failing = AsyncThrowingStream<[UInt8], any Error> { throw CocoaError(.fileReadUnknown) }
        await #expect(throws: CocoaError.self) {
            try await storage.put(failing, at: StorageKey("made/too/object"))
        }
        #expect(!FileManager.default.fileExists(atPath: test.path(storage, "made")))
    }

    @Test("A path through a file is refused for writing, and a folder is not replaced")
    func clashes() async throws {
        try await storage.put(bytes: [1], at: StorageKey("folder/file"))
        let through = await #expect(throws: StorageError.self) {
            try await storage.put(bytes: [2], at: StorageKey("folder/file/below"))
        }
        #expect(through?.failure.reason == .notAFolder)
        let over = await #expect(throws: StorageError.self) {
            try await storage.put(bytes: [2], at: StorageKey("folder"))
        }
        #expect(over?.failure.reason == .isAFolder)
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: test.path(storage, ""))
                .sorted() == ["folder", "folder/file"])
    }

    @Test("A link is no object, and a listing does not follow one; a pipe does not hold the server up")
    func linksAndPipes() async throws {
        try await storage.put(bytes: [1], at: StorageKey("real/object"))
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: test.path(storage, "link"), withDestinationPath: "real/object")
        try files.createSymbolicLink(atPath: test.path(storage, "folder"), withDestinationPath: "real")
        #expect(mkfifo(test.path(storage, "pipe"), 0o666) == 0)
        #expect(
            try await storage.list(prefix: "", after: nil, limit: 9).objects.map(\.key.text) == [
                "real/object"
            ])
        let link = await #expect(throws: StorageError.self) {
            try await storage.bytes(of: StorageKey("link"))
        }
        #expect(link?.failure.reason == .symbolicLink)
        let pipe = await #expect(throws: StorageError.self) {
            try await storage.bytes(of: StorageKey("pipe"))
        }
        #expect(pipe?.failure.reason == .noSuchObject)
        // A folder that is a link is how its administrator laid it out.
        #expect(try await storage.bytes(of: StorageKey("folder/object")) == [1])
    }

    @Test("What a killed writer left is not listed, and is cleared away below the prefix")
    func unfinished() async throws {
        try await storage.put(bytes: [1], at: StorageKey("a/part"))
        try await storage.put(bytes: [1], at: StorageKey("b/part"))
        for name in ["a/.part.0123456789abcdef.tmp", "b/.part.0123456789abcdef.tmp"] {
            let path = test.path(storage, name)
            #expect(FileManager.default.createFile(atPath: path, contents: Data([1])))
        }
        #expect(try await storage.list(prefix: "", after: nil, limit: 9).objects.count == 2)
        #expect(try await storage.abortUnfinished(prefix: "a/pa") == 1)
        #expect(try await storage.abortUnfinished(prefix: "") == 1)
        #expect(try await storage.list(prefix: "", after: nil, limit: 9).objects.count == 2)
    }

    @Test("What killed writers of some objects left is cleared away, and that of others is left alone")
    func unfinishedOfSome() async throws {
        let long = String(repeating: "x", count: 250)
        var left: [String] = []
        for name in ["part-1", "part-10", long + "1", long + "2"] {
            left.append("a/" + TemporaryName.make(for: name[...]))
        }
        left.append("b/" + TemporaryName.make(for: "part-1"))
        for folder in ["a", "b"] {
            try FileManager.default.createDirectory(
                atPath: test.path(storage, folder), withIntermediateDirectories: true)
            try test.server.user.own(test.path(storage, folder))
        }
        for name in left {
            #expect(FileManager.default.createFile(atPath: test.path(storage, name), contents: Data([1])))
        }
        let keys = Set(try ["a/part-1", "a/" + long + "2", "a/none"].map { try StorageKey($0) })
        #expect(try await storage.abortUnfinished(prefix: "a/", of: keys) == 2)
        let rest = try FileManager.default.subpathsOfDirectory(atPath: test.path(storage, ""))
        #expect(Set(rest.filter { $0.hasSuffix(".tmp") }) == [left[1], left[2], left[4]])
        #expect(try await storage.abortUnfinished(prefix: "a/" + long + "1") == 1)
        #expect(try await storage.abortUnfinished(prefix: "a/part-1") == 1)
    }

    @Test("Ten thousand files are listed, once each and in order")
    func manyFiles() async throws {
        let names = (0..<10_000).map { "many/\($0 % 7)/part-\($0)" }
        for folder in 0..<7 {
            try FileManager.default.createDirectory(
                atPath: test.path(storage, "many/\(folder)"), withIntermediateDirectories: true)
        }
        for name in names { close(creat(test.path(storage, name), 0o644)) }
        var keys: [StorageKey] = []
        for try await object in storage.objects(prefix: "many/") { keys.append(object.key) }
        #expect(keys == (try names.map { try StorageKey($0) }.sorted()))
    }

    @Test("The capabilities are those that the server has told")
    func capabilities() async throws {
        #expect(!storage.capabilities.replacesAtomically)
        try await storage.reach(.authenticate)
        #expect(storage.capabilities.replacesAtomically)
        #expect(storage.capabilities.putsIfAbsentAtomically)
    }
}
