// How records are put together from columns: groups, lists and maps, in all forms, and columns that do not fit.

import Parquet
import Testing

@testable import Records

@Suite struct RecordStructureTests {
    private static func list(
        _ element: SchemaNode, name: String = "l", _ repetition: Repetition = .optional
    )
        -> SchemaNode
    {
        .group(name, repetition, .list, .group("list", .repeated, nil, element))
    }

    private static func map(_ key: SchemaNode, _ value: SchemaNode) -> SchemaNode {
        .group("m", .optional, .map, .group("key_value", .repeated, nil, key, value))
    }

    @Test("Fields that are null are left out; a group may be empty")
    func groups() throws {
        let fields: [SchemaNode] = [
            .column("a", .int32, .required),
            .group(
                "g", .optional, nil, .column("b \"é\"", .int32, .optional), .column("c", .boolean, .optional)),
        ]
        let columns = [
            Columns.required(.int32([1, 2, 3, 4])),
            Columns.entries(.int32([7, 8]), definition: [2, 0, 1, 2]),
            Columns.entries(.boolean([true]), definition: [2, 0, 1, 1]),
        ]
        let expected = [
            #"{"a":1,"g":{"b \"é\"":7,"c":true}}"#, #"{"a":2}"#, #"{"a":3,"g":{}}"#,
            #"{"a":4,"g":{"b \"é\"":8}}"#,
        ]
        for piecemeal in [false, true] {
            #expect(try records(fields, columns, rowCount: 4, piecemeal: piecemeal) == expected)
        }
        #expect(
            try records(fields, [columns[0], columns[2]], rowCount: 4, wanted: [0, 2]) == [
                #"{"a":1,"g":{"c":true}}"#, #"{"a":2}"#, #"{"a":3,"g":{}}"#, #"{"a":4,"g":{}}"#,
            ])
        #expect(try records(fields, [], rowCount: 2, wanted: []) == ["{}", "{}"])
    }

    @Test("Lists that are null, empty, and hold nulls")
    func lists() throws {
        let column = Columns.entries(
            .int32([1, 2, 3]), definition: [0, 1, 2, 3, 2, 3, 3], repetition: [0, 0, 0, 0, 1, 1, 0])
        #expect(
            try records([Self.list(.column("element", .int32, .optional))], [column], rowCount: 5)
                == ["{}", #"{"l":[]}"#, #"{"l":[null]}"#, #"{"l":[1,null,2]}"#, #"{"l":[3]}"#])
    }

    @Test("Lists of lists of objects, with nulls and empties at every level")
    func nestedLists() throws {
        let object = SchemaNode.group(
            "element", .optional, nil, .column("a", .int64, .optional), .column("b", .int64, .optional))
        let field = Self.list(Self.list(object, name: "element"))
        let columns = [
            Columns.entries(
                .int64([1, 3]), definition: [6, 5, 3, 2, 4, 6, 0, 1], repetition: [0, 2, 1, 1, 1, 2, 0, 0]),
            Columns.entries(
                .int64([2, 4]), definition: [5, 6, 3, 2, 4, 6, 0, 1], repetition: [0, 2, 1, 1, 1, 2, 0, 0]),
        ]
        for piecemeal in [false, true] {
            #expect(
                try records([field], columns, rowCount: 3, piecemeal: piecemeal) == [
                    #"{"l":[[{"a":1},{"b":2}],[],null,[null,{"a":3,"b":4}]]}"#, "{}", #"{"l":[]}"#,
                ])
        }
    }

    @Test("Lists as older writers have them (LogicalTypes.md, the rules of backward compatibility)")
    func olderLists() throws {
        let levels: (definition: [UInt8], repetition: [UInt8]) = ([2, 2, 1, 0], [0, 1, 0, 0])
        let numbers = Columns.entries(
            .int32([1, 2]), definition: levels.definition, repetition: levels.repetition)
        let texts = Columns.entries(
            Columns.texts("x", "y"), definition: levels.definition, repetition: levels.repetition)
        func list(_ repeated: SchemaNode) -> SchemaNode { .group("l", .optional, .list, repeated) }
        let one = SchemaNode.column("n", .int32)
        let objects = [#"{"l":[{"n":1},{"n":2}]}"#, #"{"l":[]}"#, "{}"]
        let plain = [#"{"l":[1,2]}"#, #"{"l":[]}"#, "{}"]
        // Rule 1: a repeated column.
        #expect(try records([list(.column("element", .int32, .repeated))], [numbers], rowCount: 3) == plain)
        // Rule 2: a repeated group of several fields.
        let pair = list(.group("element", .repeated, nil, one, .column("s", .byteArray, .string)))
        #expect(
            try records([pair], [numbers, texts], rowCount: 3)
                == [#"{"l":[{"n":1,"s":"x"},{"n":2,"s":"y"}]}"#, #"{"l":[]}"#, "{}"])
        // Rule 4: names that say that the repeated group is the element.
        for name in ["array", "l_tuple"] {
            #expect(try records([list(.group(name, .repeated, nil, one))], [numbers], rowCount: 3) == objects)
        }
        // Rule 5: any other name.
        #expect(try records([list(.group("element", .repeated, nil, one))], [numbers], rowCount: 3) == plain)
        // Rule 3: a repeated group of a repeated field, which may be a list itself.
        let deep = Columns.entries(
            .int32([1, 2, 3]), definition: [3, 3, 3, 2, 1, 0], repetition: [0, 2, 1, 0, 0, 0])
        let inner = SchemaNode.column("n", .int32, .repeated)
        #expect(
            try records([list(.group("array", .repeated, .list, inner))], [deep], rowCount: 4)
                == [#"{"l":[[1,2],[3]]}"#, #"{"l":[[]]}"#, #"{"l":[]}"#, "{}"])
        #expect(
            try records([list(.group("list", .repeated, nil, inner))], [deep], rowCount: 4)
                == [#"{"l":[{"n":[1,2]},{"n":[3]}]}"#, #"{"l":[{"n":[]}]}"#, #"{"l":[]}"#, "{}"])
        // No annotation at all.
        let bare = Columns.entries(.int32([1, 2]), definition: [1, 1, 0], repetition: [0, 1, 0])
        #expect(
            try records([.column("l", .int32, .repeated)], [bare], rowCount: 2) == [
                #"{"l":[1,2]}"#, #"{"l":[]}"#,
            ])
        #expect(
            try records([.group("l", .repeated, nil, one)], [bare], rowCount: 2)
                == [#"{"l":[{"n":1},{"n":2}]}"#, #"{"l":[]}"#])
    }

    @Test("Maps are objects, with keys that are strings")
    func maps() throws {
        let levels: (definition: [UInt8], repetition: [UInt8]) = ([2, 2, 2, 1, 0], [0, 1, 1, 0, 0])
        let value = SchemaNode.group("value", .optional, nil, .column("v", .int32, .optional))
        let values = Columns.entries(.int32([5]), definition: [4, 2, 3, 1, 0], repetition: levels.repetition)
        func map(_ key: SchemaNode, _ keys: PhysicalValues) throws -> [String] {
            try records(
                [Self.map(key, value)],
                [
                    Columns.entries(keys, definition: levels.definition, repetition: levels.repetition),
                    values,
                ],
                rowCount: 3)
        }
        func expected(_ keys: String...) -> [String] {
            ["{\"m\":{\(keys[0]):{\"v\":5},\(keys[1]):null,\(keys[2]):{}}}", #"{"m":{}}"#, "{}"]
        }
        #expect(
            try map(.column("key", .byteArray, .string), Columns.texts("a", "b\"", "a"))
                == expected(#""a""#, #""b\"""#, #""a""#))
        #expect(
            try map(.column("key", .int64), .int64([1, -2, 3])) == expected(#""1""#, #""-2""#, #""3""#))
        #expect(
            try map(.column("key", .boolean), .boolean([true, false, true]))
                == expected(#""true""#, #""false""#, #""true""#))
        #expect(
            try map(.column("key", .int32, .date), .int32([0, 1, 2]))
                == expected(#""1970-01-01""#, #""1970-01-02""#, #""1970-01-03""#))
        #expect(
            try map(.column("key", .int32, .decimal(precision: 9, scale: 1)), .int32([10, 11, 12]))
                == expected(#""1.0""#, #""1.1""#, #""1.2""#))
    }

    @Test("Maps that no object can stand for")
    func otherMaps() throws {
        let levels: (definition: [UInt8], repetition: [UInt8]) = ([2, 2, 1], [0, 1, 0])
        let keys = Columns.entries(
            .int32([1, 2]), definition: levels.definition, repetition: levels.repetition)
        let set = SchemaNode.group(
            "m", .optional, .map, .group("key_value", .repeated, nil, .column("key", .int32)))
        #expect(try records([set], [keys], rowCount: 2) == [#"{"m":[1,2]}"#, #"{"m":[]}"#])
        let ofGroups = Self.map(
            .group("key", .required, nil, .column("k", .int32)), .column("value", .int32))
        #expect(
            try records([ofGroups], [keys, keys], rowCount: 2)
                == [#"{"m":[{"key":{"k":1},"value":1},{"key":{"k":2},"value":2}]}"#, #"{"m":[]}"#])
        let onlyKeys = Self.map(.column("key", .int32), .column("value", .int32))
        #expect(
            try records([onlyKeys], [keys], rowCount: 2, wanted: [0]) == [#"{"m":[1,2]}"#, #"{"m":[]}"#])
    }

    @Test("Constants end every record, in the place of fields of the same name")
    func constants() throws {
        let fields: [SchemaNode] = [.column("a", .int32), .column("day", .int32), .column("b", .int32)]
        let column = Columns.required(.int32([1, 2]))
        #expect(
            try records(
                fields, [column, column], rowCount: 2,
                constants: [
                    ConstantColumn(name: "day", value: .string("2024-05-01")),
                    ConstantColumn(name: "q\"", value: .string("x\ny")),
                    ConstantColumn(name: "n", value: .integer(7)),
                    ConstantColumn(name: "none", value: .string(nil)),
                ]) == [
                    #"{"a":1,"b":1,"day":"2024-05-01","q\"":"x\ny","n":7}"#,
                    #"{"a":2,"b":2,"day":"2024-05-01","q\"":"x\ny","n":7}"#,
                ])
    }

    @Test("A record beyond the limit is refused, however small its column is")
    func hugeRecord() throws {
        let schema = try Schema(fields: [.column("l", .byteArray, .repeated, .string)])
        let plan = try RecordPlan(schema)
        let text = String(repeating: "x", count: 1_000)
        let count = 10_000
        let column = ColumnValues(
            entryCount: count, definitionLevels: [UInt8](repeating: 1, count: count),
            repetitionLevels: [0] + [UInt8](repeating: 1, count: count - 1),
            content: .dictionary(indices: [Int32](repeating: 0, count: count), Columns.texts(text)))
        var rows = RecordAssembler(
            plan, [column], rowCount: 1, dictionaries: RenderedDictionaries(leafCount: 1))
        var output = try JSONOutput(capacity: 1_000, maximumRecord: 1 << 20)
        #expect {
            try rows.write(to: &output, limit: .max)
        } throws: { error in
            guard case .tooLarge? = (error as? ParquetError)?.problem else { return false }
            return true
        }
    }

    @Test("Columns that contradict themselves, the schema or each other are refused, and named")
    func malformed() throws {
        let flat = SchemaNode.column("a", .int32, .optional)
        func refused(_ fields: [SchemaNode], _ columns: [ColumnValues], rowCount: Int) {
            #expect {
                _ = try records(fields, columns, rowCount: rowCount)
            } throws: { error in
                if case .malformed? = (error as? ParquetError)?.problem { true } else { false }
            }
        }
        let bad: [ColumnValues] = [
            Columns.entries(.int32([1]), definition: [1, 1]),
            Columns.entries(.int32([1, 2]), definition: [1]),
            Columns.entries(.int32([1]), definition: [1, 2]),
            Columns.entries(.int32([1]), definition: [1, 0xFF]),
            Columns.entries(.int64([1]), definition: [1, 0]),
            Columns.entries(.int32([1]), definition: [1, 0, 0]),
            Columns.required(.int32([1, 2])),
            ColumnValues(
                entryCount: 2, definitionLevels: [1, 1], repetitionLevels: [],
                content: .dictionary(indices: [0, 1], .int32([1]))),
            ColumnValues(
                entryCount: 2, definitionLevels: [1, 1], repetitionLevels: [],
                content: .dictionary(indices: [0, -1], .int32([1]))),
        ]
        for column in bad { refused([flat], [column], rowCount: 2) }
        var texts = ByteArrays()
        texts.append([1, 2, 3])
        for offsets: [Int32] in [[0, 4], [-1, 2], [3, 0], []] {
            texts.offsets = offsets
            refused([.column("a", .byteArray)], [Columns.required(.byteArray(texts))], rowCount: 1)
        }
        let pair = SchemaNode.group("l", .repeated, nil, .column("a", .int32), .column("b", .int32))
        let two = Columns.entries(.int32([1, 2]), definition: [1, 1], repetition: [0, 1])
        let one = Columns.entries(.int32([1]), definition: [1], repetition: [0])
        refused([pair], [two, one], rowCount: 1)
        refused([pair], [one, two], rowCount: 1)
        refused([pair], [Columns.entries(.int32([]), definition: [0], repetition: [0]), two], rowCount: 1)
        refused(
            [pair], [two, Columns.entries(.int32([1, 2]), definition: [1, 1], repetition: [1, 0])],
            rowCount: 1)
        refused(
            [pair], [two, Columns.entries(.int32([1, 2]), definition: [1, 1], repetition: [0, 2])],
            rowCount: 1)
        refused([pair], [two, two], rowCount: 2)
    }
}
