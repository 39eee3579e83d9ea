// A file that is being written on a server, under a temporary name beside its final one. A connection that is
// cut is made again, and what the server has not confirmed is sent again.

import SecureShell

/// A file on its way to its name.
struct SFTPUpload {
    /// A write that the server has not confirmed.
    struct Piece {
        let offset: Int64
        let bytes: ArraySlice<UInt8>
        var reply: PendingReply?

        var end: Int64 { offset + Int64(bytes.count) }
    }

    let storage: SFTPStorage
    let operation: SFTPOperation
    let temporaryPath: String
    let finalPath: String
    private let folder: String
    private var madeFolders: [String] = []

    var reconnection: SFTPReconnection
    var lease: SFTPConnectionPool.Lease?
    var handle: [UInt8] = []
    var inFlight: ArraySlice<Piece> = []
    /// Bytes that are too few to be sent by themselves.
    var gathered: [UInt8] = []
    /// The bytes that were sent, and those that the server has.
    var size: Int64 = 0
    var confirmed: Int64 = 0

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

    private mutating func makeFolders() async throws {
        guard let connection = lease?.connection else { return }
        let paths = SFTPFolders.paths(to: folder, below: storage.configuration.rootFolder)
        try await SFTPFolders(operation, connection).make(paths, noting: &madeFolders)
    }

    /// Waits until all is on the server's disk, and gives the file its final name.
    ///
    /// - Returns: what the server says of the file.
    mutating func publish(ifAbsent: Bool) async throws -> SFTPAttributes {
        let attributes = try await finish()
        try await rename(ifAbsent: ifAbsent)
        return attributes
    }

    private mutating func rename(ifAbsent: Bool) async throws {
        let renaming = SFTPRenaming(
            operation: operation, from: temporaryPath, to: finalPath, size: size, ifAbsent: ifAbsent)
        var isRepeated = false
        while true {
            do {
                let connection = try await connection()
                // The answer to a rename may have been lost with its connection: look before doing it again.
                if isRepeated, try await renaming.isDone(connection) { return }
                try await renaming.run(connection)
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
