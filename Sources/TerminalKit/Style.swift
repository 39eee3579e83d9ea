// How a cell looks: two colours and attributes. What a style stands for is the theme's matter.

/// A colour.
public enum Color: Sendable, Hashable {
    /// The terminal's own default, whatever its user has chosen.
    case terminal
    /// One of the sixteen colours of the terminal's palette, 0...15; others count as `.terminal`.
    case ansi(UInt8)
    /// A colour of its own where the terminal has many, or the nearest that it has; one of the sixteen where it has
    /// no more than these.
    case fixed(RGB, basic: UInt8)
    /// The accent of the theme; a theme gives it out as the colour that it is.
    case accent
}

/// What a cell's text has besides colour.
public struct Attributes: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt8

    /// Attributes with these bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Heavier or brighter.
    public static let bold = Attributes(rawValue: 1)
    /// Fainter.
    public static let dim = Attributes(rawValue: 2)
    /// Underlined.
    public static let underline = Attributes(rawValue: 4)
    /// Foreground and background exchanged.
    public static let reverse = Attributes(rawValue: 8)
}

/// The look of a cell.
public struct Style: Sendable, Hashable {
    /// The colour of the text.
    public var foreground: Color
    /// The colour behind the text.
    public var background: Color
    /// Bold, underlined and the like.
    public var attributes: Attributes

    /// A style; without arguments the terminal's own plain look.
    public init(
        foreground: Color = .terminal, background: Color = .terminal, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's own look, without attributes.
    public static let plain = Style()

    /// The same style with more attributes.
    public func adding(_ attributes: Attributes) -> Style {
        Style(
            foreground: foreground, background: background,
            attributes: self.attributes.union(attributes))
    }
}
