// Reading gzip as other programs write it, and telling what is wrong with what is damaged.

import TestFiles
import Testing

@testable import Records

@Suite struct GzipReaderTests {
    private static let content = Array(
        (0..<4_000).map { #"{"n":\#($0),"name":"name \#($0 * 7_919 % 1_000)"}"# + "\n" }.joined().utf8)

    private func gzip(_ bytes: [UInt8], _ options: [String] = []) throws -> [UInt8] {
        let run = try Program.run("gzip", ["-c"] + options, input: bytes)
        #expect(run.status == 0)
        return run.output
    }

    /// All that can be read of `bytes`, and what ended it.
    private func inflate(_ bytes: [UInt8], step: Int = 10_000) -> (content: [UInt8], error: RecordsError?) {
        let reader = GzipReader(MemorySource(bytes, isCut: false), name: "x.gz")
        var content: [UInt8] = []
        var room = [UInt8](repeating: 0, count: step)
        do {
            while case let count = try reader.read(into: &room, at: 0, limit: step), count > 0 {
                content += room[..<count]
            }
            return (content, nil)
        } catch {
            return (content, error as? RecordsError)
        }
    }

    @Test("What gzip writes is read, in steps of any size", arguments: [1, 7, 1_000, 1_000_000])
    func steps(step: Int) throws {
        for level in ["-1", "-9"] {
            let result = inflate(try gzip(Self.content, [level]), step: step)
            #expect(result.content == Self.content)
            #expect(result.error == nil)
        }
    }

    @Test("Members one after the other are one content, and zeros after the last do not matter")
    func members() throws {
        let member = try gzip(Self.content)
        let empty = try gzip([])
        let result = inflate(member + empty + member + [UInt8](repeating: 0, count: 700))
        #expect(result.content == Self.content + Self.content)
        #expect(result.error == nil)
        #expect(inflate(empty).content == [])
        #expect(inflate(empty).error == nil)
    }

    @Test("A stream that is cut anywhere is truncated, and what was before the cut is given")
    func truncated() throws {
        let member = try gzip(Self.content)
        for length in [
            3, 9, 10, 11, 500, member.count / 2, member.count - 9, member.count - 8, member.count - 1,
        ] {
            let result = inflate(Array(member[..<length]))
            #expect(result.error == .damagedGzip(file: "x.gz", .truncated), "\(length)")
            #expect(Self.content.starts(with: result.content))
            if length == member.count - 1 { #expect(result.content == Self.content) }
        }
        let second = inflate(member + member[..<100])
        #expect(second.error == .damagedGzip(file: "x.gz", .truncated))
        #expect(second.content.starts(with: Self.content))
    }

    @Test("Each kind of damage is named")
    func damage() throws {
        let member = try gzip(Self.content)
        func changed(_ index: Int) -> [UInt8] {
            var bytes = member
            bytes[index] ^= 0xFF
            return bytes
        }
        #expect(inflate(Array("plain".utf8)).error == .damagedGzip(file: "x.gz", .notGzip))
        #expect(inflate(changed(member.count - 8)).error == .damagedGzip(file: "x.gz", .wrongChecksum))
        #expect(inflate(changed(member.count - 1)).error == .damagedGzip(file: "x.gz", .wrongLength))
        #expect(inflate(member + Array("garbage".utf8)).error == .damagedGzip(file: "x.gz", .trailingGarbage))
        #expect(inflate(member + [0, 0, 1]).error == .damagedGzip(file: "x.gz", .trailingGarbage))
        #expect(inflate(member + [0x1F, 0x8C, 8, 0]).error == .damagedGzip(file: "x.gz", .trailingGarbage))
        guard case .damagedGzip(_, .invalidData) = inflate(changed(2)).error else {
            Issue.record("an unknown method: \(String(describing: inflate(changed(2)).error))")
            return
        }
    }

    @Test("Any flipped bit in the compressed data is found")
    func flippedBits() throws {
        let member = try gzip(Self.content)
        for index in stride(from: 10, to: member.count, by: 37) {
            var bytes = member
            bytes[index] ^= UInt8(1 << (index % 8))
            #expect(inflate(bytes).error != nil, "byte \(index)")
        }
    }
}
