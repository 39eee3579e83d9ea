// Names that a storage has, for a person to choose from: folders in a folder, buckets and containers of an account.
// One page is enough for that: whoever has more goes on typing.

/// Some names, in the order of their bytes.
public struct NamePage: Hashable, Sendable {
    /// The names, without slashes.
    public var names: [String]
    /// Whether these are all.
    public var isWhole: Bool

    /// Takes names in any order, each once.
    public init(_ names: some Sequence<String>, isWhole: Bool) {
        self.names = Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        self.isWhole = isWhole
    }
}

/// A storage in an account that may have others like it, which can be told by name.
///
/// It asks for a right on the whole account, which exports do not need: only for a person who wants to be told.
public protocol ContainerListing: Sendable {
    /// The buckets or containers that the credentials may list, one page of them.
    ///
    /// It does not matter whether the storage's own is there. Throws `StorageError` and `CancellationError`.
    func containers() async throws -> NamePage

    /// The account, as a person would name it.
    var accountLocation: String { get }

    /// What a person enters for one of them.
    func address(of container: String) -> String
}

extension ContainerListing {
    /// Its name.
    public func address(of container: String) -> String { container }
}

extension Storage {
    /// The folders in a folder, found by the first objects in it.
    public func folders(in folder: String, limit: Int) async throws -> NamePage {
        let prefix = folder.folderPrefix
        let page = try await list(prefix: prefix, after: nil, limit: limit)
        let names = page.objects.compactMap { $0.key.text.folderName(below: prefix) }
        return NamePage(names, isWhole: page.next == nil)
    }
}

extension String {
    /// What the keys in this folder begin with, however many slashes are at its ends.
    var folderPrefix: String { split(separator: "/").map { $0 + "/" }.joined() }

    /// The name of the folder directly below a prefix that this key is in; nil for one directly below it.
    ///
    /// By bytes: a mark at the beginning of a name would join the slash before it.
    func folderName(below prefix: String) -> String? {
        guard utf8.starts(with: prefix.utf8) else { return nil }
        let rest = utf8.dropFirst(prefix.utf8.count)
        guard let end = rest.firstIndex(of: UInt8(ascii: "/")), end > rest.startIndex else { return nil }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
