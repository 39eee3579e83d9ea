// What is in a folder of this machine, for a person who looks for a file in the wizard.
import Dispatch
import ExportDomain
import Glibc
import Languages

enum LocalFolder {
    /// More than this is not shown; whoever has more types the name.
    private static let mostEntries = 10_000

    /// What is in the folder at `path`, which may begin with `~`; nothing is the folder that the program is in.
    ///
    /// A disk may take long to answer, or never do, so no task waits in its thread.
    static func contents(_ path: String) async throws -> FolderContents {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async {
                continuation.resume(with: Result { try read(path) })
            }
        }
    }

    private static func read(_ path: String) throws -> FolderContents {
        let named = path.isEmpty ? Text("this folder") : .verbatim(path)
        guard let stream = opendir(path.isEmpty ? "." : SecretSource.expanded(path)) else {
            throw Failure(Text("Cannot look into \(named): \(String(cString: strerror(errno)))."))
        }
        defer { closedir(stream) }
        var entries: [FolderContents.Entry] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno == 0 { break }
                throw Failure(Text("Cannot read all of \(named): \(String(cString: strerror(errno)))."))
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            guard let name, name != ".", name != ".." else { continue }
            guard entries.count < mostEntries else { return FolderContents(entries, isWhole: false) }
            entries.append(described(name, in: dirfd(stream)))
        }
        return FolderContents(entries)
    }

    /// A link is what it leads to.
    private static func described(_ name: String, in folder: Int32) -> FolderContents.Entry {
        var facts = stat()
        guard fstatat(folder, name, &facts, 0) == 0 else {
            return FolderContents.Entry(name: name, isFolder: false)
        }
        let kind = facts.st_mode & S_IFMT
        return FolderContents.Entry(
            name: name, isFolder: kind == S_IFDIR, bytes: kind == S_IFREG ? Int(facts.st_size) : nil)
    }
}
