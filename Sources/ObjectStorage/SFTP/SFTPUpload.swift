// A file that is being written on a server, under a temporary name beside its final one. A connection that is
// cut is made again, and what the server has not confirmed is sent again.

import SecureShell

/// A file on its way to its name.
struct SFTPUpload {
    /// Bytes that were sent and not confirmed yet: enough for a fast network far away.
    private static let mostInFlight = 4 << 20

    /// A write that the server has not confirmed.
    private struct Piece {
        let offset: Int64
        let bytes: ArraySlice<UInt8>
        var reply: PendingReply?

        var end: Int64 { offset + Int64(bytes.count) }
    }

    private let storage: SFTPStorage
    private let operation: SFTPOperation
    private let finalPath: String
    private let temporaryPath: String
    private let folder: String
    private var reconnection: SFTPReconnection
    private var madeFolders: [String] = []

    private var lease: SFTPConnectionPool.Lease?
    private var handle: [UInt8] = []
    private var inFlight: ArraySlice<Piece> = []
    private var gathered: [UInt8] = []
    private var size: Int64 = 0
    private var confirmed: Int64 = 0

    init(_ storage: SFTPStorage, _ key: StorageKey) {
        self.storage = storage
        operation = storage.operation(.put, key.text)
        let folders = key.components.dropLast().joined(separator: "/")
        let name = TemporaryName.make(for: key.name)
        folder = folders
        finalPath = storage.configuration.path(key.text)
        temporaryPath = storage.configuration.path(folders.isEmpty ? name : "\(folders)/\(name)")
        reconnection = SFTPReconnection(limit: storage.configuration.reconnections)
    }

    /// Makes the empty file, and the folders that are missing.
    mutating func open() async throws {
        var attempts = 4
        while true {
            do {
                try await open(flags: [.write, .create, .truncate])
                return
            } catch let status as SFTPStatus where status.code == .noSuchFile && attempts > 1 {
                // Another put that failed may take away folders between their making and their use.
                attempts -= 1
                try await operation.translating(on: "the folders above it") { try await makeFolders() }
            } catch let error as SSHError {
                try await reconnect(after: error)
            } catch {
                throw operation.translate(error, on: "the folder \(storage.configuration.path(folder))")
            }
        }
    }

    /// Sends bytes that follow those before; waits while too many are unconfirmed.
    mutating func write(_ chunk: [UInt8]) async throws {
        let pieceSize = lease?.connection.extensions.writeSize ?? 32_768
        var rest = chunk[...]
        while !rest.isEmpty {
            if gathered.isEmpty && rest.count >= pieceSize {
                try await send(rest.prefix(pieceSize))
                rest = rest.dropFirst(pieceSize)
            } else {
                let part = rest.prefix(max(1, pieceSize - gathered.count))
                gathered += part
                rest = rest.dropFirst(part.count)
                if gathered.count >= pieceSize { try await sendGathered() }
            }
        }
    }

    /// Waits until all is on the server's disk, and gives the file its final name.
    ///
    /// - Returns: what the server says of the file.
    mutating func publish(ifAbsent: Bool) async throws -> SFTPAttributes {
        try await sendGathered()
        let attributes = try await finish()
        try await rename(ifAbsent: ifAbsent)
        return attributes
    }

    /// Removes the file and the folders that were made for it, as far as the server can be told.
    func discard() async {
        guard let connection = lease?.connection, connection.isOpen else { return }
        var replies: [PendingReply] = []
        if !handle.isEmpty { replies.append(connection.send(.close(handle: handle))) }
        replies.append(connection.send(.remove(path: temporaryPath)))
        for folder in madeFolders.reversed() {
            replies.append(connection.send(.removeFolder(path: folder)))
        }
        // It is asked for, and will be done; a task that was cancelled is not held up by a slow server.
        let patience: Duration = Task.isCancelled ? .milliseconds(50) : .seconds(5)
        let done = Pending<Void>()
        Task { [replies] in
            for reply in replies { _ = try? await reply.value() }
            done.finish(.success(()))
        }
        Task {
            try? await Task.sleep(for: patience)
            done.finish(.success(()))
        }
        await Task { try? await done.value() }.value
    }
}

