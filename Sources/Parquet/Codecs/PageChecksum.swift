// The checksum of pages.

import CDeflate

/// The CRC-32 of gzip over a page as it is stored (Data Page CRC, parquet.thrift `PageHeader.crc`).
enum PageChecksum {
    /// The checksum of `parts`, one after another.
    static func crc32(_ parts: ArraySlice<UInt8>...) -> UInt32 {
        parts.reduce(0) { checksum, part in
            part.withUnsafeBytes { libdeflate_crc32(checksum, $0.baseAddress, $0.count) }
        }
    }
}
