// A screen with one of every widget, for tests on a real terminal and for looking at.

import Languages
import TerminalKit
import TextLiterals

/// What the probe shows and how keys change it.
struct Screen {
    /// What can be done.
    enum Command: String, Hashable, Sendable {
        case open, mark, filter, palette, help, delete, post, crash, overflow, fail, suspend, redraw, quit
    }

    /// What lies over the screen.
    enum Overlay {
        case help(HelpOverlay)
        case palette(Palette)
        case confirm(ConfirmDialog)
    }

    var facts: String
    var lastEvent = "nothing yet"
    var size = Size(columns: 0, rows: 0)
    var cursor = ListCursor()
    var marked: Set<Int> = []
    var filter = TextField(placeholder: "type to filter")
    var choice = Choice(["Incremental", "Full"])
    var box = CheckBox("Write a manifest", isOn: true)
    var posted = 0
    var batches = 0
    var isTyping = false
    var overlay: Overlay?
    var message = MessageLine(.info, "Nothing has been exported yet.")

    static let count = 400
    static let question = ConfirmDialog(
        question: "Delete the dataset “Web events”?", detail: "Its files go too, and cannot be brought back.",
        yesTitle: "Delete", noTitle: "Keep")

    var actions: ActionTable<Command> {
        ActionTable([
            Action(
                .open, keys: [.enter], title: "Open", help: "Opens the dataset under the cursor.",
                availability: marked.isEmpty
                    ? .disabled(because: "mark a dataset first") : .enabled),
            Action(
                .mark, keys: [.character(" ")], title: "Mark",
                help: "Marks the dataset or takes the mark away."),
            Action(.filter, keys: [.character("/")], title: "Filter", help: "Goes to the filter."),
            Action(
                .help, keys: [.character("?"), .function(1)], title: "Help",
                help: "Shows every key of this screen."),
            Action(
                .palette, keys: [.character(":"), .control("p")], title: "Actions",
                help: "Finds an action by its name."),
            Action(
                .delete, keys: [.character("d")], title: "Delete", help: "Deletes the dataset.",
                isDangerous: true),
            Action(
                .post, keys: [.character("p")], title: "Post", help: "Posts a thousand events.", hint: false),
            Action(
                .crash, keys: [.character("c")], title: "Crash", help: "Reads past an array.", hint: false),
            Action(
                .overflow, keys: [.character("o")], title: "Overflow", help: "Calls itself without end.",
                hint: false),
            Action(.fail, keys: [.character("t")], title: "Throw", help: "Throws an error.", hint: false),
            Action(
                .suspend, keys: [.control("z")], title: "Suspend", help: "Stops the program.", hint: false),
            Action(
                .redraw, keys: [.control("l")], title: "Redraw", help: "Sends the screen anew.", hint: false),
            Action(.quit, keys: [.character("q"), .control("c")], title: "Quit", help: "Leaves."),
        ])
    }

    /// Takes a key in; the command that it means, if any.
    mutating func handle(_ key: Key) -> Command? {
        switch overlay {
        case .help(var help):
            overlay = help.handle(key, table: actions, in: .english) ? .help(help) : nil
            return nil
        case .palette(var palette):
            switch palette.handle(key, table: actions, in: .english) {
            case .open: overlay = .palette(palette)
            case .dismissed: overlay = nil
            case .chosen(let command):
                overlay = nil
                return command
            }
            return nil
        case .confirm(var dialog):
            let answer = dialog.handle(key)
            overlay = answer == nil ? .confirm(dialog) : nil
            if let answer { message = MessageLine(.success, "The answer is \("\(answer)").") }
            return nil
        case nil: break
        }
        if isTyping {
            if key == .escape || key == .enter { isTyping = false } else { _ = filter.handle(key) }
            return nil
        }
        if let action = actions.action(for: key) {
            if let reason = action.disabledReason {
                message = MessageLine(.warning, "“\(action.title)” is not possible: \(reason).")
                return nil
            }
            return action.id
        }
        if choice.handle(key) { return nil }
        _ = cursor.handle(key, count: Self.count, height: max(1, size.rows - 10), letters: true)
        return nil
    }

