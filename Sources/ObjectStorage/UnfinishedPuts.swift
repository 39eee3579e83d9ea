// Which of the temporary files in a tree of folders are to be removed: those of certain objects and no others,
// since other puts may go on in the same folder.

/// Puts that may not have come to their end, by the keys that they put to.
struct UnfinishedPuts: Sendable {
    /// The keys begin with this.
    let prefix: String
    /// If not nil, the keys are among these.
    private let keys: Set<StorageKey>?
    /// What the temporary files of these are to become.
    private let targets: Set<TemporaryTarget>?

    init(prefix: String, keys: Set<StorageKey>?) {
        self.prefix = prefix
        self.keys = keys
        targets = keys.map { keys in Set(keys.map { TemporaryTarget(of: $0) }) }
    }

    /// The folder that holds all of their files: empty, or with a slash at its end.
    var folder: String {
        prefix.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(prefix[...$0]) } ?? ""
    }

    /// Whether a put to `key` is meant.
    func includes(_ key: String) -> Bool {
        guard key.utf8.starts(with: prefix.utf8) else { return false }
        guard let keys else { return true }
        return (try? StorageKey(key)).map(keys.contains) ?? false
    }

    /// Whether the file at `path`, in the form of a key, is the temporary file of a put that is meant.
    func includesFile(at path: String) -> Bool {
        guard let target = TemporaryTarget(ofFileAt: path) else { return false }
        return target.mayHavePrefix(prefix) && (targets?.contains(target) ?? true)
    }
}

/// What a temporary file is to become: the folder, and the name as far as the temporary one says it.
private struct TemporaryTarget: Hashable, Sendable {
    private let folder: [UInt8]
    private let name: [UInt8]

    init(of key: StorageKey) {
        let name = key.name
        folder = Array(key.text.utf8.dropLast(name.utf8.count))
        self.name = Array(TemporaryName.beginning(of: name).utf8)
    }

    /// Nil if the file is no temporary one.
    init?(ofFileAt path: String) {
        let start = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
        let name = path[(start ?? path.startIndex)...]
        guard let beginning = TemporaryName.beginning(in: name) else { return nil }
        folder = Array(path.utf8.dropLast(name.utf8.count))
        self.name = beginning
    }

    /// Whether its key begins with `prefix`; false where a long name does not say.
    func mayHavePrefix(_ prefix: String) -> Bool {
        if (folder + name).starts(with: prefix.utf8) { return true }
        guard prefix.utf8.starts(with: folder) else { return false }
        let rest = Substring(prefix.utf8.dropFirst(folder.count))
        return TemporaryName.beginning(of: rest).utf8.elementsEqual(name)
    }
}
