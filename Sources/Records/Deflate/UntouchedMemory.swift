// Memory of which little is used.

import Glibc

/// Calls `body` with memory that comes from the system and goes back to it.
///
/// What is not touched of it costs nothing, and the heap gets no holes of its size: small pieces that stay for long
/// would come to lie in them, and the heap would grow with every one that is not found again.
///
/// - Throws: `RecordsError.outOfMemory`; what `body` throws.
func withUntouchedMemory<Result>(
    byteCount: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Result
) throws -> Result {
    let start = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let start, start != MAP_FAILED else { throw RecordsError.outOfMemory }
    defer { munmap(start, byteCount) }
    return try body(UnsafeMutableRawBufferPointer(start: start, count: byteCount))
}
