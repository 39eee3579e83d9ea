// The folder of a batch while it is being filled. It is locked as long as that goes on, so that the next
// add can tell a folder that somebody still fills from one whose process has died.
import ExportDomain
import FoundationEssentials
import Glibc
import Languages

/// A file of a batch.
struct StagedFile: Sendable {
    /// Its path.
    var path: String
    /// Its path, relative to the lake.
    var relativePath: String
    /// What it was called when it was given.
    var name: String
    var format: DataFormat
    var bytes: Int
    /// Its records, where they are known.
    var records: Int?
    /// The columns that its folders give to its records.
    var partition: Partition?
}

/// A new folder for a batch, locked until it is released.
final class BatchFolder: BatchFiles {
    let relativePath: String
    private let path: String
    private let descriptor: Int32

    /// Makes a folder for a batch of a dataset.
    /// - Throws: `PlatformError.cannotStore`.
    init(lake: String, dataset: Identifier<Dataset>) throws(PlatformError) {
        relativePath = "\(dataset)/\(UUID().uuidString.lowercased())"
        path = "\(lake)/\(relativePath)"
        do {
            descriptor = try Self.makeLocked(path)
        } catch {
            throw .cannotStore(path: path, reason: .verbatim(error.reason))
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Links, copies or moves files into the folder.
    func take(_ files: [DataFile], ownership: FileOwnership) throws(PlatformError) -> [StagedFile] {
        var staged: [StagedFile] = []
        for (number, file) in files.enumerated() {
            guard let format = DataFormat(path: file.name) else { throw .unsupportedFile(path: file.path) }
            let digits = String(number)
            let name = String(repeating: "0", count: max(0, 5 - digits.count)) + digits + format.ending
            do {
                switch ownership {
                case .link: try FileSystem.linkOrCopy(file.path, to: "\(path)/\(name)")
                case .move: try FileSystem.move(file.path, to: "\(path)/\(name)")
                }
                staged.append(
                    StagedFile(
                        path: "\(path)/\(name)", relativePath: "\(relativePath)/\(name)", name: file.name,
                        format: format, bytes: try FileSystem.status("\(path)/\(name)").bytes,
                        records: file.records, partition: file.partition))
            } catch {
                throw .cannotStore(path: file.path, reason: .verbatim(error.reason))
            }
        }
        // The batch's folder, the dataset's and the lake's: whoever finds the batch in the database after a
        // crash of the machine must find its files.
        var folder = path
        for _ in 0..<3 {
            FileSystem.synchronize(folder: folder)
            folder = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? folder
        }
        return staged
    }

    /// Removes the folder and what is in it.
    func discard() {
        FileSystem.remove(path)
        Self.removeIfEmpty(path)
    }

    /// The folders of a lake that are not known and that nobody is filling, locked so that nobody can.
    static func strays(lake: String, known: Set<String>) -> [BatchFolder] {
        var strays: [BatchFolder] = []
        for dataset in (try? FileSystem.names(in: lake)) ?? [] {
            for batch in (try? FileSystem.names(in: "\(lake)/\(dataset)")) ?? []
            where !known.contains("\(dataset)/\(batch)") {
                if let stray = BatchFolder(lake: lake, lockingIfFree: "\(dataset)/\(batch)") {
                    strays.append(stray)
                }
            }
        }
        return strays
    }

    private init?(lake: String, lockingIfFree relativePath: String) {
        self.relativePath = relativePath
        path = "\(lake)/\(relativePath)"
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) != 0 { return nil }
    }

    /// Removes the folder of a dataset whose last batch was at a path.
    private static func removeIfEmpty(_ batch: String) {
        guard let slash = batch.lastIndex(of: "/") else { return }
        rmdir(String(batch[..<slash]))
    }

    /// Makes and locks a folder, again if somebody took it for a leftover between the two.
    private static func makeLocked(_ path: String) throws(SystemFailure) -> Int32 {
        while true {
            try FileSystem.makeFolder(path)
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            if descriptor < 0, errno == ENOENT { continue }
            guard descriptor >= 0 else { throw .latest() }
            var status = stat()
            let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
            let code = errno
            if isLocked, fstat(descriptor, &status) == 0, status.st_nlink > 0 { return descriptor }
            close(descriptor)
            if !isLocked, code != EWOULDBLOCK { throw SystemFailure(code: code) }
        }
    }
}
