// Several things in one text.

extension Text {
    /// Texts put together from left to right, each with all before it; nothing where there are none.
    public static func joined(_ parts: [Text], by join: (Text, Text) -> Text) -> Text {
        guard let first = parts.first else { return .empty }
        return parts.dropFirst().reduce(first, join)
    }

    /// Things side by side: “a, b, c”; nothing where there are none.
    public static func list(_ parts: [Text]) -> Text {
        joined(parts) { Text("\($0), \($1)") }
    }

    /// Names side by side, as they are.
    public static func list(_ names: [String]) -> Text { list(names.map(Text.verbatim)) }

    /// Names side by side, each between quotation marks.
    public static func quotedList(_ names: [String]) -> Text { list(names.map { Text("“\($0)”") }) }

    /// Things of which all are meant: “a, b and c”; nothing where there are none.
    public static func all(of parts: [Text]) -> Text {
        guard let last = parts.last, parts.count > 1 else { return list(parts) }
        return Text("\(list(parts.dropLast())) and \(last)")
    }

    /// Things of which one is meant: “a or b or c”; nothing where there are none.
    public static func any(of parts: [Text]) -> Text {
        joined(parts) { Text("\($0) or \($1)") }
    }

    /// Sentences behind each other.
    public static func sentences(_ sentences: [Text]) -> Text {
        joined(sentences) { Text("\($0) \($1)") }
    }
}
