// A theme: one table from what a text is (its role) to how it looks, and the signs to draw with.
// Roles name meanings, never screens.
import Languages

/// What a piece of a screen is.
public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Ordinary text.
    case text
    /// Text of less weight: units, dates, explanations.
    case muted
    /// The title of a screen or box.
    case title
    /// The heading of a column or section.
    case heading
    /// Lines round a box.
    case border
    /// Lines round the box that has the keyboard.
    case borderFocused
    /// A key in the hint line.
    case hintKey
    /// What that key does.
    case hintText
    /// The row under the cursor.
    case selection
    /// The row under the cursor of a list that has not the keyboard.
    case selectionInactive
    /// A row or choice that is marked as taken.
    case mark
    /// A text field.
    case field
    /// The text field that has the keyboard.
    case fieldFocused
    /// The example inside an empty field.
    case placeholder
    /// Done, in order.
    case success
    /// To be looked at.
    case warning
    /// Failed.
    case failure
    /// What should catch the eye, without a judgement.
    case accent
    /// What cannot be used now.
    case disabled
    /// The part of a bar that is done.
    case progress
    /// The screen behind a dialog.
    case overlay
    /// The letters of a row that were searched for.
    case match
    /// The platform that is worked on, in the title bar.
    case platform
    /// The same where its profile has an accent of its own, as production has.
    case platformMarked
}

/// How every role looks, and the signs to draw with.
public struct Theme: Sendable, Equatable {
    private var styles: [Role: Style]
    /// The signs to draw with.
    public var glyphs: Glyphs
    /// Whether characters of ambiguous width take two columns, as East Asian legacy fonts have it.
    public var ambiguousIsWide: Bool
    /// The language that screens are in.
    public var language = Language.english
    /// The colour that catches the eye.
    public var accent: Color
    /// The accent of production, which is to look different.
    public var production: Color

    /// A theme; `style` is asked once for every role, so that none can be missing.
    ///
    /// - Parameters:
    ///   - glyphs: the signs that are drawn.
    ///   - ambiguousIsWide: whether characters of ambiguous width take two columns.
    ///   - accent: what `Color.accent` stands for.
    ///   - production: what stands in its place in production.
    ///   - style: how what has a role looks.
    public init(
        glyphs: Glyphs = .unicode, ambiguousIsWide: Bool = false, accent: Color = .ansi(6),
        production: Color = .ansi(1), style: (Role) -> Style
    ) {
        self.glyphs = glyphs
        self.ambiguousIsWide = ambiguousIsWide
        self.accent = accent
        self.production = production
        styles = Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0, style($0)) })
    }

    /// The look of `role`.
    public subscript(role: Role) -> Style {
        var style = styles[role] ?? .plain
        if style.foreground == .accent { style.foreground = accent }
        if style.background == .accent { style.background = accent }
        return style
    }

    /// Whether terminals are to be given colours that are not among their sixteen.
    public var hasFixedColors: Bool {
        ([accent, production] + styles.values.flatMap { [$0.foreground, $0.background] }).contains {
            if case .fixed = $0 { true } else { false }
        }
    }

    /// How text is measured and cut under this theme.
    public var textWidth: TextWidth {
        TextWidth(
            ambiguousIsWide: ambiguousIsWide, ellipsis: glyphs.ellipsis,
            replacement: ambiguousIsWide ? Glyphs.ascii.replacement : glyphs.replacement)
    }

    /// What `text` is in the language of the screen.
    public func say(_ text: Text) -> String { text.string(in: language) }

    /// An empty frame to put text into under this theme.
    public func frame(size: Size) -> Frame {
        Frame(size: size, textWidth: textWidth, language: language, style: self[.text])
    }

    /// The same looks with other signs.
    public func with(glyphs: Glyphs) -> Theme {
        var theme = self
        theme.glyphs = glyphs
        return theme
    }

    /// The neutral theme, right on light and dark backgrounds alike.
    ///
    /// It keeps the terminal's own foreground and background and uses a few of its sixteen colours. The selection is reverse video.
    ///
    /// Its file says the same; it is here too, so that the program reads no file where no theme is asked for.
    public static let standard = Theme { role in
        switch role {
        case .text, .hintText: .plain
        case .muted, .placeholder, .disabled, .border, .overlay: Style(attributes: .dim)
        case .title, .heading, .hintKey, .selectionInactive: Style(attributes: .bold)
        case .borderFocused, .accent, .mark, .progress: Style(foreground: .accent)
        case .selection: Style(attributes: .reverse)
        case .field: Style(attributes: .underline)
        case .fieldFocused: Style(foreground: .accent, attributes: .underline)
        case .match: Style(foreground: .accent, attributes: [.bold, .underline])
        case .platform: Style(attributes: .dim)
        case .platformMarked: Style(foreground: .accent, attributes: [.bold, .reverse])
        case .success: Style(foreground: .ansi(2))
        case .warning: Style(foreground: .ansi(3))
        case .failure: Style(foreground: .ansi(1), attributes: .bold)
        }
    }

    /// No colour at all: bold, underline and reverse only.
    ///
    /// What terminals without colour show, whatever theme is asked for; its file says the same.
    public static let monochrome = Theme(accent: .terminal, production: .terminal) { role in
        switch role {
        case .text, .hintText, .muted, .placeholder, .disabled, .border, .overlay, .progress,
            .success, .platform:
            .plain
        case .title, .heading, .hintKey, .selectionInactive, .borderFocused, .accent, .mark,
            .warning, .failure:
            Style(attributes: .bold)
        case .selection: Style(attributes: .reverse)
        case .field: Style(attributes: .underline)
        case .fieldFocused, .match: Style(attributes: [.underline, .bold])
        case .platformMarked: Style(attributes: [.reverse, .bold])
        }
    }
}
