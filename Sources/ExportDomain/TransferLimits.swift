// What holds exports back, as people say it.

/// How fast exports may move bytes together, and how many files a run may write at a time.
public struct TransferLimits: Sendable, Hashable {
    /// The most bytes a second each way; nil for as fast as they can.
    public var rate: BytesPerSecond?
    /// The most files of a run at a time; nil for as many as its destination gains by.
    public var files: FilesAtATime?

    /// Nothing that holds them back.
    public static let none = TransferLimits()

    /// Takes limits.
    public init(rate: BytesPerSecond? = nil, files: FilesAtATime? = nil) {
        self.rate = rate
        self.files = files
    }
}

/// How many files a run writes at the same time.
public struct FilesAtATime: Sendable, Hashable {
    /// How many there may be: each takes memory, and a storage gains nothing by more.
    public static let range = 1...16

    /// The files, from 1 to 16.
    public let value: Int

    /// Takes a number of files; nil for one out of range.
    public init?(_ value: Int) {
        guard Self.range.contains(value) else { return nil }
        self.value = value
    }

    /// Reads a number; nil for anything else, and for one out of range.
    public init?(_ text: String) {
        guard let value = Int(text) else { return nil }
        self.init(value)
    }
}
