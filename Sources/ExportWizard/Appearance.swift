// How the wizard looks, as its user wants it.
import Languages
import TerminalKit

/// What a person has chosen of how screens look.
public struct Appearance: Sendable {
    /// How every role looks, where the terminal has colours.
    public var theme: Theme
    /// When to use colours.
    public var colorMode: ColorMode
    /// Whether to draw with ASCII signs even where the terminal has more.
    public var ascii: Bool
    /// Whether characters of ambiguous width take two columns.
    public var ambiguousIsWide: Bool

    /// Describes the looks; without arguments as they are where nobody has chosen anything.
    public init(
        theme: Theme = .standard, colorMode: ColorMode = .auto, ascii: Bool = false,
        ambiguousIsWide: Bool = false
    ) {
        self.theme = theme
        self.colorMode = colorMode
        self.ascii = ascii
        self.ambiguousIsWide = ambiguousIsWide
    }
}

extension Wizard.Setting {
    /// The same in a language that a terminal can show: English where it shows ASCII only.
    func spoken(on showsUnicode: Bool) -> Wizard.Setting {
        var setting = self
        if !showsUnicode { setting.language = .english }
        return setting
    }
}
