// A piece of a file that ends where a line ends.

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
}
