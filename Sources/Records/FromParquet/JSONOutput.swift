// Memory that JSON is written into: the writers of values ask for room once and then write without checks.

import Glibc
import Languages
import Parquet

/// A place in the output.
typealias OutputPointer = UnsafeMutablePointer<UInt8>

/// Bytes that grow at their end.
///
/// Who writes holds the place after what is written, asks with `reserve` for room there, and gives the place back
/// with `finish`.
struct JSONOutput: ~Copyable {
    /// How many bytes beyond what was asked for may be written, so that short texts are copied in whole words.
    static let slack = 64

    private var base: UnsafeMutableRawPointer
    /// Where `slack` bytes are left.
    private var limit: OutputPointer
    /// How many bytes are written.
    private(set) var count = 0
    /// Where the record that is being written begins.
    private var recordOffset = 0
    private let maximumRecord: Int

    /// Room for `capacity` bytes, and more when they are needed.
    ///
    /// - Parameter maximumRecord: how many bytes one record may have; no more memory than for twice as many is
    ///   taken for it.
    init(capacity: Int, maximumRecord: Int = LineReader.defaultMaximumLine) throws {
        guard let memory = malloc(capacity + Self.slack) else { throw RecordsError.outOfMemory }
        base = memory
        limit = base.assumingMemoryBound(to: UInt8.self) + capacity
        self.maximumRecord = maximumRecord
    }

    deinit { free(base) }

    /// Where the next byte goes.
    var end: OutputPointer { base.assumingMemoryBound(to: UInt8.self) + count }

    /// The bytes written.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// Makes room for `room` bytes, and `slack`, at `place`, which may move.
    @inline(__always)
    mutating func reserve(_ room: Int, at place: inout OutputPointer) throws {
        if limit - place < room { try grow(room, at: &place) }
    }

    /// Takes up what has been written before `place`, the end of a record.
    @inline(__always)
    mutating func finishRecord(at place: OutputPointer) {
        count = UnsafeMutableRawPointer(place) - base
        recordOffset = count
    }

    /// Forgets everything, and keeps the memory.
    mutating func removeAll() {
        count = 0
        recordOffset = 0
    }

    @inline(never)
    private mutating func grow(_ room: Int, at place: inout OutputPointer) throws {
        let used = UnsafeMutableRawPointer(place) - base
        guard used - recordOffset + room <= maximumRecord else {
            throw ParquetError(.tooLarge(Text("a record has more than \(maximumRecord) bytes as JSON")))
        }
        let capacity = max(2 * (UnsafeMutableRawPointer(limit) - base), used + room)
        guard let memory = realloc(base, capacity + Self.slack) else { throw RecordsError.outOfMemory }
        base = memory
        limit = base.assumingMemoryBound(to: UInt8.self) + capacity
        place = base.assumingMemoryBound(to: UInt8.self) + used
    }
}

extension OutputPointer {
    /// Writes one byte.
    @inline(__always)
    func put(_ byte: UInt8) -> OutputPointer {
        pointee = byte
        return self + 1
    }

    /// Writes the bytes of an integer as they lie in memory.
    @inline(__always)
    func store(_ value: some FixedWidthInteger & BitwiseCopyable) {
        UnsafeMutableRawPointer(self).storeBytes(of: value, as: type(of: value))
    }

    /// Writes the text of a literal, which must be ASCII.
    @inline(__always)
    func put(_ text: StaticString) -> OutputPointer {
        update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        return self + text.utf8CodeUnitCount
    }

    /// Copies `count` bytes from `source`, where up to 32 must be readable, and may write as many.
    @inline(__always)
    func putShort(_ source: UnsafePointer<UInt8>, _ count: Int) -> OutputPointer {
        if count <= 32 {
            let from = UnsafeRawPointer(source)
            let to = UnsafeMutableRawPointer(self)
            let first = from.loadUnaligned(as: SIMD16<UInt8>.self)
            let second = from.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
            to.storeBytes(of: first, as: SIMD16<UInt8>.self)
            to.storeBytes(of: second, toByteOffset: 16, as: SIMD16<UInt8>.self)
        } else {
            memcpy(self, source, count)
        }
        return self + count
    }
}
