// What all columns hold in memory at a time.
import Languages

/// Keeps the pages that the columns of a row group hold, decompressed, in proportion to the file.
///
/// Wide files may hold a page of a megabyte in each of their columns; what is refused are pages that together are
/// large only because they were made to be.
final class HeldPages {
    /// Bytes that are always granted.
    private static let granted = 256 << 20
    /// Beyond these, how many times as large as in the file pages may be.
    private static let ratio = 64

    private var size = 0
    private var compressedSize = 0

    /// Counts a page that is about to be decompressed.
    ///
    /// - Throws: `ParquetError.Problem.tooLarge`.
    func take(_ page: PageHeader) throws {
        size += Int(page.uncompressedSize)
        compressedSize += Int(page.compressedSize)
        guard size <= Self.granted || size / Self.ratio <= compressedSize else {
            throw ParquetError(
                .tooLarge(Text("pages of more than 256 MB in all columns at a time, out of next to nothing")))
        }
    }

    /// Counts a page off that is not held any more.
    func release(_ page: PageHeader) {
        size -= Int(page.uncompressedSize)
        compressedSize -= Int(page.compressedSize)
    }
}
