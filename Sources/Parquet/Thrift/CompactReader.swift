// Thrift's compact protocol, reading: what a Parquet file's headers and footer are written in.
// Source: "Thrift Compact protocol encoding" of the Apache Thrift specification.
import Languages

/// A kind of value in the compact protocol.
enum CompactType: UInt8 {
    case booleanTrue = 1
    case booleanFalse = 2
    case byte = 3
    case int16 = 4
    case int32 = 5
    case int64 = 6
    case double = 7
    case binary = 8
    case list = 9
    case set = 10
    case map = 11
    case structure = 12
}

/// The header of a field of a struct.
struct CompactField {
    var id: Int16
    var type: CompactType
}

/// A struct that can be read from the compact protocol and written to it.
protocol CompactStruct: CompactWritable {
    init(from reader: inout CompactReader) throws
}

/// A field does not have the type that is expected of it.
private struct UnexpectedType: Error {}

/// Reads values one after another from bytes.
///
/// Nothing that the bytes say is believed before it is checked: lengths against what is left, nesting against a
/// limit, and what the values will take in memory against `memoryLimit`.
struct CompactReader {
    /// How deep structs may be nested in what is skipped: Parquet's own need no more than seven.
    private static let maximumDepth = 32

    /// What is read from.
    let bytes: [UInt8]
    /// The place of the next byte.
    private(set) var position: Int
    /// What the values read from now on may take in memory.
    private var memoryLeft: Int
    private var depth = 0

    /// - Parameter memoryLimit: bytes that the values may take.
    init(_ bytes: [UInt8], from position: Int = 0, memoryLimit: Int = 256 << 20) {
        self.bytes = bytes
        self.position = position
        memoryLeft = memoryLimit
    }

    /// The bytes of the raw values read since `start`.
    func bytes(since start: Int) -> [UInt8] { Array(bytes[start..<position]) }

