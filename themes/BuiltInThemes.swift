// The themes that come with the program: one file each, embedded in the binary. A file is not looked at until its
// theme is asked for.

/// The themes that come with the program.
public enum BuiltInThemes {
    /// The theme where none is asked for.
    public static let standard = "default"

    /// Their names, in the order in which they are listed.
    public static let names = [
        standard, "dark", "light", "high-contrast", "colour-blind-safe", "monochrome",
    ]

    /// The text of a theme's file; nil where no theme has the name.
    public static func text(of name: String) -> String? {
        let bytes: [UInt8]? =
            switch name {
            case standard: PackageResources.default_toml
            case "dark": PackageResources.dark_toml
            case "light": PackageResources.light_toml
            case "high-contrast": PackageResources.high_contrast_toml
            case "colour-blind-safe": PackageResources.colour_blind_safe_toml
            case "monochrome": PackageResources.monochrome_toml
            default: nil
            }
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }
}
