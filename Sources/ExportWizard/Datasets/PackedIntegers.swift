// Many whole numbers in little memory: those that stand together are of a size, or even the same.

/// Whole numbers that never change, each in as many bytes as its distance from the least of them needs: in none where
/// all are the same.
struct PackedIntegers: Sendable, Equatable, RandomAccessCollection {
    let endIndex: Int
    private let least: Int
    /// How many bytes each distance has, from 0 to 8.
    private let width: Int
    /// The distances one after the other, the lowest byte of each first.
    private let bytes: [UInt8]

    var startIndex: Int { 0 }

    init(_ numbers: [Int]) {
        let least = numbers.min() ?? 0
        // The distance of two numbers may be too large for a number with a sign.
        let distances = numbers.map { UInt(bitPattern: $0 &- least) }
        let width = (UInt.bitWidth - (distances.max() ?? 0).leadingZeroBitCount + 7) / 8
        endIndex = numbers.count
        self.least = least
        self.width = width
        bytes = Array(unsafeUninitializedCapacity: numbers.count * width) { bytes, count in
            for distance in distances {
                for place in 0..<width {
                    bytes.initializeElement(
                        at: count, to: UInt8(truncatingIfNeeded: distance >> (8 * place)))
                    count += 1
                }
            }
        }
    }

    subscript(position: Int) -> Int {
        precondition(indices.contains(position), "There is no such number")
        var distance: UInt = 0
        for place in 0..<width { distance |= UInt(bytes[position * width + place]) << (8 * place) }
        return least &+ Int(bitPattern: distance)
    }
}
