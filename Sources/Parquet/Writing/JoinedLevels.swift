// The pieces of a column of one row group, checked and put together.
import Languages

/// The levels of all entries of a column chunk.
struct JoinedLevels {
    var entryCount = 0
    /// One for each entry; empty if the column's maximum is 0.
    var definition: [UInt8] = []
    /// One for each entry; empty if the column's maximum is 0.
    var repetition: [UInt8] = []

    /// The levels of `parts`, one after another.
    ///
    /// - Throws: `ParquetError.Problem.invalidValues` if a part contradicts `leaf` or itself.
    init(_ parts: [ColumnValues], of leaf: LeafColumn) throws {
        for part in parts { try part.validate(as: leaf) }
        entryCount = parts.reduce(0) { $0 + $1.entryCount }
        definition = Self.join(parts, \.definitionLevels)
        repetition = Self.join(parts, \.repetitionLevels)
        guard repetition.first ?? 0 == 0 else {
            throw ParquetError(.invalidValues(Text("the row group begins within a row")))
        }
    }

    private static func join(
        _ parts: [ColumnValues], _ levels: KeyPath<ColumnValues, [UInt8]>
    ) -> [UInt8] {
        // One part is shared, not copied.
        if parts.count == 1 { return parts[0][keyPath: levels] }
        var all: [UInt8] = []
        all.reserveCapacity(parts.reduce(0) { $0 + $1[keyPath: levels].count })
        for part in parts { all += part[keyPath: levels] }
        return all
    }
}

extension ColumnValues {
    /// Checks that these are entries of `leaf`.
    fileprivate func validate(as leaf: LeafColumn) throws {
        func check(_ condition: Bool, _ fault: @autoclosure () -> Text) throws {
            guard condition else { throw ParquetError(.invalidValues(fault())) }
        }
        let definition = definitionLevels.levelCounts
        let repetition = repetitionLevels.levelCounts
        let maximum = leaf.maximumDefinitionLevel
        try check(
            entryCount >= 0
                && definitionLevels.count == (maximum > 0 ? entryCount : 0)
                && repetitionLevels.count == (leaf.maximumRepetitionLevel > 0 ? entryCount : 0),
            Text("the number of levels is not that of the entries"))
        try check(
            definition[(maximum + 1)...].allSatisfy { $0 == 0 }
                && repetition[(leaf.maximumRepetitionLevel + 1)...].allSatisfy { $0 == 0 },
            Text("a level is above the column's maximum"))
        let defined = maximum > 0 ? definition[maximum] : entryCount
        try check(
            content.count == defined,
            Text("there are \(content.count) values, and by the levels there should be \(defined)"))
        switch content {
        case .plain(let values):
            try check(values.isWellFormed(as: leaf), Text("the values are not of the column's type"))
        case .dictionary(let indices, let values):
            try check(values.isWellFormed(as: leaf), Text("the values are not of the column's type"))
            let bound = UInt32(clamping: values.count)
            try check(
                indices.allSatisfy { UInt32(bitPattern: $0) < bound },
                Text("an index is outside the dictionary"))
        }
    }
}

extension PhysicalValues {
    /// Whether these are values of `leaf`, and their parts agree.
    fileprivate func isWellFormed(as leaf: LeafColumn) -> Bool {
        switch (self, leaf.physicalType) {
        case (.boolean, .boolean), (.int32, .int32), (.int64, .int64), (.float, .float),
            (.double, .double):
            return true
        case (.byteArray(let values), .byteArray):
            guard let first = values.offsets.first, let last = values.offsets.last, first >= 0,
                last <= values.bytes.count
            else { return false }
            return values.offsets.withUnsafeBufferPointer { offsets in
                (1..<max(offsets.count, 1)).allSatisfy { offsets[$0 - 1] <= offsets[$0] }
            }
        case (.fixed(let values), .int96), (.fixed(let values), .fixedLengthByteArray):
            let (size, isTooLarge) = values.width.multipliedReportingOverflow(by: values.count)
            return values.width == leaf.width && values.count >= 0 && !isTooLarge
                && size == values.bytes.count
        default: return false
        }
    }
}

extension Collection<UInt8> {
    /// How often each byte occurs.
    var levelCounts: [Int] {
        // Four counts take turns, for most levels are like those before, and one would wait for itself.
        var counts = [Int](repeating: 0, count: 4 * 256)
        var turn = 0
        _ = withContiguousStorageIfAvailable { levels in
            counts.withUnsafeMutableBufferPointer { counts in
                for level in levels {
                    counts[turn | Int(level)] += 1
                    turn = (turn + 256) & 0x3ff
                }
            }
        }
        return (0..<256).map { counts[$0] + counts[$0 + 256] + counts[$0 + 512] + counts[$0 + 768] }
    }
}
