// Which groups are lists and maps, in the form of the specification and in those of older writers.

import Parquet

/// What an annotated group of one repeated field stands for (LogicalTypes.md, "Nested types").
enum RepeatedForm {
    /// A list of elements; `isRepeatedItself` if the element is the repeated field, and not a field in it.
    case list(element: SchemaNode, isRepeatedItself: Bool)
    /// A map, whose repeated field has two fields: a key that is a column, and a value.
    case map

    /// What `group` stands for; nil for a group that is neither list nor map, or has not the form of its annotation.
    init?(_ group: SchemaNode) {
        let children = group.children
        guard children.count == 1, let repeated = children.first, repeated.repetition == .repeated else {
            return nil
        }
        switch group.logicalType {
        case .list:
            if let element = Self.innerElement(of: repeated, in: group) {
                self = .list(element: element, isRepeatedItself: false)
            } else {
                self = .list(element: repeated, isRepeatedItself: true)
            }
        case .map:
            let pair = repeated.children
            if pair.count == 2, case .column = pair[0].kind, pair[0].repetition != .repeated {
                self = .map
            } else if pair.count == 1 {
                self = .list(element: pair[0], isRepeatedItself: false)
            } else {
                self = .list(element: repeated, isRepeatedItself: true)
            }
        default: return nil
        }
    }

    /// The element in the repeated group, by the rules of backward compatibility; nil if the repeated field is it.
    private static func innerElement(of repeated: SchemaNode, in list: SchemaNode) -> SchemaNode? {
        let children = repeated.children
        guard children.count == 1, children[0].repetition != .repeated, repeated.name != "array",
            repeated.name != list.name + "_tuple"
        else { return nil }
        return children[0]
    }
}
