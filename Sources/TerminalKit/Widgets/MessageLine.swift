// A sentence on how things stand, told apart by a sign as well as by its looks.
import Languages

/// A sentence for the person at the keyboard.
public struct MessageLine: Sendable, Equatable {
    /// What the sentence tells.
    public enum Kind: Sendable, Hashable {
        /// How things stand.
        case info
        /// Something is done.
        case success
        /// Something should be looked at.
        case warning
        /// Something failed.
        case failure
    }

    /// What the sentence tells.
    public var kind: Kind
    /// The sentence.
    public var text: Text

    /// A sentence.
    public init(_ kind: Kind, _ text: Text) {
        self.kind = kind
        self.text = text
    }

    /// The sign that stands before a sentence of this kind, and its role.
    public static func sign(_ kind: Kind, _ glyphs: Glyphs) -> (sign: Character, role: Role) {
        switch kind {
        case .info: (glyphs.bullet, .text)
        case .success: (glyphs.success, .success)
        case .warning: (glyphs.warning, .warning)
        case .failure: (glyphs.failure, .failure)
        }
    }

    /// Draws the sentence into `rect`, over as many of its rows as it needs; the last is cut.
    public func draw(into frame: inout Frame, in rect: Rect, theme: Theme) {
        guard !rect.isEmpty else { return }
        let (sign, role) = Self.sign(kind, theme.glyphs)
        let rules = frame.textWidth
        frame.put(String(sign), at: rect.origin, style: theme[role], columns: rect.columns)
        let room = rect.split(left: 2).rest
        var lines = rules.wrapped(theme.say(text), to: room.columns)
        if lines.count > room.rows {
            let rest = lines[(room.rows - 1)...].joined(separator: " ")
            lines = lines[..<(room.rows - 1)] + [rules.truncated(rest, to: room.columns)]
        }
        for (place, line) in lines.enumerated() {
            frame.put(line, at: room.line(place).origin, style: theme[role], columns: room.columns)
        }
    }
}
