// The JSON Schema of a form, written. What JSON Schema has no word for has names of its own, which others pass over.
import ExportDomain

extension JSONSchema {
    private static let additionsKey = "x-additions"
    fileprivate static let patternLiftedByKey = "x-patternLiftedBy"

    /// The schema as the members of an object (JSON Schema, draft 7).
    var members: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
            "properties": .object(properties.mapValues { .object($0.members) }),
        ]
        members["description"] = description.map(JSONValue.string)
        if !required.isEmpty { members["required"] = required.json }
        if !additions.isEmpty { members[Self.additionsKey] = additions.json }
        return members
    }

    /// Takes what `JSONDecoder` passes over.
    mutating func takeAdditions(of object: JSONObject) throws(WireError) {
        let fields = try object.value(["properties"], as: JSONObject.self)
        for (key, property) in fields?.members ?? [:] {
            guard case .object(let members) = property else { continue }
            properties[key]?.patternLiftedBy = members[Self.patternLiftedByKey]?.text
        }
        for key in try object.value([Self.additionsKey], as: [String].self) ?? [] {
            if let property = properties[key], !additions.contains(key) { add(key, property) }
        }
    }
}

extension JSONSchema.Property {
    fileprivate var members: [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        members["type"] = types.count == 1 ? types.first.map(JSONValue.string) : types.json
        members["title"] = title.map(JSONValue.string)
        members["description"] = description.map(JSONValue.string)
        members["format"] = format.map(JSONValue.string)
        members["contentEncoding"] = contentEncoding.map(JSONValue.string)
        members["pattern"] = pattern.map(JSONValue.string)
        members[JSONSchema.patternLiftedByKey] = patternLiftedBy.map(JSONValue.string)
        members["minimum"] = minimum.map(JSONValue.number)
        members["maximum"] = maximum.map(JSONValue.number)
        members["default"] = defaultValue
        if !choices.isEmpty { members["enum"] = .array(choices) }
        if let conditional {
            members["conditional"] = .object([
                "field": .string(conditional.field), "operator": .string(conditional.operator),
                "value": .string(conditional.value),
            ])
        }
        return members
    }
}
