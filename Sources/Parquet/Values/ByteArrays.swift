// Many byte arrays in one buffer.

/// Byte arrays one after another: no object for each.
public struct ByteArrays: Hashable, Sendable {
    /// The bytes of all, one after another.
    public var bytes: [UInt8]
    /// Where each begins, and where the last ends: one more than there are arrays.
    public var offsets: [Int32]

    /// No arrays.
    public init() {
        bytes = []
        offsets = [0]
    }

    /// How many there are.
    public var count: Int { offsets.count - 1 }

    /// Where array `index` stands in `bytes`.
    public func range(_ index: Int) -> Range<Int> {
        Int(offsets[index])..<Int(offsets[index + 1])
    }

    /// Array `index`.
    public subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    /// Adds an array at the end.
    ///
    /// All together must stay below 2 GB.
    public mutating func append(_ array: some Collection<UInt8>) {
        bytes.append(contentsOf: array)
        offsets.append(Int32(bytes.count))
    }
}

/// Byte arrays of one length, one after another.
public struct FixedByteArrays: Hashable, Sendable {
    /// The length of each, which may be 0.
    public var width: Int
    /// How many there are.
    public var count: Int
    /// The bytes of all: `width * count`.
    public var bytes: [UInt8]

    /// No arrays of `width` bytes.
    public init(width: Int) {
        self.width = width
        count = 0
        bytes = []
    }

    /// Array `index`.
    public subscript(index: Int) -> ArraySlice<UInt8> {
        bytes[index * width..<(index + 1) * width]
    }

    /// Adds an array of `width` bytes at the end.
    public mutating func append(_ array: some Collection<UInt8>) {
        precondition(array.count == width, "an array of another length")
        bytes.append(contentsOf: array)
        count += 1
    }
}
