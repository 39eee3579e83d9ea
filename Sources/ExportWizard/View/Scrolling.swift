// A page of text that is longer than its place on the screen.
import TerminalKit

enum Scrolling {
    /// Whether a key scrolls, be it that there is nothing further.
    static func isKey(_ key: Key) -> Bool {
        switch key {
        case .down, .up, .pageDown, .pageUp, .home, .end, .character(" "), .character("j"), .character("k"),
            .character("g"), .character("G"), .control("d"), .control("u"), .control("f"), .control("b"),
            .control("n"), .control("p"), .control("v"):
            true
        default: false
        }
    }

    /// How many lines are above the page after a key.
    ///
    /// - Parameters:
    ///   - page: lines that are in sight.
    ///   - count: lines of the whole text.
    static func offset(_ offset: Int, after key: Key, page: Int, count: Int) -> Int {
        let last = max(0, count - page)
        let wanted =
            switch key {
            case .down, .character("j"), .control("n"): min(offset, last) + 1
            case .up, .character("k"), .control("p"): min(offset, last) - 1
            case .pageDown, .character(" "), .control("f"), .control("v"): offset + max(1, page - 1)
            case .pageUp, .control("b"): min(offset, last) - max(1, page - 1)
            case .control("d"): offset + max(1, page / 2)
            case .control("u"): min(offset, last) - max(1, page / 2)
            case .home, .character("g"): 0
            case .end, .character("G"): last
            default: offset
            }
        return max(0, min(wanted, last))
    }
}
