// What to write for the rows of a schema, worked out once: a tree in one array, with the texts between values.

import Parquet

/// Where a text stands in the texts of a plan.
struct TextRange {
    var start = 0
    var count = 0
}

/// A node of a plan.
///
/// The nodes below it follow it, up to `end`.
struct PlanNode {
    /// What is written for a node.
    enum Kind {
        /// A value of a column.
        case leaf
        /// An object: a member for each node below that is there.
        case group
        /// An array of what the only node below it writes.
        case list
        /// An object of the two nodes below it: a key, and a value.
        case map
    }

    var kind: Kind
    /// From which definition level it is there; what is not is written as `absent`.
    var definitionLevel = 0
    /// From which definition level a list or map has elements.
    var elementDefinitionLevel = 0
    /// The repetition level at which a list or map goes on.
    var elementRepetitionLevel = 0
    /// The repetition level of the node itself: what any column below it must not exceed after it.
    var repetitionLevel = 0
    /// The leaves of the plan below it, of which there is at least one.
    var leaves = 0..<0
    /// The place of the node after all below it.
    var end = 0
    /// What stands before the value, which is followed by a comma, or a colon if it is a key.
    var prefix = TextRange()
    /// What is written if it is not there, the comma included.
    var absent = TextRange()
}

/// A column of a plan.
struct PlanLeaf {
    /// The column.
    var column: LeafColumn
    /// How its values are written.
    var format: LeafFormat
    /// Whether they are names of members: strings followed by a colon.
    var isKey: Bool
    /// What stands before a value.
    var prefix: TextRange
}

/// How the rows of one schema become records.
struct RecordPlan: Sendable {
    /// The tree; the fields of a row are at its top, one after the other.
    private(set) var nodes: [PlanNode] = []
    /// The columns, in the order in which their entries are to be given.
    private(set) var leaves: [PlanLeaf] = []
    /// Every text of the nodes, with `JSONOutput.slack` bytes after the last.
    private(set) var texts: [UInt8] = []
    /// The members that end every record, each with a comma.
    private(set) var constants: [UInt8] = []

    /// The columns' places in the schema.
    var columns: [Int] { leaves.map(\.column.index) }

    /// A plan for the rows of `schema`.
    ///
    /// - Parameters:
    ///   - columns: the leaves that are written, by their places in the schema; nil for all.
    ///   - constants: members that end each record. A field of the same name is left out.
    /// - Throws: `ParquetError` naming the column whose values cannot be written.
    init(_ schema: Schema, columns: Set<Int>? = nil, constants: [ConstantColumn] = []) throws {
        let names = Set(constants.map(\.name))
        var index = 0
        var builder = Builder(schema: schema, columns: columns)
        for field in schema.fields {
            let count = Self.leafCount(field)
            if names.contains(field.name) {
                builder.skip(count)
            } else {
                try builder.add(field, as: .member, definition: 0, repetition: 0)
            }
            index += count
        }
        nodes = builder.nodes
        leaves = builder.leaves
        texts = builder.texts + [UInt8](repeating: 0, count: JSONOutput.slack)
        for constant in constants {
            guard let member = constant.jsonMember else { continue }
            self.constants += member + [UInt8(ascii: ",")]
        }
    }

    fileprivate static func leafCount(_ node: SchemaNode) -> Int {
        if case .group(let children) = node.kind { children.reduce(0) { $0 + leafCount($1) } } else { 1 }
    }
}

/// Builds the tree of a plan from that of a schema.
private struct Builder {
    /// What a node is to what is above it.
    enum Role {
        /// A member of an object: left out if it is not there.
        case member
        /// An element of an array, or the value of a map: null if it is not there.
        case element
        /// The key of a map.
        case key
    }

    let schema: Schema
    let columns: Set<Int>?
    var nodes: [PlanNode] = []
    var leaves: [PlanLeaf] = []
    var texts: [UInt8] = []
    /// The place in the schema of the next leaf.
    private var nextColumn = 0

    init(schema: Schema, columns: Set<Int>?) {
        self.schema = schema
        self.columns = columns
    }

    mutating func skip(_ count: Int) { nextColumn += count }

