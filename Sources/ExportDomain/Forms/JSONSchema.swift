// The part of JSON Schema (draft 7) that Experience Platform's connection specs use to describe a form.

/// An object schema: the fields of one form.
public struct JSONSchema: Sendable, Hashable {
    /// What the object is for.
    public var description: String?
    /// The fields, by key.
    public var properties: [String: Property]
    /// The keys that must have a value, in the specification's order.
    public var required: [String]
    /// The keys of fields that a platform adds to the specification's, in the order in which a form shows them
    /// below all others.
    public private(set) var additions: [String] = []

    /// Describes a form.
    public init(description: String? = nil, properties: [String: Property], required: [String] = []) {
        self.description = description
        self.properties = properties
        self.required = required
    }

    /// Adds a field that only this platform asks for, below those that there are.
    public mutating func add(_ key: String, _ property: Property, isRequired: Bool = false) {
        properties[key] = property
        additions.append(key)
        if isRequired { required.append(key) }
    }

    /// One field of the object.
    public struct Property: Sendable, Hashable {
        /// `string`, `integer`, `boolean`…; several where any of them will do.
        public var types: [String]
        /// The label that a person reads.
        public var title: String?
        /// What the field is for.
        public var description: String?
        /// `password` marks a secret, `date` and `date-time` a day and an instant (RFC 3339).
        public var format: String?
        /// `base64` marks the content of a file.
        public var contentEncoding: String?
        /// A regular expression that must be found in the value; anchored only where it says so.
        public var pattern: String?
        /// The key of a field that lifts the pattern once it is answered: what one service prescribes, others
        /// that speak its protocol do not.
        public var patternLiftedBy: String?
        /// The least number that is taken; nil where there is no such.
        public var minimum: Double?
        /// The greatest number that is taken; nil where there is no such.
        public var maximum: Double?
        /// The values to choose from; empty where any value will do.
        public var choices: [JSONValue]
        /// The value when nothing was given.
        public var defaultValue: JSONValue?
        /// When this is false the field is hidden and not required.
        public var conditional: Conditional?

        /// Describes a field.
        public init(
            types: [String] = ["string"], title: String? = nil, description: String? = nil,
            format: String? = nil, contentEncoding: String? = nil, pattern: String? = nil,
            choices: [JSONValue] = [], defaultValue: JSONValue? = nil, conditional: Conditional? = nil
        ) {
            self.types = types
            self.title = title
            self.description = description
            self.format = format
            self.contentEncoding = contentEncoding
            self.pattern = pattern
            self.choices = choices
            self.defaultValue = defaultValue
            self.conditional = conditional
        }
    }

    /// Experience Platform's own addition to JSON Schema: shows a field only where a condition holds.
    public struct Conditional: Sendable, Hashable, Decodable {
        /// A sibling field's key, or a dotted path such as `flowSpec.attributes._workflow`.
        public var field: String
        /// `CONTAINS`, `NOT_CONTAINS` or `EQUALS`; an unknown operator never hides a field.
        public var `operator`: String
        /// What the field is compared with.
        public var value: String

        /// Describes a condition.
        public init(field: String, operator: String, value: String) {
            self.field = field
            self.operator = `operator`
            self.value = value
        }

        /// Whether the condition holds for the values of `field`.
        public func holds(for values: [String]) -> Bool {
            switch self.operator {
            case "CONTAINS", "EQUALS": values.contains(value)
            case "NOT_CONTAINS": !values.contains(value)
            default: true
            }
        }
    }
}

extension JSONSchema: Decodable {
    private enum Key: String, CodingKey { case description, properties, required }

    /// Reads an object schema; what it does not know it passes over.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        description = try container.decodeIfPresent(String.self, forKey: .description)
        properties = try container.decodeIfPresent([String: Property].self, forKey: .properties) ?? [:]
        required = try container.decodeIfPresent([String].self, forKey: .required) ?? []
    }
}

extension JSONSchema.Property: Decodable {
    private enum Key: String, CodingKey {
        case type, title, description, format, contentEncoding, pattern, minimum, maximum, conditional
        case choices = "enum"
        case defaultValue = "default"
    }

    /// Reads a property; `type` may be one name or a list of them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let single = try? container.decode(String.self, forKey: .type) {
            types = [single]
        } else {
            types = try container.decodeIfPresent([String].self, forKey: .type) ?? ["string"]
        }
        title = try container.decodeIfPresent(String.self, forKey: .title)
        description = try container.decodeIfPresent(String.self, forKey: .description)
        format = try container.decodeIfPresent(String.self, forKey: .format)
        contentEncoding = try container.decodeIfPresent(String.self, forKey: .contentEncoding)
        pattern = try container.decodeIfPresent(String.self, forKey: .pattern)
        minimum = try container.decodeIfPresent(Double.self, forKey: .minimum)
        maximum = try container.decodeIfPresent(Double.self, forKey: .maximum)
        choices = try container.decodeIfPresent([JSONValue].self, forKey: .choices) ?? []
        defaultValue = try container.decodeIfPresent(JSONValue.self, forKey: .defaultValue)
        conditional = try container.decodeIfPresent(JSONSchema.Conditional.self, forKey: .conditional)
    }
}
