// Whether colours are used: the choice of the command line, and what the environment says.

/// When to use colours.
public enum ColorMode: String, Sendable, Hashable, CaseIterable {
    /// Where the terminal has colours, and NO_COLOR is empty or not set (no-color.org).
    case auto
    /// Where the terminal has colours, whatever NO_COLOR says.
    case always
    /// Nowhere.
    case never

    /// Whether a terminal that has colours is to show them, where NO_COLOR has this value.
    public func allowsColor(noColor: String?) -> Bool {
        switch self {
        case .auto: noColor?.isEmpty ?? true
        case .always: true
        case .never: false
        }
    }
}
