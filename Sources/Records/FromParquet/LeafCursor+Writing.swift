// One value as JSON, in the form of its column.

import Glibc
import Languages
import Parquet

extension LeafCursor {
    /// How many bytes of a long text are written between two questions for room.
    private static let chunk = 4_096

    /// Writes the text before it, value `index`, and the separator.
    @inline(__always)
    mutating func write(
        _ index: Int, to output: inout JSONOutput, at start: OutputPointer
    ) throws -> OutputPointer {
        if form == .rendered { return try writeRendered(index, to: &output, at: start) }
        var place = start
        try output.reserve(prefixCount + 64, at: &place)
        place = place.putShort(prefix, prefixCount)
        switch form {
        case .string: place = try writeString(index, to: &output, at: place)
        case .int64: place = number(at: place) { JSONText.put(load(index, as: Int64.self), at: $0) }
        case .int32: place = number(at: place) { JSONText.put(Int64(load(index, as: Int32.self)), at: $0) }
        case .double: place = number(at: place) { JSONText.put(load(index, as: Double.self), at: $0) }
        case .boolean: place = number(at: place) { $0.put(load(index, as: Bool.self) ? "true" : "false") }
        case .timestamp: place = writeTimestamp(load(index, as: Int64.self), at: place)
        case .date:
            place = place.put(UInt8(ascii: "\""))
            place = JSONText.putDate(Int64(load(index, as: Int32.self)), last: &lastDate, at: place)
            place = place.put(UInt8(ascii: "\""))
        default: place = try writeRare(index, to: &output, at: place)
        }
        return place.put(separator)
    }

    /// Writes a value of a form that is not often met, or takes long anyway.
    private mutating func writeRare(
        _ index: Int, to output: inout JSONOutput, at start: OutputPointer
    ) throws -> OutputPointer {
        let place = start
        switch form {
        case .rendered, .string, .int32, .int64, .double, .boolean, .timestamp, .date: return place
        case .uint32: return number(at: place) { JSONText.put(UInt64(load(index, as: UInt32.self)), at: $0) }
        case .uint64: return number(at: place) { JSONText.put(load(index, as: UInt64.self), at: $0) }
        case .float: return number(at: place) { JSONText.put(load(index, as: Float.self), at: $0) }
        case .float16:
            let bits = UInt16(littleEndian: (values + 2 * index).loadUnaligned(as: UInt16.self))
            return number(at: place) { JSONText.put(Float(Float16(bitPattern: bits)), at: $0) }
        case .bytes, .fixedBytes: return try writeBytes(array(index), to: &output, at: place)
        case .uuid: return JSONText.putUUID(bytes(16, index), at: place)
        case .interval:
            func part(_ number: Int) -> UInt32 {
                UInt32(littleEndian: (values + 12 * index + 4 * number).loadUnaligned(as: UInt32.self))
            }
            return JSONText.putInterval(months: part(0), days: part(1), milliseconds: part(2), at: place)
        case .decimal32:
            return try writeDecimal(Int64(load(index, as: Int32.self)), to: &output, at: place)
        case .decimal64: return try writeDecimal(load(index, as: Int64.self), to: &output, at: place)
        case .decimalBytes, .decimalFixedBytes:
            return try writeDecimal(array(index), to: &output, at: place)
        case .time32: return JSONText.putTime(Int64(load(index, as: Int32.self)), time, at: place)
        case .time64: return JSONText.putTime(load(index, as: Int64.self), time, at: place)
        case .int96: return writeInt96(index, at: place)
        }
    }

    // MARK: - Values in memory

    @inline(__always)
    private func load<Value: BitwiseCopyable>(_ index: Int, as type: Value.Type) -> Value {
        values.load(fromByteOffset: index &* MemoryLayout<Value>.stride, as: type)
    }

    @inline(__always)
    private func bytes(_ width: Int, _ index: Int) -> UnsafePointer<UInt8> {
        (values + width * index).assumingMemoryBound(to: UInt8.self)
    }

    /// A byte array, of its own or of the column's length.
    @inline(__always)
    private func array(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        guard let offsets else { return UnsafeBufferPointer(start: bytes(width, index), count: width) }
        let start = Int(offsets[index])
        return UnsafeBufferPointer(start: bytes(1, start), count: Int(offsets[index + 1]) - start)
    }

    // MARK: - Their texts

    @inline(__always)
    private func writeRendered(
        _ index: Int, to output: inout JSONOutput, at start: OutputPointer
    ) throws -> OutputPointer {
        let text = array(index)
        var place = start
        try output.reserve(text.count, at: &place)
        guard let source = text.baseAddress else { return place }
        return place.putShort(source, text.count)
    }

    /// A number or a word, in quotes if it is a key.
    @inline(__always)
    private func number(at place: OutputPointer, _ put: (OutputPointer) -> OutputPointer) -> OutputPointer {
        guard isKey else { return put(place) }
        return put(place.put(UInt8(ascii: "\""))).put(UInt8(ascii: "\""))
    }

