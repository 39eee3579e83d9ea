// JSON values for tests: random, written as text, and put together again from columns.

import Parquet

/// A JSON value.
///
/// Numbers are kept as text, since that is what is compared where columns hold text.
indirect enum JSONSample: Equatable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([JSONSample])
    case object([(name: String, value: JSONSample)])

    static func == (left: JSONSample, right: JSONSample) -> Bool { left.text == right.text }

    /// As it is written in a record.
    var text: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let text): text
        case .string(let value): Self.quoted(value)
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ string: String) -> String {
        "\""
            + string.unicodeScalars.map { scalar in
                switch scalar {
                case "\"": "\\\""
                case "\\": "\\\\"
                case "\n": "\\n"
                case "\u{1}": "\\u0001"
                case "😀": "\\ud83d\\uDE00"
                default: String(scalar)
                }
            }.joined() + "\""
    }

    /// A random object.
    static func randomObject(_ dice: inout Dice, depth: Int = 0) -> JSONSample {
        var members: [(String, JSONSample)] = []
        for name in ["a", "b", "quite a long name \"x\"", "é", "list", "object", "back\\slash"]
        where dice.roll(3) > 0 {
            members.append((name, random(&dice, depth: depth, like: name)))
        }
        if dice.roll(4) == 0 { members.reverse() }
        return .object(members)
    }

    private static func random(_ dice: inout Dice, depth: Int, like name: String) -> JSONSample {
        if dice.roll(8) == 0 { return .null }
        // Most often a field has one type.
        if dice.roll(200) == 0 { return .array([.object([]), .number("1"), .string("x")]) }
        switch name {
        case "list":
            return depth > 3
                ? .array([])
                : .array(
                    (0..<dice.roll(4)).map { _ in
                        random(&dice, depth: depth + 1, like: dice.roll(50) == 0 ? "list" : "object")
                    })
        case "object": return depth > 3 ? .object([]) : randomObject(&dice, depth: depth + 1)
        case "a": return .number("\(dice.roll(2_000_000) - 1_000_000)")
        case "é": return .number(dice.pick(["1", "-2.5", "0.1", "1e5", "123456.789e-3"]))
        case "b": return .boolean(dice.roll(2) == 0)
        default:
            return .string(
                dice.pick(["", "x", "eight888", "a\"b\\c\nd\u{1}", "日本語😀é", "longer than eight bytes"]))
        }
    }

    /// What the columns of `node` should give for this value.
    func normal(_ node: SchemaNode) -> JSONSample {
        switch (self, node.kind) {
        case (.null, _): return .null
        case (.array(let elements), .group(let children)) where node.logicalType == .list:
            return .array(elements.map { $0.normal(children[0].children[0]) })
        case (.object(let members), .group(let children)):
            return .object(
                children.map { child in
                    (child.name, members.first { $0.name == child.name }?.value.normal(child) ?? .null)
                })
        case (.number(let text), .column(.double, _)): return .number("\(Double(text) ?? .nan)")
        case (.string, .column) where node.logicalType == .string: return self
        case (_, .column(.byteArray, _)): return .string(text)
        default: return self
        }
    }
}

/// The same numbers on every run.
struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int((state >> 11) % UInt64(sides))
    }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[roll(choices.count)] }
}

/// Puts the records of columns together, for schemas as they are inferred.
struct Assembly {
    private let schema: Schema
    private let columns: [ColumnValues]
    private var entries: [Int]
    private var values: [Int]

    init(_ schema: Schema, _ columns: [ColumnValues]) {
        self.schema = schema
        self.columns = columns
        entries = columns.map { _ in 0 }
        values = columns.map { _ in 0 }
    }

    /// All records.
    mutating func records() -> [JSONSample] {
        var records: [JSONSample] = []
        while entries[0] < columns[0].entryCount {
            var leaf = 0
            records.append(.object(schema.fields.map { ($0.name, field($0, 0, 0, &leaf)) }))
        }
        return records
    }

    /// Whether nothing is left over in any column.
    var isAtEnd: Bool {
        columns.indices.allSatisfy {
            entries[$0] == columns[$0].entryCount && values[$0] == columns[$0].content.count
        }
    }

    private mutating func field(
        _ node: SchemaNode, _ level: Int, _ repetition: Int, _ leaf: inout Int
    ) -> JSONSample {
        let present = level + (node.repetition == .optional ? 1 : 0)
        guard self.level(leaf) >= present else { return pass(node, &leaf, .null) }
        guard case .group(let children) = node.kind else { return value(&leaf) }
        guard node.logicalType == .list else {
            return .object(children.map { ($0.name, field($0, present, repetition, &leaf)) })
        }
        guard self.level(leaf) > present else { return pass(node, &leaf, .array([])) }
        var elements: [JSONSample] = []
        let first = leaf
        repeat {
            leaf = first
            elements.append(field(children[0].children[0], present + 1, repetition + 1, &leaf))
        } while entries[first] < columns[first].entryCount
            && columns[first].repetitionLevels[entries[first]] > repetition
        return .array(elements)
    }

    private func level(_ leaf: Int) -> Int { Int(columns[leaf].definitionLevels[entries[leaf]]) }

    private mutating func pass(_ node: SchemaNode, _ leaf: inout Int, _ value: JSONSample) -> JSONSample {
        if node.children.isEmpty {
            entries[leaf] += 1
            leaf += 1
        }
        for child in node.children { _ = pass(child, &leaf, value) }
        return value
    }

    private mutating func value(_ leaf: inout Int) -> JSONSample {
        defer {
            entries[leaf] += 1
            values[leaf] += 1
            leaf += 1
        }
        guard case .plain(let content) = columns[leaf].content else { return .null }
        let index = values[leaf]
        switch content {
        case .boolean(let values): return .boolean(values[index])
        case .int64(let values): return .number("\(values[index])")
        case .double(let values): return .number("\(values[index])")
        case .byteArray(let values): return .string(String(decoding: values[index], as: UTF8.self))
        default: return .null
        }
    }
}
