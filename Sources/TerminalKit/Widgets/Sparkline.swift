// A row of numbers as small as they can be shown: a block for each, or the numbers themselves where there are no blocks.

/// A sparkline.
public struct Sparkline: Sendable, Equatable {
    /// The numbers, the oldest first; nil where there is none.
    public var values: [Int?]

    /// A sparkline of numbers; negative ones count as 0.
    public init(_ values: [Int?]) { self.values = values.map { $0.map { max(0, $0) } } }

    /// The newest numbers as text of at most `columns` columns, blocks from 0 up to the largest of them.
    ///
    /// In ASCII they are short figures. Where nothing is known, a dot stands.
    public func text(columns: Int, glyphs: Glyphs) -> String {
        if glyphs.blocks.isEmpty { return figures(columns: columns, separator: " ") }
        let shown = values.suffix(max(0, columns))
        let largest = shown.compactMap(\.self).max() ?? 0
        let blocks = shown.map { value -> Character in
            guard let value else { return "." }
            guard largest > 0, value > 0 else { return glyphs.blocks[0] }
            let height = Int((Double(value) / Double(largest) * Double(glyphs.blocks.count - 1)).rounded())
            // What is not nothing must not look like nothing.
            return glyphs.blocks[max(1, height)]
        }
        return String(blocks)
    }

    private func figures(columns: Int, separator: String) -> String {
        var text = ""
        for value in values.reversed() {
            let next = value.map(Self.short) ?? "."
            let longer = text.isEmpty ? next : next + separator + text
            guard longer.count <= columns else { break }
            text = longer
        }
        return text
    }

    /// A number in at most five letters.
    private static func short(_ value: Int) -> String {
        var rest = Double(value)
        for unit in ["", "k", "M", "G", "T", "P"] {
            if rest < 999.5 {
                return unit.isEmpty || rest >= 9.95 ? "\(Int(rest.rounded()))\(unit)" : tenths(rest, unit)
            }
            rest /= 1000
        }
        return "\(Int(rest.rounded()))E"
    }

    private static func tenths(_ value: Double, _ unit: String) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)\(unit)" : "\(tenths / 10).\(tenths % 10)\(unit)"
    }
}
