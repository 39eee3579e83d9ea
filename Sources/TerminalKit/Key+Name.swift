// Keys as people write them in a file.

extension Key {
    /// The key of a name: a character as it is, or `space`, `enter`, `esc`, `ctrl-p`, `f1`, `pgdn`, whatever their case.
    ///
    /// Every key is called as hints call it, with words for arrows.
    public init?(name: String) {
        if name.count == 1, let character = name.first, !character.isWhitespace {
            self = .character(character)
            return
        }
        let lower = name.lowercased()
        if let key = Self.named[lower] {
            self = key
        } else if lower.hasPrefix("ctrl-"), lower.count == 6, let letter = lower.last,
            ("a"..."z").contains(letter)
        {
            // The terminal sends the same for these as for keys that have names.
            guard !["h", "i", "j", "m"].contains(letter) else { return nil }
            self = .control(letter)
        } else if lower.first == "f", let number = Int(lower.dropFirst()), (1...24).contains(number) {
            self = .function(number)
        } else {
            return nil
        }
    }

    private static let named: [String: Key] = {
        let keys: [Key] = [
            .character(" "), .control(" "), .enter, .escape, .tab, .backTab, .backspace, .delete, .insert,
            .up, .down,
            .left, .right, .home, .end, .pageUp, .pageDown,
        ]
        return Dictionary(uniqueKeysWithValues: keys.map { ($0.label(.ascii).lowercased(), $0) })
    }()
}
