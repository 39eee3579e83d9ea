// What `sluice inspect` found, for people and for machines.
import Languages
import Parquet
import Records
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
    var problem: ParquetError?

    private enum CodingKeys: String, CodingKey {
        case file, format, bytes, records, schema, parquet, json, rows, problem
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(format, forKey: .format)
        try container.encode(bytes, forKey: .bytes)
        try container.encode(records, forKey: .records)
        try container.encode(schema, forKey: .schema)
        try container.encodeIfPresent(parquet, forKey: .parquet)
        try container.encodeIfPresent(json, forKey: .json)
        try container.encode(rows, forKey: .rows)
        try container.encodeIfPresent(problem?.description, forKey: .problem)
    }

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
        var firstMalformed: Text?
        /// Fields whose values are of several kinds.
        var mixedFields: [MixedField]

        private enum CodingKeys: String, CodingKey {
            case compression, uncompressedBytes, malformedLines, firstMalformed, mixedTypes
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(compression, forKey: .compression)
            try container.encode(uncompressedBytes, forKey: .uncompressedBytes)
            try container.encode(malformedLines, forKey: .malformedLines)
            try container.encodeIfPresent(firstMalformed?.english, forKey: .firstMalformed)
            try container.encode(mixedFields.map(\.description), forKey: .mixedTypes)
        }
    }
}

extension InspectionResult {
    /// Prints it for a person.
    func printText() {
        var facts: [(Text, String)] = [
            (Text("File"), file),
            (Text("Format"), format),
            (Text("Records"), Formatting.count(Int(clamping: records))),
            (Text("Bytes"), Formatting.count(Int(clamping: bytes))),
        ]
        if let parquet { facts += Self.facts(parquet) }
        if let json { facts += Self.facts(json) }
        PlainTable.print(facts: facts)
        print()
        PlainTable.print(
            [Text("FIELD"), Text("TYPE"), .empty],
            schema.map { [$0.indentedName, $0.type, $0.repetition] })
        if let parquet {
            print()
            PlainTable.print(
                [
                    Text("COLUMN"), Text("CODEC"), Text("VALUES"), Text("NULLS"), Text("SIZE"),
                    Text("UNCOMPRESSED"), Text("ENCODINGS"),
                ],
                parquet.columns.map(\.cells))
        }
        if !rows.isEmpty { print() }
        for row in rows { print(TextWidth.standard.sanitized(row)) }
    }

    private static func facts(_ parquet: ParquetFacts) -> [(Text, String)] {
        let rows = parquet.rowGroups.map { Formatting.count(Int(clamping: $0)) }
        let shown = rows.prefix(8).joined(separator: ", ") + (rows.count > 8 ? ", …" : "")
        return [
            (Text("Row groups"), rows.isEmpty ? "0" : Text("\(rows.count), of \(shown) records").said),
            (Text("Written by"), parquet.createdBy ?? Text("unknown").said),
        ]
    }

    private static func facts(_ json: JSONFacts) -> [(Text, String)] {
        let malformed = Formatting.count(json.malformedLines)
        var facts = [
            (Text("Compression"), json.compression == "none" ? Text("none").said : json.compression),
            (
                Text("Content"),
                Text("\(Formatting.count(Int(clamping: json.uncompressedBytes))) bytes of records").said
            ),
            (
                Text("Malformed"),
                json.firstMalformed.map { Text("\(malformed), the first: \($0)").said } ?? malformed
            ),
        ]
        for mixed in json.mixedFields { facts.append((Text("Mixed types"), mixed.text.said)) }
        return facts
    }
}

extension ColumnOutline {
    fileprivate var cells: [String] {
        [
            name, codecs.joined(separator: ", "), Formatting.count(Int(clamping: entries)),
            nulls.map { Formatting.count(Int(clamping: $0)) } ?? Text("unknown").said,
            Formatting.bytes(Int(clamping: compressedBytes)),
            Formatting.bytes(Int(clamping: uncompressedBytes)), encodings.joined(separator: ", "),
        ]
    }
}
