// The columns that stand in the names of folders: `country=FR/day=2024-05-01/part-0.parquet`.

/// The columns that the folders of a file give to all its records, as Hive, Spark, pyarrow and DuckDB write
/// partitioned datasets.
struct Partition: Sendable, Hashable, Codable {
    /// The columns, the outermost folder first.
    var columns: [Column]

    /// A column with the one value that it has in a file.
    struct Column: Sendable, Hashable, Codable {
        var name: String
        /// The value as the folder's name has it, decoded; nil for none.
        var value: String?
    }

    /// What Hive writes for a value that is missing.
    private static let missingValue = "__HIVE_DEFAULT_PARTITION__"

    /// The columns in the folders of `path`; nil if there are none.
    init?(path: String) {
        columns = path.split(separator: "/").dropLast().compactMap(Self.column)
        if columns.isEmpty { return nil }
    }

    /// Whether a folder's name gives a column.
    static func isColumn(_ folder: String) -> Bool { column(Substring(folder)) != nil }

    private static func column(_ folder: Substring) -> Column? {
        guard let equals = folder.firstIndex(of: "="), equals != folder.startIndex else { return nil }
        let value = folder[folder.index(after: equals)...]
        return Column(
            name: decoded(folder[..<equals]), value: value == missingValue ? nil : decoded(value))
    }

    /// Text in which some bytes are written as `%` and two hex digits; as it stands where that is no UTF-8.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? String(text)
    }
}
