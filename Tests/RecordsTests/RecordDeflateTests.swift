// The compressor of records, judged by zlib, gzip and Python on texts that are meant for it and on texts that are not.

import TestFiles
import Testing

@testable import Records

@Suite struct RecordDeflateTests {
    private func deflate(_ text: [UInt8]) throws -> [UInt8]? {
        try text.withUnsafeBytes { try RecordDeflate.deflate($0) }
    }

    /// What zlib finds in a piece, once the stream is ended after it.
    private func inflated(_ piece: [UInt8]) -> [UInt8]? {
        Inflated(piece + [0x03, 0x00])?.content
    }

    @Test("What zlib inflates is the text, whatever stands between the records and wherever it is cut")
    func texts() throws {
        var taken = 0
        for (name, text) in DeflateTexts.all {
            guard let piece = try deflate(text) else { continue }
            taken += 1
            #expect(inflated(piece) == text, "\(name)")
            #expect(piece.count <= text.count + text.count / 1_000 + 64, "\(name)")
        }
        #expect(taken > DeflateTexts.all.count / 2)
    }

    @Test("Records of any number are inflated as they were, to their last byte")
    func lengths() throws {
        let records = DeflateTexts.records(400, seed: 5)
        var taken = 0
        for count in Array(0..<600) + Array(stride(from: 600, to: records.count, by: 4_001)) {
            let text = Array(records.prefix(count))
            guard let piece = try deflate(text) else { continue }
            taken += 1
            #expect(inflated(piece) == text, "\(count) bytes")
        }
        #expect(taken > 100)
    }

    @Test("Records make less than zlib's level 6 does, and the same in every run")
    func size() throws {
        let text = DeflateTexts.records(3_000, seed: 1)
        let piece = try #require(try deflate(text))
        let other = try #require(Deflater.all.first { $0.testDescription == "zlib -6" })
        #expect(piece.count < other.deflate(text).count)
        #expect(try deflate(text) == piece)
    }

    @Test(
        "It gives up what another compressor makes less of, or hardly anything can be made of",
        arguments: [
            Content.random(200_000), [UInt8](repeating: 0x61, count: 300_000), [], [0x7B],
            Array((0..<60_000).map { "\($0 &* 7_919 % 10_007)" }.joined(separator: ",").utf8),
        ])
    func notForIt(text: [UInt8]) throws {
        #expect(try deflate(text) == nil)
    }

    @Test(
        "A record that comes again just within a reader's window, and just beyond it, is referred to rightly")
    func window() throws {
        // The same record comes again after 0 to 70,000 other bytes.
        let record = DeflateTexts.records(1, seed: 8)
        var text = DeflateTexts.records(200, seed: 9)
        for gap in stride(from: 32_768 - record.count - 40, through: 32_768 + 40, by: 1) {
            text += record + DeflateTexts.records(gap / 330, seed: UInt64(gap))
            text += [UInt8](repeating: 0x20, count: max(0, gap - gap / 330 * 330)) + record
            if text.count > 3_000_000 { break }
        }
        let piece = try #require(try deflate(text))
        #expect(inflated(piece) == text)
    }

    @Test("gzip, pigz and Python read a file of such pieces as one member")
    func otherReaders() throws {
        var stream = GzipStream()
        var bytes = GzipStream.header
        var content: [UInt8] = []
        for (_, text) in DeflateTexts.all {
            bytes += stream.append(try text.withUnsafeBytes { try DeflateBlock($0) })
            content += text
        }
        bytes += stream.end
        let folder = try TemporaryFolder()
        let file = try folder.write(bytes, to: "a.gz")
        #expect(try Program.run("gzip", ["-dc", file]).output == content)
        #expect(try Program.run("pigz", ["-dc", file]).output == content)
        // One member: nothing is left where it ends.
        let script = """
            import sys, zlib
            stream = zlib.decompressobj(31)
            text = stream.decompress(open(sys.argv[1], "rb").read())
            assert stream.eof and not stream.unused_data
            sys.stdout.buffer.write(text)
            """
        let python = try Program.python(script, [file])
        #expect(python.output == content, "\(python.errors)")
    }
}

