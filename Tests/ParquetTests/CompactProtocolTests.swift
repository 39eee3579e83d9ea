import Testing

@testable import Parquet

@Suite struct CompactProtocolTests {
    @Test func aSchemaSurvivesBeingWrittenAndRead() throws {
        let schema = try Schema(fields: [
            SchemaNode("id", .required, .column(.int64, length: 0)),
            SchemaNode(
                "price", .optional, .column(.fixedLengthByteArray, length: 9),
                logicalType: .decimal(precision: 20, scale: 4)),
            SchemaNode(
                "tags", .optional,
                .group([
                    SchemaNode(
                        "list", .repeated,
                        .group([
                            SchemaNode(
                                "element", .optional, .column(.byteArray, length: 0), logicalType: .string)
                        ]))
                ]), logicalType: .list),
            SchemaNode(
                "at", .optional, .column(.int64, length: 0),
                logicalType: .timestamp(.microseconds, isAdjustedToUTC: true), fieldID: -3),
        ])
        let elements = try schema.elements.map { element -> SchemaElement in
            var reader = CompactReader(CompactWriter.bytes(of: element))
            return try SchemaElement(from: &reader)
        }
        #expect(try Schema(elements: elements) == schema)
        #expect(schema.leaves.map(\.name) == ["id", "price", "tags.list.element", "at"])
        #expect(schema.leaves.map(\.maximumDefinitionLevel) == [0, 1, 3, 1])
        #expect(schema.leaves.map(\.maximumRepetitionLevel) == [0, 0, 1, 0])
    }
}
