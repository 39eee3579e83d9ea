// Records as columns, with their levels.

import Parquet
import Testing

@testable import Records

@Suite struct ColumnShredderTests {
    /// The columns of `lines` in a schema, as text: entries as `value` or `-`, each with `:definition/repetition`.
    private func shred(
        _ lines: [String], _ fields: [SchemaNode], unknownFields: UnknownFieldPolicy = .fail
    ) throws -> ColumnShredder.ShreddedBlock {
        let shredder = ColumnShredder(try Schema(fields: fields), unknownFields: unknownFields)
        return shredder.shred(LineBlock(lines))
    }

    private static let string = SchemaNode(
        "s", .optional, .column(.byteArray, length: 0), logicalType: .string)

    private static func list(_ element: SchemaNode, _ repetition: Repetition = .optional) -> SchemaNode {
        SchemaNode(
            "l", repetition, .group([SchemaNode("list", .repeated, .group([element]))]), logicalType: .list)
    }

    private static func integer(_ name: String, _ repetition: Repetition = .optional) -> SchemaNode {
        SchemaNode(name, repetition, .column(.int64, length: 0))
    }

    @Test("Fields that are there, null and missing")
    func optional() throws {
        let lines = [
            #"{"a":1,"g":{"b":2}}"#, #"{"g":null,"a":null}"#, #"{"g":{"b":null}}"#, "{}", #"{ "g" : { } }"#,
        ]
        let group = SchemaNode("g", .optional, .group([Self.integer("b"), Self.integer("c", .optional)]))
        let block = try shred(lines, [Self.integer("a"), group])
        #expect(
            block.columns.map(\.summary) == [
                "1:1 -:0 -:0 -:0 -:0", "2:2 -:0 -:1 -:0 -:1", "-:1 -:0 -:1 -:0 -:1",
            ])
        #expect(block.figures.records == 5)
    }

    @Test("Lists that are null, empty, and hold nulls")
    func lists() throws {
        let lines = ["{}", #"{"l":[]}"#, #"{"l":[null]}"#, #"{"l":[1,null, 2 ]}"#]
        let block = try shred(lines, [Self.list(Self.integer("element"))])
        #expect(block.columns.map(\.summary) == ["-:0/0 -:1/0 -:2/0 1:3/0 -:2/1 2:3/1"])
    }

    @Test("Lists of lists of objects")
    func nestedLists() throws {
        let object = SchemaNode("element", .optional, .group([Self.integer("a"), Self.integer("b")]))
        let inner = Self.list(object).renamed("element")
        let lines = [#"{"l":[[{"a":1},{"b":2}],[],null,[null,{"a":3,"b":4}]]}"#, #"{"l":null}"#]
        let block = try shred(lines, [Self.list(inner)])
        #expect(
            block.columns.map(\.summary) == [
                "1:6/0 -:5/2 -:3/1 -:2/1 -:4/1 3:6/2 -:0/0", "-:5/0 2:6/2 -:3/1 -:2/1 -:4/1 4:6/2 -:0/0",
            ])
    }

    @Test("The lists of older files: repeated columns, repeated groups, groups named array or tuple")
    func olderLists() throws {
        func old(_ name: String, _ repeated: SchemaNode) -> SchemaNode {
            SchemaNode(name, .optional, .group([repeated]), logicalType: .list)
        }
        let a = Self.integer("a", .required)
        let fields = [
            Self.integer("bare", .repeated), SchemaNode("groups", .repeated, .group([a])),
            old("plain", Self.integer("item", .repeated)),
            old("array", SchemaNode("array", .repeated, .group([a]))),
            old("tuple", SchemaNode("tuple_tuple", .repeated, .group([a]))),
            old("several", SchemaNode("x", .repeated, .group([a, Self.integer("b")]))),
            old("one", SchemaNode("bag", .repeated, .group([a]))),
        ]
        let lines = [
            #"{"bare":[1,2],"groups":[{"a":1}],"plain":[3],"array":[{"a":4}],"tuple":[{"a":5}],"#
                + #""several":[{"a":6}],"one":[7,8]}"#,
            #"{"bare":null,"plain":[],"array":null}"#,
        ]
        #expect(
            try shred(lines, fields).columns.map(\.summary) == [
                "1:1/0 2:1/1 -:0/0", "1:1/0 -:0/0", "3:2/0 -:1/0", "4:2/0 -:0/0", "5:2/0 -:0/0",
                "6:2/0 -:0/0",
                "-:2/0 -:0/0", "7:2/0 8:2/1 -:0/0",
            ])
    }

    @Test("Maps, from objects and from entries")
    func maps() throws {
        func map(_ key: SchemaNode) -> SchemaNode {
            SchemaNode(
                "m", .optional,
                .group([SchemaNode("key_value", .repeated, .group([key, Self.integer("value")]))]),
                logicalType: .map)
        }
        let key = SchemaNode("key", .required, .column(.byteArray, length: 0), logicalType: .string)
        let lines = [
            #"{"m":{"x":1,"\u0079":null}}"#, #"{"m":{}}"#, "{}",
            #"{"m":[{"key":"z","value":3},{"key":"z"}]}"#,
        ]
        #expect(
            try shred(lines, [map(key)]).columns.map(\.summary) == [
                "x:2/0 y:2/1 -:1/0 -:0/0 z:2/0 z:2/1", "1:3/0 -:2/1 -:1/0 -:0/0 3:3/0 -:2/1",
            ])
        let numbers = map(Self.integer("key", .required))
        #expect(try shred([#"{"m":{"-7":1}}"#], [numbers]).columns.first?.summary == "-7:2/0")
        #expect(try shred([#"{"m":{"1-":1}}"#], [numbers]).misfit?.path == ["m", "[]", "key"])
    }

    @Test(
        "Numbers are exact in INT64 and rounded to the nearest in DOUBLE",
        arguments: [
            ("0", "0", "0.0"), ("-0", "0", "-0.0"), ("1.0", "1", "1.0"), ("1e3", "1000", "1000.0"),
            ("12.50e1", "125", "125.0"),
            ("9223372036854775807", "9223372036854775807", "9.223372036854776e+18"),
            ("-9223372036854775808", "-9223372036854775808", "-9.223372036854776e+18"),
            ("9223372036854775808", nil, "9.223372036854776e+18"), ("0.5", nil, "0.5"), ("1e400", nil, nil),
            ("-1e400", nil, nil), ("1e-400", nil, "0.0"), ("0e99999999999999999999", "0", "0.0"),
            ("9007199254740993", "9007199254740993", "9007199254740992.0"), ("0.1", nil, "0.1"),
            ("123456789012345678901234567890", nil, "1.2345678901234568e+29"),
            ("2.2250738585072011e-308", nil, "2.225073858507201e-308"), ("5e-324", nil, "5e-324"),
            ("1.7976931348623157e308", nil, "1.7976931348623157e+308"),
            ("100000000000000000000000e-22", "10", "10.0"), ("0.000000000000000000000000001", nil, "1e-27"),
            ("1.00000000000000011102230246251565404236316680908203125", nil, "1.0"),
            ("1.00000000000000011102230246251565404236316680908203126", nil, "1.0000000000000002"),
        ])
    func numbers(text: String, integer: String?, double: String?) throws {
        let line = [#"{"x":\#(text)}"#]
        let integers = try shred(line, [Self.integer("x")])
        #expect(integers.columns.first?.summary == integer.map { $0 + ":1" })
        let doubles = try shred(line, [SchemaNode("x", .optional, .column(.double, length: 0))])
        #expect(doubles.columns.first?.summary == double.map { $0 + ":1" })
        if integer == nil { #expect(integers.misfit?.reason == .unfit("INT64")) }
        if double == nil { #expect(doubles.misfit?.reason == .unfit("DOUBLE")) }
    }

    @Test(
        "Escapes are resolved, and half surrogates replaced",
        arguments: [
            (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"), (#"\u0041\u00e9\u65E5"#, "Aé日"),
            (#"\ud83d\uDE00!"#, "😀!"), (#"\ud83d"#, "\u{FFFD}"), (#"\ude00\ud83d"#, "\u{FFFD}\u{FFFD}"),
            (#"\ud83dx\u0041"#, "\u{FFFD}xA"), (#"\ud83d\u0041"#, "\u{FFFD}A"), (#"\u0000"#, "\u{0}"),
            ("日本語 and more than eight bytes", "日本語 and more than eight bytes"), ("", ""),
            (#"01234567\n89"#, "01234567\n89"), (#"0123456\\"#, "0123456\\"),
            (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"),
        ])
    func escapes(text: String, expected: String) throws {
        let block = try shred([#"{"\u0073":"\#(text)","x":1}"#], [Self.string, Self.integer("x")])
        #expect(block.columns.map(\.summary) == [expected + ":1", "1:1"])
    }

    @Test("Columns of text hold other values as they are written")
    func text() throws {
        let json = SchemaNode("j", .optional, .column(.byteArray, length: 0), logicalType: .json)
        let lines = [#"{"s":1.50,"j":"x\n"}"#, #"{"s":[1, {"a":"]"}],"j":{ }}"#, #"{"s":true,"j":null}"#]
        #expect(
            try shred(lines, [Self.string, json]).columns.map(\.summary) == [
                #"1.50:1 [1, {"a":"]"}]:1 true:1"#, #""x\n":1 { }:1 -:0"#,
            ])
    }

    @Test("Of a name that stands twice in an object, the first counts")
    func duplicates() throws {
        let lines = [#"{"x":1,"x":2,"\u0078":"y"}"#, #"{"x":null,"x":2}"#]
        #expect(try shred(lines, [Self.integer("x")]).columns.map(\.summary) == ["1:1 -:0"])
    }

    @Test("What does not fit is told with its line and path")
    func misfits() throws {
        let group = SchemaNode("g", .optional, .group([Self.integer("b", .required)]))
        let fields = [Self.list(Self.integer("element", .required)), group]
        let table: [(String, [String], RecordMisfit.Reason)] = [
            (#"{"y":1}"#, ["y"], .unknownField), (#"{"g":{"b":1,"c\n":1}}"#, ["g", "c\n"], .unknownField),
            (#"{"g":{}}"#, ["g", "b"], .missing), (#"{"g":{"b":null}}"#, ["g", "b"], .missing),
            (#"{"l":[null]}"#, ["l", "[]"], .missing), (#"{"l":["1"]}"#, ["l", "[]"], .unfit("INT64")),
            (#"{"l":{}}"#, ["l"], .unfit("array")), (#"{"g":[]}"#, ["g"], .unfit("object")),
            (#"{"g":{"b":true}}"#, ["g", "b"], .unfit("INT64")),
        ]
        for (line, path, reason) in table {
            let block = try shred(["", "{}", line, "{"], fields)
            #expect(block.misfit?.line == 2, "\(line)")
            #expect(block.misfit?.path == path, "\(line)")
            #expect(block.misfit?.reason == reason, "\(line)")
            #expect(block.columns.isEmpty)
        }
    }

    @Test("Fields that the schema has not are left out if so wished")
    func unknownFields() throws {
        let lines = [#"{"y":{"x":[1,"}"]},"x":1,"z\"":"\"","s":null}"#]
        let block = try shred(lines, [Self.integer("x"), Self.string], unknownFields: .ignore)
        #expect(block.columns.map(\.summary) == ["1:1", "-:0"])
    }

    @Test("A line that is malformed leaves nothing behind, however late that is seen")
    func malformed() throws {
        let lines = [
            #"{"x":1,"s":"a"}"#, #"{"x":2,"s":"b"} x"#, #"{"x":3,"s":"c\q"}"#, "  ",
            "{\"x\":4,\"s\":\"\u{1}\"}",
            #"{"x":5,"s":"e"}"#, #"{"x":6"#,
        ]
        let block = try shred(lines, [Self.integer("x"), Self.string])
        #expect(block.columns.map(\.summary) == ["1:1 5:1", "a:1 e:1"])
        let checked = CheckedLines(LineBlock(lines)).figures
        #expect(block.figures.lines == checked.lines)
        #expect(block.figures.records == checked.records)
        #expect(block.figures.recordBytes == checked.recordBytes)
        #expect(block.figures.malformedLines == 4)
        #expect(block.figures.malformedLines == checked.malformedLines)
        #expect(block.figures.firstMalformed?.line == checked.firstMalformed?.line)
        #expect(block.figures.firstMalformed?.fault == checked.firstMalformed?.fault)
    }

    @Test("Lists of objects without their fields do not take memory without end")
    func nulls() throws {
        let many = (0..<5_000).map { Self.integer("f\($0)") }
        let list = Self.list(SchemaNode("element", .optional, .group(many)))
        let line = #"{"l":["# + Array(repeating: "{}", count: 10_000).joined(separator: ",") + "]}"
        #expect(try shred([line], [list]).misfit?.reason == .tooLarge)
    }

    @Test(
        "Random records can be put together again from the columns", arguments: 1...40 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var dice = Dice(seed)
        let records =
            (0..<dice.roll(60) + 1).map { _ in JSONSample.randomObject(&dice) } + [.object([("a", .null)])]
        let block = LineBlock(records.map(\.text))
        let scanner = ShapeScanner(maximumFields: 1_000)
        var figures = CheckedLines.Figures(file: 0, bytesRead: 0)
        block.forEachRecord(counting: &figures) { place, line in
            scanner.add(place, line: line)
            return true
        }
        let schema = try scanner.shape(file: "").schema().schema
        let shredded = ColumnShredder(schema, unknownFields: .fail).shred(block)
        #expect(shredded.misfit == nil)
        let root = SchemaNode("", .required, .group(schema.fields))
        var assembly = Assembly(schema, shredded.columns)
        #expect(assembly.records() == records.map { $0.normal(root) })
        #expect(assembly.isAtEnd)
    }
}

extension LineBlock {
    /// A block of `lines`.
    init(_ lines: [String]) {
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        let padding = [UInt8](repeating: 0, count: JSONLineScanner.padding)
        self.init(file: 0, bytes: bytes + padding, range: 0..<bytes.count, bytesRead: 0)
    }
}

extension SchemaNode {
    fileprivate func renamed(_ name: String) -> SchemaNode {
        var node = self
        node.name = name
        return node
    }
}

extension ColumnValues {
    /// The entries as text: each its value or `-`, the definition level, and the repetition level if there is one.
    var summary: String {
        var next = 0
        let maximum = definitionLevels.max() ?? 0
        return (0..<entryCount).map { entry in
            let level = definitionLevels.isEmpty ? 0 : definitionLevels[entry]
            var text = "-"
            if next < content.count && level == maximum {
                text = value(next)
                next += 1
            }
            return "\(text):\(level)" + (repetitionLevels.isEmpty ? "" : "/\(repetitionLevels[entry])")
        }.joined(separator: " ")
    }

    private func value(_ index: Int) -> String {
        guard case .plain(let values) = content else { return "" }
        return switch values {
        case .boolean(let values): "\(values[index])"
        case .int32(let values): "\(values[index])"
        case .int64(let values): "\(values[index])"
        case .float(let values): "\(values[index])"
        case .double(let values): "\(values[index])"
        case .byteArray(let values): String(decoding: values[index], as: UTF8.self)
        case .fixed(let values): values[index].map { String($0, radix: 16) }.joined(separator: " ")
        }
    }
}
