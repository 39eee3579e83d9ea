// Keys as people write them.
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("The names of keys")
struct KeyNameTests {
    @Test("are those that hints show, whatever their case")
    func roundTrip() {
        let keys: [Key] = [
            .character("q"), .character("Q"), .character("/"), .character("é"), .character(" "),
            .control("p"),
            .control(" "), .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left,
            .right,
            .home, .end, .pageUp, .pageDown, .function(1), .function(12),
        ]
        for key in keys {
            let name = key.label(.ascii)
            #expect(Key(name: name) == key, "\(name)")
            if name.count > 1 { #expect(Key(name: name.lowercased()) == key, "\(name)") }
        }
    }

    @Test(
        "are no others",
        arguments: ["", "qq", "ctrl-", "ctrl-pp", "ctrl-m", "ctrl-i", "f0", "f99", "fx", "\n", "alt-x"])
    func refused(name: String) {
        #expect(Key(name: name) == nil)
    }
}
