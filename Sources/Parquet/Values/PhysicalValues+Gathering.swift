// Values that a dictionary's places stand for, and what values take in memory.

extension PhysicalValues {
    /// Bytes that the values take, with the offsets of byte arrays.
    var byteCount: Int {
        switch self {
        case .boolean(let values): values.count
        case .int32(let values): 4 * values.count
        case .int64(let values): 8 * values.count
        case .float(let values): 4 * values.count
        case .double(let values): 8 * values.count
        case .byteArray(let values): values.bytes.count + 4 * values.count
        case .fixed(let values): values.bytes.count
        }
    }

    /// No values, with room for as many as there are here.
    var emptied: PhysicalValues {
        func roomy<Value>(_ values: [Value]) -> [Value] {
            var empty: [Value] = []
            empty.reserveCapacity(values.count)
            return empty
        }
        switch self {
        case .boolean(let values): return .boolean(roomy(values))
        case .int32(let values): return .int32(roomy(values))
        case .int64(let values): return .int64(roomy(values))
        case .float(let values): return .float(roomy(values))
        case .double(let values): return .double(roomy(values))
        case .byteArray(let values):
            var empty = ByteArrays()
            empty.bytes = roomy(values.bytes)
            empty.offsets.reserveCapacity(values.offsets.count)
            return .byteArray(empty)
        case .fixed(let values):
            var empty = FixedByteArrays(width: values.width)
            empty.bytes = roomy(values.bytes)
            return .fixed(empty)
        }
    }

    /// Bytes that the values at `indices` take.
    func byteCount(of indices: ArraySlice<Int32>) -> Int {
        switch self {
        case .boolean: indices.count
        case .int32, .float: 4 * indices.count
        case .int64, .double: 8 * indices.count
        case .byteArray(let values): indices.reduce(0) { $0 + values.range(Int($1)).count + 4 }
        case .fixed(let values): values.width * indices.count
        }
    }

    /// Adds the values of `dictionary`, of the same type, at `indices`, all of which it has.
    mutating func append(_ indices: [Int32], of dictionary: PhysicalValues) {
        switch (consume self, dictionary) {
        case (.boolean(var values), .boolean(let entries)):
            for index in indices { values.append(entries[Int(index)]) }
            self = .boolean(values)
        case (.int32(var values), .int32(let entries)):
            for index in indices { values.append(entries[Int(index)]) }
            self = .int32(values)
        case (.int64(var values), .int64(let entries)):
            for index in indices { values.append(entries[Int(index)]) }
            self = .int64(values)
        case (.float(var values), .float(let entries)):
            for index in indices { values.append(entries[Int(index)]) }
            self = .float(values)
        case (.double(var values), .double(let entries)):
            for index in indices { values.append(entries[Int(index)]) }
            self = .double(values)
        case (.byteArray(var values), .byteArray(let entries)):
            for index in indices { values.append(entries[Int(index)]) }
            self = .byteArray(values)
        case (.fixed(var values), .fixed(let entries)):
            for index in indices { values.append(entries[Int(index)]) }
            self = .fixed(values)
        default: preconditionFailure("a dictionary has the physical type of its column")
        }
    }
}
