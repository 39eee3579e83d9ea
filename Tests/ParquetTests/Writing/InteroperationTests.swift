import Parquet
import TestFiles
import Testing

@Suite struct InteroperationTests {
    @Test func otherProgramsReadWhatIsWritten() throws {
        let folder = try TemporaryFolder()
        for (name, file) in try Self.files() {
            try folder.write(file.bytes(), to: name + ".parquet")
            try folder.write(WrittenFile.json(file.schema, file.groups), to: name + ".json")
        }
        let checked = try Python.run("parquet_files.py", [folder.path])
        #expect(checked.status == 0, "\(checked.errors)")
        #expect(checked.text.split(separator: "\n").last == "all \(try Self.files().count) files are right")
    }

    private struct File {
        var schema: Schema
        var groups: [[[TestValue]]]
        var options: WriterOptions

        func bytes() throws -> [UInt8] { try WrittenFile.bytes(schema, groups, options: options) }
    }

    private static func files() throws -> [(String, File)] {
        var random = SeededNumbers(seed: 1)
        func groups(_ schema: Schema, rows: [Int], variety: Int = 1000) -> [[[TestValue]]] {
            rows.map { count in
                (0..<count).map { _ in
                    schema.fields.map { random.value(of: $0, variety: variety) }
                }
            }
        }
        let small = WriterOptions(dataPageSize: 2000, pageRowLimit: 150)
        var files: [(String, File)] = []

        let required = try Schema(fields: ColumnKinds.all)
        files.append(
            ("required", File(schema: required, groups: groups(required, rows: [800, 300]), options: small)))
        let optional = try Schema(
            fields: ColumnKinds.all.map {
                var field = $0
                field.repetition = .optional
                return field
            })
        for codec in [CompressionCodec.uncompressed, .snappy, .gzip, .brotli, .zstd, .lz4Raw] {
            var options = small
            options.codec = codec
            options.usesDictionaries = codec != .snappy
            let file = File(
                schema: optional, groups: groups(optional, rows: [400, 0, 1], variety: 90), options: options)
            files.append(("optional-\(codec)", file))
        }
        let rare = try Schema(fields: ColumnKinds.rare)
        files.append(("rare", File(schema: rare, groups: groups(rare, rows: [100]), options: small)))
        let nested = try Schema(fields: NestedFields.all)
        files.append(
            ("nested", File(schema: nested, groups: groups(nested, rows: [600, 200]), options: small)))
        return files
    }
}

/// Lists, maps and groups, in each other.
private enum NestedFields {
    static let all = [
        list("list", text),
        list("list_of_lists", list("element", list("element", number))),
        map("map", number),
        map("map_of_lists", list("value", text)),
        SchemaNode(
            "group", .optional,
            .group([
                number, list("tags", SchemaNode("element", .required, .column(.byteArray, length: 0))),
                SchemaNode("inner", .optional, .group([text, map("map", text)])),
            ])),
        list("list_of_groups", SchemaNode("element", .optional, .group([number, list("names", text)]))),
        SchemaNode("bare_repetition", .repeated, .column(.int32, length: 0)),
    ]

    private static let text = SchemaNode(
        "text", .optional, .column(.byteArray, length: 0), logicalType: .string)
    private static let number = SchemaNode("number", .optional, .column(.int64, length: 0))

    private static func list(_ name: String, _ element: SchemaNode) -> SchemaNode {
        var element = element
        element.name = "element"
        return SchemaNode(
            name, .optional, .group([SchemaNode("list", .repeated, .group([element]))]), logicalType: .list)
    }

    private static func map(_ name: String, _ value: SchemaNode) -> SchemaNode {
        let key = SchemaNode("key", .required, .column(.byteArray, length: 0), logicalType: .string)
        var value = value
        value.name = "value"
        return SchemaNode(
            name, .optional, .group([SchemaNode("key_value", .repeated, .group([key, value]))]),
            logicalType: .map)
    }
}
