// Texts as data, so that what is written down now can be told later, in the language of whoever reads it.

extension Text: Codable {
    private enum CodingKeys: CodingKey { case pattern, values }

    /// Reads the English words and their values.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            pattern: try container.decode(String.self, forKey: .pattern),
            values: try container.decodeIfPresent([Value].self, forKey: .values) ?? [])
    }

    /// Writes the English words, and the values where there are some.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(pattern, forKey: .pattern)
        if !values.isEmpty { try container.encode(values, forKey: .values) }
    }
}

extension Text.Value: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let plain = try? container.decode(String.self) {
            self = .plain(plain)
        } else {
            self = .text(try container.decode(Text.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .plain(let text): try container.encode(text)
        case .text(let text): try container.encode(text)
        }
    }
}
