// Records as trees, for tests: made into columns, and into JSON that other programs can be held to.

import Parquet

/// The value of a field of a schema.
indirect enum TestValue: Hashable {
    /// An optional field that is not there.
    case null
    case boolean(Bool)
    /// Of INT32 and INT64.
    case integer(Int64)
    /// Of FLOAT and DOUBLE.
    case number(Double)
    /// Of byte arrays of any kind.
    case bytes([UInt8])
    /// A repeated field.
    case list([TestValue])
    /// The fields of a group.
    case group([TestValue])
}

/// Columns that grow by one record after another (Dremel's shredding).
struct TestColumns {
    let schema: Schema
    private(set) var columns: [ColumnValues]

    init(_ schema: Schema) {
        self.schema = schema
        columns = schema.leaves.map { leaf in
            ColumnValues(
                entryCount: 0, definitionLevels: [], repetitionLevels: [],
                content: .plain(PhysicalValues(noneOf: leaf)))
        }
    }

    /// The columns of `records`.
    init(_ schema: Schema, _ records: [[TestValue]]) {
        self.init(schema)
        for record in records { append(record) }
    }

    /// Adds a record: a value for each field of the schema.
    mutating func append(_ record: [TestValue]) {
        var leaf = 0
        for (field, value) in zip(schema.fields, record) {
            append(value, of: field, repetition: 0, definition: 0, depth: 0, leaf: &leaf)
        }
    }

    private mutating func append(
        _ value: TestValue, of node: SchemaNode, repetition: Int, definition: Int, depth: Int,
        leaf: inout Int
    ) {
        switch (node.repetition, value) {
        case (.optional, .null), (.repeated, .list([])):
            appendNothing(of: node, repetition, definition, leaf: &leaf)
        case (.repeated, .list(let values)):
            let first = leaf
            for (index, value) in values.enumerated() {
                leaf = first
                appendContent(
                    value, of: node, repetition: index == 0 ? repetition : depth + 1,
                    definition: definition + 1, depth: depth + 1, leaf: &leaf)
            }
        default:
            appendContent(
                value, of: node, repetition: repetition,
                definition: definition + (node.repetition == .required ? 0 : 1), depth: depth, leaf: &leaf)
        }
    }

    private mutating func appendContent(
        _ value: TestValue, of node: SchemaNode, repetition: Int, definition: Int, depth: Int,
        leaf: inout Int
    ) {
        if case .group(let values) = value {
            for (child, value) in zip(node.children, values) {
                append(
                    value, of: child, repetition: repetition, definition: definition, depth: depth,
                    leaf: &leaf)
            }
        } else {
            appendEntry(leaf, repetition, definition)
            columns[leaf].append(value, as: schema.leaves[leaf])
            leaf += 1
        }
    }

    private mutating func appendNothing(
        of node: SchemaNode, _ repetition: Int, _ definition: Int, leaf: inout Int
    ) {
        if case .group(let children) = node.kind {
            for child in children { appendNothing(of: child, repetition, definition, leaf: &leaf) }
        } else {
            appendEntry(leaf, repetition, definition)
            leaf += 1
        }
    }

    private mutating func appendEntry(_ leaf: Int, _ repetition: Int, _ definition: Int) {
        columns[leaf].entryCount += 1
        if schema.leaves[leaf].maximumDefinitionLevel > 0 {
            columns[leaf].definitionLevels.append(UInt8(definition))
        }
        if schema.leaves[leaf].maximumRepetitionLevel > 0 {
            columns[leaf].repetitionLevels.append(UInt8(repetition))
        }
    }
}

extension ColumnValues {
    fileprivate mutating func append(_ value: TestValue, as leaf: LeafColumn) {
        guard case .plain(let values) = content else { return }
        // Nothing else may hold the array, or each value would cost a copy of all.
        content = .plain(.boolean([]))
        content = .plain(values.appending(value))
    }
}

extension PhysicalValues {
    fileprivate consuming func appending(_ value: TestValue) -> PhysicalValues {
        switch (self, value) {
        case (.boolean(var values), .boolean(let value)):
            self = .boolean([])
            values.append(value)
            return .boolean(values)
        case (.int32(var values), .integer(let value)):
            self = .boolean([])
            values.append(Int32(truncatingIfNeeded: value))
            return .int32(values)
        case (.int64(var values), .integer(let value)):
            self = .boolean([])
            values.append(value)
            return .int64(values)
        case (.float(var values), .number(let value)):
            self = .boolean([])
            values.append(Float(value))
            return .float(values)
        case (.double(var values), .number(let value)):
            self = .boolean([])
            values.append(value)
            return .double(values)
        case (.byteArray(var values), .bytes(let value)):
            self = .boolean([])
            values.append(value)
            return .byteArray(values)
        case (.fixed(var values), .bytes(let value)):
            self = .boolean([])
            values.append(value)
            return .fixed(values)
        default: preconditionFailure("a value of another type than its column's")
        }
    }
}
