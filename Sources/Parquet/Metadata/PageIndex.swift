// The page index: where the pages of a chunk stand, and what each holds. Source: PageIndex.md of the format.
import Languages

/// In which order the pages of a chunk hold their values.
public enum BoundaryOrder: Int32, Hashable, Sendable {
    case unordered = 0
    case ascending = 1
    case descending = 2
}

/// Statistics of each data page of a chunk (`ColumnIndex` in parquet.thrift).
public struct ColumnIndex: Hashable, Sendable {
    /// For each page, whether it holds nulls only.
    public var nullPages: [Bool] = []
    /// For each page, a lower bound of its values; empty for pages of nulls.
    public var minimums: [[UInt8]] = []
    /// For each page, an upper bound of its values; empty for pages of nulls.
    public var maximums: [[UInt8]] = []
    /// How the bounds are ordered.
    public var boundaryOrder = BoundaryOrder.unordered
    /// For each page, its nulls.
    public var nullCounts: [Int64]?
    /// For each page, its entries by repetition level, one after another.
    public var repetitionLevelHistograms: [Int64]?
    /// For each page, its entries by definition level, one after another.
    public var definitionLevelHistograms: [Int64]?
    /// For each page, its values that are NaN.
    public var nanCounts: [Int64]?

    /// An index of no pages.
    public init() {}
}

extension ColumnIndex: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: nullPages = try reader.readBooleans(field)
            case 2: minimums = try reader.readBinaries(field)
            case 3: maximums = try reader.readBinaries(field)
            case 4: boundaryOrder = BoundaryOrder(rawValue: try reader.readInt32(field)) ?? .unordered
            case 5: nullCounts = try reader.readInts64(field)
            case 6: repetitionLevelHistograms = try reader.readInts64(field)
            case 7: definitionLevelHistograms = try reader.readInts64(field)
            case 8: nanCounts = try reader.readInts64(field)
            default: try reader.skip(field)
            }
        }
        guard minimums.count == nullPages.count, maximums.count == nullPages.count else {
            throw ParquetError.malformed(Text("a column index does not have the same pages everywhere"))
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, nullPages)
        writer.write(2, minimums)
        writer.write(3, maximums)
        writer.write(4, boundaryOrder.rawValue)
        writer.write(5, nullCounts)
        writer.write(6, repetitionLevelHistograms)
        writer.write(7, definitionLevelHistograms)
        writer.write(8, nanCounts)
    }
}

/// Where a page stands (`PageLocation` in parquet.thrift).
public struct PageLocation: Hashable, Sendable {
    /// Where its header begins in the file.
    public var offset: Int64 = 0
    /// Bytes of the header and the page.
    public var size: Int32 = 0
    /// The first row of the page, counted from the beginning of the row group.
    public var firstRow: Int64 = 0

    /// A place.
    public init(offset: Int64, size: Int32, firstRow: Int64) {
        self.offset = offset
        self.size = size
        self.firstRow = firstRow
    }
}

extension PageLocation: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: offset = try reader.readInt64(field)
            case 2: size = try reader.readInt32(field)
            case 3: firstRow = try reader.readInt64(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, offset)
        writer.write(2, size)
        writer.write(3, firstRow)
    }
}

/// Where the data pages of a chunk stand (`OffsetIndex` in parquet.thrift).
public struct OffsetIndex: Hashable, Sendable {
    /// The data pages in their order.
    public var pages: [PageLocation] = []
    /// For each page, bytes of all byte arrays, without their lengths.
    public var byteArrayBytes: [Int64]?

    /// An index of no pages.
    public init() {}
}

extension OffsetIndex: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: pages = try reader.readStructs(field)
            case 2: byteArrayBytes = try reader.readInts64(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, pages)
        writer.write(2, byteArrayBytes)
    }
}