@Suite struct WordStartsTests {
    @Test("Words begin where letters, digits and characters beyond ASCII do")
    func starts() {
        func isWord(_ byte: UInt8) -> Bool {
            byte >= 0x80 || Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
        }
        for text in [
            Content.random(6_400), Content.records(100),
            Array(repeating: (0...255) as ClosedRange<UInt8>, count: 4).flatMap(\.self),
        ] {
            var starts = WordStarts()
            for offset in stride(from: 0, through: text.count - WordStarts.stride, by: WordStarts.stride) {
                let marks = text.withUnsafeBytes { starts.next($0.baseAddress! + offset) }
                for place in offset..<(offset + WordStarts.stride) {
                    let isFirst =
                        text[place] >= 0xC0 || isWord(text[place]) && (place == 0 || !isWord(text[place - 1]))
                    #expect((marks >> UInt64(place - offset) & 1 == 1) == isFirst, "byte \(place)")
                }
            }
        }
    }
}

/// Texts that a compressor of records meets, the same in every run.
enum DeflateTexts {
    static let all: [(name: String, text: [UInt8])] =
        [
            ("records", records(1_500, seed: 1)),
            ("records of one kind", Array(repeating: records(1, seed: 2), count: 2_000).flatMap(\.self)),
            (
                "records that hold random bytes",
                records(100, seed: 3) { Content.random(Int($0 % 700), seed: $0) }
            ),
            ("records that hold long random bytes", records(40, seed: 4) { Content.random(9_000, seed: $0) }),
            ("records, then bytes as they are", records(400, seed: 5) + Content.random(400_000)),
            ("records, then no word", records(400, seed: 6) + [UInt8](repeating: 0, count: 400_000)),
            (
                "records, then nothing but words",
                records(400, seed: 7) + Array(repeating: Array("a,".utf8), count: 200_000).flatMap(\.self)
            ),
            (
                "records with characters",
                records(800, seed: 8) { Array("\(names[Int($0 % 5)]) 日本 \($0 % 9)".utf8) }
            ),
            (
                "two long records",
                Array(
                    repeating: Array("{\"word\":\"".utf8) + Content.random(20_000).map { 0x61 + $0 % 26 }
                        + Array("\"}\n".utf8), count: 9
                ).flatMap(\.self)
            ),
        ] + Content.all.map { ($0.name, $0.bytes) }
        + (0..<200).map { ("piece \($0)", records(1 + Int($0) % 40, seed: 100 + $0)) }

    private static let names = ["Ruth García", "Maya van der Berg", "Søren", "王小明", "Ana"]

    /// Records that have much in common; `more` makes what stands in one of their fields, as it is.
    static func records(
        _ count: Int, seed: UInt64, more: (UInt64) -> [UInt8] = { Array("\($0)".utf8) }
    ) -> [UInt8] {
        var text: [UInt8] = []
        let numbers = Content.random(8 * count, seed: seed)
        for record in 0..<count {
            let values = numbers[(8 * record)..<(8 * record + 8)].map(UInt64.init)
            let number = values.reduce(0) { $0 << 8 | $1 }
            text += Array(
                #"{"_id":"\#(String(number, radix: 16))","timestamp":"2026-03-0\#(1 + values[0] % 9)T00:\#(10 + values[1] % 50):19.\#(100 + values[2])Z","eventType":"web.webpagedetails.pageViews","identity":{"ecid":"\#(number)","authenticated":\#(values[3] < 90)},"web":{"page":{"url":"https://shop.example.com/en/p/\#(values[4])","loadSeconds":0.\#(values[5])}},"browser":{"name":"\#(values[6] < 128 ? "Chrome" : "Safari")","version":\#(100 + values[7] % 7)},"more":""#
                    .utf8)
            text += more(number)
            text += Array("\"}\n".utf8)
        }
        return text
    }
}
