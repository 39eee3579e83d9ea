// Decides whether a column chunk is written with a dictionary, and makes it.

/// The values of a chunk as places in a dictionary of its own.
enum DictionaryBuilder {
    /// The values of `parts` with one dictionary for all.
    ///
    /// - Returns: nil if the values are better written plain: they hardly repeat, or their dictionary would be
    ///   larger than the options allow.
    static func content(
        of parts: [ColumnValues], leaf: LeafColumn, options: WriterOptions
    ) -> ColumnValues.Content? {
        guard options.usesDictionaries else { return nil }
        let contents = parts.map(\.content)
        let limit = options.dictionaryPageSize
        switch leaf.physicalType {
        case .boolean: return nil
        case .int32: return encode(contents, DistinctNumbers<Int32>(of: leaf), limit)
        case .int64: return encode(contents, DistinctNumbers<Int64>(of: leaf), limit)
        case .float: return encode(contents, DistinctNumbers<Float>(of: leaf), limit)
        case .double: return encode(contents, DistinctNumbers<Double>(of: leaf), limit)
        case .byteArray, .fixedLengthByteArray, .int96:
            return encode(contents, DistinctBytes(of: leaf), limit)
        }
    }

    /// Values between two looks at how much they repeat.
    private static let stride = 4096

    private static func encode<Distinct: DistinctValues>(
        _ contents: [ColumnValues.Content], _ none: Distinct, _ limit: Int
    ) -> ColumnValues.Content? {
        var distinct = none
        var places: [Int32] = []
        places.reserveCapacity(contents.reduce(0) { $0 + $1.count })
        var plainSize = 0
        for content in contents {
            switch content {
            case .plain(let values):
                guard let source = Distinct.source(values) else { return nil }
                plainSize += values.plainSize
                for start in Swift.stride(from: 0, to: values.count, by: stride) {
                    let range = start..<min(start + stride, values.count)
                    guard distinct.append(placesOf: range, in: source, to: &places, limit: limit),
                        !isHopeless(distinct: distinct.count, of: places.count)
                    else { return nil }
                }
            case .dictionary(let indices, let values):
                guard let source = Distinct.source(values) else { return nil }
                // Only what is used goes into the new dictionary, and each is looked up once.
                var mapping = [Int32](repeating: -1, count: values.count)
                for index in indices {
                    let index = Int(index)
                    if mapping[index] < 0 {
                        mapping[index] = distinct.place(of: index, in: source)
                        guard distinct.size <= limit else { return nil }
                    }
                    places.append(mapping[index])
                    plainSize += Distinct.size(of: index, in: source)
                }
            }
        }
        let width = BitWidth.of(maximum: max(distinct.count - 1, 0))
        guard distinct.size + places.count * width / 8 < plainSize else { return nil }
        return .dictionary(indices: places, distinct.values)
    }

    /// Whether so many of the first values are new that the others will hardly repeat.
    private static func isHopeless(distinct: Int, of count: Int) -> Bool {
        count >= 4 * stride ? distinct > count / 4 * 3 : distinct > count / 16 * 15 && count >= stride
    }
}

extension PhysicalValues {
    /// Bytes of all byte arrays, without their lengths; nil for other types.
    var byteArraySize: Int? {
        guard case .byteArray(let values) = self else { return nil }
        return Int((values.offsets.last ?? 0) - (values.offsets.first ?? 0))
    }

    /// Their bytes in the PLAIN encoding.
    var plainSize: Int {
        switch self {
        case .boolean(let values): (values.count + 7) / 8
        case .int32(let values): 4 * values.count
        case .int64(let values): 8 * values.count
        case .float(let values): 4 * values.count
        case .double(let values): 8 * values.count
        case .byteArray(let values): 4 * values.count + (byteArraySize ?? 0)
        case .fixed(let values): values.bytes.count
        }
    }
}