    /// Reads the fields of a struct one after another.
    ///
    /// A field of another type than `body` expects is skipped, as Thrift's own readers do.
    ///
    /// - Parameter body: reads the value of the field, or skips it.
    mutating func readFields(
        _ body: (inout CompactReader, CompactField) throws -> Void
    ) throws {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw ParquetError.malformed(Text("its metadata are nested too deep"))
        }
        var id: Int16 = 0
        while true {
            let header = try nextByte()
            if header == 0 { return }
            guard let type = CompactType(rawValue: header & 0x0f) else {
                throw ParquetError.malformed(Text("its metadata have a field of an unknown type"))
            }
            let delta = Int16(header >> 4)
            let next: (Int16, Bool) =
                delta == 0 ? (try readZigZag16(), false) : id.addingReportingOverflow(delta)
            guard !next.1 else {
                throw ParquetError.malformed(Text("its metadata have a wrong field number"))
            }
            id = next.0
            let field = CompactField(id: id, type: type)
            let start = position
            do { try body(&self, field) } catch is UnexpectedType {
                position = start
                try skip(field)
            }
        }
    }

    /// The value of `field`, a boolean: it stands in the field's header.
    func readBoolean(_ field: CompactField) throws -> Bool {
        switch field.type {
        case .booleanTrue: true
        case .booleanFalse: false
        default: throw UnexpectedType()
        }
    }

    mutating func readInt8(_ field: CompactField) throws -> Int8 {
        try expect(.byte, field)
        return Int8(bitPattern: try nextByte())
    }

    mutating func readInt16(_ field: CompactField) throws -> Int16 {
        try expect(.int16, field)
        return try readZigZag16()
    }

    mutating func readInt32(_ field: CompactField) throws -> Int32 {
        try expect(.int32, field)
        return try readZigZag32()
    }

    mutating func readInt64(_ field: CompactField) throws -> Int64 {
        try expect(.int64, field)
        return try readZigZag64()
    }

    mutating func readDouble(_ field: CompactField) throws -> Double {
        try expect(.double, field)
        return Double(bitPattern: try readLittleEndian64())
    }

    mutating func readBinary(_ field: CompactField) throws -> [UInt8] {
        try expect(.binary, field)
        return try readBytes()
    }

    mutating func readString(_ field: CompactField) throws -> String {
        String(decoding: try readBinary(field), as: UTF8.self)
    }

    mutating func readStruct<Value: CompactStruct>(
        _ field: CompactField, as _: Value.Type = Value.self
    ) throws -> Value {
        try expect(.structure, field)
        return try Value(from: &self)
    }

    mutating func readStructs<Value: CompactStruct>(
        _ field: CompactField, of _: Value.Type = Value.self
    ) throws -> [Value] {
        try readList(field, of: .structure, size: MemoryLayout<Value>.stride) { try Value(from: &$0) }
    }

    /// Where each of the structs begins, all of which have been read once and can be read again.
    mutating func readPlaces<Value: CompactStruct>(
        _ field: CompactField, of _: Value.Type
    ) throws -> [Int] {
        try readList(field, of: .structure, size: MemoryLayout<Value>.stride) { reader in
            let place = reader.position
            _ = try Value(from: &reader)
            return place
        }
    }

    mutating func readInts32(_ field: CompactField) throws -> [Int32] {
        try readList(field, of: .int32, size: 4) { try $0.readZigZag32() }
    }

    mutating func readInts64(_ field: CompactField) throws -> [Int64] {
        try readList(field, of: .int64, size: 8) { try $0.readZigZag64() }
    }

    mutating func readBinaries(_ field: CompactField) throws -> [[UInt8]] {
        try readList(field, of: .binary, size: 32) { try $0.readBytes() }
    }

    mutating func readStrings(_ field: CompactField) throws -> [String] {
        try readBinaries(field).map { String(decoding: $0, as: UTF8.self) }
    }

    mutating func readBooleans(_ field: CompactField) throws -> [Bool] {
        // The element type is announced as either of the two; each element is a byte.
        let count = try readListHeader(field, accepting: [.booleanTrue, .booleanFalse], size: 1)
        var values: [Bool] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try nextByte() == CompactType.booleanTrue.rawValue) }
        return values
    }

    /// Passes over the value of `field`.
    mutating func skip(_ field: CompactField) throws {
        try skip(field.type, inList: false)
    }

    /// The bytes of the value of `field`, a struct, as they stand.
    mutating func readRawStruct(_ field: CompactField) throws -> [UInt8] {
        try expect(.structure, field)
        let start = position
        try skip(.structure, inList: false)
        try take(memory: position - start)
        return bytes(since: start)
    }

    // MARK: - Parts

    private mutating func readList<Value>(
        _ field: CompactField, of type: CompactType, size: Int,
        _ read: (inout CompactReader) throws -> Value
    ) throws -> [Value] {
        let count = try readListHeader(field, accepting: [type], size: size)
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try read(&self)) }
        return values
    }

    private mutating func readListHeader(
        _ field: CompactField, accepting types: [CompactType], size: Int
    ) throws -> Int {
        guard field.type == .list || field.type == .set else { throw UnexpectedType() }
        let (type, count) = try readListHeader()
        // An empty list may be announced with any type.
        guard count == 0 || types.contains(where: { $0.rawValue == type }) else { throw UnexpectedType() }
        try take(memory: count * size)
        return count
    }

    /// Reads the header of a list; every element takes at least one byte of what is left.
    private mutating func readListHeader() throws -> (type: UInt8, count: Int) {
        let header = try nextByte()
        let short = Int(header >> 4)
        let count = short == 15 ? try readCount() : short
        guard count <= bytes.count - position else {
            throw ParquetError.malformed(
                Text("its metadata have a list that is longer than the rest of them"))
        }
        return (header & 0x0f, count)
    }

    private mutating func skip(_ type: CompactType, inList: Bool) throws {
        switch type {
        case .booleanTrue, .booleanFalse: if inList { _ = try nextByte() }
        case .byte: _ = try nextByte()
        case .int16, .int32, .int64: _ = try readVarint()
        case .double: _ = try readLittleEndian64()
        case .binary: try advance(by: try readCount())
        case .list, .set:
            let (type, count) = try readListHeader()
            try skipElements(count, [type])
        case .map:
            let count = try readCount()
            guard count > 0 else { return }
            let types = try nextByte()
            guard count <= bytes.count - position else { throw ParquetError(.truncated) }
            try skipElements(count, [types >> 4, types & 0x0f])
        case .structure:
            try readFields { try $0.skip($1) }
        }
    }

    private mutating func skipElements(_ count: Int, _ types: [UInt8]) throws {
        guard count > 0 else { return }
        let types = types.compactMap(CompactType.init(rawValue:))
        depth += 1
        defer { depth -= 1 }
        guard !types.isEmpty, depth <= Self.maximumDepth else {
            throw ParquetError.malformed(Text("its metadata are nested too deep"))
        }
        for _ in 0..<count {
            for type in types { try skip(type, inList: true) }
        }
    }

    private func expect(_ type: CompactType, _ field: CompactField) throws {
        guard field.type == type else { throw UnexpectedType() }
    }

    private mutating func take(memory: Int) throws {
        memoryLeft -= memory
        guard memoryLeft >= 0 else {
            throw ParquetError(.tooLarge(Text("its metadata take more memory than can be given to them")))
        }
    }

    private mutating func nextByte() throws -> UInt8 {
        guard position < bytes.count else { throw ParquetError(.truncated) }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func advance(by count: Int) throws {
        guard count <= bytes.count - position else { throw ParquetError(.truncated) }
        position += count
    }

    private mutating func readBytes() throws -> [UInt8] {
        let count = try readCount()
        let start = position
        try advance(by: count)
        try take(memory: count)
        return Array(bytes[start..<position])
    }

    private mutating func readLittleEndian64() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 8) { value |= UInt64(try nextByte()) << shift }
        return value
    }

    private mutating func readVarint() throws -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try nextByte()
            guard shift < 63 || byte <= 1 else {
                throw ParquetError.malformed(Text("its metadata have a number that is too long"))
            }
            value |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
    }

    /// A length: never negative, never more than 31 bits.
    private mutating func readCount() throws -> Int {
        let value = try readVarint()
        guard value <= UInt64(Int32.max) else {
            throw ParquetError.malformed(Text("its metadata have a length that is too large"))
        }
        return Int(value)
    }

    private mutating func readZigZag64() throws -> Int64 {
        let value = try readVarint()
        return Int64(bitPattern: (value >> 1) ^ (~(value & 1) &+ 1))
    }

    private mutating func readZigZag32() throws -> Int32 {
        guard let value = Int32(exactly: try readZigZag64()) else {
            throw ParquetError.malformed(Text("its metadata have a number that is too large"))
        }
        return value
    }

    private mutating func readZigZag16() throws -> Int16 {
        guard let value = Int16(exactly: try readZigZag64()) else {
            throw ParquetError.malformed(Text("its metadata have a number that is too large"))
        }
        return value
    }
}