    func draw(_ size: Size, theme: Theme) -> Frame {
        let small = TooSmall(minimum: Size(columns: 40, rows: 14))
        if small.applies(to: size) { return small.frame(size: size, theme: theme) }
        var frame = Frame(size: size, textWidth: theme.textWidth)
        let (top, rest) = frame.bounds.split(top: 1)
        StepRail(["Select destination", "Select datasets", "Scheduling", "Review"], current: 1)
            .draw(into: &frame, in: top, theme: theme)
        let (body, foot) = rest.split(bottom: 3)
        let (form, list) = body.split(top: 4)
        draw(form: form, into: &frame, theme: theme)
        frame.box(
            list, style: theme[.borderFocused], title: "Datasets", titleStyle: theme[.title],
            glyphs: theme.glyphs)
        Self.table.draw(
            into: &frame, in: list.inset(), theme: theme, cursor: cursor, count: Self.count,
            isFocused: !isTyping
        ) { row($0, theme) }
        if isTyping {
            filter.draw(into: &frame, in: form.line(0).split(left: 8).rest, theme: theme, isFocused: true)
        }
        ProgressBar(fraction: Double(posted) / 1000, label: Formatting.rate(1_400_000))
            .draw(into: &frame, in: foot.line(0), theme: theme)
        message.draw(into: &frame, in: foot.line(1), theme: theme)
        HintBar.draw(actions, into: &frame, in: foot.line(2), theme: theme)
        switch overlay {
        case .help(let help): help.draw(actions, title: "Help", into: &frame, in: rest, theme: theme)
        case .palette(let palette):
            palette.draw(
                actions, title: "Actions", noMatchText: "No action is called so.", into: &frame, in: rest,
                theme: theme)
        case .confirm(let dialog): dialog.draw(into: &frame, in: rest, theme: theme)
        case nil: break
        }
        return frame
    }

    private func draw(form: Rect, into frame: inout Frame, theme: Theme) {
        frame.put("Filter:", at: form.origin, style: theme[.heading])
        filter.draw(into: &frame, in: form.line(0).split(left: 8).rest, theme: theme, isFocused: isTyping)
        choice.draw(into: &frame, in: form.line(1), theme: theme, isFocused: false)
        box.draw(into: &frame, in: form.line(2), theme: theme, isFocused: false)
        let state =
            "\(facts) size: \(size.columns)x\(size.rows) posted: \(posted) in \(batches) event: \(lastEvent)"
        frame.put(
            frame.textWidth.truncated(state, to: form.columns), at: form.line(3).origin, style: theme[.muted])
    }

    private static let table = Table([
        TableColumn("", width: .fixed(3), priority: 9),
        TableColumn("Name", width: .flexible(minimum: 16), priority: 9),
        TableColumn("Folder", width: .flexible(minimum: 20), priority: 2, cutsMiddle: true),
        TableColumn("Rows", width: .fixed(9), priority: 4, alignment: .trailing),
        TableColumn("Size", width: .fixed(8), priority: 5, alignment: .trailing),
        TableColumn("State", width: .fixed(9), priority: 8),
    ])

    private static let names = [
        "Web events", "顧客プロファイル", "Заказы за год", "Café orders 🛒", "한국어 데이터", "Emoji 👩‍💻👍🏽🇫🇷❤️ names",
        "A\u{202E}txt.exe", "Lookup",
    ]

    private func row(_ index: Int, _ theme: Theme) -> TableRow {
        let isDone = index % 3 != 0
        return TableRow([
            TableCell(marked.contains(index) ? theme.glyphs.checked : theme.glyphs.unchecked),
            TableCell("\(Self.names[index % Self.names.count]) \(index)"),
            TableCell("landing/65a0f0c2b1d2e3f4051626\(index)/exportTime=202612010600", role: .muted),
            TableCell(Formatting.count(index * 12_345)),
            TableCell(Formatting.bytes(index * 1_234_567)),
            TableCell(
                isDone ? "\(theme.glyphs.success) ok" : "\(theme.glyphs.failure) failed",
                role: isDone ? .success : .failure),
        ])
    }
}
