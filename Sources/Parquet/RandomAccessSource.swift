// Where a reader's bytes come from.

/// Bytes that can be read at any place: a local file, or an object in a store.
///
/// A reader asks for what it needs and no more: the footer first, and then the chunks of the columns that are
/// read, in pieces of up to a megabyte.
public protocol RandomAccessSource: Sendable {
    /// What errors call it: a path or a key.
    var name: String { get }

    /// Its length in bytes.
    func size() async throws -> Int64

    /// The bytes of `range`, all of them.
    ///
    /// - Throws: an error of the source's own; `ParquetError.Problem.truncated` if the range ends after the
    ///   source does.
    func read(_ range: Range<Int64>) async throws -> [UInt8]
}
