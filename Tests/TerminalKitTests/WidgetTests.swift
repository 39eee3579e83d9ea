// The small widgets: what they answer to keys and what they show.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

private func drawn(_ columns: Int, _ rows: Int = 1, _ draw: (inout Frame) -> Void) -> [String] {
    var frame = Frame(size: Size(columns: columns, rows: rows))
    draw(&frame)
    return frame.lines
}

@Suite struct WidgetTests {
    @Test(
        "The steps shrink to the room there is",
        arguments: [
            (80, "✓ Select destination → ▸2 Select datasets → 3 Scheduling → 4 Review"),
            (60, "✓ Select destination → ▸2 Select datasets → 3 Scheduling → 4"),
            (45, "✓ → ▸2 Select datasets → 3 → 4"), (20, "✓ → ▸2 Select datase"), (0, ""),
        ])
    func stepRail(columns: Int, expected: String) {
        let rail = StepRail(["Select destination", "Select datasets", "Scheduling", "Review"], current: 1)
        #expect(drawn(columns) { rail.draw(into: &$0, in: $0.bounds, theme: .standard) } == [expected])
    }

    @Test("A choice is made with the arrows, and the neighbours are named where they do not fit")
    func choice() {
        var choice = Choice(["Incremental", "Full"])
        let handled = [Key.left, .right, .right, .up].map { choice.handle($0) }
        #expect(handled == [true, true, true, false])
        #expect(choice.selected == 1)
        #expect(
            drawn(40) { choice.draw(into: &$0, in: $0.bounds, theme: .standard, isFocused: true) } == [
                "( ) Incremental   (•) Full"
            ])
        #expect(
            drawn(20) { choice.draw(into: &$0, in: $0.bounds, theme: .standard, isFocused: true) } == [
                "‹ Full"
            ])
        var none = Choice([])
        let isHandled = none.handle(.right)
        #expect(!isHandled)
    }

    @Test("A box is ticked with Space only")
    func checkBox() {
        var box = CheckBox("Manifest")
        let handled = [Key.enter, .character(" ")].map { box.handle($0) }
        #expect(handled == [false, true])
        #expect(
            drawn(20) { box.draw(into: &$0, in: $0.bounds, theme: .standard, isFocused: false) } == [
                "[x] Manifest"
            ])
    }

    @Test(
        "A dangerous question is answered with no unless one says yes",
        arguments: [
            ([Key.enter], ConfirmDialog.Answer.no), ([.escape], .no), ([.character("n")], .no),
            ([.character("y")], .yes), ([.right, .enter], .yes), ([.tab, .left, .enter], .no),
            ([.character("x"), .character(" "), .enter], .no),
        ])
    func confirm(keys: [Key], expected: ConfirmDialog.Answer) {
        var dialog = ConfirmDialog(question: "Delete?")
        let answers = keys.map { dialog.handle($0) }
        #expect(answers.dropLast().allSatisfy { $0 == nil })
        #expect(answers.last == expected)
    }

    @Test(
        "Progress is a bar with its numbers, and the numbers alone where it is narrow",
        arguments: [
            (30, 0.5, "███████░░░░░░░  50 %  1.4 MB/s"), (30, 2.0, "██████████████ 100 %  1.4 MB/s"),
            (30, -1.0, "░░░░░░░░░░░░░░   0 %  1.4 MB/s"), (16, 0.999, " 99 %  1.4 MB/s"),
        ])
    func progress(columns: Int, fraction: Double, expected: String) {
        let bar = ProgressBar(fraction: fraction, label: "1.4 MB/s")
        #expect(drawn(columns) { bar.draw(into: &$0, in: $0.bounds, theme: .standard) } == [expected])
    }

    @Test("What a message tells is said by a sign, not by colour alone")
    func messageSigns() {
        for glyphs in [Glyphs.unicode, .ascii] {
            let signs = [MessageLine.Kind.info, .success, .warning, .failure].map {
                MessageLine.sign($0, glyphs).sign
            }
            #expect(Set(signs).count == 4)
        }
        let message = MessageLine(.failure, "The folder cannot be written to.")
        #expect(
            drawn(20, 2) { message.draw(into: &$0, in: $0.bounds, theme: .standard) } == [
                "× The folder cannot", "  be written to.",
            ])
        #expect(
            drawn(20, 1) { message.draw(into: &$0, in: $0.bounds, theme: .standard) } == [
                "× The folder cannot…"
            ])
    }

    @Test("A window that is too small gets one sentence that fits it")
    func tooSmall() {
        let rule = TooSmall(minimum: Size(columns: 60, rows: 16))
        #expect(
            rule.applies(to: Size(columns: 59, rows: 50)) && rule.applies(to: Size(columns: 99, rows: 15)))
        #expect(!rule.applies(to: rule.minimum))
        let frame = rule.frame(size: Size(columns: 30, rows: 5), theme: .standard)
        #expect(
            frame.lines == [
                "The window is too small: 60", "columns and 16 rows are", "needed, it has 30 and 5.", "", "",
            ])
        #expect(rule.frame(size: Size(columns: 0, rows: 0), theme: .standard).lines.isEmpty)
    }
}
