// A schema made ready for shredding: what each place in a record means for the columns.

import Parquet

/// Where the values of records go, for one schema.
///
/// Sendable since nothing is changed after it has been made: nodes are kept as pointers only so that following
/// them counts no references.
final class ShredPlan: @unchecked Sendable {
    /// What is to be found in one place of a record.
    struct Node: BitwiseCopyable {
        enum Kind: UInt8 {
            case object, list, map, boolean, int64, double, string, other
        }

        var kind = Kind.object
        /// Its number among the nodes.
        var number = 0
        /// Whether it must be there.
        var isRequired = false
        /// The definition level if it is null or missing.
        var nullLevel: UInt8 = 0
        /// The definition level if it is there; of a list or map, if it is empty.
        var level: UInt8 = 0
        /// Of a list or map: the repetition level of each element but the first.
        var repetitionLevel: UInt8 = 0
        /// The columns that are filled from it.
        var firstLeaf = 0
        var endLeaf = 0
        /// Of an object: its fields.
        var names: FieldNames?
        var children: UnsafeMutablePointer<UnsafePointer<Node>>?
        /// Of a list its elements, and of a map its entries, as objects.
        var elements: UnsafePointer<Node>?
    }

    /// The record.
    let root: UnsafePointer<Node>
    let schema: Schema
    /// How the values of each leaf are made.
    let conversions: [LeafConversion]
    /// The path of each node, for messages.
    private(set) var paths: [[String]] = []
    private var nodes: [UnsafeMutablePointer<Node>] = []
    var nodeCount: Int { nodes.count }

    init(_ schema: Schema) {
        self.schema = schema
        conversions = schema.leaves.map { LeafConversion(for: $0) }
        var builder = Builder(leaves: schema.leaves)
        root = UnsafePointer(builder.object(schema.fields, path: [], nullLevel: 0, level: 0, repetition: 0))
        nodes = builder.nodes
        paths = builder.paths
    }

    deinit {
        for node in nodes {
            node.pointee.names?.deallocate()
            node.pointee.children?.deallocate()
            node.deallocate()
        }
    }

    private typealias NodePointer = UnsafeMutablePointer<Node>

    /// Goes through the schema in the order of the leaves.
    private struct Builder {
        let leaves: [LeafColumn]
        var leafCount = 0
        var nodes: [NodePointer] = []
        var paths: [[String]] = []

        private mutating func makeNode(
            _ kind: Node.Kind, _ path: [String], isRequired: Bool, nullLevel: Int, level: Int
        ) -> NodePointer {
            let node = NodePointer.allocate(capacity: 1)
            var content = Node()
            content.kind = kind
            content.number = nodes.count
            content.isRequired = isRequired
            content.nullLevel = UInt8(nullLevel)
            content.level = UInt8(level)
            content.firstLeaf = leafCount
            node.initialize(to: content)
            nodes.append(node)
            paths.append(path)
            return node
        }

        mutating func object(
            _ fields: [SchemaNode], path: [String], isRequired: Bool = true, nullLevel: Int, level: Int,
            repetition: Int
        ) -> NodePointer {
            let node = makeNode(
                .object, path, isRequired: isRequired, nullLevel: nullLevel, level: level)
            var names = FieldNames()
            let children = UnsafeMutablePointer<UnsafePointer<Node>>.allocate(capacity: max(fields.count, 1))
            for (index, field) in fields.enumerated() {
                Array(field.name.utf8).withUnsafeBufferPointer { names.append($0) }
                children[index] = UnsafePointer(
                    self.field(field, path: path + [field.name], level: level, repetition: repetition))
            }
            node.pointee.names = names
            node.pointee.children = children
            node.pointee.endLeaf = leafCount
            return node
        }

        /// A field as it stands in its parent, whose values have the definition level `level`.
        private mutating func field(
            _ field: SchemaNode, path: [String], level: Int, repetition: Int
        ) -> NodePointer {
            switch field.repetition {
            case .required:
                return value(
                    field, path: path, isRequired: true, nullLevel: level, level: level,
                    repetition: repetition)
            case .optional:
                return value(
                    field, path: path, isRequired: false, nullLevel: level, level: level + 1,
                    repetition: repetition)
            case .repeated:
                // A list without a group of its own, so that it cannot be null, and neither can its elements.
                let node = makeNode(.list, path, isRequired: false, nullLevel: level, level: level)
                node.pointee.repetitionLevel = UInt8(repetition + 1)
                let elements = value(
                    field, path: path, isRequired: true, nullLevel: level + 1, level: level + 1,
                    repetition: repetition + 1)
                node.pointee.elements = UnsafePointer(elements)
                node.pointee.endLeaf = leafCount
                return node
            }
        }

        /// What a field holds, whatever its repetition.
        private mutating func value(
            _ field: SchemaNode, path: [String], isRequired: Bool, nullLevel: Int, level: Int, repetition: Int
        ) -> NodePointer {
            guard case .group(let children) = field.kind else {
                return column(path, isRequired: isRequired, nullLevel: nullLevel, level: level)
            }
            guard let form = RepeatedForm(field) else {
                return object(
                    children, path: path, isRequired: isRequired, nullLevel: nullLevel, level: level,
                    repetition: repetition)
            }
            let kind: Node.Kind =
                switch form {
                case .list: .list
                case .map: .map
                }
            let node = makeNode(kind, path, isRequired: isRequired, nullLevel: nullLevel, level: level)
            node.pointee.repetitionLevel = UInt8(repetition + 1)
            let elements: NodePointer
            if case .list(let element, isRepeatedItself: false) = form {
                elements = self.field(
                    element, path: path + ["[]"], level: level + 1, repetition: repetition + 1)
            } else {
                elements = value(
                    children[0], path: path + ["[]"], isRequired: true, nullLevel: level + 1,
                    level: level + 1, repetition: repetition + 1)
            }
            node.pointee.elements = UnsafePointer(elements)
            node.pointee.endLeaf = leafCount
            return node
        }

        private mutating func column(
            _ path: [String], isRequired: Bool, nullLevel: Int, level: Int
        ) -> NodePointer {
            let kind: Node.Kind =
                switch LeafConversion(for: leaves[leafCount]) {
                case .boolean: .boolean
                case .string: .string
                case .double: .double
                case .integer(minimum: .min, maximum: .max): .int64
                default: .other
                }
            let node = makeNode(kind, path, isRequired: isRequired, nullLevel: nullLevel, level: level)
            leafCount += 1
            node.pointee.endLeaf = leafCount
            return node
        }
    }
}
