// Schemas as older writers annotate them.

import Testing

@testable import Parquet

@Suite struct OlderSchemaTests {
    /// The annotation of a map whose group and whose repeated group have these converted types.
    private func types(_ map: Int32?, _ entries: Int32?) throws -> [LogicalType?] {
        var elements = (0..<4).map { _ in SchemaElement() }
        for (index, name) in ["schema", "m", "entries", "key"].enumerated() { elements[index].name = name }
        for index in 0..<3 { elements[index].childCount = 1 }
        elements[1].repetition = Repetition.optional.rawValue
        elements[1].convertedType = map
        elements[2].repetition = Repetition.repeated.rawValue
        elements[2].convertedType = entries
        elements[3].type = PhysicalType.int32.rawValue
        let field = try Schema(elements: elements).fields[0]
        return [field.logicalType, field.children[0].logicalType]
    }

    @Test("MAP_KEY_VALUE in the place of MAP is taken for it; in its own it says nothing")
    func mapKeyValue() throws {
        #expect(try types(1, 2) == [.map, nil])
        #expect(try types(2, nil) == [.map, nil])
        #expect(try types(nil, 2) == [nil, nil])
        #expect(try types(nil, nil) == [nil, nil])
    }
}
