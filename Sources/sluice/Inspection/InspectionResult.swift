// What `sluice inspect` found, for people and for machines.
import Parquet
import TerminalKit

/// What is in a file.
struct InspectionResult: Encodable {
    /// The file's path.
    var file: String
    /// `parquet` or `json`.
    var format: String
    /// Bytes of the file.
    var bytes: Int64
    /// Its records that can be read.
    var records: Int64
    /// The fields of a record: those of a Parquet file's schema, or inferred from all records of a JSON file.
    var schema: [SchemaOutlineField]
    /// What only a Parquet file has.
    var parquet: ParquetFacts?
    /// What only a JSON file has.
    var json: JSONFacts?
    /// The first records, as JSON.
    var rows: [String]
    /// Why there are not more of them, where the file is damaged.
    var problem: String?

    /// What a Parquet file's footer says.
    struct ParquetFacts: Encodable {
        /// The program that wrote it.
        var createdBy: String?
        /// Records of each row group.
        var rowGroups: [Int64]
        /// Its columns.
        var columns: [ColumnOutline]
    }

    /// What the lines of a JSON file show.
    struct JSONFacts: Encodable {
        /// `gzip` or `none`.
        var compression: String
        /// Bytes of all records with their line ends.
        var uncompressedBytes: Int64
        /// Lines that are not JSON objects.
        var malformedLines: Int
        /// The first of those: the line, and what is wrong.
        var firstMalformed: String?
        /// Fields whose values are of several kinds.
        var mixedTypes: [String]
    }
}

extension InspectionResult {
    /// Prints it for a person.
    func printText() {
        var facts: [(String, String)] = [
            ("File", TextWidth.standard.sanitized(file)),
            ("Format", format),
            ("Records", Formatting.count(Int(clamping: records))),
            ("Bytes", Formatting.count(Int(clamping: bytes))),
        ]
        if let parquet { facts += Self.facts(parquet) }
        if let json { facts += Self.facts(json) }
        let width = facts.map(\.0.count).max() ?? 0
        for (name, value) in facts { print(name.padding(to: width) + "  " + value) }
        print()
        PlainTable.print(
            ["FIELD", "TYPE", ""], schema.map { [$0.indentedName, $0.type, $0.repetition] })
        if let parquet {
            print()
            PlainTable.print(
                ["COLUMN", "CODEC", "VALUES", "NULLS", "SIZE", "UNCOMPRESSED", "ENCODINGS"],
                parquet.columns.map(\.cells))
        }
        if !rows.isEmpty { print() }
        for row in rows { print(TextWidth.standard.sanitized(row)) }
    }

    private static func facts(_ parquet: ParquetFacts) -> [(String, String)] {
        let rows = parquet.rowGroups.map { Formatting.count(Int(clamping: $0)) }
        let shown = rows.prefix(8).joined(separator: ", ") + (rows.count > 8 ? ", …" : "")
        return [
            ("Row groups", rows.isEmpty ? "0" : "\(rows.count), of \(shown) records"),
            ("Written by", TextWidth.standard.sanitized(parquet.createdBy ?? "unknown")),
        ]
    }

    private static func facts(_ json: JSONFacts) -> [(String, String)] {
        let first = json.firstMalformed.map { ", the first: \($0)" } ?? ""
        var facts = [
            ("Compression", json.compression),
            ("Content", "\(Formatting.count(Int(clamping: json.uncompressedBytes))) bytes of records"),
            ("Malformed", Formatting.count(json.malformedLines) + first),
        ]
        for mixed in json.mixedTypes { facts.append(("Mixed types", TextWidth.standard.sanitized(mixed))) }
        return facts
    }
}

extension ColumnOutline {
    fileprivate var cells: [String] {
        [
            name, codecs.joined(separator: ", "), Formatting.count(Int(clamping: entries)),
            nulls.map { Formatting.count(Int(clamping: $0)) } ?? "unknown",
            Formatting.bytes(Int(clamping: compressedBytes)),
            Formatting.bytes(Int(clamping: uncompressedBytes)), encodings.joined(separator: ", "),
        ]
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
