// Copies of a few bytes.

extension UnsafeRawBufferPointer {
    /// Copies `length` bytes from `start` to `position` in `target`.
    ///
    /// Bytes behind them may change: they are to be written later.
    ///
    /// Most arrays are short; they are copied faster with one copy of fixed size.
    @inline(__always)
    func copyShort(_ start: Int, _ length: Int, to target: UnsafeMutableRawBufferPointer, at position: Int) {
        if length <= 16, start &+ 16 <= count, position &+ 16 <= target.count {
            target.storeBytes(
                of: loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self), toByteOffset: position,
                as: SIMD16<UInt8>.self)
        } else if length > 0 {
            UnsafeMutableRawBufferPointer(rebasing: target[position..<position &+ length])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: self[start..<start &+ length]))
        }
    }
}
