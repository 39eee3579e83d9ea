// Counting records.

import Synchronization
import TestFiles
import Testing

@testable import Records

@Suite struct RecordCounterTests {
    @Test("Records, bytes and malformed lines are counted over all files, as another program counts them")
    func counts() async throws {
        let folder = try TemporaryFolder()
        let text = (0..<50_000).map { $0 % 1_000 == 999 ? "bad \($0)" : #"{"n":\#($0),"s":"é 日本"}"# }
            .joined(separator: "\r\n")
        let plain = try folder.write(text, to: "plain.json")
        let gzip = try folder.write(try Program.run("gzip", ["-c", plain]).output, to: "packed")
        let empty = try folder.write("", to: "empty.json")
        let told = Mutex<[RecordCount]>([])
        let count = try await RecordCounter.count(files: [empty, plain, gzip]) { count in
            told.withLock { $0.append(count) }
        }
        let grep = try Program.run("grep", ["-c", "^{", plain])
        #expect(grep.text == "\(count.records / 2)\n")
        #expect(count.records == 2 * 49_950)
        #expect(count.malformedLines == 100)
        #expect(
            count.firstMalformed
                == MalformedLine(
                    file: plain, line: 1_000, fault: JSONLineFault(rule: .notAnObject, offset: 0)))
        let kept = text.split(separator: "\r\n").filter { $0.hasPrefix("{") }.reduce(0) {
            $0 + $1.utf8.count + 1
        }
        #expect(count.recordBytes == 2 * Int64(kept))
        #expect(told.withLock { $0.last } == count)
    }

    @Test("No files are no records")
    func nothing() async throws {
        #expect(try await RecordCounter.count(files: []) == RecordCount())
    }

    @Test("A damaged file is an error, not a smaller count")
    func damaged() async throws {
        let folder = try TemporaryFolder()
        let gzip = try Program.run("gzip", ["-c"], input: Array("{}\n{}\n".utf8)).output
        let cut = try folder.write(gzip.dropLast(1), to: "cut.gz")
        await #expect(throws: RecordsError.damagedGzip(file: cut, .truncated)) {
            try await RecordCounter.count(files: [cut])
        }
    }
}
