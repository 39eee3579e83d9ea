// A storage that is a folder on a server of SFTP. A key is a path below it.

import FoundationEssentials
import Languages
import SecureShell
import Transfer

/// A storage whose objects are the files of a user on a server of SFTP.
///
/// An object is written under a temporary name in the folder where it belongs, and renamed when the server has
/// it whole. Links to folders on the way to an object are followed, as the server's administrator laid them
/// out; a link itself is no object, and listings do not follow any. A put and a read whose connection is cut
/// go on over another one.
public struct SFTPStorage: Storage {
    let configuration: SFTPConfiguration
    let pool: SFTPConnectionPool
    let bandwidth: Bandwidth

    /// The storage that `configuration` describes; it connects when it is used first.
    ///
    /// - Parameters:
    ///   - configuration: which server, who signs in and how, and which folder.
    ///   - bandwidth: how fast the bytes of files may move, and what else that is shared with.
    public init(_ configuration: SFTPConfiguration, bandwidth: Bandwidth = Bandwidth()) {
        self.configuration = configuration
        self.bandwidth = bandwidth
        pool = SFTPConnectionPool(configuration.server, maximum: configuration.connections)
    }

    /// User, server and folder.
    public var location: String { configuration.location }

    /// What the server can do, as far as it has said so: before the first connection the least is promised.
    public var capabilities: StorageCapabilities {
        let replaces = pool.extensions?.replacesByRename ?? false
        return StorageCapabilities(
            // A server with two kinds of rename keeps to what the standard says of the one.
            replacesAtomically: replaces, putsIfAbsentAtomically: replaces,
            maximumKeyBytes: StorageKey.maximumBytes, maximumNameBytes: 255)
    }

    /// Writes the body to a temporary file, and renames it.
    @discardableResult
    public func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        try checkNames(of: key)
        var upload = SFTPUpload(self, key)
        do {
            try await upload.open()
            var size: Int64 = 0
            for try await chunk in body {
                try Task.checkCancellation()
                try await upload.write(chunk)
                size += Int64(chunk.count)
            }
            // A stream that is cancelled may simply end: half of it must not be taken for the whole.
            try Task.checkCancellation()
            if let expected = options.length, expected != size {
                throw StorageError.permanent(
                    operation(.put, key.text).failure(.wrongLength(expected: expected, found: size)))
            }
            let attributes = try await upload.publish(ifAbsent: options.ifAbsent)
            return StoredObject(key: key, size: size, attributes)
        } catch {
            await upload.discard()
            throw error
        }
    }

    /// One page of the files whose paths below the root folder begin with `prefix`.
    public func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        try await connected(operation(.list, prefix)) { connection in
            var page = StoragePage(objects: [], next: nil)
            try await walk(prefix, after: after?.token, connection).run { entry in
                guard !TemporaryName.matches(entry.name), let key = try? StorageKey(entry.key) else {
                    return true
                }
                guard page.objects.count < max(1, limit) else {
                    page.next = page.objects.last.map { ListingPosition(token: $0.key.text) }
                    return false
                }
                let size = Int64(clamping: entry.attributes.size ?? 0)
                page.objects.append(StoredObject(key: key, size: size, entry.attributes))
                return true
            }
            return page
        }
    }

    /// The bytes of the file in `range`.
    public func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        let operation = operation(.read, key.text)
        let path = configuration.path(key.text)
        var reconnection = SFTPReconnection(limit: configuration.reconnections)
        while true {
            do {
                let file = try await open(path)
                reconnection.connected()
                let rest = SFTPDownload(self, operation, path: path, file, reconnection, range: range)
                return StoredBytes { try await rest.next() }
            } catch let error as SSHError {
                try await operation.translating {
                    try await Task.sleep(for: reconnection.delay(after: error))
                }
            } catch {
                throw operation.translate(error, on: path)
            }
        }
    }

    /// Size and time of the file.
    public func stat(_ key: StorageKey) async throws -> StoredObject {
        let path = configuration.path(key.text)
        let attributes = try await connected(operation(.stat, key.text), on: path) { connection in
            let attributes = try await connection.send(.lstat(path: path)).value().attributes()
            try attributes.checkIsFile()
            return attributes
        }
        return StoredObject(key: key, size: Int64(clamping: attributes.size ?? 0), attributes)
    }

    /// Removes the file; the folders it was in stay.
    public func delete(_ key: StorageKey) async throws {
        let path = configuration.path(key.text)
        try await connected(operation(.delete, key.text), on: path) { connection in
            do {
                try await connection.send(.remove(path: path)).value().done()
            } catch let status as SFTPStatus where status.code == .noSuchFile {
                // It may have been deleted before.
            } catch let status as SFTPStatus {
                // A folder is no object.
                let found = try? await connection.send(.lstat(path: path)).value().attributes()
                guard found?.kind == .folder else { throw status }
            }
        }
    }

    /// Takes one step towards the server.
    public func reach(_ step: ReachStep) async throws {
        let server = configuration.server
        try await operation(.reach, nil).translating {
            switch step {
            case .resolve: try await SSHServer.resolve(server)
            case .connect: try await SSHServer.connect(server)
            case .identify: _ = try await SSHServer.identify(server)
            case .authenticate: _ = try await pool.lease()
            }
        }
    }

    /// Writes down that the server's key is to be trusted, in the own file of the known hosts.
    ///
    /// - Parameter fingerprint: the one that a person has confirmed. If the server shows another key now, it
    ///   is not trusted, and the error has both fingerprints.
    public func trust(_ fingerprint: String) async throws {
        let server = configuration.server
        let operation = operation(.reach, nil)
        do {
            _ = try await SSHServer.identify(server)
        } catch SSHError.hostKeyUnknown(let key) {
            guard key.fingerprint == fingerprint else {
                let found = StorageFailure.ServerKey(
                    host: server.hostName, algorithm: key.algorithm, fingerprint: key.fingerprint)
                throw StorageError.permanent(
                    operation.failure(.hostKeyChanged(found, known: "\(fingerprint), which was confirmed")))
            }
            do {
                try server.knownHosts.add(key, host: server.host, port: server.port)
            } catch {
                throw StorageError.permanent(
                    operation.failure(
                        .other(Text("\(server.knownHosts.ownFile) cannot be written: \(error.words)"))))
            }
        } catch {
            throw operation.translate(error)
        }
    }

    /// Removes temporary files, of living writers too: a server does not tell them from those that died.
    @discardableResult
    public func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int {
        let puts = UnfinishedPuts(prefix: prefix, keys: keys)
        return try await connected(operation(.abort, prefix)) { connection in
            var count = 0
            try await walk(puts.folder, after: nil, connection).run { entry in
                guard puts.includesFile(at: entry.key) else { return true }
                do {
                    try await connection.send(.remove(path: configuration.path(entry.key))).value().done()
                    count += 1
                } catch let status as SFTPStatus where status.code == .noSuchFile {
                    // Its writer finished meanwhile.
                }
                return true
            }
            return count
        }
    }
}

