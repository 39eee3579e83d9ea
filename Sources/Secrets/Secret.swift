// A password, a key or a token. The type is the guard: it has no way to be printed, logged or encoded.

/// A text that must never be shown.
///
/// Printing, interpolating, dumping or reflecting it gives `‹secret›`; it does not conform to
/// `Encodable`, so nothing that holds one can be written out by accident. `reveal()` is the only way in.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let text: String

    /// Guards a text.
    public init(_ text: String) { self.text = text }

    /// The text itself, for the one place that sends it where it belongs.
    public func reveal() -> String { text }

    /// Whether there is nothing to guard.
    public var isEmpty: Bool { text.isEmpty }

    /// Always the same words, whatever the secret.
    public var description: String { "‹secret›" }

    /// Always the same words, whatever the secret.
    public var debugDescription: String { description }

    /// Shows no children, so that `dump` finds nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
