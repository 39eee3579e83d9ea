// The place in a list: which row is under the cursor, and which row is the first in sight.
// The length of the list and the height of the page are arguments: they change under it at any time.

/// A place in a list of any length.
public struct ListCursor: Sendable, Equatable {
    /// The row under the cursor, from 0; it may be past the end of a list that has become shorter.
    public private(set) var index: Int
    /// The first row in sight when it was last moved.
    public private(set) var offset: Int

    /// A cursor on row `index`.
    public init(index: Int = 0) {
        self.index = max(0, index)
        offset = 0
    }

    /// The row under the cursor in a list of `count`; nothing where the list is empty.
    public func index(in count: Int) -> Int? {
        count > 0 ? min(index, count - 1) : nil
    }

    /// The rows in sight on a page of `height` rows of a list of `count`: the cursor's is among them, and
    /// the page is full where the list is long enough.
    public func visible(count: Int, height: Int) -> Range<Int> {
        guard count > 0, height > 0 else { return 0..<0 }
        let index = min(index, count - 1)
        let first = min(max(offset, index - height + 1), index, max(0, count - height))
        return first..<min(count, first + height)
    }

    /// Puts the cursor on row `index`, as when the rows above it come or go; what is in sight stays as it is
    /// where it can.
    public mutating func place(at index: Int) {
        self.index = max(0, index)
    }

    /// Puts the cursor on row `index` of a list in whose rows above it some have come or gone: the row under the cursor
    /// stays where it is on the screen, if it is not the first of all.
    public mutating func shift(to index: Int) {
        if self.index > 0 { offset = max(0, offset + index - self.index) }
        self.index = max(0, index)
    }

    /// Moves to `index` of a list of `count`, shown on `height` rows.
    public mutating func move(to index: Int, count: Int, height: Int) {
        let before = visible(count: count, height: height).lowerBound
        self.index = max(0, min(index, count - 1))
        offset = before
        offset = visible(count: count, height: height).lowerBound
    }

    /// Moves as `key` says in a list of `count` shown on `height` rows.
    ///
    /// The keys are the arrows, page keys, Home and End, and of Emacs Ctrl-N, Ctrl-P and Ctrl-V; with `letters` also
    /// those of vi: j, k, g, G, Ctrl-D, Ctrl-U, Ctrl-F and Ctrl-B. `false` means that the key moves nothing in any list.
    public mutating func handle(_ key: Key, count: Int, height: Int, letters: Bool = false) -> Bool {
        let index = index(in: count) ?? 0
        let page = max(1, height - 1)
        let target: Int
        switch key {
        case .up, .control("p"): target = index - 1
        case .down, .control("n"): target = index + 1
        case .pageUp: target = index - page
        case .pageDown, .control("v"): target = index + page
        case .home: target = 0
        case .end: target = count - 1
        case .character("k") where letters: target = index - 1
        case .character("j") where letters: target = index + 1
        case .character("g") where letters: target = 0
        case .character("G") where letters: target = count - 1
        case .control("d") where letters: target = index + max(1, height / 2)
        case .control("u") where letters: target = index - max(1, height / 2)
        case .control("f") where letters: target = index + page
        case .control("b") where letters: target = index - page
        default: return false
        }
        move(to: target, count: count, height: height)
        return true
    }
}
