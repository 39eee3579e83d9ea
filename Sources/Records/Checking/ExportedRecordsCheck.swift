// Checks an exported file of records as it is read back, from wherever it comes. Nothing of it is kept.

/// Checks a gzip file of records: one member, whole and with its checksum, and a JSON object on every line.
///
/// Bytes are pushed as they come; memory is a few hundred kilobytes, or the longest line.
public final class ExportedRecordsCheck {
    private static let blockSize = 512 << 10
    private static let maximumLine = LineReader.defaultMaximumLine

    private let name: String
    private let member: GzipMember
    /// Content from `0..<filled` that was not checked yet: the beginning of a line, and what has come since.
    private var content = [UInt8](repeating: 0, count: blockSize + JSONLineScanner.padding + 1)
    private var filled = 0
    /// So much of it has no line feed.
    private var searched = 0
    private var tally: RecordTally

    /// Begins with a file that is called `name` in errors.
    ///
    /// - Throws: `RecordsError.outOfMemory`.
    public init(name: String) throws {
        self.name = name
        member = try GzipMember(name: name)
        tally = RecordTally(files: [name])
    }

    /// Checks the next bytes of the file.
    ///
    /// - Throws: `RecordsError.damagedGzip`, `.malformedLine`.
    public func add(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes
            while true {
                try makeRoom()
                let (taken, put) = try inflate(rest)
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(taken))
                filled += put
                if rest.isEmpty && put == 0 { return }
            }
        }
    }

    /// Checks what is left, once all bytes were added.
    ///
    /// - Returns: how many records there are.
    /// - Throws: `RecordsError.damagedGzip`, `.malformedLine`.
    public func finish() throws -> Int {
        try checkLines()
        guard member.isComplete else { throw RecordsError.damagedGzip(file: name, .truncated) }
        if filled > 0 {
            content[filled] = 0x0A
            filled += 1
            try checkLines()
        }
        return tally.count.records
    }

    private func inflate(_ bytes: UnsafeRawBufferPointer) throws -> (taken: Int, put: Int) {
        try content.withUnsafeMutableBytes { content in
            // The line feed that the last line may lack has room after the rest.
            let end = content.count - JSONLineScanner.padding - 1
            return try member.inflate(
                bytes, into: UnsafeMutableRawBufferPointer(rebasing: content[filled..<end]))
        }
    }

    private func makeRoom() throws {
        let room = content.count - JSONLineScanner.padding - 1 - filled
        guard room < Self.blockSize / 2 else { return }
        try checkLines()
        guard filled > Self.blockSize / 2 else { return }
        guard filled <= Self.maximumLine else {
            let block = LineBlock(file: 0, lineLongerThan: Self.maximumLine, bytesRead: 0)
            return try check(block)
        }
        content += [UInt8](repeating: 0, count: filled)
    }

    /// Checks the lines that are whole, and keeps the beginning of the next.
    private func checkLines() throws {
        guard let lineFeed = content[searched..<filled].lastIndex(of: 0x0A) else {
            searched = filled
            return
        }
        try check(LineBlock(file: 0, bytes: content, range: 0..<(lineFeed + 1), bytesRead: 0))
        content.withUnsafeMutableBytes { content in
            let rest = UnsafeRawBufferPointer(rebasing: content[(lineFeed + 1)..<filled])
            content.copyMemory(from: rest)
        }
        filled -= lineFeed + 1
        searched = filled
    }

    private func check(_ block: LineBlock) throws {
        tally.add(CheckedLines(block).figures)
        if let line = tally.count.firstMalformed {
            throw RecordsError.malformedLine(line, malformedLines: tally.count.malformedLines)
        }
    }
}
