// A schema as the footer has it: the fields in depth-first order, each with the number of its children.
import Languages

/// One field in the footer's list (`SchemaElement` in parquet.thrift).
struct SchemaElement: CompactStruct {
    var type: Int32?
    var typeLength: Int32?
    var repetition: Int32?
    var name = ""
    var childCount: Int32?
    var convertedType: Int32?
    var scale: Int32?
    var precision: Int32?
    var fieldID: Int32?
    var logicalType: LogicalType?

    init() {}

    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: type = try reader.readInt32(field)
            case 2: typeLength = try reader.readInt32(field)
            case 3: repetition = try reader.readInt32(field)
            case 4: name = try reader.readString(field)
            case 5: childCount = try reader.readInt32(field)
            case 6: convertedType = try reader.readInt32(field)
            case 7: scale = try reader.readInt32(field)
            case 8: precision = try reader.readInt32(field)
            case 9: fieldID = try reader.readInt32(field)
            case 10: logicalType = try reader.readStruct(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, type)
        writer.write(2, typeLength)
        writer.write(3, repetition)
        writer.write(4, name)
        writer.write(5, childCount)
        writer.write(6, convertedType)
        writer.write(7, scale)
        writer.write(8, precision)
        writer.write(9, fieldID)
        writer.write(10, logicalType)
    }
}

extension Schema {
    /// The tree that `elements` describe, the first of which is the root.
    ///
    /// - Throws: `ParquetError` if the numbers of children do not fit the list, or a field has no known type.
    init(elements: [SchemaElement]) throws {
        guard let root = elements.first else { throw ParquetError.malformed(Text("its schema is empty")) }
        guard elements.count <= Self.maximumFields + 1 else {
            throw ParquetError(.tooLarge(Text("its schema has more than \(Self.maximumFields) fields")))
        }
        var rest = elements.dropFirst()
        let fields = try Self.takeFields(Int(root.childCount ?? 0), from: &rest, depth: 0)
        guard rest.isEmpty else {
            throw ParquetError.malformed(Text("its schema has fields that belong to no group"))
        }
        try self.init(name: root.name, fields: fields)
    }

    private static func takeFields(
        _ count: Int, from rest: inout ArraySlice<SchemaElement>, depth: Int
    ) throws -> [SchemaNode] {
        guard depth <= maximumDepth else {
            throw ParquetError(.tooLarge(Text("its schema is nested more than \(maximumDepth) deep")))
        }
        guard (0...rest.count).contains(count) else {
            throw ParquetError.malformed(
                Text("a group of its schema has \(count) fields, and \(rest.count) follow"))
        }
        var fields: [SchemaNode] = []
        for _ in 0..<count {
            guard let element = rest.popFirst() else {
                throw ParquetError.malformed(Text("its schema ends within a group"))
            }
            fields.append(try SchemaNode(element) { try takeFields($0, from: &rest, depth: depth + 1) })
        }
        return fields
    }

    /// The fields in depth-first order, the root first.
    var elements: [SchemaElement] {
        var root = SchemaElement()
        root.name = name
        root.childCount = Int32(fields.count)
        var elements = [root]
        for field in fields { field.appendElements(to: &elements) }
        return elements
    }
}

extension SchemaNode {
    fileprivate init(_ element: SchemaElement, takeChildren: (Int) throws -> [SchemaNode]) throws {
        guard let repetition = Repetition(rawValue: element.repetition ?? 0) else {
            throw ParquetError.malformed(Text("its schema has a field of an unknown repetition"))
                .at(column: element.name)
        }
        let kind: Kind
        if let type = element.type {
            guard let type = PhysicalType(rawValue: type) else {
                throw ParquetError.unsupported(Text("the physical type \(type)")).at(column: element.name)
            }
            let length = type == .fixedLengthByteArray ? Int(element.typeLength ?? 0) : 0
            kind = .column(type, length: length)
        } else {
            kind = .group(try takeChildren(Int(element.childCount ?? 0)))
        }
        let converted = element.convertedType.flatMap {
            LogicalType(convertedType: $0, precision: element.precision, scale: element.scale)
        }
        // Some writers put MAP_KEY_VALUE where MAP belongs (LogicalTypes.md, "Maps"); where it belongs, on the
        // repeated group in a map, it says nothing.
        let isMap = element.convertedType == 2 && element.childCount == 1 && repetition != .repeated
        self.init(
            element.name, repetition, kind,
            logicalType: element.logicalType ?? converted ?? (isMap ? .map : nil),
            fieldID: element.fieldID)
    }

    fileprivate func appendElements(to elements: inout [SchemaElement]) {
        var element = SchemaElement()
        element.name = name
        element.repetition = repetition.rawValue
        element.fieldID = fieldID
        element.convertedType = logicalType?.convertedType
        element.logicalType = logicalType.flatMap { $0.isInUnion ? $0 : nil }
        if case .decimal(let precision, let scale)? = logicalType {
            element.precision = precision
            element.scale = scale
        }
        switch kind {
        case .column(let type, let length):
            element.type = type.rawValue
            element.typeLength = type == .fixedLengthByteArray ? Int32(length) : nil
        case .group(let children):
            element.childCount = Int32(children.count)
        }
        elements.append(element)
        for child in children { child.appendElements(to: &elements) }
    }
}
