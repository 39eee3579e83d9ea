// What is said while something is waited for.
import Languages
import TerminalKit

extension Theme {
    /// A text that goes on: “Loading…”.
    func waiting(_ text: Text) -> Text { Text("\(text)\(glyphs.ellipsis)") }
}
