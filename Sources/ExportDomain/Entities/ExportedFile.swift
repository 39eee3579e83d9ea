// A file that a run has written.
import FoundationEssentials

/// A file of a run, as its record has it.
public struct ExportedFile: Sendable, Hashable {
    /// Path in the storage, without a leading slash.
    public var path: String
    /// Size in bytes.
    public var bytes: Int
    /// Records in it; nil where the platform does not say.
    public var records: Int?
    /// SHA-256 of its bytes as they were sent, in lowercase hex; nil where that was not noted.
    public var digest: String?

    /// Describes a file.
    public init(path: String, bytes: Int, records: Int? = nil, digest: String? = nil) {
        self.path = path
        self.bytes = bytes
        self.records = records
        self.digest = digest
    }

    /// The file's name without its folder.
    public var name: String {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        return slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    }
}