    @inline(__always)
    private func writeString(
        _ index: Int, to output: inout JSONOutput, at start: OutputPointer
    ) throws -> OutputPointer {
        let text = array(index)
        var place = start.put(UInt8(ascii: "\""))
        guard let source = text.baseAddress else { return place.put(UInt8(ascii: "\"")) }
        if text.count <= Self.chunk {
            try output.reserve(JSONText.stringGrowth * text.count, at: &place)
            place = JSONText.putString(source, end: source + text.count, readable: readable, at: place)
        } else {
            try writeLongString(text, to: &output, at: &place)
        }
        return place.put(UInt8(ascii: "\""))
    }

    /// A text in pieces that end where characters do, so that no room is asked for that is not used.
    private func writeLongString(
        _ text: UnsafeBufferPointer<UInt8>, to output: inout JSONOutput, at place: inout OutputPointer
    ) throws {
        guard var source = text.baseAddress else { return }
        let end = source + text.count
        while source < end {
            var next = end - source > Self.chunk ? source + Self.chunk : end
            // Three bytes at most continue a character; with more, it is none and may be cut.
            for _ in 0..<3 where next < end && next.pointee & 0xC0 == 0x80 { next -= 1 }
            try output.reserve(JSONText.stringGrowth * (next - source), at: &place)
            place = JSONText.putString(source, end: next, readable: readable, at: place)
            source = next
        }
    }

    private func writeBytes(
        _ bytes: UnsafeBufferPointer<UInt8>, to output: inout JSONOutput, at start: OutputPointer
    ) throws -> OutputPointer {
        var place = start
        try output.reserve(4 * (bytes.count / 3 + 1), at: &place)
        place = place.put(UInt8(ascii: "\""))
        if let source = bytes.baseAddress { place = JSONText.putBase64(source, bytes.count, at: place) }
        return place.put(UInt8(ascii: "\""))
    }

    @inline(__always)
    private mutating func writeTimestamp(_ value: Int64, at place: OutputPointer) -> OutputPointer {
        // A divisor that the compiler knows makes the division a multiplication.
        let (day, rest) =
            switch time.digits {
            case 3: JSONText.floorDivide(value, 86_400_000)
            case 6: JSONText.floorDivide(value, 86_400_000_000)
            default: JSONText.floorDivide(value, 86_400_000_000_000)
            }
        return JSONText.putTimestamp(
            day: day, time: UInt64(bitPattern: rest), time, isUTC: isUTC, last: &lastDate, at: place)
    }

    private mutating func writeInt96(_ index: Int, at place: OutputPointer) -> OutputPointer {
        let raw = values + 12 * index
        let nanoseconds = Int64(littleEndian: raw.loadUnaligned(as: Int64.self))
        let julianDay = Int32(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: Int32.self))
        // Spark counts microseconds in 64 bits, and lets far timestamps run over as it makes these two numbers of
        // them: they come out right when they run over again. For nearer ones this changes nothing.
        let (microseconds, rest) = JSONText.floorDivide(nanoseconds, 1_000)
        let (day, time) = JSONText.floorDivide(
            (Int64(julianDay) - 2_440_588) &* 86_400_000_000 &+ microseconds, 86_400_000_000)
        return JSONText.putTimestamp(
            day: day, time: UInt64(bitPattern: 1_000 * time + rest), self.time, isUTC: true, last: &lastDate,
            at: place)
    }

    private func writeDecimal(
        _ value: Int64, to output: inout JSONOutput, at place: OutputPointer
    ) throws -> OutputPointer {
        if power > 0 {
            return number(at: place) { JSONText.putDecimal(value, scale: scale, power: power, at: $0) }
        }
        return try withUnsafeBytes(of: value.bigEndian) {
            try writeDecimal($0.assumingMemoryBound(to: UInt8.self), to: &output, at: place)
        }
    }

    private func writeDecimal(
        _ unscaled: UnsafeBufferPointer<UInt8>, to output: inout JSONOutput, at start: OutputPointer
    ) throws -> OutputPointer {
        guard unscaled.count <= JSONText.maximumDecimalBytes else {
            throw ParquetError(.tooLarge(Text("a decimal has \(unscaled.count) bytes")))
        }
        var place = start
        if unscaled.count <= 8 && power > 0 {
            var value: Int64 = (unscaled.first ?? 0) >= 0x80 ? -1 : 0
            for byte in unscaled { value = value << 8 | Int64(byte) }
            return number(at: place) { JSONText.putDecimal(value, scale: scale, power: power, at: $0) }
        }
        try output.reserve(JSONText.decimalRoom, at: &place)
        return number(at: place) { JSONText.putDecimal(unscaled, scale: scale, at: $0) }
    }
}
