// The footer of a file as it is written: in pieces, so that that of thousands of row groups is never there as a whole.

/// The end of a file, a row group's part at a time: the footer, its length and the last four bytes.
struct FileEnd<RowGroup: CompactWritable & Sendable>: IteratorProtocol, Sendable {
    private let metadata: FileMetadata
    private let rowGroups: [RowGroup]
    private var writer = CompactWriter()
    private var length = 0
    private var stage = Stage.beginning

    private enum Stage: Sendable {
        case beginning
        case rowGroup(Int)
        case ended
    }

    /// The end of a file of which the footer says `metadata`, with these row groups instead of its own.
    init(_ metadata: FileMetadata, rowGroups: [RowGroup]) {
        self.metadata = metadata
        self.rowGroups = rowGroups
    }

    /// The next bytes; nil after the last.
    mutating func next() -> [UInt8]? {
        switch stage {
        case .beginning:
            metadata.beginWriting(to: &writer, rowGroupCount: rowGroups.count)
            stage = .rowGroup(0)
        case .rowGroup(let index) where index < rowGroups.count:
            writer.writeElement(rowGroups[index])
            stage = .rowGroup(index + 1)
        case .rowGroup:
            metadata.endWriting(to: &writer)
            writer.endStruct()
            stage = .ended
            let bytes = take()
            let size = UInt32(clamping: length).littleEndian
            return bytes + withUnsafeBytes(of: size) { Array($0) } + FileMagic.plain
        case .ended: return nil
        }
        return take()
    }

    private mutating func take() -> [UInt8] {
        let bytes = writer.take()
        length += bytes.count
        return bytes
    }
}
