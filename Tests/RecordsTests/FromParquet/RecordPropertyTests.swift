// Random schemas and random rows: the records of their columns are the records that the columns were made of.

import Parquet
import TestFiles
import Testing

@testable import Records

@Suite struct RecordPropertyTests {
    @Test("Any nesting comes out as it went in", arguments: 0..<60)
    func anyNesting(seed: UInt64) throws {
        var generator = SeededNumbers(seed: seed)
        let fields = (0..<Int.random(in: 1...4, using: &generator)).map {
            (name: "f\($0)", field: Field(&generator, depth: 0))
        }
        let rows = (0..<30).map { _ in fields.map { Value($0.field, &generator) } }
        var shredder = Shredder(leafCount: fields.reduce(0) { $0 + $1.field.leafCount })
        for row in rows {
            shredder.shred(fields.map(\.field), row, definition: 0, repetition: 0, depth: 0, leaf: 0)
        }
        let expected = rows.map { Value.object(zip(fields.map(\.name), $0).map { ($0, $1) }).json }
        let nodes = fields.map { $0.field.node($0.name) }
        let leaves = try Schema(fields: nodes).leaves
        for inDictionary in [false, true] {
            let columns = shredder.columns(of: leaves, inDictionary: inDictionary)
            for piecemeal in [false, true] {
                #expect(
                    try records(nodes, columns, rowCount: rows.count, piecemeal: piecemeal) == expected)
            }
        }
    }
}

/// A field of a random schema.
private struct Field {
    indirect enum Kind {
        case number
        case object([(name: String, field: Field)])
        /// In the form of the specification.
        case list(Field)
        /// A repeated field in an annotated group; the element is not optional.
        case twoLevelList(Field)
        /// A repeated field, neither optional itself nor its element.
        case bareList(Field)
        case map(Field)
    }

    var isOptional: Bool
    var kind: Kind

    init(_ generator: inout SeededNumbers, depth: Int) {
        isOptional = Bool.random(using: &generator)
        func element(_ mayBeOptional: Bool = true) -> Field {
            var field = Field(&generator, depth: depth + 1)
            // A repeated field is no other repeated field.
            if !mayBeOptional {
                while case .bareList = field.kind { field = Field(&generator, depth: depth + 1) }
                field.isOptional = false
            }
            return field
        }
        switch depth > 3 ? 0 : Int.random(in: 0...6, using: &generator) {
        case 0, 1: kind = .number
        case 2:
            kind = .object((0..<Int.random(in: 1...3, using: &generator)).map { ("m\($0)", element()) })
        case 3: kind = .list(element())
        case 4: kind = .twoLevelList(element(false))
        case 5:
            kind = .bareList(element(false))
            isOptional = false
        default: kind = .map(element())
        }
    }

    var leafCount: Int {
        switch kind {
        case .number: 1
        case .object(let members): members.reduce(0) { $0 + $1.field.leafCount }
        case .list(let element), .twoLevelList(let element), .bareList(let element): element.leafCount
        case .map(let value): 1 + value.leafCount
        }
    }

    func node(_ name: String) -> SchemaNode {
        let repetition = isOptional ? Repetition.optional : .required
        switch kind {
        case .number: return .column(name, .int64, repetition)
        case .object(let members):
            return SchemaNode(name, repetition, .group(members.map { $0.field.node($0.name) }))
        case .list(var element):
            // The rules for older lists would take the repeated group for the element.
            if case .bareList(let inner) = element.kind { element.kind = .list(inner) }
            return .group(name, repetition, .list, .group("list", .repeated, nil, element.node("element")))
        case .twoLevelList(let element):
            var repeated = element.node("array")
            repeated.repetition = .repeated
            return .group(name, repetition, .list, repeated)
        case .bareList(let element):
            var repeated = element.node(name)
            repeated.repetition = .repeated
            return repeated
        case .map(let value):
            return .group(
                name, repetition, .map,
                .group("key_value", .repeated, nil, .column("key", .int64), value.node("value")))
        }
    }
}

