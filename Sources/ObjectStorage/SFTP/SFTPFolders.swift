// Makes the folders on the way to a file.

import SecureShell

/// Folders on a server.
struct SFTPFolders {
    private let operation: SFTPOperation
    private let connection: SFTPConnection

    init(_ operation: SFTPOperation, _ connection: SFTPConnection) {
        self.operation = operation
        self.connection = connection
    }

    /// The paths of all folders on the way to `folder` and of itself, beginning with those of the root.
    static func paths(to folder: String, below root: String) -> [String] {
        var path = root.hasPrefix("/") ? "" : nil as String?
        return (root.split(separator: "/") + folder.split(separator: "/")).map { name in
            let next = path.map { "\($0)/\(name)" } ?? String(name)
            path = next
            return next
        }
    }

    /// Makes those folders that are missing.
    ///
    /// - Parameter made: takes the paths of those that were made, also when it fails then.
    func make(_ paths: [String], noting made: inout [String]) async throws {
        let replies = paths.map { connection.send(.stat(path: $0)) }
        for (path, reply) in zip(paths, replies) {
            do {
                let found = try await reply.value().attributes()
                if found.kind == .file {
                    throw StorageError.permanent(operation.failure(.notAFolder))
                }
            } catch let status as SFTPStatus where status.code == .noSuchFile {
                if try await make(path) { made.append(path) }
            } catch let status as SFTPStatus where status.code == .permissionDenied {
                // A folder that may be passed through and not looked at.
            }
        }
    }

    /// Makes a folder; false if another put has made it first.
    private func make(_ path: String) async throws -> Bool {
        do {
            try await connection.send(.makeFolder(path: path)).value().done()
            return true
        } catch let status as SFTPStatus where status.code != .permissionDenied {
            guard try await connection.attributesIfAny(of: path) != nil else { throw status }
            return false
        }
    }
}
