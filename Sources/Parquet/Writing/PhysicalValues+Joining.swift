// Values of several pieces in one.
import Languages

extension PhysicalValues {
    /// The values of `contents` one after another, those of dictionaries looked up.
    ///
    /// - Throws: `ParquetError.Problem.invalidValues` if byte arrays have more than 2 GB together.
    init(joining contents: [ColumnValues.Content], of leaf: LeafColumn) throws {
        if contents.count == 1, case .plain(let values) = contents[0] {
            self = values
            return
        }
        switch leaf.physicalType {
        case .boolean:
            self = .boolean(Self.join(contents) { if case .boolean(let values) = $0 { values } else { [] } })
        case .int32:
            self = .int32(Self.join(contents) { if case .int32(let values) = $0 { values } else { [] } })
        case .int64:
            self = .int64(Self.join(contents) { if case .int64(let values) = $0 { values } else { [] } })
        case .float:
            self = .float(Self.join(contents) { if case .float(let values) = $0 { values } else { [] } })
        case .double:
            self = .double(Self.join(contents) { if case .double(let values) = $0 { values } else { [] } })
        case .byteArray: self = .byteArray(try Self.joinByteArrays(contents))
        case .int96, .fixedLengthByteArray:
            self = .fixed(Self.joinFixed(contents, width: leaf.width ?? 0))
        }
    }

    private static func join<Value>(
        _ contents: [ColumnValues.Content], _ values: (PhysicalValues) -> [Value]
    ) -> [Value] {
        var all: [Value] = []
        all.reserveCapacity(contents.reduce(0) { $0 + $1.count })
        for content in contents {
            switch content {
            case .plain(let part): all += values(part)
            case .dictionary(let indices, let dictionary):
                let dictionary = values(dictionary)
                for index in indices { all.append(dictionary[Int(index)]) }
            }
        }
        return all
    }

    private static func joinByteArrays(_ contents: [ColumnValues.Content]) throws -> ByteArrays {
        var all = ByteArrays()
        all.offsets.reserveCapacity(1 + contents.reduce(0) { $0 + $1.count })
        func checkSize(adding count: Int) throws {
            guard all.bytes.count + count <= Int(Int32.max) else {
                throw ParquetError(
                    .invalidValues(
                        Text("a column of one row group has more than 2 GB; make row groups smaller")))
            }
        }
        for content in contents {
            switch content {
            case .plain(.byteArray(let values)):
                let first = values.offsets.first ?? 0
                let range = Int(first)..<Int(values.offsets.last ?? 0)
                try checkSize(adding: range.count)
                let shift = Int32(all.bytes.count) - first
                all.bytes += values.bytes[range]
                for offset in values.offsets.dropFirst() { all.offsets.append(offset + shift) }
            case .dictionary(let indices, .byteArray(let dictionary)):
                for index in indices {
                    let range = dictionary.range(Int(index))
                    try checkSize(adding: range.count)
                    all.append(dictionary.bytes[range])
                }
            case .plain, .dictionary: break
            }
        }
        return all
    }

    private static func joinFixed(_ contents: [ColumnValues.Content], width: Int) -> FixedByteArrays {
        var all = FixedByteArrays(width: width)
        for content in contents {
            switch content {
            case .plain(.fixed(let values)): all.bytes += values.bytes
            case .dictionary(let indices, .fixed(let dictionary)):
                for index in indices { all.bytes += dictionary[Int(index)] }
            case .plain, .dictionary: continue
            }
            all.count += content.count
        }
        return all
    }
}