// Writing.
extension SFTPUpload {
    private mutating func sendGathered() async throws {
        guard !gathered.isEmpty else { return }
        let piece = gathered[...]
        gathered = []
        try await send(piece)
    }

    private mutating func send(_ bytes: ArraySlice<UInt8>) async throws {
        while size - confirmed > Self.mostInFlight { try await confirmFirst() }
        let reply = lease?.connection.send(
            .write(handle: handle, offset: UInt64(size), bytes: bytes))
        inFlight.append(Piece(offset: size, bytes: bytes, reply: reply))
        size += Int64(bytes.count)
    }

    /// Waits for the server's word on the first piece in flight; on another connection if it must be.
    private mutating func confirmFirst() async throws {
        guard let reply = inFlight.first?.reply else { return }
        do {
            try await reply.value().done()
            takeConfirmed()
        } catch let error as SSHError {
            try await resume(after: error)
        } catch {
            throw await reason(of: error)
        }
    }

    private mutating func takeConfirmed() {
        guard let piece = inFlight.popFirst() else { return }
        confirmed = piece.end
        reconnection.progressed()
    }

    /// Asks for everything that makes the file whole at once, so that a small file costs few round trips.
    private mutating func finish() async throws -> SFTPAttributes {
        while true {
            guard let connection = lease?.connection else { throw CancellationError() }
            let synchronizes = storage.configuration.synchronizes && connection.extensions.synchronizes
            let synchronized = synchronizes ? connection.send(.synchronize(handle: handle)) : nil
            let looked = connection.send(.fstat(handle: handle))
            let closed = connection.send(.close(handle: handle))
            do {
                while let reply = inFlight.first?.reply {
                    try await reply.value().done()
                    takeConfirmed()
                }
                do {
                    try await synchronized?.value().done()
                } catch let status as SFTPStatus where status.code == .unsupported {
                    // A file system that does not know this.
                }
                let attributes = try await looked.value().attributes()
                try await closed.value().done()
                handle = []
                guard attributes.size.map({ $0 == UInt64(size) }) ?? true else {
                    throw StorageError.transient(operation.failure(.wrongChecksum))
                }
                return attributes
            } catch let error as SSHError {
                try await resume(after: error)
            } catch {
                throw await reason(of: error)
            }
        }
    }

    /// A server that says no more than “failure” may be full.
    private func reason(of error: any Error) async -> any Error {
        if let status = error as? SFTPStatus, status.code == .failure,
            let connection = lease?.connection, connection.extensions.tellsRoom,
            let room = try? await connection.send(.room(path: temporaryPath)).value().room(),
            room < 1 << 20
        {
            return StorageError.permanent(operation.failure(.noSpace))
        }
        return operation.translate(error, on: finalPath)
    }
}

// Connections that are cut.
extension SFTPUpload {
    /// Opens the file on a connection of the pool.
    private mutating func open(flags: SFTPRequest.OpenFlags) async throws {
        let lease = try await storage.pool.lease()
        self.lease = lease
        reconnection.connected()
        handle = []
        let connection = lease.connection
        handle = try await connection.send(.open(path: temporaryPath, flags, permissions: nil))
            .value(late: { if let handle = try? $0.handle() { _ = connection.send(.close(handle: handle)) } })
            .handle()
    }

    private mutating func reconnect(after error: SSHError) async throws {
        lease = nil
        handle = []
        do {
            try await Task.sleep(for: reconnection.delay(after: error))
        } catch {
            throw operation.translate(error)
        }
    }

    /// Opens the file on another connection, and sends again what the server does not have of it.
    private mutating func resume(after error: SSHError) async throws {
        var error = error
        while true {
            try await reconnect(after: error)
            do {
                try await open(flags: .write)
                guard let connection = lease?.connection else { continue }
                let found = try await connection.send(.fstat(handle: handle)).value().attributes()
                let size = Int64(clamping: found.size ?? UInt64(confirmed))
                // A server that crashed may have lost what it had confirmed.
                guard size >= confirmed else {
                    throw StorageError.transient(operation.failure(.changedMeanwhile))
                }
                // The server writes in order: what ends before the file's end is there.
                while let first = inFlight.first, first.end <= size { takeConfirmed() }
                for index in inFlight.indices {
                    let piece = inFlight[index]
                    inFlight[index].reply = connection.send(
                        .write(handle: handle, offset: UInt64(piece.offset), bytes: piece.bytes))
                }
                return
            } catch let next as SSHError {
                error = next
            } catch {
                throw operation.translate(error, on: temporaryPath)
            }
        }
    }
}

