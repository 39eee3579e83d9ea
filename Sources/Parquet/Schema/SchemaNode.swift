// A schema as a tree, and the columns at its leaves.
import Languages

/// How often a field may occur in its parent.
public enum Repetition: Int32, Hashable, Sendable {
    case required = 0
    case optional = 1
    case repeated = 2
}

/// A field of a schema: a column of values, or a group of fields.
public struct SchemaNode: Hashable, Sendable {
    /// What a field holds.
    public enum Kind: Hashable, Sendable {
        /// Values of a physical type; `length` is the bytes of a FIXED_LEN_BYTE_ARRAY, and 0 otherwise.
        case column(PhysicalType, length: Int)
        /// Other fields.
        case group([SchemaNode])
    }

    /// The name, unique among its siblings.
    public var name: String
    /// How often it may occur.
    public var repetition: Repetition
    /// What it means, if the file says so.
    public var logicalType: LogicalType?
    /// The number by which table formats know the field.
    public var fieldID: Int32?
    /// What it holds.
    public var kind: Kind

    /// A field.
    public init(
        _ name: String, _ repetition: Repetition, _ kind: Kind, logicalType: LogicalType? = nil,
        fieldID: Int32? = nil
    ) {
        self.name = name
        self.repetition = repetition
        self.kind = kind
        self.logicalType = logicalType
        self.fieldID = fieldID
    }

    /// The fields of a group; none for a column.
    public var children: [SchemaNode] {
        if case .group(let children) = kind { children } else { [] }
    }
}

/// A leaf of a schema: what is stored as one column chunk in each row group.
public struct LeafColumn: Hashable, Sendable {
    /// Its place among the leaves, from 0: the place of its chunk in a row group.
    public var index: Int
    /// The names from below the root to the leaf.
    public var path: [String]
    /// How its values are stored.
    public var physicalType: PhysicalType
    /// The bytes of a FIXED_LEN_BYTE_ARRAY; 0 otherwise.
    public var length: Int
    /// What its values mean, if the file says so.
    public var logicalType: LogicalType?
    /// The definition level of a value that is there: the number of optional and repeated fields on its path.
    public var maximumDefinitionLevel: Int
    /// The number of repeated fields on its path.
    public var maximumRepetitionLevel: Int

    /// The path, its parts joined by dots.
    public var name: String { path.joined(separator: ".") }

    /// The bytes of a value of fixed size in the PLAIN encoding; nil for BOOLEAN and BYTE_ARRAY.
    public var width: Int? {
        physicalType == .fixedLengthByteArray ? length : physicalType.width
    }
}

/// A schema: the fields of a row.
public struct Schema: Hashable, Sendable {
    /// The name of the root, which means nothing.
    public let name: String
    /// The fields of a row.
    public let fields: [SchemaNode]
    /// The leaves in the order of their chunks.
    public let leaves: [LeafColumn]

    /// How deep fields may be nested: levels are kept as bytes.
    public static let maximumDepth = 100
    /// How many fields a schema may have.
    public static let maximumFields = 100_000

    /// A schema of `fields`.
    ///
    /// - Throws: `ParquetError` if the fields are nested too deep, are too many, or a length is negative.
    public init(name: String = "schema", fields: [SchemaNode]) throws {
        self.name = name
        self.fields = fields
        var leaves: [LeafColumn] = []
        var count = 0
        for field in fields {
            try Self.collect(
                field, path: [], definition: 0, repetition: 0, into: &leaves, count: &count)
        }
        self.leaves = leaves
    }

    private static func collect(
        _ node: SchemaNode, path: [String], definition: Int, repetition: Int,
        into leaves: inout [LeafColumn], count: inout Int
    ) throws {
        count += 1
        guard path.count < maximumDepth else {
            throw ParquetError(.tooLarge(Text("its schema is nested more than \(maximumDepth) deep")))
        }
        guard count <= maximumFields else {
            throw ParquetError(.tooLarge(Text("its schema has more than \(maximumFields) fields")))
        }
        let path = path + [node.name]
        let definition = definition + (node.repetition == .required ? 0 : 1)
        let repetition = repetition + (node.repetition == .repeated ? 1 : 0)
        switch node.kind {
        case .group(let children):
            for child in children {
                try collect(
                    child, path: path, definition: definition, repetition: repetition, into: &leaves,
                    count: &count)
            }
        case .column(let type, let length):
            guard type == .fixedLengthByteArray ? (0...(1 << 20)).contains(length) : length == 0 else {
                throw ParquetError.malformed(Text("a column of its schema has the length \(length)"))
                    .at(column: path.joined(separator: "."))
            }
            leaves.append(
                LeafColumn(
                    index: leaves.count, path: path, physicalType: type, length: length,
                    logicalType: node.logicalType, maximumDefinitionLevel: definition,
                    maximumRepetitionLevel: repetition))
        }
    }
}
