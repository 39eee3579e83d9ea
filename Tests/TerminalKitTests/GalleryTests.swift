// One of every widget on a screen, compared with screens that were looked at.

import Languages
import TerminalTesting
import Testing
import TextLiterals

@testable import TerminalKit
@testable import TerminalProbe

@Suite struct GalleryTests {
    @Test(
        "Widgets look as they did when they were looked at",
        arguments: ["", "?", ":", "d", ":zz", "/e"],
        [Size(columns: 80, rows: 24), Size(columns: 60, rows: 16), Size(columns: 200, rows: 60)])
    func screens(keys: String, size: Size) throws {
        var screen = Screen(facts: "facts")
        screen.size = size
        for key in keys {
            switch screen.handle(.character(key)) {
            case .help: screen.overlay = .help(HelpOverlay())
            case .palette: screen.overlay = .palette(Palette())
            case .delete: screen.overlay = .confirm(Screen.question)
            case .filter: screen.isTyping = true
            default: break
            }
        }
        let names = [
            "": "list", "?": "help", ":": "palette", "d": "confirm", ":zz": "no-action", "/e": "filter",
        ]
        let frame = screen.draw(size, theme: .standard)
        try Golden.compare(frame.lines, to: "\(names[keys] ?? keys)-\(size.columns)x\(size.rows)")
        #expect(frame.cursor.map(frame.bounds.contains) == true)
    }

    @Test("In ASCII a screen has no other signs")
    func ascii() throws {
        let size = Size(columns: 80, rows: 24)
        var screen = Screen(facts: "facts")
        screen.size = size
        screen.overlay = .help(HelpOverlay())
        let frame = screen.draw(size, theme: .monochrome.with(glyphs: .ascii))
        try Golden.compare(frame.lines, to: "help-ascii-80x24")
    }
}