extension SFTPStorage {
    func operation(_ action: StorageFailure.Action, _ key: String?) -> SFTPOperation {
        SFTPOperation(
            location: location, server: configuration.server, action: action, key: key)
    }

    private func walk(_ prefix: String, after: String?, _ connection: SFTPConnection) -> SFTPWalk {
        SFTPWalk(
            configuration: configuration, bounds: KeyBounds(prefix: prefix, after: after),
            connection: connection)
    }

    private func checkNames(of key: StorageKey) throws {
        let operation = operation(.put, key.text)
        if key.components.contains(where: { $0.utf8.count > 255 }) {
            throw StorageError.permanent(operation.failure(.nameTooLong))
        }
        if TemporaryName.matches(key.name) {
            throw StorageError.permanent(operation.failure(.reservedName))
        }
    }

    /// Does what may be done again from its beginning, on another connection if one is cut.
    func connected<Result>(
        _ operation: SFTPOperation, on path: String? = nil,
        _ work: (SFTPConnection) async throws -> Result
    ) async throws -> Result {
        var reconnection = SFTPReconnection(limit: configuration.reconnections)
        while true {
            do {
                let lease = try await pool.lease()
                reconnection.connected()
                return try await work(lease.connection)
            } catch let error as SSHError {
                try await operation.translating {
                    try await Task.sleep(for: reconnection.delay(after: error))
                }
            } catch {
                throw operation.translate(error, on: path)
            }
        }
    }
}

extension StoredObject {
    fileprivate init(key: StorageKey, size: Int64, _ attributes: SFTPAttributes) {
        let seconds = Double(attributes.modified ?? 0)
        self.init(key: key, size: size, modified: Date(timeIntervalSince1970: seconds))
    }
}
