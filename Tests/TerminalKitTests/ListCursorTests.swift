// The place in a list, at any length and height.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct ListCursorTests {
    @Test("The cursor's row is in sight and the page is full, whatever the list and the page are")
    func alwaysInSight() {
        for count in 0...12 {
            for height in 0...6 {
                for keys in [
                    [Key.end], [.down, .down], [.pageDown], [.end, .up, .up], [.end, .pageUp, .home],
                ] {
                    var cursor = ListCursor()
                    for key in keys {
                        let result = cursor.handle(key, count: count, height: height)
                        #expect(result)
                    }
                    for shownHeight in 0...8 {
                        let visible = cursor.visible(count: count, height: shownHeight)
                        #expect(visible.count == min(count, shownHeight))
                        if let index = cursor.index(in: count), shownHeight > 0 {
                            #expect(visible.contains(index))
                        }
                    }
                }
            }
        }
    }

    @Test(
        "Keys move as they say and stop at the ends",
        arguments: [
            ([Key.up], 0), ([.down], 1), ([.down, .down, .up], 1), ([.end], 99), ([.end, .down], 99),
            ([.pageDown], 9), ([.pageDown, .pageDown, .pageUp], 9), ([.end, .home], 0),
            ([.character("G"), .character("k")], 98), ([.character("j"), .character("g")], 0),
        ])
    func moving(keys: [Key], index: Int) {
        var cursor = ListCursor()
        for key in keys {
            let result = cursor.handle(key, count: 100, height: 10, letters: true)
            #expect(result)
        }
        #expect(cursor.index == index)
    }

    @Test("The page stands still while the cursor moves inside it")
    func steadyPage() {
        var cursor = ListCursor()
        cursor.move(to: 50, count: 100, height: 10)
        #expect(cursor.visible(count: 100, height: 10) == 41..<51)
        for _ in 0..<9 { _ = cursor.handle(.up, count: 100, height: 10) }
        #expect(cursor.visible(count: 100, height: 10) == 41..<51)
        _ = cursor.handle(.up, count: 100, height: 10)
        #expect(cursor.visible(count: 100, height: 10) == 40..<50)
    }

    @Test("A list that has become shorter keeps the cursor on its last row")
    func shorter() {
        var cursor = ListCursor(index: 50)
        #expect(cursor.index(in: 3) == 2)
        #expect(cursor.index(in: 0) == nil)
        _ = cursor.handle(.up, count: 3, height: 10)
        #expect(cursor.index == 1)
    }

    @Test("Letters are left to the screen unless it wants them moved by")
    func letters() {
        var cursor = ListCursor()
        let handled = [
            cursor.handle(.character("j"), count: 5, height: 5),
            cursor.handle(.enter, count: 5, height: 5, letters: true),
        ]
        #expect(handled == [false, false])
    }
}
