// Gives a file that is whole its final name, in the ways that servers have for this.

import SecureShell

/// A rename from a temporary name to the final one.
struct SFTPRenaming {
    let operation: SFTPOperation
    let from: String
    let to: String
    /// The size of the file.
    let size: Int64
    /// Whether nothing is to be replaced.
    let ifAbsent: Bool

    /// Whether it has been done; throws if the file is neither here nor there.
    func isDone(_ connection: SFTPConnection) async throws -> Bool {
        guard try await connection.attributesIfAny(of: from) == nil else { return false }
        guard try await connection.attributesIfAny(of: to)?.size == UInt64(size) else {
            throw StorageError.transient(operation.failure(.changedMeanwhile))
        }
        return true
    }

    /// Renames the file, on a server that can in one step.
    func run(_ connection: SFTPConnection) async throws {
        if !ifAbsent && connection.extensions.replacesByRename {
            do {
                try await connection.send(.posixRename(from: from, to: to)).value().done()
            } catch let status as SFTPStatus {
                try await checkNoFolder(connection)
                throw status
            }
            return
        }
        // By the standard a rename replaces nothing; not every server keeps to it.
        if ifAbsent, try await connection.attributesIfAny(of: to) != nil {
            throw StorageError.permanent(operation.failure(.alreadyExists))
        }
        do {
            try await connection.send(.rename(from: from, to: to)).value().done()
        } catch let status as SFTPStatus {
            try await checkNoFolder(connection)
            guard try await connection.attributesIfAny(of: to) != nil else { throw status }
            if ifAbsent { throw StorageError.permanent(operation.failure(.alreadyExists)) }
            try await connection.send(.remove(path: to)).value().done()
            try await connection.send(.rename(from: from, to: to)).value().done()
        }
    }

    private func checkNoFolder(_ connection: SFTPConnection) async throws {
        if try await connection.attributesIfAny(of: to)?.kind == .folder {
            throw StorageError.permanent(operation.failure(.isAFolder))
        }
    }
}

extension SFTPConnection {
    /// What lies under a name itself; nil if nothing does.
    func attributesIfAny(of path: String) async throws -> SFTPAttributes? {
        do {
            return try await send(.lstat(path: path)).value().attributes()
        } catch let status as SFTPStatus where status.code == .noSuchFile {
            return nil
        }
    }
}
