// The memory of blocks that nobody reads any more.

import ParallelWork

/// Arrays of one size, each of which is used again when as many more have been made as can be in work at once.
///
/// Small pieces that stay for long would come to lie where a block has been freed, and the heap would grow with every
/// block that finds no place for itself.
final class BlockMemory {
    private let size: Int
    private let limit = OrderedWork<Void>.defaultWidth + 1
    private var arrays: [[UInt8]] = []

    /// For arrays of `size` bytes; others are let go.
    init(size: Int) {
        self.size = size
    }

    /// An array of `count` bytes, whatever they are.
    func take(_ count: Int) -> [UInt8] {
        guard count == size, arrays.count == limit else { return [UInt8](repeating: 0, count: count) }
        // Should somebody still read it, it is copied when it is written to.
        return arrays.removeFirst()
    }

    /// Takes note of an array that is about to be read by others.
    func keep(_ bytes: [UInt8]) {
        if bytes.count == size, arrays.count < limit { arrays.append(bytes) }
    }
}
