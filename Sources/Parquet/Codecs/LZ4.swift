// LZ4: blocks as they are, and in Hadoop's frames.

import CLZ4

/// A bare LZ4 block.
enum LZ4Block {
    /// Decompresses the block `input`; returns how many bytes it held, or nil if it is damaged or holds more
    /// than fit.
    static func decompress(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> Int? {
        guard let inputCount = Int32(exactly: input.count), let outputCount = Int32(exactly: output.count)
        else { return nil }
        let count = LZ4_decompress_safe(
            input.bindMemory(to: CChar.self).baseAddress, output.bindMemory(to: CChar.self).baseAddress,
            inputCount, outputCount)
        return count < 0 ? nil : Int(count)
    }
}

/// Hadoop's frames, which the deprecated codec LZ4 stands for (Compression.md of the Parquet format).
///
/// A frame is the number of its uncompressed bytes, and blocks until there are as many, each with the number of
/// its compressed bytes before it. Numbers are 32 bits, the high byte first.
enum HadoopLZ4 {
    /// Decompresses all frames of `input`; returns how many bytes they held, or nil if these are no such frames.
    static func decompress(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> Int? {
        var input = input
        var count = 0
        while !input.isEmpty {
            guard let frame = takeNumber(&input), frame <= output.count - count else { return nil }
            let end = count + frame
            while count < end {
                guard let size = takeNumber(&input), size <= input.count else { return nil }
                let block = UnsafeRawBufferPointer(rebasing: input[..<size])
                let rest = UnsafeMutableRawBufferPointer(rebasing: output[count..<end])
                // A block of nothing would be the first of many without end.
                guard let written = LZ4Block.decompress(block, into: rest), written > 0 else { return nil }
                input = UnsafeRawBufferPointer(rebasing: input[size...])
                count += written
            }
        }
        return count
    }

    private static func takeNumber(_ input: inout UnsafeRawBufferPointer) -> Int? {
        guard input.count >= 4 else { return nil }
        let number = UInt32(bigEndian: input.loadUnaligned(as: UInt32.self))
        input = UnsafeRawBufferPointer(rebasing: input[4...])
        return Int(number)
    }
}