// Names and folders.
extension SFTPUpload {
    private mutating func rename(ifAbsent: Bool) async throws {
        var isRepeated = false
        while true {
            do {
                let connection = try await connection()
                // The answer to a rename may have been lost with its connection: look before doing it again.
                if isRepeated, try await isRenamed(connection) { return }
                try await rename(on: connection, ifAbsent: ifAbsent)
                return
            } catch let error as SSHError {
                isRepeated = true
                try await reconnect(after: error)
            } catch {
                throw operation.translate(error, on: finalPath)
            }
        }
    }

    private mutating func connection() async throws -> SFTPConnection {
        if let lease { return lease.connection }
        let lease = try await storage.pool.lease()
        self.lease = lease
        return lease.connection
    }

    private func isRenamed(_ connection: SFTPConnection) async throws -> Bool {
        guard try await attributes(of: temporaryPath, connection) == nil else { return false }
        guard let found = try await attributes(of: finalPath, connection), found.size == UInt64(size) else {
            throw StorageError.transient(operation.failure(.changedMeanwhile))
        }
        return true
    }

    private func rename(on connection: SFTPConnection, ifAbsent: Bool) async throws {
        if !ifAbsent && connection.extensions.replacesByRename {
            do {
                try await connection.send(.posixRename(from: temporaryPath, to: finalPath)).value().done()
            } catch let status as SFTPStatus {
                try await checkNoFolder(connection)
                throw status
            }
            return
        }
        // By the standard a rename replaces nothing; not every server keeps to it.
        if ifAbsent, try await attributes(of: finalPath, connection) != nil {
            throw StorageError.permanent(operation.failure(.alreadyExists))
        }
        do {
            try await connection.send(.rename(from: temporaryPath, to: finalPath)).value().done()
        } catch let status as SFTPStatus {
            try await checkNoFolder(connection)
            guard try await attributes(of: finalPath, connection) != nil else { throw status }
            if ifAbsent { throw StorageError.permanent(operation.failure(.alreadyExists)) }
            try await connection.send(.remove(path: finalPath)).value().done()
            try await connection.send(.rename(from: temporaryPath, to: finalPath)).value().done()
        }
    }

    private func checkNoFolder(_ connection: SFTPConnection) async throws {
        if try await attributes(of: finalPath, connection)?.kind == .folder {
            throw StorageError.permanent(operation.failure(.isAFolder))
        }
    }

    private func attributes(of path: String, _ connection: SFTPConnection) async throws -> SFTPAttributes? {
        do {
            return try await connection.send(.lstat(path: path)).value().attributes()
        } catch let status as SFTPStatus where status.code == .noSuchFile {
            return nil
        }
    }

    /// Makes the folders that are missing on the way to the file.
    private mutating func makeFolders() async throws {
        guard let connection = lease?.connection else { return }
        var path = storage.configuration.rootFolder
        var paths: [String] = []
        for name in (path.split(separator: "/") + folder.split(separator: "/")) {
            if paths.isEmpty && !path.hasPrefix("/") {
                path = String(name)
            } else if paths.isEmpty {
                path = "/\(name)"
            } else {
                path += "/\(name)"
            }
            paths.append(path)
        }
        let replies = paths.map { connection.send(.stat(path: $0)) }
        for (path, reply) in zip(paths, replies) {
            do {
                let found = try await reply.value().attributes()
                if found.kind == .file {
                    throw StorageError.permanent(operation.failure(.notAFolder))
                }
            } catch let status as SFTPStatus where status.code == .noSuchFile {
                try await makeFolder(path, connection)
            } catch let status as SFTPStatus where status.code == .permissionDenied {
                // A folder that may be passed through and not looked at.
            }
        }
    }

    private mutating func makeFolder(_ path: String, _ connection: SFTPConnection) async throws {
        do {
            try await connection.send(.makeFolder(path: path)).value().done()
            madeFolders.append(path)
        } catch let status as SFTPStatus where status.code != .permissionDenied {
            // Another put may have made it first.
            guard try await attributes(of: path, connection) != nil else { throw status }
        }
    }
}
