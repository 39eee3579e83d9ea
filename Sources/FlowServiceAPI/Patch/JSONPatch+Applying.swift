// Changes, made to an entity as JSON.
import ExportDomain

extension JSONPatch {
    /// The entity with all changes made.
    ///
    /// Unlike RFC 6902, `replace` also sets a member that is not there, as clients of the API expect it to: a
    /// description, for instance, is absent until somebody writes one.
    /// - Throws: `JSONPatchError` for the first change that cannot be made.
    public func applied(to entity: JSONValue) throws(JSONPatchError) -> JSONValue {
        var result = entity
        for operation in operations { try result.make(operation, at: operation.path.steps[...]) }
        return result
    }
}

extension JSONValue {
    fileprivate mutating func make(
        _ operation: JSONPatch.Operation, at steps: ArraySlice<String>
    ) throws(JSONPatchError) {
        guard let step = steps.first else {
            // The whole document may be replaced, but not removed.
            guard let value = operation.value else { throw .nothingThere(operation.path.text) }
            self = value
            return
        }
        let isLast = steps.count == 1
        switch self {
        case .object(var members):
            if isLast {
                if operation.kind == .remove, members[step] == nil {
                    throw .nothingThere(operation.path.text)
                }
                members[step] = operation.value
            } else {
                guard var member = members[step] else { throw .nothingThere(operation.path.text) }
                try member.make(operation, at: steps.dropFirst())
                members[step] = member
            }
            self = .object(members)
        case .array(var elements):
            let isInsertion = isLast && operation.kind == .add
            let index = step == "-" ? elements.count : Self.index(step)
            guard let index, index < elements.count || isInsertion && index == elements.count else {
                throw .nothingThere(operation.path.text)
            }
            if !isLast {
                try elements[index].make(operation, at: steps.dropFirst())
            } else if let value = operation.value {
                if isInsertion { elements.insert(value, at: index) } else { elements[index] = value }
            } else {
                elements.remove(at: index)
            }
            self = .array(elements)
        case .null, .bool, .integer, .number, .string:
            throw .nothingThere(operation.path.text)
        }
    }

    /// An index of a list: digits without a zero before them (RFC 6901, section 4).
    private static func index(_ step: String) -> Int? {
        guard step.utf8.allSatisfy({ 48...57 ~= $0 }), step == "0" || step.first != "0" else { return nil }
        return Int(step)
    }
}
