// A piece of a file that ends where a line ends.

import Glibc

/// Some whole lines of a file.
struct LineBlock: Sendable {
    /// Which of the files, from 0.
    var file: Int
    /// Lines, each ended by a line feed, in `range`; readable for `JSONLineScanner.padding` bytes beyond.
    let bytes: [UInt8]
    let range: Range<Int>
    /// Set if the block stands for one line that is longer than this, and whose bytes were thrown away.
    private(set) var overlongLine: Int?
    /// How much had been read of the file, and of those before it, when the block was complete.
    var bytesRead: Int64

    /// Lines in `range` of `bytes`, of which the last must end there; there must be padding after it.
    init(file: Int, bytes: [UInt8], range: Range<Int>, bytesRead: Int64) {
        precondition(range.isEmpty || bytes[range.upperBound - 1] == 0x0A)
        precondition(range.upperBound + JSONLineScanner.padding <= bytes.count)
        self.file = file
        self.bytes = bytes
        self.range = range
        self.bytesRead = bytesRead
    }

    /// One line that is longer than `maximum` bytes.
    init(file: Int, lineLongerThan maximum: Int, bytesRead: Int64) {
        let padding = [UInt8](repeating: 0, count: JSONLineScanner.padding)
        self.init(file: file, bytes: padding, range: 0..<0, bytesRead: bytesRead)
        overlongLine = maximum
    }

    /// The first `count` lines of the block, at least one, and the others, if there are any.
    func split(afterLines count: Int) -> (LineBlock, LineBlock?) {
        // No record is shorter than its two brackets and the line feed.
        guard range.count > count * 3 else { return (self, nil) }
        let end = bytes.withUnsafeBytes { bytes in
            var end = range.lowerBound
            for _ in 0..<count where end < range.upperBound {
                guard let base = bytes.baseAddress,
                    let lineFeed = memchr(base + end, 0x0A, range.upperBound - end)
                else { break }
                end = UnsafeRawPointer(lineFeed) - base + 1
            }
            return end
        }
        guard end < range.upperBound else { return (self, nil) }
        return (
            LineBlock(file: file, bytes: bytes, range: range.lowerBound..<end, bytesRead: bytesRead),
            LineBlock(file: file, bytes: bytes, range: end..<range.upperBound, bytesRead: bytesRead)
        )
    }
}
