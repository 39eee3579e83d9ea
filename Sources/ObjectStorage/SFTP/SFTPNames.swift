// The folders in a folder on a server of SFTP.

import SecureShell

extension SFTPStorage {
    /// The first folders in a folder, links to folders among them; none where there is no such folder.
    public func folders(in folder: String, limit: Int) async throws -> NamePage {
        let key = String(folder.folderPrefix.dropLast())
        let path = configuration.path(key)
        return try await connected(operation(.list, folder.folderPrefix), on: path) { connection in
            var names: [String] = []
            var isWhole = true
            do {
                try await connection.readFolder(path) { found in
                    guard let name = found.name, name != ".", name != ".." else { return true }
                    var kind: SFTPAttributes.Kind? = found.attributes.kind
                    if kind != .folder, kind != .file {
                        // A link is what it leads to; one that leads nowhere is nothing.
                        let target = configuration.path(key.isEmpty ? name : "\(key)/\(name)")
                        kind = try await connection.kindIfAny(of: target)
                    }
                    guard kind == .folder else { return true }
                    guard names.count < limit else {
                        isWhole = false
                        return false
                    }
                    names.append(name)
                    return true
                }
            } catch let status as SFTPStatus where status.code == .noSuchFile {
                // What is not there holds no folders.
            }
            return NamePage(names, isWhole: isWhole)
        }
    }
}

extension SFTPConnection {
    /// What a path leads to; nil where it leads nowhere, or where it may not be looked at.
    fileprivate func kindIfAny(of path: String) async throws -> SFTPAttributes.Kind? {
        do {
            return try await send(.stat(path: path)).value().attributes().kind
        } catch is SFTPStatus {
            return nil
        }
    }

    /// Goes through the names in a folder, a few answers ahead, until `visit` returns false.
    func readFolder(_ path: String, _ visit: (SFTPName) async throws -> Bool) async throws {
        let handle = try await send(.openFolder(path: path))
            .value(late: { if let handle = try? $0.handle() { _ = self.send(.close(handle: handle)) } })
            .handle()
        defer { _ = send(.close(handle: handle)) }
        var asked: ArraySlice<PendingReply> = []
        while true {
            while asked.count < 4 { asked.append(send(.readFolder(handle: handle))) }
            guard let names = try await asked.removeFirst().value().names() else { return }
            for name in names {
                guard try await visit(name) else { return }
            }
        }
    }
}
