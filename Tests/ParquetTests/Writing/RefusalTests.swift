import Testing

@testable import Parquet

@Suite struct RefusalTests {
    private static func leaf(_ type: PhysicalType, length: Int = 0) throws -> LeafColumn {
        try Schema(fields: [SchemaNode("a", .optional, .column(type, length: length))]).leaves[0]
    }

    private static func values(
        _ count: Int, definition: [UInt8], repetition: [UInt8] = [], _ content: ColumnValues.Content
    ) -> ColumnValues {
        ColumnValues(
            entryCount: count, definitionLevels: definition, repetitionLevels: repetition, content: content)
    }

    /// What does not fit an optional column of INT32.
    private static let misfits: [ColumnValues] = [
        values(1, definition: [1], .plain(.int64([1]))),
        values(1, definition: [1], .plain(.int32([]))),
        values(1, definition: [0], .plain(.int32([1]))),
        values(1, definition: [2], .plain(.int32([1]))),
        values(2, definition: [1], .plain(.int32([1]))),
        values(-1, definition: [], .plain(.int32([]))),
        values(1, definition: [1], repetition: [0], .plain(.int32([1]))),
        values(1, definition: [1], .dictionary(indices: [1], .int32([7]))),
        values(1, definition: [1], .dictionary(indices: [-1], .int32([7]))),
    ]

    @Test(arguments: misfits.indices)
    func valuesThatDoNotFitAreRefused(index: Int) throws {
        let leaf = try Self.leaf(.int32)
        #expect {
            try EncodedColumnChunk([Self.misfits[index]], of: leaf, options: WriterOptions())
        } throws: {
            error in
            guard case .invalidValues? = (error as? ParquetError)?.problem else { return false }
            return (error as? ParquetError)?.column == "a"
        }
    }

    @Test func byteArraysThatContradictThemselvesAreRefused() throws {
        var arrays = ByteArrays()
        arrays.append([1, 2, 3])
        arrays.offsets = [3, 0]
        let column = Self.values(1, definition: [1], .plain(.byteArray(arrays)))
        #expect(throws: ParquetError.self) {
            try EncodedColumnChunk([column], of: Self.leaf(.byteArray), options: WriterOptions())
        }
    }

    @Test func aRowGroupBeginsWithARow() throws {
        let leaf = try Schema(fields: [SchemaNode("a", .repeated, .column(.int32, length: 0))]).leaves[0]
        let column = Self.values(1, definition: [1], repetition: [1], .plain(.int32([5])))
        #expect(throws: ParquetError.self) {
            try EncodedColumnChunk([column], of: leaf, options: WriterOptions())
        }
    }

    /// Schemas that other programs do not read.
    private static let wrongSchemas: [[SchemaNode]] = [
        [],
        [SchemaNode("a", .optional, .group([]))],
        [
            SchemaNode("a", .optional, .column(.int32, length: 0)),
            SchemaNode("a", .optional, .column(.int64, length: 0)),
        ],
        [SchemaNode("a", .optional, .column(.int32, length: 0), logicalType: .string)],
        [SchemaNode("a", .optional, .column(.fixedLengthByteArray, length: 0))],
        [
            SchemaNode(
                "a", .optional, .column(.int32, length: 0), logicalType: .decimal(precision: 10, scale: 2))
        ],
        [SchemaNode("a", .optional, .column(.fixedLengthByteArray, length: 15), logicalType: .uuid)],
    ]

    @Test(arguments: wrongSchemas.indices)
    func schemasThatNoFileCanHaveAreRefused(index: Int) throws {
        let schema = try Schema(fields: Self.wrongSchemas[index])
        #expect(throws: ParquetError.self) {
            try ParquetFileWriter(schema: schema, options: WriterOptions())
        }
    }

    @Test func columnsOfAnotherLengthAreRefused() throws {
        let schema = try Schema(fields: [SchemaNode("a", .required, .column(.int32, length: 0))])
        var writer = try ParquetFileWriter(schema: schema, options: WriterOptions())
        let column = Self.values(2, definition: [], .plain(.int32([1, 2])))
        let chunk = try EncodedColumnChunk([column], of: schema.leaves[0], options: WriterOptions())
        #expect(throws: ParquetError.self) { try writer.append([chunk], rowCount: 3) }
        #expect(throws: ParquetError.self) { try writer.append([], rowCount: 2) }
        #expect(try !writer.append([chunk], rowCount: 2).isEmpty)
    }
}
