// Writes the standard events to a file, on all cores: the same bytes for the same number of rows anywhere.

import FoundationEssentials
import Glibc
import SampleLake

/// Writes `rows` events to `events.ndjson` in `folder`, which is made if it is not there; returns the path.
@discardableResult
func writeEvents(rows: Int, into folder: String) async throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/events.ndjson"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw BenchmarkError.failed("writing \(path)") }
    defer { close(file) }
    let rowsOfPiece = 4_096
    let pieces = (rows + rowsOfPiece - 1) / rowsOfPiece
    let width = ProcessInfo.processInfo.activeProcessorCount
    for first in stride(from: 0, to: pieces, by: width) {
        let made = await withTaskGroup(of: (Int, [UInt8]).self) { group in
            for piece in first..<min(first + width, pieces) {
                group.addTask {
                    let count = min(rowsOfPiece, rows - piece * rowsOfPiece)
                    var events = EventRows(piece: piece)
                    var buffer = RowBuffer(capacity: rowsOfPiece * 1_280)
                    for _ in 0..<count { events.write(to: &buffer) }
                    return (piece, buffer.bytes)
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (_, bytes) in made.sorted(by: { $0.key < $1.key }) { try writeAll(bytes, to: file) }
    }
    return path
}

/// Writes all of `bytes` to the open file `file`.
func writeAll(_ bytes: [UInt8], to file: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        guard count > 0 else { throw BenchmarkError.failed("writing") }
        rest = rest.dropFirst(count)
    }
}
