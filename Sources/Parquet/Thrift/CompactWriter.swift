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

    mutating func write(_ id: Int16, _ values: (some Collection<some CompactWritable>)?) {
        guard let values else { return }
        beginList(id, count: values.count)
        for value in values { writeElement(value) }
    }

    /// Begins a list of so many structs, each of which is to be written next with `writeElement`.
    mutating func beginList(_ id: Int16, count: Int) {
        writeListHeader(id, .structure, count)
    }

    /// Writes the next struct of a list.
    mutating func writeElement(_ value: some CompactWritable) {
        writeStructBody { value.write(to: &$0) }
    }

    /// Ends the struct whose fields have been written one by one.
    mutating func endStruct() { bytes.append(0) }

    /// Takes what was written so far; what is written next goes on from there.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
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
        endStruct()
    }

    private mutating func writeList<Value>(
        _ id: Int16, _ values: [Value]?, _ type: CompactType,
        _ write: (inout CompactWriter, Value) -> Void
    ) {
        guard let values else { return }
        writeListHeader(id, type, values.count)
        for value in values { write(&self, value) }
    }

    private mutating func writeListHeader(_ id: Int16, _ type: CompactType, _ count: Int) {
        writeHeader(id, .list)
        if count < 15 {
            bytes.append(UInt8(count) << 4 | type.rawValue)
        } else {
            bytes.append(0xf0 | type.rawValue)
            writeVarint(UInt64(count))
        }
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
