// Counting and finding levels: loops over every entry, which the compiler turns into vector instructions.

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

    private static func count(of level: UInt8, in levels: UnsafeBufferPointer<UInt8>) -> Int {
        var total = 0
        for value in levels { total &+= value == level ? 1 : 0 }
        return total
    }
}
