// The bytes of a file on their way to a server: many writes at a time, confirmed one after the other, and sent
// again over another connection where one is cut.

import SecureShell
import Transfer

extension SFTPUpload {
    /// Bytes that were sent and not confirmed yet: enough for a fast network far away.
    private static let mostInFlight = 4 << 20

    /// Opens the file on a connection of the pool.
    mutating func open(flags: SFTPRequest.OpenFlags) async throws {
        let lease = try await storage.pool.lease()
        self.lease = lease
        reconnection.connected()
        handle = []
        let connection = lease.connection
        handle = try await connection.send(.open(path: temporaryPath, flags, permissions: nil))
            .value(late: { if let handle = try? $0.handle() { _ = connection.send(.close(handle: handle)) } })
            .handle()
    }

    /// Sends bytes that follow those before; waits while too many are unconfirmed.
    mutating func write(_ chunk: [UInt8]) async throws {
        let most = max(1, lease?.connection.extensions.writeSize ?? 32_768)
        var rest = chunk[...]
        while !rest.isEmpty {
            // Cut evenly, a large chunk leaves no end that would have to be copied together with the next.
            if gathered.isEmpty && rest.count > most / 2 {
                let count = (rest.count + most - 1) / most
                try await send(rest.prefix((rest.count + count - 1) / count))
                rest = rest.dropFirst((rest.count + count - 1) / count)
                continue
            }
            let part = rest.prefix(max(1, most - gathered.count))
            gathered += part
            rest = rest.dropFirst(part.count)
            if gathered.count >= most { try await sendGathered() }
        }
    }

    private mutating func sendGathered() async throws {
        guard !gathered.isEmpty else { return }
        let piece = gathered[...]
        gathered = []
        try await send(piece)
    }

    private mutating func send(_ bytes: ArraySlice<UInt8>) async throws {
        var rest = bytes
        while !rest.isEmpty {
            while size - confirmed > Self.mostInFlight { try await confirmFirst() }
            let count = try await storage.bandwidth.take(upTo: rest.count)
            let piece = rest.prefix(count)
            let reply = lease?.connection.send(.write(handle: handle, offset: UInt64(size), bytes: piece))
            inFlight.append(Piece(offset: size, bytes: piece, reply: reply))
            size += Int64(count)
            rest = rest.dropFirst(count)
        }
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
    mutating func finish() async throws -> SFTPAttributes {
        try await sendGathered()
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
    /// Gives the connection up, and waits until it is time for another.
    mutating func reconnect(after error: SSHError) async throws {
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
                for index in inFlight.indices { sendAgain(&inFlight[index], connection) }
                return
            } catch let next as SSHError {
                error = next
            } catch {
                throw operation.translate(error, on: temporaryPath)
            }
        }
    }

    private func sendAgain(_ piece: inout Piece, _ connection: SFTPConnection) {
        piece.reply = connection.send(
            .write(handle: handle, offset: UInt64(piece.offset), bytes: piece.bytes))
        storage.bandwidth.spend(piece.bytes.count, .sending)
    }
}
