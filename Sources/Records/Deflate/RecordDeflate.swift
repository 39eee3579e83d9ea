// A compressor for records: looks for matches only where words begin, which is where fields and values do.

/// The deflate stream (RFC 1951) of a text whose words come again in the same order, as names and values of records do.
///
/// Common compressors remember the place of every byte, and spend most of their time on that and on searching within
/// values that never come again. Here only places are remembered where words begin; a match found there is extended in
/// both directions. With fewer places in the way, the longest match is found sooner.
struct RecordDeflate: ~Copyable {
    /// After how much text it is decided whether it is a text for this.
    private static let trialLength = 65_536
    /// How long matches are on average in such a text; in prose and lists of numbers they are shorter, and worth more
    /// search.
    private static let leastMeanMatch = 32
    /// A shorter match is held back until it is known whether one at the next word goes further.
    private static let lengthToHold = 24
    /// How much further.
    private static let leastGain = 8
    /// How much text a block has at least, unless it has too many sequences.
    private static let blockLength = 300_000
    /// More text than a piece of a stream ever has, and few enough bytes for what counts them in 32 bits.
    private static let maximumLength = 1 << 30

    private let text: UnsafeBufferPointer<UInt8>
    private let words: RecentWords
    private var sequences = DeflateSequences()
    private var output: DeflateOutput
    private var blockStart = 0
    /// How far the sequences are.
    private var end = 0
    /// A match that is not added yet.
    private var held: RecentWords.Match?
    /// From where on words are looked up.
    private var nextSearch = 0
    private var matches = 0
    private var matchedBytes = 0

    /// `bytes` as whole bytes of a deflate stream that goes on after them; nil if another compressor does better.
    static func deflate(_ bytes: UnsafeRawBufferPointer) throws -> [UInt8]? {
        guard bytes.count < maximumLength else { return nil }
        let bound = DeflateBlockWriter.bound(
            bytes.count, leastBlock: min(blockLength, DeflateSequences.leastText))
        return try withUntouchedMemory(byteCount: bound + DeflateOutput.slack) { memory in
            guard let start = memory.baseAddress else { return nil }
            var compressor = RecordDeflate(bytes.assumingMemoryBound(to: UInt8.self), start)
            guard compressor.compress() else { return nil }
            compressor.output.endPiece()
            return Array(memory[..<(compressor.output.bitCount / 8)])
        }
    }

    private init(_ text: UnsafeBufferPointer<UInt8>, _ memory: UnsafeMutableRawPointer) {
        self.text = text
        words = RecentWords(text)
        output = DeflateOutput(memory)
    }

    /// Compresses all, or gives up early: then the result is false.
    private mutating func compress() -> Bool {
        guard let base = text.baseAddress else { return false }
        var starts = WordStarts()
        var isOnTrial = true
        var offset = 0
        while offset + WordStarts.stride + RecentWords.lookahead <= text.count {
            if isOnTrial && offset >= Self.trialLength {
                guard isText else { return false }
                isOnTrial = false
            }
            var marks = starts.next(UnsafeRawPointer(base + offset))
            while marks != 0 {
                let place = offset &+ marks.trailingZeroBitCount
                marks &= marks &- 1
                let hashes = words.hashes(at: place)
                if place >= nextSearch { search(at: place, hashes) }
                words.add(place, hashes)
            }
            offset &+= WordStarts.stride
        }
        guard !isOnTrial || isText else { return false }
        if let held { add(held) }
        addSequence(literals: text.count - end, length: 0, distance: 0)
        if blockStart < end { writeBlock() }
        return true
    }

    /// Whether matches are as long as they should be.
    private var isText: Bool { matches > 0 && matchedBytes >= Self.leastMeanMatch * matches }

    /// Looks for a match of the word at `place`, unless one that is held back is better.
    private mutating func search(at place: Int, _ hashes: RecentWords.Hashes) {
        if let first = held {
            held = nil
            if place < first.end {
                addBetter(first, words.match(at: place, since: first.start, hashes))
                return
            }
            add(first)
        }
        guard let match = words.match(at: place, since: end, hashes) else { return }
        if match.length < Self.lengthToHold {
            held = match
            nextSearch = 0
        } else {
            add(match)
        }
    }

    /// Adds the first of two matches that overlap, or what is before the second, and this.
    private mutating func addBetter(_ first: RecentWords.Match, _ second: RecentWords.Match?) {
        guard let second, second.end >= first.end &+ Self.leastGain else { return add(first) }
        var before = first
        before.length = second.start &- first.start
        if before.pays { add(before) }
        add(second)
    }

    private mutating func add(_ match: RecentWords.Match) {
        matches &+= 1
        matchedBytes &+= match.length
        var literals = match.start &- end
        var left = match.length
        while left > 0 {
            let length = DeflateAlphabet.firstLength(of: left)
            addSequence(literals: literals, length: length, distance: match.distance)
            literals = 0
            left &-= length
        }
        nextSearch = end
    }

    private mutating func addSequence(literals: Int, length: Int, distance: Int) {
        sequences.add(
            UnsafeBufferPointer(rebasing: text[end..<(end &+ literals)]), length: length, distance: distance)
        end &+= literals &+ length
        if sequences.isFull || end &- blockStart >= Self.blockLength { writeBlock() }
    }

    private mutating func writeBlock() {
        DeflateBlockWriter(UnsafeBufferPointer(rebasing: text[blockStart..<end])).write(
            sequences, to: &output)
        sequences.removeAll()
        blockStart = end
    }
}
