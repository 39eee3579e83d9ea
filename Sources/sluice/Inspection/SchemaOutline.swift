// A schema as an indented list of fields.
import Parquet

/// A field of a schema, as one line of its outline.
struct SchemaOutlineField: Encodable, Equatable {
    /// The names from the root to the field.
    var path: [String]
    /// What it holds: its physical and its logical type, or `group`, `LIST` or `MAP`.
    var type: String
    /// `required`, `optional` or `repeated`.
    var repetition: String
    /// Groups have no column of their own.
    var isColumn: Bool

    /// The name, indented by its depth.
    var indentedName: String {
        String(repeating: "  ", count: path.count - 1) + (path.last ?? "")
    }

    /// All fields of a schema, each before its children.
    static func all(of schema: Schema) -> [SchemaOutlineField] {
        schema.fields.flatMap { outline($0, below: []) }
    }

    private static func outline(_ node: SchemaNode, below parents: [String]) -> [SchemaOutlineField] {
        let path = parents + [node.name]
        var field = SchemaOutlineField(path: path, type: "", repetition: "", isColumn: false)
        switch node.kind {
        case .group: field.type = node.logicalType.map { "\($0)" } ?? "group"
        case .column(let type, let length):
            field.isColumn = true
            let physical = type == .fixedLengthByteArray ? "\(type)(\(length))" : "\(type)"
            field.type = node.logicalType.map { "\(physical) \($0)" } ?? physical
        }
        field.repetition =
            switch node.repetition {
            case .required: "required"
            case .optional: "optional"
            case .repeated: "repeated"
            }
        return [field] + node.children.flatMap { outline($0, below: path) }
    }
}
