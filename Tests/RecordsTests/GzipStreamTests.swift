// Pieces that were compressed one by one, as one gzip member, judged by gzip and zlib.

import TestFiles
import Testing

@testable import Records

@Suite struct GzipStreamTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func gzip(_ pieces: [[UInt8]]) throws -> (bytes: [UInt8], stream: GzipStream) {
        var stream = GzipStream()
        var bytes = GzipStream.header
        for piece in pieces {
            bytes += stream.append(try piece.withUnsafeBytes { try DeflateBlock($0) })
        }
        return (bytes + stream.end, stream)
    }

    @Test(
        "Pieces of any kind and length become one member",
        arguments: [
            [], [Content.records(500)], Content.all.map(\.bytes), Content.all.reversed().map(\.bytes),
        ])
    func oneMember(pieces: [[UInt8]]) throws {
        let (bytes, stream) = try gzip(pieces)
        let content = pieces.flatMap { $0 }
        #expect(stream.length == content.count)
        // Between header and trailer is one deflate stream, and nothing after it.
        let inflated = try #require(Inflated(Array(bytes.dropFirst(10).dropLast(8))))
        #expect(inflated.content == content)
        #expect(inflated.lastEnd == (bytes.count - 18) * 8 - 6)
        let file = try folder.write(bytes, to: "a.gz")
        #expect(try Program.run("gzip", ["-t", file]).status == 0)
        #expect(try Program.run("gzip", ["-dc", file]).output == content)
    }

    @Test("Nothing compressed is nothing written")
    func empty() throws {
        let piece = try DeflateBlock(UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(piece.deflated.isEmpty && piece.length == 0 && piece.crc32 == 0)
    }

    @Test("What cannot be compressed hardly grows")
    func incompressible() throws {
        let content = Content.random(50_000)
        let piece = try content.withUnsafeBytes { try DeflateBlock($0) }
        #expect(piece.deflated.count < content.count + 64)
    }
}