    /// Adds `field`, which stands below fields of the levels `definition` and `repetition`.
    ///
    /// - Parameter isElement: that it is repeated has been taken account of.
    mutating func add(
        _ field: SchemaNode, as role: Role, definition: Int, repetition: Int, isElement: Bool = false
    ) throws {
        var node = PlanNode(kind: .group)
        node.prefix = role == .member ? text(JSONText.member(field.name)) : TextRange()
        switch role {
        case .member: break
        case .element: node.absent = text(Array("null,".utf8))
        case .key: node.absent = text(Array("\"null\":".utf8))
        }
        node.repetitionLevel = repetition
        node.definitionLevel = definition + (field.repetition == .optional ? 1 : 0)
        if field.repetition == .repeated && !isElement {
            node.kind = .list
            try add(node, elementLevels: node.definitionLevel + 1, repetition + 1) { builder in
                try builder.add(
                    field, as: .element, definition: definition + 1, repetition: repetition + 1,
                    isElement: true)
            }
            return
        }
        guard case .group(let children) = field.kind else { return try addLeaf(field, node, as: role) }
        let level = node.definitionLevel
        if let form = RepeatedForm(field), let repeated = children.first {
            switch form {
            case .list(let element, let isRepeatedItself):
                node.kind = .list
                try add(node, elementLevels: level + 1, repetition + 1) { builder in
                    try builder.add(
                        element, as: .element, definition: level + 1, repetition: repetition + 1,
                        isElement: isRepeatedItself)
                }
            case .map:
                node.kind = .map
                try addMap(node, repeated.children, level: level + 1, repetition: repetition + 1)
            }
        } else {
            try add(node, elementLevels: 0, 0) { builder in
                for child in children {
                    try builder.add(child, as: .member, definition: level, repetition: repetition)
                }
            }
        }
    }

    /// A map of the fields `pair`, unless not all its columns are wanted.
    private mutating func addMap(
        _ node: PlanNode, _ pair: [SchemaNode], level: Int, repetition: Int
    ) throws {
        let place = nodes.count
        let firstLeaf = leaves.count
        try add(node, elementLevels: level, repetition) { builder in
            try builder.add(pair[0], as: .key, definition: level, repetition: repetition)
            if builder.leaves.count > firstLeaf {
                try builder.add(pair[1], as: .element, definition: level, repetition: repetition)
            } else {
                builder.skip(RecordPlan.leafCount(pair[1]))
            }
        }
        // A map of which only the keys are wanted, or can be, is a list of those: an object needs values.
        guard place < nodes.count, nodes[place].leaves.count == 1 else { return }
        nodes[place].kind = .list
        leaves[firstLeaf].isKey = false
        nodes[place + 1].absent = text(Array("null,".utf8))
    }

    /// Adds a node and what `addBelow` adds; neither if that is nothing.
    private mutating func add(
        _ node: PlanNode, elementLevels definition: Int, _ repetition: Int,
        below addBelow: (inout Builder) throws -> Void
    ) rethrows {
        let place = nodes.count
        let firstLeaf = leaves.count
        nodes.append(node)
        try addBelow(&self)
        guard leaves.count > firstLeaf else { return nodes.removeSubrange(place...) }
        nodes[place].elementDefinitionLevel = definition
        nodes[place].elementRepetitionLevel = repetition
        nodes[place].leaves = firstLeaf..<leaves.count
        nodes[place].end = nodes.count
    }

    private mutating func addLeaf(_ field: SchemaNode, _ node: PlanNode, as role: Role) throws {
        let column = schema.leaves[nextColumn]
        nextColumn += 1
        guard columns?.contains(column.index) != false else { return }
        var node = node
        node.kind = .leaf
        do {
            leaves.append(
                PlanLeaf(
                    column: column, format: try LeafFormat(column), isKey: role == .key, prefix: node.prefix))
        } catch let error as ParquetError {
            throw error.at(column: column.name)
        }
        node.leaves = leaves.count - 1..<leaves.count
        node.end = nodes.count + 1
        nodes.append(node)
    }

    private mutating func text(_ bytes: [UInt8]) -> TextRange {
        defer { texts += bytes }
        return TextRange(start: texts.count, count: bytes.count)
    }
}