/// A value of a field.
private indirect enum Value {
    case null
    case number(Int64)
    case object([(name: String, value: Value)])
    case list([Value])
    case map([(key: Int64, value: Value)])

    init(_ field: Field, _ generator: inout SeededNumbers) {
        if field.isOptional && Int.random(in: 0..<3, using: &generator) == 0 {
            self = .null
            return
        }
        let count = max(0, Int.random(in: -1...3, using: &generator))
        switch field.kind {
        case .number: self = .number(Int64.random(in: -99...99, using: &generator))
        case .object(let members): self = .object(members.map { ($0.name, Value($0.field, &generator)) })
        case .list(let element), .twoLevelList(let element), .bareList(let element):
            self = .list((0..<count).map { _ in Value(element, &generator) })
        case .map(let value):
            self = .map(
                (0..<count).map { _ in (Int64.random(in: 0...9, using: &generator), Value(value, &generator))
                })
        }
    }

    var json: String {
        switch self {
        case .null: "null"
        case .number(let number): "\(number)"
        case .object(let members):
            "{"
                + members.filter { if case .null = $0.value { false } else { true } }
                .map { "\"\($0.name)\":\($0.value.json)" }.joined(separator: ",") + "}"
        case .list(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
        case .map(let entries):
            "{" + entries.map { "\"\($0.key)\":\($0.value.json)" }.joined(separator: ",") + "}"
        }
    }
}

/// Makes columns of values, straight as the definition of the levels says.
private struct Shredder {
    var definitionLevels: [[UInt8]]
    var repetitionLevels: [[UInt8]]
    var values: [[Int64]]

    init(leafCount: Int) {
        definitionLevels = Array(repeating: [], count: leafCount)
        repetitionLevels = definitionLevels
        values = Array(repeating: [], count: leafCount)
    }

    mutating func shred(
        _ fields: [Field], _ row: [Value], definition: Int, repetition: Int, depth: Int, leaf: Int
    ) {
        var leaf = leaf
        for (field, value) in zip(fields, row) {
            shred(field, value, definition: definition, repetition: repetition, depth: depth, leaf: leaf)
            leaf += field.leafCount
        }
    }

    /// `depth` is the number of repeated fields above.
    private mutating func shred(
        _ field: Field, _ value: Value, definition: Int, repetition: Int, depth: Int, leaf: Int
    ) {
        func end(_ shredder: inout Shredder, at definition: Int) {
            for index in leaf..<leaf + field.leafCount {
                shredder.definitionLevels[index].append(UInt8(definition))
                shredder.repetitionLevels[index].append(UInt8(repetition))
            }
        }
        let level = definition + (field.isOptional ? 1 : 0)
        func shredElements(
            _ count: Int, _ fields: [Field], _ shredder: inout Shredder, _ row: (Int) -> [Value]
        ) {
            if count == 0 { end(&shredder, at: level) }
            for index in 0..<count {
                shredder.shred(
                    fields, row(index), definition: level + 1,
                    repetition: index == 0 ? repetition : depth + 1,
                    depth: depth + 1, leaf: leaf)
            }
        }
        switch (field.kind, value) {
        case (_, .null): end(&self, at: definition)
        case (.number, .number(let number)):
            end(&self, at: level)
            values[leaf].append(number)
        case (.object(let members), .object(let row)):
            shred(
                members.map(\.field), row.map(\.value), definition: level, repetition: repetition,
                depth: depth,
                leaf: leaf)
        case (.list(let element), .list(let elements)), (.twoLevelList(let element), .list(let elements)),
            (.bareList(let element), .list(let elements)):
            shredElements(elements.count, [element], &self) { [elements[$0]] }
        case (.map(let field), .map(let entries)):
            var key = field
            key.kind = .number
            key.isOptional = false
            shredElements(entries.count, [key, field], &self) {
                [.number(entries[$0].key), entries[$0].value]
            }
        default: Issue.record("a value of another type")
        }
    }

    func columns(of leaves: [LeafColumn], inDictionary: Bool) -> [ColumnValues] {
        leaves.map { leaf in
            let values = values[leaf.index]
            let dictionary = Array(Set(values)).sorted()
            let indices = values.map { value in Int32(dictionary.firstIndex(of: value) ?? -1) }
            return ColumnValues(
                entryCount: definitionLevels[leaf.index].count,
                definitionLevels: leaf.maximumDefinitionLevel > 0 ? definitionLevels[leaf.index] : [],
                repetitionLevels: leaf.maximumRepetitionLevel > 0 ? repetitionLevels[leaf.index] : [],
                content: inDictionary
                    ? .dictionary(indices: indices, .int64(dictionary)) : .plain(.int64(values)))
        }
    }
}
