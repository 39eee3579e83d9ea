// The bytes of a file on their way from a server, asked for ahead of the reader. A connection that is cut is
// made again, and the reading goes on if the file is still the same.

import SecureShell
import Transfer

/// The bytes of a file that are still to be read.
actor SFTPDownload {
    /// Bytes that are asked for ahead, once it is clear that the reader wants many.
    private static let mostAhead: Int64 = 4 << 20

    private struct Piece {
        var offset: Int64
        var count: Int64
        var reply: PendingReply
    }

    private let storage: SFTPStorage
    private let operation: SFTPOperation
    private let path: String
    private let attributes: SFTPAttributes
    private var reconnection: SFTPReconnection
    private var lease: SFTPConnectionPool.Lease?
    private var handle: [UInt8]
    private var inFlight: ArraySlice<Piece> = []
    /// What has not been asked for.
    private var rest: Range<Int64>
    private var ahead: Int64

    init(
        _ storage: SFTPStorage, _ operation: SFTPOperation, path: String, _ opened: OpenedFile,
        _ reconnection: SFTPReconnection, range: Range<Int64>?
    ) {
        self.storage = storage
        self.operation = operation
        self.path = path
        self.reconnection = reconnection
        attributes = opened.attributes
        lease = opened.lease
        handle = opened.handle
        ahead = min(65_536, storage.bandwidth.mostAhead)
        // A file may grow meanwhile, as may one in a folder: it is read to its end.
        rest = range ?? 0..<Int64.max
        if let size = attributes.size.map({ Int64(clamping: $0) }) {
            rest = rest.clamped(to: 0..<size)
        }
    }

    deinit {
        if let connection = lease?.connection { _ = connection.send(.close(handle: handle)) }
    }

    /// The next chunk; nil at the end of the range or of the file.
    func next() async throws -> [UInt8]? {
        while true {
            try Task.checkCancellation()
            do {
                try await storage.bandwidth.awaitReceiving()
                if lease == nil { try await reopen() }
                askAhead()
                guard let first = inFlight.first else { return nil }
                guard let bytes = try await first.reply.value().data(), !bytes.isEmpty else {
                    inFlight = []
                    rest = rest.upperBound..<rest.upperBound
                    return nil
                }
                take(bytes.count, of: first)
                return bytes
            } catch let error as SSHError {
                if let first = inFlight.first { rest = first.offset..<rest.upperBound }
                inFlight = []
                lease = nil
                try await operation.translating {
                    try await Task.sleep(for: reconnection.delay(after: error))
                }
            } catch {
                throw operation.translate(error, on: path)
            }
        }
    }

    private func take(_ count: Int, of first: Piece) {
        inFlight.removeFirst()
        reconnection.progressed()
        storage.bandwidth.spend(count, .receiving)
        ahead = min(ahead * 2, Self.mostAhead, storage.bandwidth.mostAhead)
        // A server may give less than it was asked for: the rest comes before all others.
        let missing = first.count - Int64(count)
        guard missing > 0, let connection = lease?.connection else { return }
        inFlight.insert(
            ask(first.offset + Int64(count), missing, connection), at: inFlight.startIndex)
    }

    private func askAhead() {
        guard let connection = lease?.connection else { return }
        var asked = inFlight.reduce(0) { $0 + $1.count }
        while asked < ahead && !rest.isEmpty {
            let count = min(rest.upperBound - rest.lowerBound, Int64(connection.extensions.readSize), ahead)
            inFlight.append(ask(rest.lowerBound, count, connection))
            rest = (rest.lowerBound + count)..<rest.upperBound
            asked += count
        }
    }

    private func ask(_ offset: Int64, _ count: Int64, _ connection: SFTPConnection) -> Piece {
        let request = SFTPRequest.read(handle: handle, offset: UInt64(offset), count: UInt32(count))
        return Piece(offset: offset, count: count, reply: connection.send(request))
    }

    private func reopen() async throws {
        let opened = try await storage.open(path)
        guard opened.attributes.size == attributes.size, opened.attributes.modified == attributes.modified
        else { throw StorageError.transient(operation.failure(.changedMeanwhile)) }
        lease = opened.lease
        handle = opened.handle
    }
}

/// A file that was opened for reading.
struct OpenedFile {
    let lease: SFTPConnectionPool.Lease
    let handle: [UInt8]
    let attributes: SFTPAttributes
}

extension SFTPStorage {
    /// Opens what lies under `path` if it is a file; throws `SFTPStatus`, `SSHError` or `SFTPNoFile`.
    func open(_ path: String) async throws -> OpenedFile {
        let lease = try await pool.lease()
        let connection = lease.connection
        // One after the other: to open a pipe would hold the server up.
        let attributes = try await connection.send(.lstat(path: path)).value().attributes()
        try attributes.checkIsFile()
        let handle = try await connection.send(.open(path: path, .read, permissions: nil))
            .value(late: { if let handle = try? $0.handle() { _ = connection.send(.close(handle: handle)) } })
            .handle()
        return OpenedFile(lease: lease, handle: handle, attributes: attributes)
    }
}

extension SFTPAttributes {
    /// Throws as if nothing were there, unless it is a file; a link says that it is one.
    func checkIsFile() throws {
        switch kind {
        case .file, .unknown: return
        case .link: throw SFTPLink()
        case .folder, .other: throw SFTPStatus(code: .noSuchFile, message: "it is no file")
        }
    }
}

/// What is called by a key is a symbolic link, which is no object.
struct SFTPLink: Error {}
