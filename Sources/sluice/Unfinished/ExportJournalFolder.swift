// Notes of exports that are being made: a file for each, in a folder for each platform, replaced as a whole. A lock
// beside it, which the system takes back from a process that ends, says whether somebody works on it.
import ExportDomain
import FoundationEssentials
import Glibc

/// The notes of one platform.
actor ExportJournalFolder: ExportJournal {
    /// The notes of all platforms.
    private let root: String
    private let folder: String
    /// The locks that are held, by the ids of the exports.
    private var locks: [UnfinishedExport.ID: Int32] = [:]

    /// Takes the folder for a platform; nothing is written before there is something to note.
    /// - Parameters:
    ///   - home: the home folder.
    ///   - platform: tells the platforms of a home folder apart; any text.
    init(home: String, platform: String) {
        let name = platform.utf8.map { byte in
            let isPlain = byte == UInt8(ascii: "-") || Character(Unicode.Scalar(byte)).isPlainForFiles
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + String(byte, radix: 16)
        }
        root = "\(home)/unfinished"
        folder = "\(root)/\(name.joined())"
    }

    deinit { locks.values.forEach { close($0) } }

    func unfinished() throws(FlowServiceError) -> [UnfinishedExport] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var exports: [UnfinishedExport] = []
        for name in names.sorted() where name.hasSuffix(Self.suffix) {
            let id = String(name.dropLast(Self.suffix.count))
            guard locks[id] == nil, let lock = takeLock(of: id) else { continue }
            defer { close(lock) }
            // What cannot be read was written by another version, or by somebody else.
            guard let export = read(id), export.id == id else { continue }
            exports.append(export)
        }
        return exports.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    }

    func hold(_ id: UnfinishedExport.ID) throws(FlowServiceError) {
        if locks[id] == nil {
            guard let lock = takeLock(of: id) else { throw Self.isHeld(id) }
            locks[id] = lock
        }
        if access(path(of: id), F_OK) != 0 {
            release(id)
            throw .notFound(what: "half made export", id: id)
        }
    }

    func write(_ export: UnfinishedExport) throws(FlowServiceError) {
        do {
            for path in [root, folder] where mkdir(path, 0o700) != 0 && errno != EEXIST {
                throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
            }
            guard access(folder, W_OK) == 0 else { throw POSIXError(.EACCES) }
            if locks[export.id] == nil {
                guard let lock = takeLock(of: export.id) else { throw Self.isHeld(export.id) }
                locks[export.id] = lock
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(export).write(to: URL(filePath: path(of: export.id)), options: .atomic)
        } catch let error as FlowServiceError {
            throw error
        } catch {
            throw .unavailable(
                doing: "note what is being made",
                reason: "\(folder) cannot be written to. Make room, or see to its permissions.")
        }
    }

    func release(_ id: UnfinishedExport.ID) {
        guard let lock = locks.removeValue(forKey: id) else { return }
        close(lock)
    }

    func remove(_ id: UnfinishedExport.ID) throws(FlowServiceError) {
        defer { release(id) }
        unlink(lockPath(of: id))
        guard unlink(path(of: id)) == 0 || errno == ENOENT else {
            throw .unavailable(
                doing: "forget what was made", reason: "\(path(of: id)) cannot be removed.")
        }
    }

    private func read(_ id: UnfinishedExport.ID) -> UnfinishedExport? {
        guard let data = try? Data(contentsOf: URL(filePath: path(of: id))) else { return nil }
        return try? JSONDecoder().decode(UnfinishedExport.self, from: data)
    }

    /// An open file with the lock of an export; nil where somebody else has it.
    private func takeLock(of id: UnfinishedExport.ID) -> Int32? {
        let file = open(lockPath(of: id), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return nil }
        if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
        close(file)
        return nil
    }

    private static let suffix = ".json"

    private func path(of id: UnfinishedExport.ID) -> String { "\(folder)/\(id)\(Self.suffix)" }

    private func lockPath(of id: UnfinishedExport.ID) -> String { "\(folder)/\(id).lock" }

    private static func isHeld(_ id: UnfinishedExport.ID) -> FlowServiceError {
        .wrongState(what: "half made export", id: id, state: "being worked on by another sluice")
    }
}

extension Character {
    /// Whether it is a letter or digit of ASCII.
    fileprivate var isPlainForFiles: Bool { isASCII && (isLetter || isNumber) }
}
