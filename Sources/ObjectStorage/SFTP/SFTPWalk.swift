// Goes through the files below a folder on a server in the order of their keys' bytes, one folder's names in
// memory at a time for each level.

import SecureShell

/// The files below a folder, in the order of their keys' bytes.
struct SFTPWalk {
    /// A file or folder.
    struct Entry {
        /// The file's key; for a folder what all keys in it begin with, so that its place among the files is
        /// that of its content.
        let key: String
        let name: String
        let attributes: SFTPAttributes
        let isFolder: Bool
    }

    let configuration: SFTPConfiguration
    let bounds: KeyBounds
    let connection: SFTPConnection

    /// Calls `visit` for every file until it returns false.
    ///
    /// Links are no objects and not followed below the prefix's folder, nor are pipes and devices, nor names
    /// that cannot be keys. Folders that vanish meanwhile are passed over.
    func run(_ visit: (Entry) async throws -> Bool) async throws {
        guard let names = bounds.folderNames else { return }
        _ = try await walk(names.map { $0 + "/" }.joined(), visit)
    }

    private func walk(_ key: String, _ visit: (Entry) async throws -> Bool) async throws -> Bool {
        for entry in try await entries(of: key) {
            try Task.checkCancellation()
            let goesOn = try await entry.isFolder ? walk(entry.key, visit) : visit(entry)
            guard goesOn else { return false }
        }
        return true
    }

    private func entries(of key: String) async throws -> [Entry] {
        var entries: [Entry] = []
        do {
            try await connection.readFolder(configuration.path(key.dropLast())) { found in
                guard let name = found.name, name != ".", name != ".." else { return true }
                var attributes = found.attributes
                if attributes.kind == .unknown {
                    let path = configuration.path(key + name)
                    attributes = try await connection.send(.lstat(path: path)).value().attributes()
                }
                let isFolder = attributes.kind == .folder
                guard isFolder || attributes.kind == .file || attributes.kind == .unknown else { return true }
                let entry = Entry(
                    key: key + name + (isFolder ? "/" : ""), name: name, attributes: attributes,
                    isFolder: isFolder)
                if bounds.wants(entry.key, isFolder: isFolder) { entries.append(entry) }
                return true
            }
        } catch let status as SFTPStatus where status.code == .noSuchFile {
            // What is not there holds no objects.
        }
        return entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }
}
