// The name of an object: a path that is relative, has no way out, and means the same in every storage.

/// The key of an object: components of UTF-8 joined by `/`, such as `exports/2026/part-00000.json.gz`.
///
/// A key never begins or ends with `/` and has no component that is empty, `.` or `..`, nor any control
/// character; so it can be a path below a folder, and a key of any object store. Two keys are equal when
/// their bytes are: `é` in one code point and in two are different keys. Order is that of the bytes.
public struct StorageKey: Sendable, CustomStringConvertible {
    /// The longest key in bytes: what the object stores allow (Amazon S3, *Object key names*).
    public static let maximumBytes = 1_024

    /// The key as text.
    public let text: String

    /// The key that `text` spells; throws `InvalidStorageKey`.
    public init(_ text: String) throws(InvalidStorageKey) {
        if let fault = Self.fault(in: text) { throw InvalidStorageKey(spelling: text, fault: fault) }
        self.text = text
    }

    /// The components, in order; at least one.
    public var components: [Substring] {
        // Split as bytes: a slash followed by a combining mark is one character, and still a slash.
        text.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
    }

    /// The last component.
    public var name: Substring { components.last ?? text[...] }

    /// The key as text.
    public var description: String { text }

    private static func fault(in text: String) -> InvalidStorageKey.Fault? {
        if text.isEmpty { return .empty }
        if text.utf8.count > maximumBytes { return .tooLong(maximum: maximumBytes) }
        if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return .controlCharacter }
        if text.utf8.first == UInt8(ascii: "/") { return .absolute }
        for component in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if component.isEmpty { return .emptyComponent }
            if component.elementsEqual(".".utf8) || component.elementsEqual("..".utf8) {
                return .relativeComponent
            }
        }
        return nil
    }
}

extension StorageKey: Hashable, Comparable {
    /// Whether both keys have the same bytes.
    public static func == (left: StorageKey, right: StorageKey) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Whether the bytes of `left` come before those of `right`.
    public static func < (left: StorageKey, right: StorageKey) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }

    /// Whether the key's bytes begin with those of `prefix`.
    public func hasPrefix(_ prefix: String) -> Bool {
        text.utf8.starts(with: prefix.utf8)
    }
}

/// A text that cannot be the key of an object.
public struct InvalidStorageKey: Error, Hashable {
    /// What is wrong with a text.
    public enum Fault: Hashable, Sendable {
        case empty
        case absolute
        case emptyComponent
        case relativeComponent
        case controlCharacter
        case tooLong(maximum: Int)
    }

    /// The text.
    public let spelling: String
    /// What is wrong with it.
    public let fault: Fault
}
