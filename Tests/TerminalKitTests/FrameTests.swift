// Frames: what is put where, and what is cut.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct FrameTests {
    let bold = Style(attributes: .bold)

    private func frame(columns: Int = 6, rows: Int = 1) -> Frame {
        Frame(size: Size(columns: columns, rows: rows))
    }

    @Test(
        "A text is cut at the edges, and no wide character is split",
        arguments: [
            ("abcdefgh", 0, "abcdef", 6), ("abc", 4, "    ab", 2), ("abc", -1, "bc", 3), ("abc", 6, "", 0),
            ("顧客名前", 0, "顧客名", 6), ("顧客名", 1, " 顧客", 5), ("顧客", -1, " 客", 4), ("顧", 5, "", 1),
            ("", 0, "", 0),
        ])
    func edges(text: String, column: Int, expected: String, used: Int) {
        var frame = frame()
        #expect(frame.put(text, at: Point(column: column, row: 0), style: .plain) == used)
        #expect(frame.lines == [expected])
    }

    @Test("A text keeps to the columns it is given")
    func limit() {
        var frame = frame(columns: 10)
        frame.put("..........", at: Point(column: 0, row: 0), style: .plain)
        #expect(frame.put("顧客名", at: Point(column: 1, row: 0), style: .plain, columns: 5) == 5)
        #expect(frame.lines == [".顧客 ...."])
        #expect(frame.put("abc", at: Point(column: 0, row: 0), style: .plain, columns: -1) == 0)
    }

    @Test("Nothing is put above, below or beside the frame")
    func outside() {
        var frame = frame(columns: 2, rows: 2)
        for row in [-1, 2] { frame.put("ab", at: Point(column: 0, row: row), style: .plain) }
        frame.fill(Rect(column: -5, row: -5, columns: 3, rows: 3), style: bold)
        frame.restyle(Rect(column: 2, row: 2, columns: 9, rows: 9), style: bold)
        frame.box(Rect(column: 5, row: 5, columns: 4, rows: 4), style: bold, glyphs: .unicode)
        #expect(frame == self.frame(columns: 2, rows: 2))
        #expect(frame[Point(column: 9, row: 9)] == .blank())
    }

    @Test(
        "Half of an overwritten wide character leaves a blank",
        arguments: [(0, "x 客名"), (1, " x客名"), (2, "顧x 名"), (3, "顧 x名")])
    func overwritten(column: Int, expected: String) {
        var frame = frame()
        frame.put("顧客名", at: Point(column: 0, row: 0), style: .plain)
        frame.put("x", at: Point(column: column, row: 0), style: .plain)
        #expect(frame.lines == [expected])
    }

    @Test("A wide character over the halves of two others leaves blanks beside it")
    func wideOverWide() {
        var frame = frame()
        frame.put("顧客名", at: Point(column: 0, row: 0), style: .plain)
        frame.put("注", at: Point(column: 1, row: 0), style: .plain)
        #expect(frame.lines == [" 注 名"])
        #expect(frame[Point(column: 2, row: 0)].content == .continuation)
    }

    @Test("The width of a row is that of the frame, whatever is put into it")
    func hostileText() {
        let texts = [
            "\u{1B}[2J\u{1B}[H", "A\u{202E}B", "👩‍👩‍👧‍👦" + String(repeating: "👍🏽", count: 4000),
            "Z\u{301}\u{302}\u{303}\u{304}\u{305}",
            "\u{200D}\u{FE0F}", "🇫🇷🇩", "हिन्दी", "\u{1100}\u{200B}\u{1161}", "a\r\nb\tc",
        ]
        for text in texts {
            for column in -3...20 {
                var frame = frame(columns: 20)
                frame.put("顧客名顧客名顧客名顧", at: Point(column: 0, row: 0), style: .plain)
                frame.put(text, at: Point(column: column, row: 0), style: .plain)
                let columns = frame.row(0).reduce(0) { sum, cell in
                    if case .cluster(_, let columns) = cell.content { sum + columns } else { sum }
                }
                #expect(columns == 20, "\(text) at \(column)")
            }
        }
    }

    @Test("A box has its title between its lines, cut to fit")
    func box() {
        var frame = frame(columns: 12, rows: 3)
        frame.box(frame.bounds, style: bold, title: "A long title", glyphs: .unicode)
        #expect(frame.lines == ["┌─ A lon… ─┐", "│          │", "└──────────┘"])
        #expect(frame[Point(column: 0, row: 0)].style == bold)
        frame = self.frame(columns: 4, rows: 2)
        frame.box(frame.bounds, style: bold, title: "T", glyphs: .ascii)
        #expect(frame.lines == ["+--+", "+--+"])
    }

    @Test("A new style leaves the text")
    func restyle() {
        var frame = frame()
        frame.put("顧客", at: Point(column: 0, row: 0), style: .plain)
        frame.restyle(Rect(column: 0, row: 0, columns: 2, rows: 1), style: bold)
        #expect(frame.lines == ["顧客"])
        #expect(frame.row(0).map(\.style) == [bold, bold, .plain, .plain, .plain, .plain])
    }

    @Test("Rectangles are split without a gap")
    func rectangles() {
        let rect = Rect(column: 2, row: 3, columns: 10, rows: 5)
        let (top, rest) = rect.split(top: 2)
        #expect(top == Rect(column: 2, row: 3, columns: 10, rows: 2))
        #expect(rest == Rect(column: 2, row: 5, columns: 10, rows: 3))
        #expect(rect.split(bottom: 9).bottom == rect)
        #expect(rect.split(right: 4).right == Rect(column: 8, row: 3, columns: 4, rows: 5))
        #expect(rect.split(left: -1).left.isEmpty)
        #expect(rect.inset(columns: 6, rows: 3).isEmpty)
        #expect(rect.centered(Size(columns: 4, rows: 99)) == Rect(column: 5, row: 3, columns: 4, rows: 5))
        #expect(rect.line(5).isEmpty)
    }
}
