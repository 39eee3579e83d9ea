// The pages of a column chunk, one after another, as they stand in the file.
import Languages

/// A page with its header, still compressed.
struct Page {
    /// What the header says.
    var header: PageHeader
    /// Where the header begins in the file.
    var offset: Int64
    /// Bytes of the header; the body follows.
    var headerSize: Int
    /// The bytes that the header describes.
    var body: ArraySlice<UInt8>
}

/// Reads the pages of a chunk in their order, a bounded number of bytes at a time.
///
/// It ends with the page that completes the chunk's entries. Every page's size and checksum has been checked.
struct PageReader {
    /// The most that a page may have, compressed or not.
    static let maximumPageSize = 256 << 20
    /// The most that a page's header may have: statistics of long values stand in it.
    static let maximumHeaderSize = 16 << 20

    private let source: any RandomAccessSource
    private let chunk: ColumnChunk
    private let readAhead: Int
    /// What has been read of the file and not yet been given out: from `position` on.
    private var window: [UInt8] = []
    private var position = 0
    /// Where `window` ends in the file.
    private var windowEnd: Int64
    private var entriesLeft: Int

    /// The pages of `chunk`.
    ///
    /// - Parameter readAhead: how many bytes are asked of the source at a time, if a page does not need more.
    init(_ source: any RandomAccessSource, _ chunk: ColumnChunk, readAhead: Int = 1 << 20) {
        self.source = source
        self.chunk = chunk
        self.readAhead = readAhead
        windowEnd = chunk.bytes.lowerBound
        entriesLeft = chunk.entryCount
    }

    /// The next page; nil after the last one.
    ///
    /// - Throws: `ParquetError` if the chunk is damaged or incomplete; errors of the source.
    mutating func next() async throws -> Page? {
        guard entriesLeft > 0 else { return nil }
        guard offset < chunk.bytes.upperBound else {
            throw ParquetError.malformed(Text("the pages of a column lack \(entriesLeft) of its values"))
        }
        let offset = offset
        let (header, headerSize) = try await nextHeader()
        guard header.uncompressedSize <= Self.maximumPageSize, header.compressedSize <= Self.maximumPageSize
        else { throw ParquetError(.tooLarge(Text("a page of more than \(Self.maximumPageSize >> 20) MB"))) }
        let bodySize = Int(header.compressedSize)
        guard bodySize <= chunk.limit - self.offset else {
            throw ParquetError.malformed(Text("a page is longer than its column"))
        }
        try await fill(bodySize)
        let body = window[position..<position + bodySize]
        position += bodySize
        if let checksum = header.checksum, PageChecksum.crc32(body) != checksum {
            throw ParquetError(.wrongChecksum)
        }
        entriesLeft -= header.entryCount
        guard entriesLeft >= 0 else {
            throw ParquetError.malformed(Text("the pages of a column have more values than the column"))
        }
        return Page(header: header, offset: offset, headerSize: headerSize, body: body)
    }

    /// Whether all entries have been given out.
    var isComplete: Bool { entriesLeft == 0 }

    /// Where the next byte stands in the file.
    private var offset: Int64 { windowEnd - Int64(window.count - position) }

    private mutating func nextHeader() async throws -> (PageHeader, size: Int) {
        var wanted = min(readAhead, 256)
        while true {
            let limit = Int(min(chunk.limit - offset, Int64(Self.maximumHeaderSize)))
            try await fill(min(wanted, limit))
            var reader = CompactReader(window, from: position, memoryLimit: 2 * Self.maximumHeaderSize)
            do {
                let header = try PageHeader(from: &reader)
                let size = reader.position - position
                position = reader.position
                return (header, size)
            } catch let error as ParquetError {
                // A header has no length of its own: what looks damaged may only be cut off here.
                let have = window.count - position
                guard have < limit else { throw error }
                wanted = 4 * have
            }
        }
    }

    /// Makes the next `count` bytes stand in the window.
    private mutating func fill(_ count: Int) async throws {
        let have = window.count - position
        guard count > have else { return }
        let needed = windowEnd + Int64(count - have)
        let ahead = min(windowEnd + Int64(readAhead), chunk.bytes.upperBound)
        let end = max(needed, ahead)
        let bytes = try await source.read(windowEnd..<end)
        guard bytes.count == end - windowEnd else { throw ParquetError(.truncated) }
        if have == 0 {
            window = bytes
        } else {
            var joined: [UInt8] = []
            joined.reserveCapacity(have + bytes.count)
            joined += window[position...]
            joined += bytes
            window = joined
        }
        position = 0
        windowEnd = end
    }
}

extension PageHeader {
    /// Entries of a data page; 0 for other pages.
    var entryCount: Int {
        switch kind {
        case .data(let header): Int(header.entryCount)
        case .dataV2(let header): Int(header.entryCount)
        case .dictionary, .other: 0
        }
    }
}
