// Clients of others for the stores that the program exports to: what they find there is what is there.
import Foundation
import TestFiles
import TestServers

/// Somebody else's client of a store.
protocol StoreClient: Sendable {
    /// Brings everything below a folder into a local one, under the same names.
    func fetch(_ folder: String, into local: TemporaryFolder) throws
    /// Puts a file in the place of another, or beside the others.
    func put(_ file: String, at key: String) throws
    /// Deletes a file.
    func delete(_ key: String) throws
}

/// boto3 or one of Microsoft's SDKs, by `store_client.py`.
struct PythonStoreClient: StoreClient {
    private let settings: TemporaryFolder

    init(_ settings: [String: String]) throws {
        self.settings = try TemporaryFolder()
        try self.settings.write(try JSONEncoder().encode(settings), to: "settings.json")
    }

    private func run(_ arguments: String...) throws {
        let ran = try Python.run("store_client.py", [settings.file("settings.json")] + arguments)
        guard ran.status == 0 else { throw Sluice.Failure(text: ran.errors) }
    }

    func fetch(_ folder: String, into local: TemporaryFolder) throws {
        try run("fetch", folder + "/", local.path)
    }

    func put(_ file: String, at key: String) throws { try run("put", key, file) }

    func delete(_ key: String) throws { try run("delete", key) }
}

/// OpenSSH's `sftp`.
struct SFTPStoreClient: StoreClient {
    let server: OpenSSHServer
    let key: String

    private func run(_ commands: String) throws {
        let ran = try server.sftp(commands + "\n", key: key)
        guard ran.status == 0 else { throw Sluice.Failure(text: ran.errors + ran.text) }
    }

    func fetch(_ folder: String, into local: TemporaryFolder) throws {
        let parent = (local.file(folder) as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try run("get -r \(folder) \(parent)/")
    }

    func put(_ file: String, at key: String) throws { try run("put \(file) \(key)") }

    func delete(_ key: String) throws { try run("rm \(key)") }
}
