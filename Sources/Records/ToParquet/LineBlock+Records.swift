// The records of a block one after the other, each checked just before it is used, while it is in the cache.

import Glibc

extension LineBlock {
    /// Calls `body` with the place of each record and the number of its line in the block, from 0, until it
    /// returns false; counts as `CheckedLines` does.
    @inline(__always)
    func forEachRecord(
        counting figures: inout CheckedLines.Figures, _ body: (JSONPlace, Int) -> Bool
    ) {
        if let maximum = overlongLine {
            figures.lines += 1
            figures.addMalformed(JSONLineFault(rule: .tooLong(maximum: maximum), offset: maximum), line: 0)
            return
        }
        var scanner = JSONLineScanner()
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            let end = base + range.upperBound
            var line = base + range.lowerBound
            while line < end {
                let number = figures.lines
                figures.lines += 1
                switch scanner.scanLine(line) {
                case .object(let after, let lineFeed):
                    guard body(line, number) else { return }
                    var lineEnd = lineFeed
                    while lineEnd > after && lineEnd[-1] == 0x0D { lineEnd -= 1 }
                    figures.records += 1
                    figures.recordBytes += lineEnd - line + 1
                    line = lineFeed + 1
                case .blank:
                    line = Self.next(after: line, before: end)
                case .malformed(let rule, let position):
                    figures.addMalformed(JSONLineFault(rule: rule, offset: position - line), line: number)
                    line = Self.next(after: line, before: end)
                }
            }
        }
    }

    @inline(never)
    private static func next(after line: JSONPlace, before end: JSONPlace) -> JSONPlace {
        guard let lineFeed = memchr(line, 0x0A, end - line) else { return end }
        return UnsafePointer(lineFeed.assumingMemoryBound(to: UInt8.self)) + 1
    }
}

extension CheckedLines.Figures {
    /// Counts a malformed line.
    @inline(never)
    mutating func addMalformed(_ fault: JSONLineFault, line: Int) {
        malformedLines += 1
        if firstMalformed == nil { firstMalformed = (line, fault) }
    }
}
