// A column of a row group that is being read.
import Languages

/// Reads the rows of one column chunk in steps.
///
/// It holds one page, decompressed, the dictionary, and what is collected for the batch at hand. A step has two
/// parts: to find out how many rows can be decoded, which may read pages; and to decode no more than these.
struct ColumnReader {
    let chunk: ColumnChunk
    private var pages: PageReader
    private let decompressor = PageDecompressor()
    private var dictionary: ChunkDictionary?
    private var page: DataPage?
    /// The pages of all columns, among them this one's.
    private let held: HeldPages
    /// The header of the page that is held.
    private var heldPage: PageHeader?
    private var entries: CollectedEntries
    /// Whether the entries collected last belong to a row that goes on.
    private var isWithinRow = false
    /// What has been decoded of that row.
    private var rowBytes = 0

    /// The most that one row may take.
    private static let maximumRowBytes = 256 << 20
    /// The most entries that one row may have without reaching the next page.
    private static let maximumRowEntries = 16 << 20
    /// How many levels are decoded at a time to find where rows end.
    private static let levelsAtATime = 4096

    /// The rows of `chunk`.
    ///
    /// - Parameters:
    ///   - readAhead: how many bytes are asked of the source at a time, if a page does not need more.
    ///   - held: counts the pages of all columns.
    init(
        _ source: any RandomAccessSource, _ chunk: ColumnChunk, readAhead: Int, held: HeldPages
    ) {
        self.chunk = chunk
        self.held = held
        pages = PageReader(source, chunk, readAhead: readAhead)
        entries = CollectedEntries(of: chunk.leaf)
    }

    /// Whether rows may have several entries.
    var isRepeated: Bool { chunk.leaf.maximumRepetitionLevel > 0 }

    /// Entries of the current page whose levels have not been taken.
    var entriesLeftInPage: Int { page?.entriesLeft ?? 0 }

    /// Rows that can be decoded of the current page in one step, of a column in which every row has one entry.
    var rowsReady: Int { page?.rowsReady ?? 0 }

    /// What a row of the current page takes, about.
    var bytesPerRow: Int {
        let entry = page?.bytesPerEntry ?? 8
        guard isRepeated else { return entry }
        return entry * min(1 << 20, max(1, chunk.entryCount / max(1, chunk.rowCount)))
    }

    /// Goes on to the next page that has entries, if there is one.
    private mutating func loadPage() async throws {
        page = nil
        if let page = heldPage.take() { held.release(page) }
        while let next = try await pages.next() {
            switch next.header.kind {
            case .dictionary(let header):
                guard dictionary == nil else {
                    throw ParquetError.malformed(Text("a column has two dictionaries"))
                }
                try held.take(next.header)
                dictionary = try ChunkDictionary(next, header: header, of: chunk, decompressor)
            case .data(let header) where header.entryCount > 0:
                try hold(next.header)
                page = try DataPage(next, header: header, of: chunk, dictionary, decompressor)
                return
            case .dataV2(let header) where header.entryCount > 0:
                try hold(next.header)
                page = try DataPage(next, header: header, of: chunk, dictionary, decompressor)
                return
            case .data, .dataV2, .other: break
            }
        }
    }

    private mutating func hold(_ page: PageHeader) throws {
        try held.take(page)
        heldPage = page
    }

    /// Goes on to the next page, of a column in which every row has one entry.
    mutating func loadPageOfRows() async throws {
        try await loadPage()
        guard entriesLeftInPage > 0 else { throw endsTooEarly }
    }

    /// Decodes the next `count` rows, which the current page is known to have.
    ///
    /// - Returns: the bytes that they take.
    mutating func decode(rows count: Int) throws -> Int {
        guard var page = page.take() else {
            // Only a repeated row that ended with the last page is left.
            isWithinRow = false
            return 0
        }
        defer { self.page = page }
        let entryCount: Int
        if isRepeated {
            entryCount = endOfRows(count) - entries.entryCount
            isWithinRow = false
        } else {
            entryCount = count
            try page.decodeLevels(
                count, repetition: &entries.repetitionLevels, definition: &entries.definitionLevels)
        }
        return try entries.appendValues(ofEntries: entryCount, from: &page, dictionary)
    }

    /// Takes the rows that were decoded.
    mutating func take() -> ColumnValues { entries.take(dictionary) }

    /// Checks that nothing follows the last row.
    func finish() throws {
        guard entriesLeftInPage == 0, pages.isComplete, entries.isEmpty else {
            throw ParquetError.malformed(Text("a column has more rows than its row group"))
        }
    }

    private var endsTooEarly: ParquetError {
        .malformed(Text("a column has fewer rows than its row group, which has \(chunk.rowCount)"))
    }
}

// MARK: - Rows of several entries

extension ColumnReader {
    /// Finds out how many of the next `rows` rows can be decoded: at least one.
    ///
    /// - Parameter bytes: about how much they may take; more if it is one row.
    mutating func lookAhead(rows: Int, bytes: Int) async throws -> Int {
        var found = 0
        var place = firstPlaceOfNextRow
        while true {
            switch Levels.find(zero: rows - found, in: entries.repetitionLevels, from: place) {
            case .at: return rows
            case .onlyFound(let more):
                found += more
                place = max(place, entries.repetitionLevels.count)
            }
            let ahead = entries.repetitionLevels.count - entries.entryCount
            if entriesLeftInPage > 0 {
                if found > 0, ahead * (page?.bytesPerEntry ?? 1) > bytes { return found }
                guard found > 0 || ahead < Self.maximumRowEntries else { throw rowTooLarge }
                try decodeLevelsAhead()
            } else if found > 0 {
                return found
            } else if try await goOnInNextPage() {
                place = firstPlaceOfNextRow
            } else {
                return 1
            }
        }
    }

    /// Where a level of 0 ends the next row, if there is one from here on.
    private var firstPlaceOfNextRow: Int { entries.entryCount + (isWithinRow ? 0 : 1) }

    /// Where the next `count` rows end among the entries.
    private func endOfRows(_ count: Int) -> Int {
        switch Levels.find(zero: count, in: entries.repetitionLevels, from: firstPlaceOfNextRow) {
        case .at(let index): index
        case .onlyFound: entries.repetitionLevels.count
        }
    }

    private mutating func decodeLevelsAhead() throws {
        let count = min(Self.levelsAtATime, entriesLeftInPage)
        try page?.decodeLevels(
            count, repetition: &entries.repetitionLevels,
            definition: &entries.definitionLevels)
        guard isWithinRow || entries.repetitionLevels[entries.entryCount] == 0 else {
            throw ParquetError.malformed(
                Text("the first row of a column begins with a repetition level that is not 0"))
        }
    }

    /// Decodes the part of a row that the current page ends with, and goes on to the next page.
    ///
    /// - Returns: whether there is one; if there is none, the row is complete.
    private mutating func goOnInNextPage() async throws -> Bool {
        if var page = page.take() {
            let ahead = entries.repetitionLevels.count - entries.entryCount
            let bytes = try entries.appendValues(ofEntries: ahead, from: &page, dictionary)
            rowBytes = (isWithinRow ? rowBytes : 0) + bytes
            guard rowBytes <= Self.maximumRowBytes else { throw rowTooLarge }
            isWithinRow = isWithinRow || ahead > 0
        }
        try await loadPage()
        guard page != nil || isWithinRow else { throw endsTooEarly }
        return page != nil
    }

    private var rowTooLarge: ParquetError {
        ParquetError(.tooLarge(Text("a row of more than \(Self.maximumRowBytes >> 20) MB")))
    }
}
