// Deflate streams of many kinds, made by zlib and libdeflate, and zlib's word on what is in them.

import CDeflate
import CZlib
import Testing

/// One way to deflate.
struct Deflater: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let deflate: @Sendable ([UInt8]) -> [UInt8]

    /// All levels of both libraries, and zlib's strategies.
    static let all: [Deflater] =
        (0...9).map { level in
            Deflater(testDescription: "zlib -\(level)") {
                zlib($0, level: level, strategy: Z_DEFAULT_STRATEGY)
            }
        }
        + [("fixed", Z_FIXED), ("huffman", Z_HUFFMAN_ONLY), ("rle", Z_RLE)].map { name, strategy in
            Deflater(testDescription: "zlib \(name)") { zlib($0, level: 6, strategy: strategy) }
        }
        + (0...12).map { level in
            Deflater(testDescription: "libdeflate -\(level)") { libdeflate($0, level: level) }
        }

    private static func zlib(_ content: [UInt8], level: Int32, strategy: Int32) -> [UInt8] {
        var content = content
        var stream = z_stream()
        deflateInit2_(
            &stream, level, Z_DEFLATED, -15, 8, strategy, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(content.count))) + 64)
        let capacity = output.count
        return content.withUnsafeMutableBufferPointer { content in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = content.baseAddress
                stream.avail_in = uInt(content.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(capacity)
                CZlib.deflate(&stream, Z_FINISH)
                return Array(output[..<(capacity - Int(stream.avail_out))])
            }
        }
    }

    private static func libdeflate(_ content: [UInt8], level: Int32) -> [UInt8] {
        let compressor = libdeflate_alloc_compressor(level)
        defer { libdeflate_free_compressor(compressor) }
        var output = [UInt8](
            repeating: 0, count: libdeflate_deflate_compress_bound(compressor, content.count))
        let count = libdeflate_deflate_compress(compressor, content, content.count, &output, output.count)
        return Array(output[..<count])
    }
}

/// What zlib finds in a raw deflate stream.
struct Inflated {
    let content: [UInt8]
    /// The numbers of the bits with which the last block begins, and after its last.
    let lastStart: Int
    let lastEnd: Int

    /// Inflates block by block; nil if zlib refuses.
    init?(_ deflated: [UInt8]) {
        var deflated = deflated
        var content: [UInt8] = []
        var ends: [Int] = []
        var output = [UInt8](repeating: 0, count: 65_536)
        var stream = z_stream()
        inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { inflateEnd(&stream) }
        var status = Z_OK
        deflated.withUnsafeMutableBufferPointer { deflated in
            stream.next_in = deflated.baseAddress
            stream.avail_in = uInt(deflated.count)
            while status == Z_OK {
                output.withUnsafeMutableBufferPointer { output in
                    stream.next_out = output.baseAddress
                    stream.avail_out = uInt(output.count)
                    status = CZlib.inflate(&stream, Z_BLOCK)
                    content += output[..<(output.count - Int(stream.avail_out))]
                }
                // 128: it stopped right after a block.
                if status == Z_OK && stream.data_type & 128 != 0 {
                    ends.append((deflated.count - Int(stream.avail_in)) * 8 - Int(stream.data_type & 7))
                }
            }
        }
        guard status == Z_STREAM_END, let end = ends.last else { return nil }
        self.content = content
        lastStart = ends.dropLast().last ?? 0
        lastEnd = end
    }
}

/// Bytes of many kinds, the same in every run.
enum Content {
    static let all: [(name: String, bytes: [UInt8])] =
        [
            ("nothing", []),
            ("one byte", [0x7B]),
            ("zeros", [UInt8](repeating: 0, count: 70_000)),
            ("random", random(20_000)),
            ("records", records(300)),
            ("records and random", records(200) + random(12_000) + records(200) + random(10)),
            ("every byte", (0..<1_000).map { UInt8(truncatingIfNeeded: $0) }),
        ] + (2..<14).map { ("\($0) bytes", Array(records(1).prefix($0))) }

    static func records(_ count: Int) -> [UInt8] {
        (0..<count).flatMap { number in
            Array(
                #"{"_id":"\#(number &* 2_654_435_761 % 1_000_003)","n":\#(number),"tags":["a","日本 \#(number % 7)"]}"#
                    .utf8) + [0x0A]
        }
    }

    static func random(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }
}
