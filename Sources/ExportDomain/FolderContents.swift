// What a folder of this machine holds, for a person who looks for a file.

/// Files and folders in a folder.
public struct FolderContents: Sendable, Hashable {
    /// A file or a folder.
    public struct Entry: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Whether it is a folder, or a link to one.
        public var isFolder: Bool
        /// The size of a file in bytes; nil for what has none.
        public var bytes: Int?

        /// Describes a file or a folder.
        public init(name: String, isFolder: Bool, bytes: Int? = nil) {
            self.name = name
            self.isFolder = isFolder
            self.bytes = bytes
        }

        fileprivate var order: (Int, Int, String) {
            (name.hasPrefix(".") ? 1 : 0, isFolder ? 0 : 1, name.lowercased())
        }
    }

    /// What is in it: what is hidden last, and folders before files.
    public private(set) var entries: [Entry]
    /// Whether these are all.
    public var isWhole: Bool

    /// Puts entries in order.
    public init(_ entries: [Entry], isWhole: Bool = true) {
        self.entries = entries.sorted { $0.order < $1.order }
        self.isWhole = isWhole
    }
}
