// The schema that records have.

import Parquet
import TestFiles
import Testing

@testable import Records

@Suite struct SchemaInferenceTests {
    private func shape(_ lines: [String]) async throws -> RecordShape {
        let folder = try TemporaryFolder()
        let file = try folder.write(lines.map { $0 + "\n" }.joined(), to: "records.json")
        return try await SchemaInference.run(files: [file]).shape
    }

    @Test(
        "Values have the narrowest column that holds all of them without loss",
        arguments: [
            (["true", "false"], "BOOLEAN"), (["1", "-9223372036854775808"], "INT64"),
            (["9223372036854775807", "-0"], "INT64"), (["1", "2.5"], "DOUBLE"), (["1.0"], "DOUBLE"),
            (["1e3", "9007199254740992"], "DOUBLE"), (["9223372036854775808"], "DOUBLE"),
            (["18446744073709551615"], "STRING"), (["9007199254740993", "0.5"], "STRING"),
            (["123456789012345678901234567890"], "STRING"), (["1e400"], "STRING"), (["1e-400"], "DOUBLE"),
            ([#""a""#, "null"], "STRING"), (["null"], "STRING"), (["true", "1"], "STRING"),
            ([#""a""#, "1.5"], "STRING"), (["{}"], "JSON"), (["{}", "null"], "JSON"),
            (["{}", #"{"a":1}"#], "{a INT64}"), ([#"{"a":1}"#, "1"], "JSON"), (["[]", "{}"], "JSON"),
            (["[]"], "[STRING]"), (["[null]"], "[STRING]"), (["[1,null]", "[]", "null"], "[INT64]"),
            (["[1,2.5]", "null"], "[DOUBLE]"), (["[[1],[]]", "[null]"], "[[INT64]]"),
            ([#"[{"a":1},{"b":[true]}]"#], "[{a INT64, b [BOOLEAN]}]"), ([#"[1,[2]]"#], "[JSON]"),
            ([#""2026-01-31""#], "STRING"),
        ])
    func columns(values: [String], expected: String) async throws {
        let lines = values.map { #"{"x":\#($0)}"# }
        for lines in [lines, lines.reversed(), ["{}"] + lines] {
            let schema = try await shape(lines).schema().schema
            #expect(schema.fields.map(\.summary) == ["x " + expected])
        }
    }

    @Test("Fields come in the order in which they were first seen, and all are optional")
    func order() async throws {
        let shape = try await shape([#"{"b":1,"a":{"y":2}}"#, #"{"c":3,"a":{"x":[1],"y":2},"b":4}"#])
        let schema = try shape.schema().schema
        #expect(schema.fields.map(\.summary) == ["b INT64", "a {y INT64, x [INT64]}", "c INT64"])
        #expect(schema.fields.allSatisfy { $0.repetition == .optional })
        #expect(schema.leaves.map(\.maximumDefinitionLevel) == [1, 2, 4, 1])
        #expect(shape.records == 2)
        #expect(shape.fields.map(\.value.count) == [2, 2, 1])
    }

    @Test("Of a name that stands twice in an object, the first counts")
    func duplicates() async throws {
        let schema = try await shape([#"{"a":1,"a":"x","b":2,"\u0061":{}}"#]).schema().schema
        #expect(schema.fields.map(\.summary) == ["a INT64", "b INT64"])
    }

    @Test("Names are compared without escapes, and byte by byte")
    func names() async throws {
        let lines = [#"{"\u0061\"":1}"#, #"{"a\"":2.5}"#, "{\"é\":1}", "{\"e\u{301}\":1}", #"{"":1}"#]
        let schema = try await shape(lines).schema().schema
        #expect(
            schema.fields.map { Array($0.name.utf8) } == [
                Array("a\"".utf8), Array("é".utf8), Array("e\u{301}".utf8), [],
            ])
    }

    @Test("A field without a common type is told, with the first place of each kind")
    func mixed() async throws {
        let lines = [
            #"{"a":{"b":[1]}}"#, "", "{", #"{"a":{"b":[1,"x"]}}"#, #"{"a":{"b":["y"]},"c":null,"d":{}}"#,
        ]
        let inferred = try await shape(lines).schema()
        let field = try #require(inferred.mixedFields.first)
        #expect(inferred.mixedFields.count == 1)
        #expect(field.path == ["a", "b", "[]"])
        #expect(field.column == .string)
        #expect(field.places.map(\.kind) == [.integer, .string])
        #expect(field.places.map(\.line) == [1, 4])
    }

    @Test("What is nested deeper than columns go is kept as text")
    func deep() async throws {
        let depth = 200
        let objects = String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        let arrays =
            #"{"b":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        let inferred = try await shape([objects, arrays]).schema()
        #expect(inferred.schema.leaves.map(\.logicalType) == [.json, .json])
        #expect(inferred.mixedFields.map { $0.places.map(\.kind) } == [[.object, .deep], [.array, .deep]])
    }

    @Test("Names that are data are told, with the object that has them")
    func tooManyFields() async throws {
        let lines = (0..<200).map { line in
            #"{"id":1,"byUser":{"# + (0..<60).map { "\"u\(line * 60 + $0)\":1" }.joined(separator: ",") + "}}"
        }
        await #expect(throws: RecordsError.tooManyFields(maximum: 10_000, object: "byUser")) {
            _ = try await shape(lines)
        }
        await #expect(throws: RecordsError.noFields) { _ = try await shape(["{}", "{}"]).schema() }
    }

    @Test("Malformed lines are counted, and change nothing")
    func malformed() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("{\"a\":1}\n{\"b\":2,}\n\n{\"a\":2", to: "records.json")
        let result = try await SchemaInference.run(files: [file])
        #expect(result.shape.fields.map(\.name) == ["a"])
        #expect(result.count.records == 1)
        #expect(result.count.malformedLines == 2)
        #expect(result.count.firstMalformed?.line == 2)
    }

    @Test("Blocks of any size give the same shape")
    func blocks() async throws {
        let folder = try TemporaryFolder()
        var dice = Dice(1)
        let lines = (0..<300).map { _ in JSONSample.randomObject(&dice).text + "\n" }
        let file = try folder.write(lines.joined(), to: "records.json")
        let whole = try await SchemaInference.run(files: [file]).shape
        for blockSize in [1, 100, 3_000] {
            let blocks = LineBlocks(files: [file], blockSize: blockSize)
            #expect(try await SchemaInference.run(files: [file], blocks: blocks).shape == whole)
        }
    }
}

extension SchemaNode {
    /// The field in few words: its name, and its type, with `{}` for groups and `[]` for lists.
    var summary: String { name + " " + typeSummary }

    private var typeSummary: String {
        switch kind {
        case .column(let type, _): logicalType?.description ?? type.description
        case .group(let children) where logicalType == .list: "[\(children[0].children[0].typeSummary)]"
        case .group(let children): "{" + children.map(\.summary).joined(separator: ", ") + "}"
        }
    }
}
