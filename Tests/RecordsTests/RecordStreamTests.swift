// Records cut out of bytes that are pushed, in pieces of any size.
import Parquet
import TestFiles
import Testing

@testable import Records

@Suite("A stream of records")
struct RecordStreamTests {
    private static let lines = (0..<3_000).map { #"{"n":\#($0),"name":"名前 \#($0 * 7_919 % 3_001)"}"# }

    private func gzip(_ text: String) throws -> [UInt8] {
        try Program.run("gzip", ["-c"], input: Array(text.utf8)).output
    }

    /// Pushes bytes in pieces and takes records a few at a time.
    private func read(_ bytes: [UInt8], piece: Int, limit: Int, maximumLine: Int = 4 << 20) throws -> [String]
    {
        let stream = RecordStream(name: "a", maximumLine: maximumLine)
        var records: [String] = []
        var rest = bytes[...]
        while !stream.isAtEnd {
            let next = try stream.next(limit: limit)
            records += next
            #expect(next.count <= limit)
            guard next.count < limit else { continue }
            if rest.isEmpty {
                stream.end()
                let last = try stream.next(limit: limit)
                records += last
                if last.isEmpty { break }
            } else {
                stream.add(Array(rest.prefix(piece)))
                rest = rest.dropFirst(piece)
            }
        }
        return records
    }

    @Test(
        "gives every record once, plain or gzip, whatever the pieces", arguments: [7, 4_096, 10_000_000],
        [1, 100])
    func pieces(piece: Int, limit: Int) throws {
        // Of bytes that come one by one, fewer are enough.
        let lines = piece < 100 ? Array(Self.lines.prefix(200)) : Self.lines
        for text in [lines.joined(separator: "\n"), "\u{FEFF}" + lines.joined(separator: "\r\n") + "\n\n"] {
            #expect(try read(Array(text.utf8), piece: piece, limit: limit) == lines)
            #expect(try read(try gzip(text), piece: piece, limit: limit) == lines)
        }
    }

    @Test("goes on in a second gzip member, and passes zeros at the end over")
    func members() throws {
        let bytes = try gzip("{\"a\":1}\n") + gzip("{\"a\":2}\n") + [0, 0, 0]
        #expect(try read(bytes, piece: 5, limit: 10) == ["{\"a\":1}", "{\"a\":2}"])
    }

    @Test("leaves out what is no object, and lines that are too long")
    func malformed() throws {
        let long = "{\"a\":\"" + String(repeating: "x", count: 300_000) + "\"}"
        let text = "{\"a\":1}\nno\n\n[1]\n\(long)\n{\"a\":2}\n"
        #expect(
            try read(Array(text.utf8), piece: 1_000, limit: 3, maximumLine: 100_000) == [
                "{\"a\":1}", "{\"a\":2}",
            ])
        #expect(try read(Array(text.utf8), piece: 1_000, limit: 3).count == 3)
    }

    @Test("gives all before the damage, and then the error")
    func damaged() throws {
        let packed = try gzip(Self.lines.joined(separator: "\n"))
        let stream = RecordStream(name: "cut")
        stream.add(Array(packed.dropLast(2_000)))
        stream.end()
        var records: [String] = []
        #expect(throws: RecordsError.damagedGzip(file: "cut", .truncated)) {
            while true { records += try stream.next(limit: 64) }
        }
        #expect(records.count > 1_000 && records == Array(Self.lines.prefix(records.count)))
    }

    @Test("of nothing has none")
    func empty() throws {
        #expect(try read([], piece: 1, limit: 1) == [])
        #expect(try read(try gzip(""), piece: 1, limit: 1) == [])
    }
}
