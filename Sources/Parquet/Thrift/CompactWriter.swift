// Thrift's compact protocol, writing.
// Source: "Thrift Compact protocol encoding" of the Apache Thrift specification.

/// What can be written as a struct of Thrift.
protocol CompactWritable {
    /// Writes the fields, in the order of their numbers.
    func write(to writer: inout CompactWriter)
}

/// Writes values one after another.
struct CompactWriter {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []
    /// The number of the field written last in the struct that is being written.
    private var lastID: Int16 = 0

    /// The bytes of `value` by itself.
    static func bytes(of value: some CompactWritable) -> [UInt8] { bytes { value.write(to: &$0) } }

    /// The bytes of a struct by itself whose fields `body` writes.
    static func bytes(_ body: (inout CompactWriter) -> Void) -> [UInt8] {
        var writer = CompactWriter()
        writer.writeStructBody(body)
        return writer.bytes
    }

    mutating func write(_ id: Int16, _ value: Bool?) {
        guard let value else { return }
        writeHeader(id, value ? .booleanTrue : .booleanFalse)
    }

    mutating func write(_ id: Int16, _ value: Int8?) {
        guard let value else { return }
        writeHeader(id, .byte)
        bytes.append(UInt8(bitPattern: value))
    }

    mutating func write(_ id: Int16, _ value: Int16?) {
        guard let value else { return }
        writeHeader(id, .int16)
        writeZigZag(Int64(value))
    }

    mutating func write(_ id: Int16, _ value: Int32?) {
        guard let value else { return }
        writeHeader(id, .int32)
        writeZigZag(Int64(value))
    }

    mutating func write(_ id: Int16, _ value: Int64?) {
        guard let value else { return }
        writeHeader(id, .int64)
        writeZigZag(value)
    }

    mutating func write(_ id: Int16, _ value: [UInt8]?) {
        guard let value else { return }
        writeHeader(id, .binary)
        writeBytes(value)
    }

    mutating func write(_ id: Int16, _ value: String?) {
        write(id, value.map { Array($0.utf8) })
    }

    mutating func write(_ id: Int16, _ value: (some CompactWritable)?) {
        guard let value else { return }
        writeStruct(id) { value.write(to: &$0) }
    }

    mutating func write(_ id: Int16, _ values: [some CompactWritable]?) {
        writeList(id, values, .structure) { writer, value in
            writer.writeStructBody { value.write(to: &$0) }
        }
    }

    mutating func write(_ id: Int16, _ values: [Int32]?) {
        writeList(id, values, .int32) { $0.writeZigZag(Int64($1)) }
    }

    mutating func write(_ id: Int16, _ values: [Int64]?) {
        writeList(id, values, .int64) { $0.writeZigZag($1) }
    }

    mutating func write(_ id: Int16, _ values: [[UInt8]]?) {
        writeList(id, values, .binary) { $0.writeBytes($1) }
    }

    mutating func write(_ id: Int16, _ values: [String]?) {
        writeList(id, values, .binary) { $0.writeBytes(Array($1.utf8)) }
    }

    mutating func write(_ id: Int16, _ values: [Bool]?) {
        writeList(id, values, .booleanTrue) {
            $0.bytes.append(($1 ? CompactType.booleanTrue : .booleanFalse).rawValue)
        }
    }

    /// A struct that was read as it stands.
    mutating func write(_ id: Int16, rawStruct: [UInt8]?) {
        guard let rawStruct else { return }
        writeHeader(id, .structure)
        bytes += rawStruct
    }

    /// A struct whose fields `body` writes.
    mutating func writeStruct(_ id: Int16, _ body: (inout CompactWriter) -> Void = { _ in }) {
        writeHeader(id, .structure)
        writeStructBody(body)
    }

    // MARK: - Parts

    private mutating func writeStructBody(_ body: (inout CompactWriter) -> Void) {
        let outer = lastID
        lastID = 0
        body(&self)
        lastID = outer
        bytes.append(0)
    }

    private mutating func writeList<Value>(
        _ id: Int16, _ values: [Value]?, _ type: CompactType,
        _ write: (inout CompactWriter, Value) -> Void
    ) {
        guard let values else { return }
        writeHeader(id, .list)
        if values.count < 15 {
            bytes.append(UInt8(values.count) << 4 | type.rawValue)
        } else {
            bytes.append(0xf0 | type.rawValue)
            writeVarint(UInt64(values.count))
        }
        for value in values { write(&self, value) }
    }

    private mutating func writeHeader(_ id: Int16, _ type: CompactType) {
        let delta = id - lastID
        if (1...15).contains(delta) {
            bytes.append(UInt8(delta) << 4 | type.rawValue)
        } else {
            bytes.append(type.rawValue)
            writeZigZag(Int64(id))
        }
        lastID = id
    }

    private mutating func writeBytes(_ value: [UInt8]) {
        writeVarint(UInt64(value.count))
        bytes += value
    }

    private mutating func writeZigZag(_ value: Int64) {
        writeVarint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    private mutating func writeVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
