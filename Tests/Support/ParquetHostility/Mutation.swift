// Files that are damaged as disks, networks and enemies damage them: from a seed, so that each can be made again.

import TestFiles

/// One way in which a file is damaged, chosen by a seed.
public struct Mutation: Sendable {
    private var generator: SeededNumbers

    /// The mutation number `seed`.
    public init(seed: UInt64) {
        generator = SeededNumbers(seed: seed &+ 1)
    }

    /// `file`, damaged; parts of `other` may be put into it.
    public mutating func apply(to file: [UInt8], with other: [UInt8]) -> [UInt8] {
        var bytes = file
        guard bytes.count > 16 else { return [] }
        for _ in 0..<max(1, below(4)) {
            let place = place(in: bytes)
            switch below(8) {
            case 0:
                for _ in 0..<1 + below(4) { bytes[self.place(in: bytes)] ^= 1 << UInt8(below(8)) }
            case 1:
                overwrite(&bytes, at: place, with: Self.extremes[below(Self.extremes.count)])
            case 2:
                // A number of Thrift or of a run length, of five or of ten bytes, at its largest.
                overwrite(&bytes, at: place, with: Self.varints[below(Self.varints.count)])
            case 3:
                bytes[place] = UInt8(truncatingIfNeeded: generator.next())
            case 4:
                bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(64)))
            case 5:
                let start = below(other.count)
                bytes.insert(contentsOf: other[start..<min(other.count, start + 1 + below(64))], at: place)
            case 6:
                let start = below(bytes.count)
                overwrite(
                    &bytes, at: place, with: Array(bytes[start..<min(bytes.count, start + 1 + below(32))]))
            default:
                bytes[place] = bytes[place] &+ UInt8(truncatingIfNeeded: 1 &- 2 * below(2))
            }
            guard bytes.count > 16 else { return bytes }
        }
        if below(32) == 0 { bytes.removeSubrange(below(bytes.count)...) }
        return bytes
    }

    private static let extremes: [[UInt8]] = [
        [0], [0xff], [0x7f], [0x80], [0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f],
        [0, 0, 0, 0x80], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
        [0, 0, 0, 0, 0, 0, 0, 0x80], [0, 0, 1, 0],
    ]

    private static let varints: [[UInt8]] = [
        [0xfe, 0xff, 0xff, 0xff, 0x0f], [0xff, 0xff, 0xff, 0xff, 0x0f], [0x80, 0x80, 0x80, 0x80, 0x08],
        [0x80, 0x80, 0x80, 0x01], [0xfe, 0xff, 0x03],
        [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ]

    /// Anywhere in pages, where the first page begins, or in the footer and its length.
    private mutating func place(in bytes: [UInt8]) -> Int {
        let length = bytes.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        let end = min(bytes.count, length + 8)
        switch below(8) {
        case 0: return below(min(bytes.count, 96))
        case 1, 2: return bytes.count - 1 - below(end)
        default: return below(bytes.count == end ? end : bytes.count - end)
        }
    }

    private func overwrite(_ bytes: inout [UInt8], at place: Int, with new: [UInt8]) {
        let end = min(bytes.count, place + new.count)
        bytes.replaceSubrange(place..<end, with: new.prefix(end - place))
    }

    private mutating func below(_ bound: Int) -> Int {
        Int(generator.next() % UInt64(max(1, bound)))
    }
}
