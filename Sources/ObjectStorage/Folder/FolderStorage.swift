// A storage that is a folder of the file system. A key is a path below it; nothing outside is ever touched.

import FoundationEssentials
import Glibc

/// A storage whose objects are the files below a folder.
///
/// An object is written under a temporary name in the folder where it belongs, and renamed when it and its
/// name are safe on the disk. Links are not followed below the storage's own folder, and are no objects.
public struct FolderStorage: Storage {
    /// The folder's path.
    public let location: String

    /// The storage below the folder at `path`, which must exist (it may be a link to a folder).
    ///
    /// It is not made here: where a disk is not mounted, an export must fail and not fill the disk below.
    public init(path: String) {
        location = path
    }

    /// What a folder can do.
    public var capabilities: StorageCapabilities {
        StorageCapabilities(
            replacesAtomically: true, putsIfAbsentAtomically: true,
            maximumKeyBytes: StorageKey.maximumBytes, maximumNameBytes: Int(NAME_MAX))
    }

    /// Writes the body to a temporary file, and renames it.
    @discardableResult
    public func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        try checkNames(of: key)
        let file = try temporaryFile(for: key)
        do {
            var size: Int64 = 0
            for try await chunk in body {
                try Task.checkCancellation()
                try translating(.put, key.text) { try file.write(chunk) }
                size += Int64(chunk.count)
            }
            // A stream that is cancelled may simply end: half of it must not be taken for the whole.
            try Task.checkCancellation()
            if let expected = options.length, expected != size {
                throw StorageError.permanent(
                    failure(.put, key.text, .wrongLength(expected: expected, found: size)))
            }
            let name = String(key.name)
            return try await translating(.put, key.text) {
                let status = try await waitingForDisk {
                    try file.publish(as: name, ifAbsent: options.ifAbsent)
                }
                return StoredObject(key: key, status: status)
            }
        } catch {
            file.discard()
            throw error
        }
    }

    /// One page of the files whose paths below the folder begin with `prefix`.
    public func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        var page = StoragePage(objects: [], next: nil)
        try walk(.list, prefix: prefix, after: after?.token) { key, folder, name in
            guard !TemporaryName.matches(name), let key = try? StorageKey(key) else { return true }
            guard page.objects.count < max(1, limit) else {
                page.next = page.objects.last.map { ListingPosition(token: $0.key.text) }
                return false
            }
            try Task.checkCancellation()
            do {
                page.objects.append(StoredObject(key: key, status: try folder.status(of: name)))
            } catch let error as SystemError where error.code == ENOENT {
                // Deleted meanwhile.
            }
            return true
        }
        return page
    }

    /// The bytes of the file in `range`.
    public func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        let file = try open(key, for: .read)
        let rest = FileRange(file: file, range: range ?? 0..<Int64.max)
        return StoredBytes {
            try Task.checkCancellation()
            return try await translating(.read, key.text) { try await rest.next() }
        }
    }

    /// Size and time of the file.
    public func stat(_ key: StorageKey) async throws -> StoredObject {
        let file = try open(key, for: .stat)
        return try translating(.stat, key.text) { StoredObject(key: key, status: try file.status()) }
    }

    /// Removes the file; the folders it was in stay.
    public func delete(_ key: StorageKey) async throws {
        do {
            try translating(.delete, key.text) {
                let folder = try path(of: key, for: .delete).last
                if try folder.status(of: String(key.name)).isFile { try folder.remove(String(key.name)) }
            }
        } catch StorageError.notFound(let failure) where failure.reason == .noSuchObject {
            // It may have been deleted before.
        } catch StorageError.permanent(let failure) where failure.reason == .notAFolder {
            // Below a file there is no object.
        }
    }

    /// Removes temporary files whose writers died.
    @discardableResult
    public func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int {
        var count = 0
        let puts = UnfinishedPuts(prefix: prefix, keys: keys)
        try walk(.abort, prefix: puts.folder, after: nil) { path, folder, name in
            if puts.includesFile(at: path), try TemporaryFile.removeDead(name, in: folder) { count += 1 }
            return true
        }
        return count
    }
}

extension FolderStorage {
    func root(_ action: StorageFailure.Action) throws -> OpenFile {
        do {
            return try OpenFile.folder(path: location)
        } catch let error where error.code == ENOENT || error.code == ENOTDIR {
            throw StorageError.notFound(failure(action, nil, .noSuchLocation))
        } catch {
            throw storageError(error, action, nil)
        }
    }

    private func path(of key: StorageKey, for action: StorageFailure.Action) throws -> FolderPath {
        let names = key.components.dropLast().map(String.init)
        return try FolderPath(root: try root(action), names: names, making: action == .put)
    }

    private func checkNames(of key: StorageKey) throws {
        if key.components.contains(where: { $0.utf8.count > Int(NAME_MAX) }) {
            throw StorageError.permanent(failure(.put, key.text, .nameTooLong))
        }
        if TemporaryName.matches(key.name) {
            throw StorageError.permanent(failure(.put, key.text, .reservedName))
        }
    }

    private func temporaryFile(for key: StorageKey) throws -> TemporaryFile {
        try translating(.put, key.text) {
            var attempts = 3
            while true {
                do {
                    return try TemporaryFile(in: try path(of: key, for: .put), for: key.name)
                } catch let error as SystemError where error.code == ENOENT && attempts > 1 {
                    // A put that failed meanwhile took away the folder that it had made.
                    attempts -= 1
                }
            }
        }
    }

    /// Opens the file of an object; whatever else may be there is none.
    private func open(_ key: StorageKey, for action: StorageFailure.Action) throws -> OpenFile {
        do {
            return try translating(action, key.text) {
                let file = try path(of: key, for: action).last.open(String(key.name), O_RDONLY)
                guard try file.status().isFile else { throw SystemError(code: ENOENT) }
                return file
            }
        } catch StorageError.permanent(let failure) where failure.reason == .notAFolder {
            throw StorageError.notFound(self.failure(action, key.text, .noSuchObject))
        }
    }

    private func walk(
        _ action: StorageFailure.Action, prefix: String, after: String?,
        visit: (String, OpenFile, String) throws -> Bool
    ) throws {
        let root = try root(action)
        try translating(action, prefix) {
            try FolderWalk(prefix: prefix, after: after).run(from: root, visit: visit)
        }
    }
}

extension StoredObject {
    fileprivate init(key: StorageKey, status: Glibc.stat) {
        let seconds = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
        self.init(key: key, size: Int64(status.st_size), modified: Date(timeIntervalSince1970: seconds))
    }
}
