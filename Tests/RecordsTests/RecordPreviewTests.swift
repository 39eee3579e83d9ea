// The first records of files, whole, cut and damaged.

import TestFiles
import Testing

@testable import Records

@Suite struct RecordPreviewTests {
    private let folder: TemporaryFolder
    private static let lines = (0..<20_000).map { #"{"n":\#($0),"name":"名前 \#($0 * 7_919 % 20_011)"}"# }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func gzip(_ text: String) throws -> [UInt8] {
        try Program.run("gzip", ["-c"], input: Array(text.utf8)).output
    }

    @Test("The first records of a file are given, plain or gzip", arguments: [0, 1, 3, 20_000, 30_000])
    func first(limit: Int) throws {
        let text = Self.lines.joined(separator: "\r\n")
        for bytes in [Array(text.utf8), try gzip(text)] {
            let file = try folder.write(bytes, to: "a")
            let preview = RecordPreview(file: file, limit: limit)
            #expect(preview.records == Array(Self.lines.prefix(limit)))
            #expect(preview.error == nil)
            #expect(preview.malformedLines == 0)
            let whole = RecordPreview(bytes: bytes, of: "a", isWhole: true, limit: limit)
            #expect(whole.records == Array(Self.lines.prefix(limit)))
            #expect(whole.error == nil)
        }
    }

    @Test("The beginning of an object is enough, wherever it is cut")
    func beginnings() throws {
        let text = Self.lines.prefix(300).joined(separator: "\n") + "\n"
        for bytes in [Array(text.utf8), try gzip(text)] {
            for length in stride(from: 0, to: bytes.count, by: 211) {
                let preview = RecordPreview(
                    bytes: Array(bytes[..<length]), of: "a", isWhole: false, limit: 1_000)
                #expect(preview.records == Array(Self.lines.prefix(preview.records.count)))
                #expect(preview.error == nil)
                #expect(preview.malformedLines == 0)
                if length > bytes.count / 2 { #expect(preview.records.count > 50) }
            }
        }
    }

    @Test("A damaged file gives the records before the damage, and the error")
    func damaged() throws {
        let packed = try gzip(Self.lines.joined(separator: "\n"))
        let file = try folder.write(packed.dropLast(5_000), to: "cut.json.gz")
        let preview = RecordPreview(file: file, limit: 100_000)
        #expect(preview.error == .damagedGzip(file: file, .truncated))
        #expect(preview.records.count > 1_000)
        #expect(preview.records == Array(Self.lines.prefix(preview.records.count)))
        #expect(RecordPreview(file: file, limit: 10).error == nil)
    }

    @Test("Malformed lines are left out and counted")
    func malformed() throws {
        let file = try folder.write("{\"a\":1}\nnot json\n{\"a\":2}\n", to: "a.json")
        let preview = RecordPreview(file: file, limit: 10)
        #expect(preview.records == ["{\"a\":1}", "{\"a\":2}"])
        #expect(preview.malformedLines == 1)
        #expect(preview.firstMalformed?.line == 2)
    }

    @Test("No more is read than asked for, even of one endless line")
    func bounded() throws {
        let file = try folder.write("{\"a\":\"" + String(repeating: "x", count: 3_000_000), to: "a.json")
        let preview = RecordPreview(file: file, limit: 10, maximumBytes: 100_000)
        #expect(preview.records == [])
        #expect(preview.error == nil)
        #expect(preview.malformedLines == 0)
    }

    @Test("What is not there is said")
    func missing() {
        let preview = RecordPreview(file: folder.file("missing"), limit: 10)
        #expect(preview.error == .unreadable(file: folder.file("missing"), code: 2))
        #expect(preview.records == [])
    }
}
