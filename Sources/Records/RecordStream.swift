// Records cut out of a file's bytes as they come, plain or gzip, as many at a time as somebody wants to see.

/// The records of a file whose bytes are pushed.
///
/// Memory is bounded: what was pushed and not yet looked at, and the longest line.
public final class RecordStream {
    private static let chunk = 64 << 10

    private let name: String
    private let maximumLine: Int
    /// Bytes that were pushed and not yet looked at.
    private var input: [UInt8] = []
    private var isWhole = false
    /// The gzip member that is being read; nil before the first, and in a plain file.
    private var member: GzipMember?
    private var isPlain: Bool?
    /// The beginning of a line.
    private var line: [UInt8] = []
    /// Whether the rest of the line is passed over, since it is too long.
    private var passesOver = false
    private var ready: ArraySlice<String> = []
    private var isFirstLine = true
    /// Lines that were no JSON objects; they are left out.
    public private(set) var malformedLines = 0

    /// Begins with a file that is called `name` in errors.
    ///
    /// - Parameters:
    ///   - name: how errors call the file.
    ///   - maximumLine: a longer line is left out.
    public init(name: String, maximumLine: Int = 4 << 20) {
        self.name = name
        self.maximumLine = maximumLine
    }

    /// Takes the next bytes of the file.
    public func add(_ bytes: [UInt8]) { input += bytes }

    /// Says that no more bytes follow.
    public func end() { isWhole = true }

    /// Whether everything was given.
    public var isAtEnd: Bool { isWhole && input.isEmpty && line.isEmpty && ready.isEmpty }

    /// The next records, without their line ends; fewer than `limit` where more bytes are needed, or none are left.
    ///
    /// - Throws: `RecordsError.damagedGzip`, `.outOfMemory`, after all records that are before the damage were given.
    public func next(limit: Int) throws -> [String] {
        do {
            while ready.count < limit {
                guard try readOn() else { break }
            }
        } catch  where !ready.isEmpty {
            // Whoever asks again gets the rest, and then the error.
        }
        let records = Array(ready.prefix(limit))
        ready = ready.dropFirst(limit)
        return records
    }

    /// Reads a piece of what was pushed; false where there is nothing to read.
    private func readOn() throws -> Bool {
        if isPlain == nil {
            guard input.count >= 2 || isWhole else { return false }
            isPlain = !GzipReader.isGzip(input)
        }
        if isPlain == true {
            guard !input.isEmpty else { return endOfContent() }
            let piece = Array(input.prefix(Self.chunk))
            input.removeFirst(piece.count)
            take(piece)
            return true
        }
        return try inflate()
    }

    private func inflate() throws -> Bool {
        if member?.isComplete == true {
            // What follows a member is another one, or zeros.
            input = Array(input.drop { $0 == 0 })
            guard !input.isEmpty else { return endOfContent() }
            member = nil
        }
        guard !input.isEmpty else {
            guard isWhole else { return false }
            if member?.isComplete != true { throw RecordsError.damagedGzip(file: name, .truncated) }
            return endOfContent()
        }
        let current = try member ?? GzipMember(name: name)
        member = current
        var output = [UInt8](repeating: 0, count: Self.chunk)
        let (taken, put) = try input.withUnsafeBytes { input in
            try output.withUnsafeMutableBytes { try current.inflate(input, into: $0) }
        }
        input.removeFirst(taken)
        take(Array(output[..<put]))
        return taken > 0 || put > 0
    }

    private func endOfContent() -> Bool {
        guard isWhole, !line.isEmpty, !passesOver else { return false }
        take([0x0A])
        return true
    }

    private func take(_ content: [UInt8]) {
        var content = content[...]
        if passesOver {
            guard let lineFeed = content.firstIndex(of: 0x0A) else { return }
            content = content[(lineFeed + 1)...]
            passesOver = false
        }
        line += content
        guard let lineFeed = line.lastIndex(of: 0x0A) else {
            if line.count > maximumLine {
                (line, passesOver) = ([], true)
                malformedLines += 1
            }
            return
        }
        var start = 0
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        isFirstLine = false
        let bytes = Array(line[...lineFeed]) + [UInt8](repeating: 0, count: JSONLineScanner.padding)
        line = Array(line[(lineFeed + 1)...])
        let lines = CheckedLines(
            LineBlock(file: 0, bytes: bytes, range: start..<(lineFeed + 1), bytesRead: 0))
        malformedLines += lines.figures.malformedLines
        lines.withBytes { bytes in
            ready += bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
