// From what records look like to the columns that hold them.

import Parquet

/// A field whose values have no common type, so that its column holds text.
public struct MixedField: Hashable, Sendable {
    /// The names from below the record to the field; `[]` stands for the elements of an array.
    public var path: [String]
    /// What the column holds.
    public var column: LogicalType
    /// Each kind that was seen, with the first place.
    public var places: [ValuePlace]
}

/// The schema for records, and what it says of them that is worth telling.
public struct InferredSchema: Hashable, Sendable {
    /// The schema.
    public var schema: Schema
    /// The fields whose values have no common type, in the order of the schema.
    public var mixedFields: [MixedField]
}

extension RecordShape {
    /// More fields than this are not made columns: then the names of some object are data.
    public static let maximumFields = 10_000

    /// A schema that holds records of this shape without loss.
    ///
    /// Every field is optional, as Experience Platform and Spark write them, even where it was never missing: the
    /// next records may not have it. The types:
    ///
    /// | values | column |
    /// | --- | --- |
    /// | true, false | BOOLEAN |
    /// | whole numbers of 64 bits with sign | INT64 |
    /// | numbers, all of which a double can hold | DOUBLE |
    /// | strings | BYTE_ARRAY (STRING) |
    /// | scalars of several kinds, or numbers of more digits | BYTE_ARRAY (STRING): strings as they are, other values as their JSON text |
    /// | nothing but nulls | BYTE_ARRAY (STRING), all null |
    /// | objects | group of their fields |
    /// | arrays | LIST of optional elements |
    /// | objects without any field; objects or arrays beside other kinds, or nested deeper than 32 | BYTE_ARRAY (JSON): the JSON text |
    ///
    /// Whole numbers written without point and exponent are numbers that a double can hold only if it holds them
    /// exactly. Dates in strings remain strings, and no object is taken for a map.
    ///
    /// - Throws: `RecordsError.noFields`, for Parquet has no rows without columns, and
    ///   `RecordsError.tooManyFields`.
    public func schema() throws -> InferredSchema {
        try checkFieldCount()
        guard !fields.isEmpty else { throw RecordsError.noFields }
        var mixedFields: [MixedField] = []
        let nodes = fields.map { $0.node(below: [], &mixedFields) }
        return InferredSchema(schema: try Schema(fields: nodes), mixedFields: mixedFields)
    }

    /// Throws `RecordsError.tooManyFields` if there are more than `maximum`.
    func checkFieldCount(_ maximum: Int = maximumFields) throws {
        guard fieldCount > maximum else { return }
        var widest: (path: [String], count: Int) = ([], fields.count)
        func visit(_ value: ValueShape, _ path: [String]) {
            if value.fields.count > widest.count { widest = (path, value.fields.count) }
            for field in value.fields { visit(field.value, path + [field.name]) }
            if let elements = value.elements { visit(elements, path + ["[]"]) }
        }
        for field in fields { visit(field.value, [field.name]) }
        throw RecordsError.tooManyFields(maximum: maximum, object: widest.path.joined(separator: "."))
    }
}

extension FieldShape {
    fileprivate func node(below path: [String], _ mixedFields: inout [MixedField]) -> SchemaNode {
        value.node(name, path + [name], &mixedFields)
    }
}

extension ValueShape {
    fileprivate func node(
        _ name: String, _ path: [String], _ mixedFields: inout [MixedField]
    ) -> SchemaNode {
        let kinds = kinds.subtracting(.null)
        switch kinds {
        case .object where !fields.isEmpty:
            return SchemaNode(name, .optional, .group(fields.map { $0.node(below: path, &mixedFields) }))
        case .array:
            let element = (elements ?? ValueShape()).node("element", path + ["[]"], &mixedFields)
            return SchemaNode(
                name, .optional, .group([SchemaNode("list", .repeated, .group([element]))]),
                logicalType: .list)
        case .boolean:
            return SchemaNode(name, .optional, .column(.boolean, length: 0))
        case .integer, .longInteger, [.integer, .longInteger]:
            return SchemaNode(name, .optional, .column(.int64, length: 0))
        case .double, [.integer, .double]:
            return SchemaNode(name, .optional, .column(.double, length: 0))
        case [], .string:
            return SchemaNode(name, .optional, .column(.byteArray, length: 0), logicalType: .string)
        default:
            let type = kinds.isDisjoint(with: [.object, .array]) ? LogicalType.string : .json
            if kinds != .object {
                mixedFields.append(
                    MixedField(path: path, column: type, places: places.filter { $0.kind != .null }))
            }
            return SchemaNode(name, .optional, .column(.byteArray, length: 0), logicalType: type)
        }
    }
}
