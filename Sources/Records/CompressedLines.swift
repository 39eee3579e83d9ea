// What one core does with one block: check it and, while it is in the cache, compress it.

import CZlib

/// The records of a block as a piece of a deflate stream.
struct CompressedLines: Sendable {
    let figures: CheckedLines.Figures
    /// Empty if there are no records.
    let deflated: [UInt8]
    /// Of the records, uncompressed.
    let crc32: UInt32

    /// The records of `block`, which stands after the block `before`.
    init(_ block: LineBlock, after before: LineBlock?) throws {
        let lines = CheckedLines(block)
        // What stands before this block in the stream is known without waiting for who compresses it: check the
        // end of it once more. Whoever fails at its malformed lines does not care for this block.
        let window = before.map { CheckedLines($0.suffix(DeflateBlock.windowSize)) }
        figures = lines.figures
        (deflated, crc32) = try lines.withBytes { bytes in
            guard !bytes.isEmpty else { return ([], 0) }
            let crc = CZlib.crc32(0, bytes.bindMemory(to: UInt8.self).baseAddress, uInt(bytes.count))
            let deflated =
                try window?.withBytes { window in
                    let dictionary = UnsafeRawBufferPointer(rebasing: window.suffix(DeflateBlock.windowSize))
                    return try DeflateBlock.compress(bytes, after: dictionary)
                } ?? DeflateBlock.compress(bytes, after: UnsafeRawBufferPointer(start: nil, count: 0))
            return (deflated, UInt32(crc))
        }
    }
}
