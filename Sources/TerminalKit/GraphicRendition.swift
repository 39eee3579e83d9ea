// A look as an escape sequence, for programs that print lines and draw no screen (ECMA-48, SGR; xterm, "ctlseqs").

extension Style {
    /// `text` between the sequence that begins the look and the one that ends it.
    ///
    /// - Parameters:
    ///   - text: harmless text.
    ///   - depth: which colours the terminal can show.
    public func rendered(_ text: String, depth: ColorDepth) -> String {
        let pair = depth.pair(of: self)
        let marks: [(Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.underline, "4"), (.reverse, "7"),
        ]
        let parts =
            marks.filter { attributes.contains($0.0) }.map(\.1)
            + [(pair.foreground, 30), (pair.background, 40)].compactMap { number, base in
                number.map { depth.parameter($0, base: base) }
            }
        return parts.isEmpty ? text : "\u{1B}[\(parts.joined(separator: ";"))m\(text)\u{1B}[0m"
    }
}

extension ColorDepth {
    /// What variables of the environment say of a terminal that nothing else is known of.
    public init(term: String?, colorTerm: String?) {
        if ["truecolor", "24bit"].contains(colorTerm) || term?.hasSuffix("-direct") == true {
            self = .direct
        } else {
            self = term?.hasSuffix("256color") == true ? .palette : .eight
        }
    }

    /// - Parameter base: 30 for the text, 40 for what is behind it.
    fileprivate func parameter(_ number: Int, base: Int) -> String {
        switch number {
        case ..<8: "\(base + number)"
        case ..<16 where self != .direct: "\(base + 60 + number - 8)"
        case ..<256 where self != .direct: "\(base + 8);5;\(number)"
        default: "\(base + 8);2;\(number >> 16);\(number >> 8 & 0xFF);\(number & 0xFF)"
        }
    }
}
