// The gzip stream that records become, judged by gzip and Python.

import Foundation
import Synchronization
import TestFiles
import Testing

@testable import Records

@Suite struct GzippedRecordsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static func lines(_ count: Int, from first: Int = 0) -> String {
        (first..<(first + count)).map {
            #"{"_id":"\#($0 &* 2_654_435_761 % 1_000_003)","n":\#($0),"tags":["a","日本 \#($0 % 7)",null]}"#
                + "\n"
        }.joined()
    }

    private func collect(_ records: GzippedRecords) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in records { bytes += chunk }
        return bytes
    }

    /// Checks `gzip` against other programs: whole, of one member, and with `content` in it.
    private func expectOneMember(_ gzip: [UInt8], of content: String) throws {
        let file = try folder.write(gzip, to: "out.json.gz")
        #expect(try Program.run("gzip", ["-t", file]).status == 0)
        #expect(try Program.run("gzip", ["-dc", file]).output == Array(content.utf8))
        let python = try Program.python(
            """
            import sys, zlib, json
            one = zlib.decompressobj(31)
            content = one.decompress(open(sys.argv[1], 'rb').read())
            assert one.eof and one.unused_data == b'', 'more than one member'
            print(len(content), zlib.crc32(content), sum(1 for line in content.splitlines() if json.loads(line) is not None))
            """, [file])
        #expect(python.status == 0, "\(python.errors)")
        #expect(python.text.split(separator: " ").first.map(String.init) == "\(content.utf8.count)")
    }

    @Test(
        "Files in are one gzip member out, with every record in order", arguments: [1, 100, 5_000, 524_288])
    func oneMember(blockSize: Int) async throws {
        let texts = [Self.lines(500), "", Self.lines(300, from: 500), Self.lines(1, from: 800)]
        let files = try texts.enumerated().map { try folder.write($1, to: "part-\($0).json") }
        var records = GzippedRecords(files: files, malformedLines: .fail)
        records.blockSize = blockSize
        let gzip = try await collect(records)
        try expectOneMember(gzip, of: texts.joined())
        let summary = records.summary
        #expect(summary.count.records == 801)
        #expect(summary.count.recordBytes == texts.joined().utf8.count)
        #expect(summary.count.bytesRead == texts.joined().utf8.count)
        #expect(summary.count.malformedLines == 0)
        #expect(summary.bytesWritten == gzip.count)
        let crc = gzip.suffix(8).prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        #expect(summary.crc32 == crc)
    }

    @Test("No files, and files without records, are an empty gzip member")
    func empty() async throws {
        try expectOneMember(try await collect(GzippedRecords(files: [], malformedLines: .fail)), of: "")
        let blank = try folder.write("\r\n \n\n", to: "blank.json")
        try expectOneMember(try await collect(GzippedRecords(files: [blank], malformedLines: .fail)), of: "")
    }

    @Test("Gzip files are read by their first bytes, whatever their names")
    func gzipIn() async throws {
        let text = Self.lines(2_000)
        let plain = try folder.write(text, to: "plain.json.gz")
        let member = try Program.run("gzip", ["-c", plain]).output
        let gzip = try folder.write(member + member, to: "two-members.json")
        let records = GzippedRecords(files: [gzip, plain], malformedLines: .fail)
        try expectOneMember(try await collect(records), of: text + text + text)
        #expect(records.summary.count.bytesRead == 2 * member.count + text.utf8.count)
    }

    @Test("Lines longer than a block, up to megabytes, pass whole")
    func longLines() async throws {
        let long = #"{"a":""# + String(repeating: "long line ", count: 300_000) + #""}"# + "\n"
        let text = Self.lines(10) + long + Self.lines(10) + long + long
        let file = try folder.write(text, to: "long.json")
        try expectOneMember(try await collect(GzippedRecords(files: [file], malformedLines: .fail)), of: text)
    }

    @Test("The same files give the same bytes, also when the stream is read again")
    func deterministic() async throws {
        let file = try folder.write(Self.lines(30_000), to: "part.json")
        let records = GzippedRecords(files: [file], malformedLines: .fail)
        let first = try await collect(records)
        let summary = records.summary
        #expect(try await collect(records) == first)
        #expect(records.summary == summary)
        #expect(try await collect(GzippedRecords(files: [file], malformedLines: .skip)) == first)
    }

    @Test("Under “fail” the stream throws, with file, line, and how many were seen")
    func failing() async throws {
        let good = try folder.write(Self.lines(2_000), to: "good.json")
        let bad = try folder.write(
            Self.lines(5_000) + "\n[]\n" + Self.lines(5_000) + "{\"a\":NaN}\n" + Self.lines(5_000),
            to: "bad.json")
        var records = GzippedRecords(files: [good, bad], malformedLines: .fail)
        records.blockSize = 10_000
        let error = await #expect(throws: RecordsError.self) { try await collect(records) }
        let first = MalformedLine(file: bad, line: 5_002, fault: JSONLineFault(rule: .notAnObject, offset: 0))
        #expect(error == .malformedLine(first, malformedLines: 1))
        #expect(
            "\(error?.description ?? "")"
                == "Line 5002 of \(bad) is not a JSON object: it does not begin with “{” (at byte 1). "
                + "Correct it, or choose to skip such lines.")
        #expect(records.summary.count.firstMalformed == first)
    }

    @Test(
        "Under “skip” malformed lines are left out, counted, and the first is named",
        arguments: [64, 524_288])
    func skipping(blockSize: Int) async throws {
        let file = try folder.write(
            "\u{FEFF}" + Self.lines(700) + "oops\r\n\r\n" + Self.lines(700, from: 700)
                + "{\"a\":\"\u{1}\"}\n{", to: "a.json")
        let other = try folder.write("nothing here", to: "b.json")
        var records = GzippedRecords(files: [file, other], malformedLines: .skip)
        records.blockSize = blockSize
        try expectOneMember(try await collect(records), of: Self.lines(1_400))
        #expect(records.summary.count.records == 1_400)
        #expect(records.summary.count.malformedLines == 4)
        #expect(records.summary.count.firstMalformed?.file == file)
        #expect(records.summary.count.firstMalformed?.line == 701)
    }

    @Test("A line beyond the limit is malformed, and memory is not spent on it")
    func overlongLine() async throws {
        let long = #"{"a":""# + String(repeating: "x", count: 300_000) + #""}"# + "\n"
        let file = try folder.write(Self.lines(5) + long + Self.lines(5, from: 5), to: "a.json")
        var records = GzippedRecords(files: [file], malformedLines: .skip)
        records.blockSize = 1_000
        records.maximumLine = 100_000
        try expectOneMember(try await collect(records), of: Self.lines(10))
        #expect(records.summary.count.firstMalformed?.line == 6)
        #expect(records.summary.count.firstMalformed?.fault.rule == .tooLong(maximum: 100_000))
    }

    @Test(
        "A damaged gzip file fails the stream under both policies",
        arguments: [MalformedLinePolicy.fail, .skip])
    func damagedInput(policy: MalformedLinePolicy) async throws {
        let plain = try folder.write(Self.lines(5_000), to: "plain.json")
        let member = try Program.run("gzip", ["-c", plain]).output
        let cut = try folder.write(member.dropLast(100), to: "cut.json.gz")
        let records = GzippedRecords(files: [plain, cut], malformedLines: policy)
        let error = await #expect(throws: RecordsError.self) { try await collect(records) }
        #expect(error == .damagedGzip(file: cut, .truncated))
    }

    @Test("A file that is not there fails the stream")
    func missingInput() async throws {
        let records = GzippedRecords(files: [folder.file("missing")], malformedLines: .skip)
        await #expect(throws: RecordsError.unreadable(file: folder.file("missing"), code: ENOENT)) {
            try await collect(records)
        }
    }

    @Test("Progress is told after every chunk, and never goes back")
    func progress() async throws {
        let file = try folder.write(Self.lines(40_000), to: "part.json")
        let told = Mutex<[GzippedRecords.Summary]>([])
        let records = GzippedRecords(files: [file], malformedLines: .fail) { summary in
            told.withLock { $0.append(summary) }
        }
        var chunks = 0
        for try await _ in records { chunks += 1 }
        let summaries = told.withLock { $0 }
        #expect(summaries.count == chunks)
        #expect(summaries.map(\.bytesWritten) == summaries.map(\.bytesWritten).sorted())
        #expect(summaries.map(\.count.records) == summaries.map(\.count.records).sorted())
        #expect(summaries.last == records.summary)
    }

    @Test("A cancelled reader gets an error, not an end")
    func cancelled() async throws {
        let file = try folder.write(Self.lines(40_000), to: "part.json")
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (held, release) = AsyncStream.makeStream(of: Void.self)
        let reading = Task {
            for try await _ in GzippedRecords(files: [file], malformedLines: .fail) {
                begin.yield()
                for await _ in held { break }
            }
        }
        for await _ in begun { break }
        reading.cancel()
        release.yield()
        await #expect(throws: CancellationError.self) { try await reading.value }
    }
}
