// What a compressor of records remembers of the text before: where words like the next one began.

/// The places of words within the reach of deflate's distances, found by the bytes that they begin with.
///
/// Each place stands in two chains: with the places where the same few bytes begin, and with those where many bytes are
/// the same, as where a field's name is followed by the same value. The latter are few and good, and are looked at first.
struct RecentWords: ~Copyable {
    /// How many bytes must be readable at a place.
    static let lookahead = 18
    /// The shortest that pays.
    private static let shortestMatch = 4
    /// How far back a match of the shortest length pays.
    private static let reachOfShortest = 2_000
    private static let window = 32_768

    /// A piece of text that is the same as one before.
    struct Match {
        /// Where it begins.
        var start = 0
        var length = 0
        var distance = 0

        /// The place after it.
        var end: Int { start &+ length }

        /// Whether it takes less than the bytes as they are.
        var pays: Bool {
            length > shortestMatch || length == shortestMatch && distance <= reachOfShortest
        }
    }

    /// A place in both chains: how far before it the next one is, or 0.
    private struct Links {
        var few: UInt16
        var many: UInt16
    }

    /// The tables' rows of a place.
    struct Hashes {
        fileprivate var few: Int
        fileprivate var many: Int
    }

    private static let hashBits: UInt64 = 14
    /// How much of each chain is looked at.
    private static let depthOfFew = 4
    private static let depthOfMany = 12
    /// A match that is good enough to look no further in both chains.
    private static let goodLength = 128
    /// A match that is good enough to leave the chain of few bytes alone.
    private static let fairLength = 16

    private let text: UnsafePointer<UInt8>
    private let count: Int
    /// The latest place of each row, and `window` more: 0 is out of reach anywhere.
    private let latestFew: UnsafeMutablePointer<UInt32>
    private let latestMany: UnsafeMutablePointer<UInt32>
    private let links: UnsafeMutablePointer<Links>

    /// Remembers nothing yet of `text`, which must outlive this and have fewer than 2³¹ bytes.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        let empty = UnsafePointer<UInt8>(bitPattern: 1).unsafelyUnwrapped
        self.text = text.baseAddress ?? empty
        count = text.count
        let rows = 1 << Int(Self.hashBits)
        latestFew = .allocate(capacity: 2 * rows)
        latestFew.initialize(repeating: 0, count: 2 * rows)
        latestMany = latestFew + rows
        // Only what has been written is read.
        links = .allocate(capacity: Self.window)
    }

    deinit {
        latestFew.deallocate()
        links.deallocate()
    }

    /// The rows of the word at `place`.
    @inline(__always)
    func hashes(at place: Int) -> Hashes {
        let first = load(place, as: UInt64.self)
        let last = load(place + 10, as: UInt64.self)
        let few = (first &<< 24) &* 0x9E37_79B9_7F4A_7C15
        let mixed = (first &* 0x9E37_79B9_7F4A_7C15) ^ (last &* 0xC2B2_AE3D_27D4_EB4F)
        let many = (mixed ^ mixed &>> 32) &* 0xD6E8_FEB8_6659_FD93
        let shift = 64 - Self.hashBits
        return Hashes(
            few: Int(truncatingIfNeeded: few &>> shift), many: Int(truncatingIfNeeded: many &>> shift))
    }

    /// Remembers the word at `place`, which is after all others.
    @inline(__always)
    func add(_ place: Int, _ hashes: Hashes) {
        let here = UInt32(truncatingIfNeeded: place &+ Self.window)
        let few = here &- latestFew[hashes.few]
        let many = here &- latestMany[hashes.many]
        latestFew[hashes.few] = here
        latestMany[hashes.many] = here
        links[place & (Self.window - 1)] = Links(
            few: few < Self.window ? UInt16(truncatingIfNeeded: few) : 0,
            many: many < Self.window ? UInt16(truncatingIfNeeded: many) : 0)
    }

    /// The longest match found of the word at `place`, and of what is before it, back to `start`; nil if none pays.
    @inline(__always)
    func match(at place: Int, since start: Int, _ hashes: Hashes) -> Match? {
        let match = longestMatch(at: place, since: start, hashes)
        return match.pays ? match : nil
    }

    private func longestMatch(at place: Int, since start: Int, _ hashes: Hashes) -> Match {
        let here = UInt32(truncatingIfNeeded: place &+ Self.window)
        var match = Match()
        var longest = 0
        lengthen(
            &match, &longest, at: place, since: start, from: Int(here &- latestMany[hashes.many]),
            depth: Self.depthOfMany, link: { $0.many })
        if match.length < Self.fairLength {
            lengthen(
                &match, &longest, at: place, since: start, from: Int(here &- latestFew[hashes.few]),
                depth: Self.depthOfFew, link: { $0.few })
        }
        return match
    }

    /// Looks for a longer match along a chain.
    ///
    /// - Parameters:
    ///   - longest: how much of the matches so far is from the place on, at most.
    ///   - first: how far back the chain begins.
    @inline(__always)
    private func lengthen(
        _ match: inout Match, _ longest: inout Int, at place: Int, since start: Int, from first: Int,
        depth: Int,
        link: (Links) -> UInt16
    ) {
        let limit = count &- place
        var distance = first
        var left = depth
        while distance < Self.window && left > 0 {
            let candidate = place &- distance
            // What is longer than the longest so far has the same bytes at its end.
            let end = max(longest &- 3, 0)
            if end &+ 4 <= limit,
                load(candidate &+ end, as: UInt32.self) == load(place &+ end, as: UInt32.self)
            {
                let length = commonLength(candidate, place, limit)
                let before = commonLengthBefore(candidate, place, min(place &- start, candidate))
                if length &+ before > match.length {
                    match = Match(start: place &- before, length: length &+ before, distance: distance)
                    longest = max(longest, length)
                    if match.length >= Self.goodLength { return }
                }
            }
            let step = Int(link(links[candidate & (Self.window &- 1)]))
            if step == 0 { return }
            distance &+= step
            left &-= 1
        }
    }

    @inline(__always)
    private func load<Value: BitwiseCopyable>(_ place: Int, as type: Value.Type) -> Value {
        UnsafeRawPointer(text + place).loadUnaligned(as: type)
    }

    /// How many bytes are the same from two places on, at most `limit`, which are there.
    @inline(__always)
    private func commonLength(_ one: Int, _ other: Int, _ limit: Int) -> Int {
        var length = 0
        while length &+ 8 <= limit {
            let difference = load(one &+ length, as: UInt64.self) ^ load(other &+ length, as: UInt64.self)
            if difference != 0 { return length &+ difference.littleEndian.trailingZeroBitCount / 8 }
            length &+= 8
        }
        while length < limit && text[one &+ length] == text[other &+ length] { length &+= 1 }
        return length
    }

    /// How many bytes are the same before two places, at most `limit`, which are there.
    @inline(__always)
    private func commonLengthBefore(_ one: Int, _ other: Int, _ limit: Int) -> Int {
        var length = 0
        while length < limit && text[one &- length &- 1] == text[other &- length &- 1] { length &+= 1 }
        return length
    }
}
