// Checking exported files as they are read back, in chunks of any size.

import TestFiles
import Testing

@testable import Records

@Suite("Checking an exported file of records")
struct ExportedRecordsCheckTests {
    private static let lines = (0..<4_000).map {
        #"{"n":\#($0),"name":"name \#($0 * 7_919 % 1_000)"}"# + "\n"
    }

    private func gzip(_ text: String) throws -> [UInt8] {
        let run = try Program.run("gzip", ["-c"], input: Array(text.utf8))
        #expect(run.status == 0)
        return run.output
    }

    /// The number of records; throws what is wrong.
    private func check(_ bytes: [UInt8], chunk: Int = 1_000) throws -> Int {
        let check = try ExportedRecordsCheck(name: "x.json.gz")
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            try check.add(Array(bytes[start..<min(start + chunk, bytes.count)]))
        }
        return try check.finish()
    }

    @Test("Records are counted, in chunks of any size", arguments: [1, 17, 4_096, 1 << 20])
    func counts(chunk: Int) throws {
        let bytes = try gzip(Self.lines.joined())
        #expect(try check(bytes, chunk: chunk) == 4_000)
        #expect(try check(try gzip(""), chunk: chunk) == 0)
        #expect(try check(try gzip(#"{"a":1}"#), chunk: chunk) == 1)
    }

    @Test("A line may be longer than what is held at a time")
    func longLines() throws {
        let long = #"{"text":"\#(String(repeating: "x", count: 3 << 20))"}"# + "\n"
        #expect(try check(try gzip("{}\n" + long + "{}\n" + long)) == 4)
    }

    @Test("A line that is no record is named, wherever it stands", arguments: [0, 1_999, 3_999])
    func malformed(line: Int) throws {
        var lines = Self.lines
        lines[line] = "[1]\n"
        let bytes = try gzip(lines.joined())
        let error = #expect(throws: RecordsError.self) { try check(bytes) }
        guard case .malformedLine(let found, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found.line == line + 1)
    }

    @Test("Every cut is found", arguments: [0, 1, 9, 10, 100, -1, -8])
    func cut(at place: Int) throws {
        let bytes = try gzip(Self.lines.joined())
        let cut = Array(bytes.prefix(place < 0 ? bytes.count + place : place))
        #expect(throws: RecordsError.damagedGzip(file: "x.json.gz", .truncated)) { try check(cut) }
    }

    @Test("A wrong checksum, a wrong length, a second member and bytes after the member are told apart")
    func faults() throws {
        let bytes = try gzip(Self.lines.joined())
        var checksum = bytes
        checksum[bytes.count - 8] ^= 1
        var length = bytes
        length[bytes.count - 1] ^= 1
        for (damaged, fault) in [
            (checksum, GzipFault.wrongChecksum), (length, .wrongLength), (bytes + bytes, .secondMember),
            (bytes + [0], .trailingGarbage), (Array("{}\n".utf8), .notGzip),
        ] {
            for chunk in [1, 1_000, bytes.count, 1 << 20] {
                #expect(throws: RecordsError.damagedGzip(file: "x.json.gz", fault)) {
                    try check(damaged, chunk: chunk)
                }
            }
        }
    }
}
