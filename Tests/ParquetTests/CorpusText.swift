// What is read of a file, in the words of Corpus/expected.txt.

import Parquet

/// The columns of a file, a line for each: its path, its physical type, its entries.
struct CorpusText {
    private static let longest = 160

    /// The lines for all rows of `file`, read in batches of `maximumRows`.
    static func lines(of file: ParquetFile, maximumRows: Int) async throws -> [String] {
        var rows = 0
        var words = file.schema.leaves.map { _ in [String]() }
        for try await batch in file.batches(maximumRows: maximumRows) {
            rows += batch.rowCount
            for (index, column) in batch.columns.enumerated() {
                words[index] += self.words(of: column, file.schema.leaves[index])
            }
        }
        return ["\(rows) rows"]
            + zip(file.schema.leaves, words).map { "\($0.name) \($0.physicalType): \(line(of: $1))" }
    }

    private static func words(of column: ColumnValues, _ leaf: LeafColumn) -> [String] {
        let values: [String] =
            switch column.content {
            case .plain(let values): texts(of: values, leaf)
            case .dictionary(let indices, let dictionary):
                { texts in indices.map { texts[Int($0)] } }(texts(of: dictionary, leaf))
            }
        var next = values.makeIterator()
        return (0..<column.entryCount).map { index in
            let definition =
                leaf.maximumDefinitionLevel == 0 ? 0 : Int(column.definitionLevels[index])
            let isValue = definition == leaf.maximumDefinitionLevel
            let word = isValue ? next.next() ?? "missing" : "_\(definition)"
            let repetition = leaf.maximumRepetitionLevel == 0 ? 0 : column.repetitionLevels[index]
            return repetition > 0 ? "\(repetition):\(word)" : word
        }
    }

    private static func line(of words: [String]) -> String {
        let whole = words.joined(separator: " ")
        guard whole.utf8.count > longest else { return whole }
        let hash = whole.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "\(whole.prefix(longest))… \(words.count) entries \(hex(hash))"
    }

    private static func texts(of values: PhysicalValues, _ leaf: LeafColumn) -> [String] {
        switch values {
        case .boolean(let values): values.map { $0 ? "T" : "F" }
        case .int32(let values): values.map { String($0) }
        case .int64(let values): values.map { String($0) }
        case .float(let values): values.map { $0.isNaN ? "nan" : hex($0.bitPattern) }
        case .double(let values): values.map { $0.isNaN ? "nan" : hex($0.bitPattern) }
        case .byteArray(let arrays): (0..<arrays.count).map { hex(arrays[$0]) }
        case .fixed(let arrays) where leaf.physicalType == .int96:
            (0..<arrays.count).map { String(nanoseconds(arrays[$0])) }
        case .fixed(let arrays) where leaf.logicalType == .float16:
            (0..<arrays.count).map { isNaN16(arrays[$0]) ? "nan" : hex(arrays[$0]) }
        case .fixed(let arrays): (0..<arrays.count).map { hex(arrays[$0]) }
        }
    }

    /// An INT96 as nanoseconds since 1970, with days that are not negative, wrapping: so pyarrow has it.
    private static func nanoseconds(_ bytes: ArraySlice<UInt8>) -> Int64 {
        let time = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let day = bytes.suffix(4).reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
        return (day - 2_440_588) &* 86_400_000_000_000 &+ Int64(bitPattern: time)
    }

    private static func isNaN16(_ bytes: ArraySlice<UInt8>) -> Bool {
        let bits = bytes.reversed().reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
        return bits & 0x7fff > 0x7c00
    }

    private static func hex(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.isEmpty ? "-" : bytes.map { hex($0) }.joined()
    }

    private static func hex(_ number: some FixedWidthInteger & UnsignedInteger) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: number.bitWidth / 4 - digits.count) + digits
    }
}
