// What a block of a deflate stream says, before it is written: bytes as they are, and matches between them.

/// The sequences of one block, and how often each of its symbols occurs.
struct DeflateSequences: ~Copyable {
    /// Bytes as they are in the text, and the match after them.
    struct Sequence {
        var literals: UInt32
        /// 0 if the block ends without.
        var length: UInt16
        var distance: UInt16
    }

    /// How often each literal or length occurs, and each distance.
    struct Counts {
        var symbols = InlineArray<288, UInt32>(repeating: 0)
        var distances = InlineArray<30, UInt32>(repeating: 0)
    }

    /// How many sequences a block can have.
    private static let capacity = 16_384
    /// How much text that is, if all matches are as short as can be.
    static let leastText = capacity * DeflateAlphabet.lengths.lowerBound

    private(set) var count = 0
    private let sequences: UnsafeMutablePointer<Sequence>
    /// Apart, since a struct that holds them is copied too easily.
    private let counted: UnsafeMutablePointer<Counts>

    /// Empty ones.
    init() {
        sequences = .allocate(capacity: Self.capacity)
        counted = .allocate(capacity: 1)
        counted.initialize(to: Counts())
    }

    deinit {
        sequences.deallocate()
        counted.deallocate()
    }

    /// Whether there is no room for another.
    var isFull: Bool { count == Self.capacity }

    /// How often each symbol occurs; the end of the block is not among them.
    var counts: Counts { counted.pointee }

    @inline(__always)
    subscript(index: Int) -> Sequence { sequences[index] }

    /// Adds `literals`, and a match, unless its length is 0.
    @inline(__always)
    mutating func add(_ literals: UnsafeBufferPointer<UInt8>, length: Int, distance: Int) {
        for literal in literals { counted.pointee.symbols[unchecked: Int(literal)] &+= 1 }
        if length > 0 {
            counted.pointee.symbols[unchecked: DeflateAlphabet.symbol(ofLength: length)] &+= 1
            counted.pointee.distances[unchecked: DeflateAlphabet.symbol(ofDistance: distance)] &+= 1
        }
        sequences[count] = Sequence(
            literals: UInt32(truncatingIfNeeded: literals.count), length: UInt16(truncatingIfNeeded: length),
            distance: UInt16(truncatingIfNeeded: distance))
        count &+= 1
    }

    /// Forgets all, for the next block.
    mutating func removeAll() {
        count = 0
        counted.pointee = Counts()
    }
}
