// Which keys a listing of a tree of folders wants, and which folders may hold one of them.

/// The keys that begin with a prefix and come after another key, in the order of their bytes.
struct KeyBounds {
    /// Only keys that begin with this.
    let prefix: String
    /// Only keys that come after this.
    let after: String?

    /// The folders down to the one that holds all of the prefix's keys; nil if no key can have the prefix.
    ///
    /// Nothing but the last part of the prefix can be the beginning of a name.
    var folderNames: [String]? {
        let parts = prefix.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let names = parts.dropLast().map { String(Substring($0)) }
        if !names.isEmpty && (try? StorageKey(names.joined(separator: "/"))) == nil { return nil }
        return names
    }

    /// Whether a file has a wanted key, or a folder may hold one.
    ///
    /// - Parameter key: a file's key; for a folder what all keys in it begin with, slash at the end.
    func wants(_ key: String, isFolder: Bool) -> Bool {
        let key = key.utf8
        let isInPrefix = key.starts(with: prefix.utf8) || isFolder && prefix.utf8.starts(with: key)
        guard isInPrefix, let after else { return isInPrefix }
        return after.utf8.lexicographicallyPrecedes(key) || isFolder && after.utf8.starts(with: key)
    }
}
