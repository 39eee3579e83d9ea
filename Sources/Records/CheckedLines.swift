// Takes from a block of lines what is passed on: the records, each ended by one line feed. What that is for,
// it does not know.

import Glibc

/// The records of a block, and what else was in it.
struct CheckedLines: Sendable {
    /// What was counted; without the numbers of lines in the file, which only their order gives.
    struct Figures: Sendable {
        var file: Int
        var bytesRead: Int64
        var lines = 0
        var records = 0
        var recordBytes = 0
        var malformedLines = 0
        /// The first malformed line, counted in the block from 0.
        var firstMalformed: (line: Int, fault: JSONLineFault)?
    }

    private(set) var figures: Figures
    /// The records are in this range of the block's bytes, or of the copy.
    private var range: Range<Int>
    private let block: LineBlock
    /// The records, when they do not stand in the block as they are to be passed on.
    private var copy: [UInt8]?

    /// Checks every line of `block`.
    ///
    /// Carriage returns before a line feed are left out, as are lines of white space and malformed ones.
    init(_ block: LineBlock) {
        self.block = block
        figures = Figures(file: block.file, bytesRead: block.bytesRead)
        range = block.range
        if let maximum = block.overlongLine {
            figures.lines = 1
            figures.malformedLines = 1
            figures.firstMalformed = (0, JSONLineFault(rule: .tooLong(maximum: maximum), offset: maximum))
        } else {
            check()
        }
        figures.recordBytes = range.count
    }

    /// Calls `body` with the records' bytes.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try (copy ?? block.bytes).withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    private mutating func check() {
        var scanner = JSONLineScanner()
        var copy: [UInt8] = []
        block.bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            let end = base + block.range.upperBound
            var line = base + block.range.lowerBound
            // What has not been copied yet but is to be passed on begins here.
            var kept = line
            func leaveOut(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) {
                if copy.isEmpty { copy.reserveCapacity(block.range.count) }
                copy.append(contentsOf: UnsafeBufferPointer(start: kept, count: start - kept))
                kept = end
            }
            // `LineBlock` promises a line feed before `end`, and readable memory beyond.
            while line < end {
                switch scanner.scanLine(line) {
                case .object(let after, let lineFeed):
                    figures.records += 1
                    var lineEnd = lineFeed
                    while lineEnd > after && lineEnd[-1] == 0x0D { lineEnd -= 1 }
                    if lineEnd < lineFeed { leaveOut(from: lineEnd, to: lineFeed) }
                    line = lineFeed + 1
                case .blank:
                    let next = Self.next(after: line, before: end)
                    leaveOut(from: line, to: next)
                    line = next
                case .malformed(let rule, let position):
                    figures.malformedLines += 1
                    if figures.firstMalformed == nil {
                        let fault = JSONLineFault(rule: rule, offset: position - line)
                        figures.firstMalformed = (figures.lines, fault)
                    }
                    let next = Self.next(after: line, before: end)
                    leaveOut(from: line, to: next)
                    line = next
                }
                figures.lines += 1
            }
            if kept > base + block.range.lowerBound {
                leaveOut(from: end, to: end)
                range = 0..<copy.count
                self.copy = copy
            }
        }
    }

    private static func next(
        after line: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8> {
        guard let lineFeed = memchr(line, 0x0A, end - line) else { return end }
        return UnsafePointer(lineFeed.assumingMemoryBound(to: UInt8.self)) + 1
    }
}

/// Adds up the figures of blocks, given in the order of the files.
struct RecordTally {
    private(set) var count = RecordCount()
    private let files: [String]
    private var file = -1
    private var linesBefore = 0

    init(files: [String]) {
        self.files = files
    }

    /// Adds the figures of a block; returns how many lines of its file stand before it.
    @discardableResult
    mutating func add(_ figures: CheckedLines.Figures) -> Int {
        if figures.file != file {
            file = figures.file
            linesBefore = 0
        }
        if let first = figures.firstMalformed, count.firstMalformed == nil {
            count.firstMalformed = MalformedLine(
                file: files[file], line: linesBefore + first.line + 1, fault: first.fault)
        }
        defer { linesBefore += figures.lines }
        count.records += figures.records
        count.recordBytes += Int64(figures.recordBytes)
        count.malformedLines += figures.malformedLines
        count.bytesRead = figures.bytesRead
        return linesBefore
    }
}
