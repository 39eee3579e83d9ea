// The path of a property: names with dots between, `[]` after the name of a list.
import ExportDomain

/// A path to values within an entity, like `inheritedAttributes.targetConnections[].connectionSpec.id`.
public struct PropertyPath: Sendable, Hashable {
    /// A name on the path.
    public struct Step: Sendable, Hashable {
        /// The key of the member.
        public var name: String
        /// Whether its elements are meant.
        public var isList: Bool
    }

    /// The names.
    public let steps: [Step]

    /// More than the deepest entity has.
    private static let longest = 32

    /// Reads a path; nil where a name is empty or has a character that no name has.
    public init?(_ text: some StringProtocol) {
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            let isList = part.hasSuffix("[]")
            let name = isList ? part.dropLast(2) : part[...]
            guard let first = name.first, first != "-", name.utf8.allSatisfy(Self.isAllowed),
                steps.count < Self.longest
            else {
                return nil
            }
            steps.append(Step(name: String(name), isList: isList))
        }
        self.steps = steps
    }

    /// A path of names that are known to be such; `[]` after a name says that it is a list.
    init(_ names: [String]) {
        steps = names.map {
            $0.hasSuffix("[]")
                ? Step(name: String($0.dropLast(2)), isList: true) : Step(name: $0, isList: false)
        }
    }

    /// The path as it is written.
    public var text: String {
        steps.map { $0.isList ? $0.name + "[]" : $0.name }.joined(separator: ".")
    }

    /// All values at the path.
    ///
    /// A list is looked through whether or not the path says that it is one.
    public func values(in entity: JSONValue) -> [JSONValue] {
        var values = [entity]
        for step in steps {
            values = values.flatMap { value -> [JSONValue] in
                guard case .object(let members) = value, let member = members[step.name] else { return [] }
                if case .array(let elements) = member { return elements }
                return [member]
            }
        }
        return values
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "@"),
            UInt8(ascii: "$"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
