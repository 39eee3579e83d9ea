// Counting and finding levels: loops over every entry of a file.

/// Questions about levels that are asked of every entry of a file.
enum Levels {
    /// How many of `levels` in `range` are `level`.
    static func count(of level: UInt8, in levels: [UInt8], _ range: Range<Int>) -> Int {
        levels.withUnsafeBufferPointer { count(of: level, in: UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Where the zero number `ordinal` (from 1) of `levels` stands, from `start` on; if there are fewer, how many
    /// there are.
    static func find(zero ordinal: Int, in levels: [UInt8], from start: Int) -> Place {
        levels.withUnsafeBufferPointer { levels in
            var found = 0
            var block = start
            while block < levels.count {
                let end = min(block + 256, levels.count)
                let zeros = count(of: 0, in: UnsafeBufferPointer(rebasing: levels[block..<end]))
                if found + zeros >= ordinal {
                    for index in block..<end where levels[index] == 0 {
                        found += 1
                        if found == ordinal { return .at(index) }
                    }
                }
                found += zeros
                block = end
            }
            return .onlyFound(found)
        }
    }

    /// The answer to where a zero stands.
    enum Place {
        case at(Int)
        case onlyFound(Int)
    }

    // Eight levels at a time. Levels are below 128, so no byte of a sum carries into the next one.
    private static func count(of level: UInt8, in levels: UnsafeBufferPointer<UInt8>) -> Int {
        let bytes = UnsafeRawBufferPointer(levels)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let wanted = UInt64(level) &* ones
        let wholeEnd = bytes.count & ~7
        var others = 0
        var index = 0
        while index < wholeEnd {
            // A byte can count to 255.
            let end = min(wholeEnd, index &+ 255 &* 8)
            var counters: UInt64 = 0
            while index < end {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                counters &+= (((word ^ wanted) &+ 0x7f &* ones) &>> 7) & ones
                index &+= 8
            }
            let pairs = (counters & 0x00ff_00ff_00ff_00ff) &+ (counters &>> 8 & 0x00ff_00ff_00ff_00ff)
            others &+= Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
        }
        while index < bytes.count {
            if bytes[index] != level { others &+= 1 }
            index &+= 1
        }
        return bytes.count &- others
    }
}
