// Cuts a file, plain or gzip, into blocks that end where lines end. It does not know what a record is.

import Glibc

/// The lines of a file, in blocks.
///
/// A byte order mark at the file's beginning (UTF-8's) is left out; a missing line feed at its end is added.
final class LineReader {
    /// What a block aims at, in bytes: large enough that what each costs does not count, and small enough that
    /// many can be in work at once.
    static let defaultBlockSize = 524_288
    /// The longest line, in bytes; memory grows to this only where there is such a line.
    static let defaultMaximumLine = 64 << 20

    private let source: any ByteSource
    private let file: Int
    private let blockSize: Int
    private let maximumLine: Int
    private let memory: BlockMemory
    /// The beginning of a line, whose end is still to be read.
    private var carry: ArraySlice<UInt8> = []
    private var isAtBeginning = true
    private var isAtEnd = false
    private var pendingError: (any Error)?

    /// How many bytes of the file have been read, as it lies on the disk.
    var bytesRead: Int64 { source.bytesRead }

    /// Reads the file at `path`; throws `RecordsError`.
    ///
    /// - Parameter file: its number, for the blocks.
    /// - Parameter maximumLine: the longest line, at least `blockSize`; a longer one is passed over, and a
    ///   block stands in its place.
    /// - Parameter memory: of the blocks; nil for memory of its own.
    convenience init(
        path: String, file: Int, blockSize: Int = defaultBlockSize, maximumLine: Int = defaultMaximumLine,
        memory: BlockMemory? = nil
    ) throws {
        try self.init(
            FileSource(file: path), name: path, file: file, blockSize: blockSize, maximumLine: maximumLine,
            memory: memory)
    }

    /// Reads `source`, plain or gzip by its first bytes.
    ///
    /// - Parameter contentLimit: read no more than this of the content.
    init(
        _ source: some ByteSource, name: String, file: Int, blockSize: Int = defaultBlockSize,
        maximumLine: Int = defaultMaximumLine, contentLimit: Int? = nil, memory: BlockMemory? = nil
    ) throws {
        var first = [UInt8](repeating: 0, count: 2)
        let count = try source.read(into: &first, at: 0, limit: 2)
        let whole = Prefixed(first[..<count], source)
        let content: any ByteSource = GzipReader.isGzip(first) ? GzipReader(whole, name: name) : whole
        self.source = contentLimit.map { LimitedSource(content, limit: $0) } ?? content
        self.file = file
        // The first block must hold a byte order mark.
        self.blockSize = max(blockSize, 3)
        self.maximumLine = maximumLine
        self.memory = memory ?? BlockMemory(size: Self.arraySize(of: self.blockSize))
    }

    /// The bytes of the array of a block.
    static func arraySize(of block: Int) -> Int { block + JSONLineScanner.padding + 1 }

    /// The next lines; nil after the last.
    ///
    /// After an error, and only then, lines may be missing: those before the damage have been given.
    func next() throws -> LineBlock? {
        if let pendingError { throw pendingError }
        if isAtEnd && carry.isEmpty { return nil }
        // No more than there is left, and one byte more, so that the end is seen.
        let size = min(blockSize, carry.count + (source.bytesLeft ?? blockSize) + 1)
        var bytes = memory.take(Self.arraySize(of: max(size, carry.count)))
        var filled = carry.count
        bytes.replaceSubrange(0..<filled, with: carry)
        carry = []
        var start = 0
        while true {
            let searched = filled
            try fill(&bytes, &filled)
            if isAtBeginning {
                start = bytes[..<filled].starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
                isAtBeginning = false
            }
            if let lineFeed = Self.lastLineFeed(in: bytes, searched..<filled) {
                carry = bytes[(lineFeed + 1)..<filled]
                return block(bytes, start..<(lineFeed + 1))
            }
            if isAtEnd {
                if let pendingError { throw pendingError }
                guard filled > start && !source.isCut else { return nil }
                bytes[filled] = 0x0A
                return block(bytes, start..<(filled + 1))
            }
            guard filled - start <= maximumLine else { return try passOverLine() }
            let room = min(max(filled * 3, blockSize), maximumLine + 1 - filled + start)
            bytes += [UInt8](repeating: 0, count: room)
        }
    }

    private func block(_ bytes: [UInt8], _ range: Range<Int>) -> LineBlock {
        memory.keep(bytes)
        return LineBlock(file: file, bytes: bytes, range: range, bytesRead: bytesRead)
    }

    /// Reads until `bytes` are full, but for one byte and the padding, or the source is at its end or damaged.
    private func fill(_ bytes: inout [UInt8], _ filled: inout Int) throws {
        let end = bytes.count - JSONLineScanner.padding - 1
        do {
            while filled < end && !isAtEnd {
                let count = try source.read(into: &bytes, at: filled, limit: end - filled)
                filled += count
                isAtEnd = count == 0
            }
        } catch {
            pendingError = error
            isAtEnd = true
        }
    }

    private func passOverLine() throws -> LineBlock {
        var bytes = [UInt8](repeating: 0, count: blockSize + JSONLineScanner.padding + 1)
        while !isAtEnd {
            try Task.checkCancellation()
            var filled = 0
            try fill(&bytes, &filled)
            if let lineFeed = bytes[..<filled].firstIndex(of: 0x0A) {
                carry = bytes[(lineFeed + 1)..<filled]
                break
            }
        }
        return LineBlock(file: file, lineLongerThan: maximumLine, bytesRead: bytesRead)
    }

    private static func lastLineFeed(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
        bytes[range].lastIndex(of: 0x0A)
    }
}

/// A source whose first bytes have been read already.
private final class Prefixed: ByteSource {
    private var prefix: ArraySlice<UInt8>
    private let source: any ByteSource
    var bytesRead: Int64 { source.bytesRead }
    var bytesLeft: Int? { source.bytesLeft.map { $0 + prefix.count } }
    var isCut: Bool { source.isCut }

    init(_ prefix: ArraySlice<UInt8>, _ source: any ByteSource) {
        self.prefix = prefix
        self.source = source
    }

    func read(into bytes: inout [UInt8], at offset: Int, limit: Int) throws -> Int {
        guard !prefix.isEmpty else { return try source.read(into: &bytes, at: offset, limit: limit) }
        let piece = prefix.prefix(limit)
        bytes.replaceSubrange(offset..<(offset + piece.count), with: piece)
        prefix = prefix.dropFirst(piece.count)
        return piece.count
    }
}

/// The lines of several files, in blocks, one file after the other.
struct LineBlocks {
    private let files: [String]
    private let blockSize: Int
    private let maximumLine: Int
    private let memory: BlockMemory
    private var number = 0
    private var reader: LineReader?
    private var bytesReadBefore: Int64 = 0

    init(
        files: [String], blockSize: Int = LineReader.defaultBlockSize,
        maximumLine: Int = LineReader.defaultMaximumLine
    ) {
        self.files = files
        // The first block must hold a byte order mark.
        self.blockSize = max(blockSize, 3)
        self.maximumLine = maximumLine
        memory = BlockMemory(size: LineReader.arraySize(of: self.blockSize))
    }

    /// The next lines; nil after the last file's last.
    mutating func next() throws -> LineBlock? {
        while true {
            if let current = reader {
                if var block = try current.next() {
                    block.bytesRead += bytesReadBefore
                    return block
                }
                bytesReadBefore += current.bytesRead
                number += 1
                reader = nil
            }
            guard number < files.count else { return nil }
            reader = try LineReader(
                path: files[number], file: number, blockSize: blockSize, maximumLine: maximumLine,
                memory: memory)
        }
    }
}
