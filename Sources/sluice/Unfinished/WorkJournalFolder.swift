// Notes of work that is being done: a file for each, in a folder for each platform, replaced as a whole. A lock
// beside it, which the system takes back from a process that ends, says whether somebody works on it.
import ExportDomain
import FoundationEssentials
import Glibc
import Languages

/// The notes of one platform.
actor WorkJournalFolder: WorkJournal {
    private let folder: String
    /// The locks that are held, by the ids of the work.
    private var locks: [UnfinishedWork.ID: Int32] = [:]

    /// Takes the folder for a platform; nothing is written before there is something to note.
    /// - Parameters:
    ///   - home: the home folder.
    ///   - platform: tells the platforms of a home folder apart; any text.
    init(home: String, platform: String) {
        let name = platform.utf8.map { byte in
            let isPlain = byte == UInt8(ascii: "-") || Character(Unicode.Scalar(byte)).isPlainForFiles
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + String(byte, radix: 16)
        }
        folder = "\(home)/unfinished/\(name.joined())"
    }

    deinit { locks.values.forEach { close($0) } }

    func unfinished() throws(FlowServiceError) -> [UnfinishedWork] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        removeLeftovers(names)
        var found: [UnfinishedWork] = []
        for name in names.sorted() where name.hasSuffix(Self.suffix) {
            let id = String(name.dropLast(Self.suffix.count))
            guard locks[id] == nil, let lock = takeLock(of: id) else { continue }
            defer { close(lock) }
            // What cannot be read was written by another version, or by somebody else.
            guard let work = read(id), work.id == id else { continue }
            found.append(work)
        }
        return found.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    }

    func hold(_ id: UnfinishedWork.ID) throws(FlowServiceError) {
        if locks[id] == nil {
            guard let lock = takeLock(of: id) else { throw Self.isHeld(id) }
            locks[id] = lock
        }
        if access(path(of: id), F_OK) != 0 {
            release(id)
            throw .notFound(what: "half made export", id: id)
        }
    }

    func write(_ work: UnfinishedWork) throws(FlowServiceError) {
        do {
            try makeFolder()
            guard access(folder, W_OK) == 0 else { throw POSIXError(.EACCES) }
            if locks[work.id] == nil {
                guard let lock = takeLock(ofNew: work.id) else { throw Self.isHeld(work.id) }
                locks[work.id] = lock
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try replace(work.id, with: Array(try encoder.encode(work)))
        } catch let error as FlowServiceError {
            throw error
        } catch {
            throw .unavailable(
                doing: Text("note what is being made"),
                reason: Text("\(folder) cannot be written to. Make room, or see to its permissions."))
        }
    }

    func release(_ id: UnfinishedWork.ID) {
        guard let lock = locks.removeValue(forKey: id) else { return }
        close(lock)
    }

    func remove(_ id: UnfinishedWork.ID) throws(FlowServiceError) {
        defer { release(id) }
        unlink(newPath(of: id))
        unlink(lockPath(of: id))
        guard unlink(path(of: id)) == 0 || errno == ENOENT else {
            throw .unavailable(
                doing: Text("forget what was made"), reason: Text("\(path(of: id)) cannot be removed."))
        }
    }

    /// For so long somebody else is waited for; who takes longer has been stopped in the middle.
    private static let patience = Duration.seconds(120)

    nonisolated func alone<Value: Sendable>(
        _ work: @Sendable () async throws(FlowServiceError) -> Value
    ) async throws(FlowServiceError) -> Value {
        try? makeFolder()
        do {
            // A name that no work has. The file stays, since others may wait for it.
            return try await FileLock(path: folder + "/lock", patience: Self.patience).hold { _ in
                try await work()
            }
        } catch let error as FlowServiceError {
            throw error
        } catch {
            throw .unavailable(doing: Text("make the export"), reason: Text("it was cancelled"))
        }
    }

    /// Makes the folder and those above it, for their owner only.
    private nonisolated func makeFolder() throws {
        let ends = folder.indices.dropFirst().filter { folder[$0] == "/" }
        for end in ends { mkdir(String(folder[..<end]), 0o700) }
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Self.latestError() }
    }

    /// Writes a note, in place of the one that there is.
    private func replace(_ id: UnfinishedWork.ID, with bytes: [UInt8]) throws {
        let new = newPath(of: id)
        unlink(new)
        let file = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Self.latestError() }
        defer { close(file) }
        guard Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0,
            rename(new, path(of: id)) == 0
        else {
            let error = Self.latestError()
            unlink(new)
            throw error
        }
    }

    /// Removes what processes have left that ended before they had noted anything.
    private func removeLeftovers(_ names: [String]) {
        let noted = Set(names.filter { $0.hasSuffix(Self.suffix) }.map(Self.id))
        let others = names.filter { $0.hasSuffix(Self.lockSuffix) || $0.hasSuffix(Self.newSuffix) }
        for id in Set(others.map(Self.id)).subtracting(noted) where locks[id] == nil {
            guard let lock = takeLock(of: id) else { continue }
            defer { close(lock) }
            // Before the lock was taken something may have been noted.
            if access(path(of: id), F_OK) == 0 { continue }
            unlink(newPath(of: id))
            unlink(lockPath(of: id))
        }
    }

    private func read(_ id: UnfinishedWork.ID) -> UnfinishedWork? {
        guard let data = try? Data(contentsOf: URL(filePath: path(of: id))) else { return nil }
        return try? JSONDecoder().decode(UnfinishedWork.self, from: data)
    }

    /// An open file with the lock of some work; nil where somebody else has it, or has just removed it.
    private func takeLock(of id: UnfinishedWork.ID) -> Int32? {
        let file = open(lockPath(of: id), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return nil }
        var status = stat()
        if flock(file, LOCK_EX | LOCK_NB) == 0, fstat(file, &status) == 0, status.st_nlink > 0 {
            return file
        }
        close(file)
        return nil
    }

    /// The lock of work that nobody else knows yet: who has it takes it for a leftover, and soon lets it go.
    private func takeLock(ofNew id: UnfinishedWork.ID) -> Int32? {
        for _ in 0..<1_000 {
            if let lock = takeLock(of: id) { return lock }
            usleep(1_000)
        }
        return nil
    }

    private static let suffix = ".json"
    private static let newSuffix = ".json.new"
    private static let lockSuffix = ".lock"

    /// The work that a file belongs to, by its name.
    private static func id(_ name: String) -> UnfinishedWork.ID { String(name.prefix { $0 != "." }) }

    private func path(of id: UnfinishedWork.ID) -> String { "\(folder)/\(id)\(Self.suffix)" }

    /// The file that becomes the note when it is whole.
    private func newPath(of id: UnfinishedWork.ID) -> String { "\(folder)/\(id)\(Self.newSuffix)" }

    private func lockPath(of id: UnfinishedWork.ID) -> String { "\(folder)/\(id)\(Self.lockSuffix)" }

    private static func latestError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

    private static func isHeld(_ id: UnfinishedWork.ID) -> FlowServiceError {
        .wrongState(what: "half made export", id: id, state: "being worked on by another sluice")
    }
}

extension Character {
    /// Whether it is a letter or digit of ASCII.
    fileprivate var isPlainForFiles: Bool { isASCII && (isLetter || isNumber) }
}
