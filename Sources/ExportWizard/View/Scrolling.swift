// A page of text that is longer than its place on the screen.
import TerminalKit

enum Scrolling {
    /// How many lines are above the page after a key.
    ///
    /// - Parameters:
    ///   - page: lines that are in sight.
    ///   - count: lines of the whole text.
    static func offset(_ offset: Int, after key: Key, page: Int, count: Int) -> Int {
        let last = max(0, count - page)
        let wanted =
            switch key {
            case .down, .character("j"): min(offset, last) + 1
            case .up, .character("k"): min(offset, last) - 1
            case .pageDown, .character(" "): offset + max(1, page - 1)
            case .pageUp: min(offset, last) - max(1, page - 1)
            case .home, .character("g"): 0
            case .end, .character("G"): last
            default: offset
            }
        return max(0, min(wanted, last))
    }
}
