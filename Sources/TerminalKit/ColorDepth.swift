// How many colours a terminal has, and which of them stands for a colour of a theme.

/// The colours of a cell as a terminal numbers them; nil for its own default.
struct ColorPair: Sendable, Hashable {
    var foreground: Int?
    var background: Int?
}

/// How many colours a terminal has.
public enum ColorDepth: Sendable, Hashable, CaseIterable {
    /// The eight of ECMA-48.
    case eight
    /// These and their brighter twins.
    case sixteen
    /// A palette of 256.
    case palette
    /// All, by the light of their parts; the first eight numbers are those of ECMA-48.
    case direct

    /// The depth of a terminal.
    ///
    /// - Parameters:
    ///   - colors: how many colours its description says.
    ///   - isDirect: whether the numbers of its colours are red, green and blue.
    init(colors: Int, isDirect: Bool) {
        self =
            switch colors {
            case ..<16: .eight
            case ..<256: .sixteen
            case (1 << 24)... where isDirect: .direct
            default: .palette
            }
    }

    /// The colours of a style.
    ///
    /// Where there are too few to tell them apart, the text takes the other end of the scale.
    func pair(of style: Style) -> ColorPair {
        var pair = ColorPair(
            foreground: number(of: style.foreground), background: number(of: style.background))
        if let background = pair.background, pair.foreground == background,
            style.foreground != style.background
        {
            pair.foreground = background == 0 ? 7 : 0
        }
        return pair
    }

    private func number(of color: Color) -> Int? {
        switch color {
        case .ansi(let index) where index < 16: basic(index)
        case .fixed(let color, let basic):
            switch self {
            case .eight, .sixteen: self.basic(basic)
            // The first sixteen are whatever the terminal's user has made of them.
            case .palette: 16 + color.nearest(in: Array(RGB.palette[16...]))
            case .direct: direct(color)
            }
        case .ansi, .terminal, .accent: nil
        }
    }

    private func basic(_ index: UInt8) -> Int {
        switch self {
        case .eight: Int(index % 8)
        case .sixteen, .palette: Int(index)
        case .direct: index < 8 ? Int(index) : direct(RGB.palette[Int(index)])
        }
    }

    /// The darkest blues are taken by the numbers of the eight.
    private func direct(_ color: RGB) -> Int {
        max(8, Int(color.red) << 16 | Int(color.green) << 8 | Int(color.blue))
    }
}
