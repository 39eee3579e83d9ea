// A set of the items of a list, by their numbers: a bit for each, because there may be a million.

/// A set of numbers from 0 on.
public struct RowSet: Sendable, Equatable {
    private var words: [UInt64] = []
    /// How many are in it.
    public private(set) var count = 0

    /// Nothing.
    public init() {}

    /// Whether nothing is in it.
    public var isEmpty: Bool { count == 0 }

    /// Whether `number` is in it.
    public func contains(_ number: Int) -> Bool {
        let word = number / 64
        return word < words.count && words[word] & 1 << UInt64(number % 64) != 0
    }

    /// Puts `number` in; nothing changes where it is there.
    public mutating func insert(_ number: Int) {
        let word = number / 64
        if word >= words.count { words += Array(repeating: 0, count: word + 1 - words.count) }
        if words[word] & 1 << UInt64(number % 64) == 0 { count += 1 }
        words[word] |= 1 << UInt64(number % 64)
    }

    /// Takes `number` out; nothing changes where it is not there.
    public mutating func remove(_ number: Int) {
        guard contains(number) else { return }
        words[number / 64] &= ~(1 << UInt64(number % 64))
        count -= 1
    }

    /// What is in it, from the lowest on.
    public var numbers: [Int] {
        var numbers: [Int] = []
        numbers.reserveCapacity(count)
        for (place, word) in words.enumerated() where word != 0 {
            var rest = word
            while rest != 0 {
                numbers.append(place * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return numbers
    }

    /// Two sets of the same numbers are the same, however far they have reached.
    public static func == (first: RowSet, second: RowSet) -> Bool {
        first.count == second.count && first.numbers == second.numbers
    }
}
