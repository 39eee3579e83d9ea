// How files are cut into lines and blocks, and what is passed on of them.

import TestFiles
import Testing

@testable import Records

@Suite struct LineReaderTests {
    /// The records of `content` as they are passed on, with what was counted.
    private func pass(
        _ content: some Sequence<UInt8>, blockSize: Int = 64, maximumLine: Int = 1_000
    ) throws -> (text: String, count: RecordCount, blocks: Int) {
        let reader = try LineReader(
            MemorySource(Array(content), isCut: false), name: "memory", file: 0, blockSize: blockSize,
            maximumLine: maximumLine)
        var text: [UInt8] = []
        var tally = RecordTally(files: ["memory"])
        var blocks = 0
        while let block = try reader.next() {
            let lines = CheckedLines(block)
            tally.add(lines.figures)
            lines.withBytes { text += $0 }
            blocks += 1
        }
        #expect(tally.count.recordBytes == text.count)
        return (String(decoding: text, as: UTF8.self), tally.count, blocks)
    }

    @Test(
        "Every record is passed on with one line feed, and nothing else",
        arguments: [
            ("", "", 0), ("\n", "", 0), ("\n\n \t\r\n", "", 0), ("{}", "{}\n", 1), ("{}\n", "{}\n", 1),
            ("{}\r\n", "{}\n", 1), ("{}\r", "{}\n", 1), ("{}\r\r\n{}", "{}\n{}\n", 2),
            ("{} \t\r\n", "{} \t\n", 1),
            ("{}\n{}", "{}\n{}\n", 2), ("\n{}\n\n{}\n\n", "{}\n{}\n", 2),
            ("\r\n{}\r\n\r\n{}\r\n", "{}\n{}\n", 2),
            ("\u{FEFF}{}\n{}\n", "{}\n{}\n", 2), ("\u{FEFF}\r\n{}\n", "{}\n", 1), ("\u{FEFF}", "", 0),
            ("  {\"a\":\r1}\n", "  {\"a\":\r1}\n", 1),
        ])
    func lineEnds(content: String, passed: String, records: Int) throws {
        for blockSize in [1, 2, 3, 5, 64] {
            let result = try pass(content.utf8, blockSize: blockSize)
            #expect(result.text == passed)
            #expect(result.count.records == records)
            #expect(result.count.malformedLines == 0)
        }
    }

    @Test("Malformed lines are left out and counted, and the first is named by its number in the file")
    func malformedLines() throws {
        let content = "\u{FEFF}{}\r\n\n[1]\n{\"a\":1}\n{\"a\":}\n\u{FEFF}{}\nlast"
        for blockSize in [1, 4, 9, 1_000] {
            let result = try pass(content.utf8, blockSize: blockSize)
            #expect(result.text == "{}\n{\"a\":1}\n")
            #expect(result.count.records == 2)
            #expect(result.count.malformedLines == 4)
            #expect(
                result.count.firstMalformed
                    == MalformedLine(
                        file: "memory", line: 3, fault: JSONLineFault(rule: .notAnObject, offset: 0)))
        }
    }

    @Test("Wherever the edges of blocks fall, the same lines come out")
    func blockEdges() throws {
        let lines = (0..<60).map { #"{"n":\#($0),"text":"\#(String(repeating: "x", count: $0 * 7 % 53))"}"# }
        let content = Array(lines.joined(separator: "\n").utf8)
        let expected = lines.joined(separator: "\n") + "\n"
        for blockSize in 1...130 {
            let result = try pass(content, blockSize: blockSize)
            #expect(result.text == expected, "blocks of \(blockSize)")
            #expect(result.count.records == 60)
            #expect(result.count.bytesRead == content.count)
        }
    }

    @Test("A line may be as long as the limit, and one byte more is malformed, with its neighbours kept")
    func longLines() throws {
        func record(_ length: Int) -> String {
            #"{"a":""# + String(repeating: "b", count: length - 8) + #""}"#
        }
        for blockSize in [1, 64, 500] {
            for end in ["\n", "\n{}\n", ""] {
                let exact = "{}\n" + record(500) + end
                #expect(
                    try pass(exact.utf8, blockSize: blockSize, maximumLine: 500).count.malformedLines == 0)
                for length in [501, 502, 1_000, 5_000] {
                    let over = try pass(
                        ("{}\n" + record(length) + end).utf8, blockSize: blockSize, maximumLine: 500)
                    #expect(over.text == (end.count > 1 ? "{}\n{}\n" : "{}\n"))
                    #expect(over.count.malformedLines == 1)
                    #expect(over.count.firstMalformed?.line == 2)
                    #expect(over.count.firstMalformed?.fault.rule == .tooLong(maximum: 500))
                }
            }
        }
    }

    @Test("What is not a file is refused with a sentence")
    func notFiles() throws {
        let folder = try TemporaryFolder()
        #expect(throws: RecordsError.notAFile(file: folder.path)) {
            try LineReader(path: folder.path, file: 0)
        }
        #expect(throws: RecordsError.notAFile(file: "/dev/null")) {
            try LineReader(path: "/dev/null", file: 0)
        }
        let missing = folder.file("missing.json")
        let error = #expect(throws: RecordsError.self) { try LineReader(path: missing, file: 0) }
        #expect(
            "\(error?.description ?? "")"
                == "Cannot read \(missing): No such file or directory. Check the path.")
    }
}
