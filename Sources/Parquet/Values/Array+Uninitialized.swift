// Arrays that grow by what a loop writes into them.

extension Array where Element: BitwiseCopyable {
    /// Adds `count` elements at the end, all of which `write` writes.
    @inline(__always)
    mutating func append(
        exactly count: Int, _ write: (UnsafeMutableBufferPointer<Element>) throws -> Void
    ) rethrows {
        try append(atMost: count) { buffer in
            try write(buffer)
            return count
        }
    }

    /// Adds elements at the end that `write` writes, and whose number, at most `capacity`, it returns.
    @inline(__always)
    mutating func append(
        atMost capacity: Int, _ write: (UnsafeMutableBufferPointer<Element>) throws -> Int
    ) rethrows {
        // Growing by half again or more keeps many small additions cheap.
        if count + capacity > self.capacity { reserveCapacity(Swift.max(count + capacity, count * 2)) }
        try append(addingCapacity: capacity) { (span: inout OutputSpan<Element>) throws -> Void in
            try span.withUnsafeMutableBufferPointer { buffer, initialized in
                initialized = try write(UnsafeMutableBufferPointer(rebasing: buffer[..<capacity]))
            }
        }
    }
}
