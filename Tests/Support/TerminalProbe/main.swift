// A program on TerminalKit that tests drive in a real terminal: it echoes what happens, and on a key it
// quits, fails, crashes or stops.

import Glibc
import Languages
import TerminalKit
import TextLiterals

/// Thrown on a key.
struct ProbeFailure: Error {}

/// Never ends, in a way that no compiler turns into a loop.
func depth(of number: Int) -> Int { number == 0 ? 0 : depth(of: number + 1) + depth(of: number + 2) }

func performOn(_ command: Screen.Command, _ screen: inout Screen, _ mailbox: Mailbox<Int>) throws -> LoopStep
{
    switch command {
    case .open: screen.message = MessageLine(.success, "Opened.")
    case .mark:
        let index = screen.cursor.index
        if screen.marked.remove(index) == nil { screen.marked.insert(index) }
    case .filter: screen.isTyping = true
    case .palette: screen.overlay = .palette(Palette())
    case .help: screen.overlay = .help(HelpOverlay())
    case .delete: screen.overlay = .confirm(Screen.question)
    case .post:
        Task.detached { for value in 1...1000 { mailbox.post(value, replacing: "value") } }
    case .crash:
        let none: [Int] = []
        print(none[screen.marked.count])
    case .overflow: print(depth(of: screen.batches + 1))
    case .fail: throw ProbeFailure()
    case .suspend: return .suspend
    case .redraw: return .repaint
    case .quit: return .stop
    }
    return .continue
}

func runProbe() throws -> EventLoop.Ending {
    let mode = CommandLine.arguments.dropFirst().first.flatMap { ColorMode(rawValue: $0) } ?? .auto
    let mailbox = try Mailbox<Int>()
    let terminal = try CursesTerminal(colorMode: mode)
    defer { terminal.close() }
    terminal.setMouse(true)
    let theme = (terminal.showsColor ? Theme.standard : .monochrome)
        .with(glyphs: terminal.showsUnicode ? .unicode : .ascii)
    var screen = Screen(
        facts: "pid: \(getpid()) color: \(terminal.showsColor) unicode: \(terminal.showsUnicode)")
    return try EventLoop.run(
        terminal: terminal, mailbox: mailbox,
        handle: { input in
            switch input {
            case .posted(let value):
                screen.posted = value
                screen.batches += 1
            case .terminal(let event):
                switch event {
                case .key(let key):
                    screen.lastEvent = "key \(key)"
                    if let command = screen.handle(key) { return try performOn(command, &screen, mailbox) }
                case .paste(let text):
                    let notice = screen.filter.paste(text)
                    screen.message = MessageLine(.info, notice?.text ?? "Pasted.")
                    screen.lastEvent = "paste"
                case .mouse(let mouse):
                    screen.lastEvent = "mouse \(mouse.kind) \(mouse.point.column),\(mouse.point.row)"
                case .resize(let size):
                    screen.size = size
                    screen.lastEvent = "resize"
                case .interrupt, .terminate: return .stop
                case .resumed: screen.lastEvent = "resumed"
                }
            }
            return .continue
        }, draw: { screen.draw($0, theme: theme) })
}

do {
    let ending = try runProbe()
    print("ended: \(ending)")
    if CommandLine.arguments.contains("linger") {
        print("lingering")
        fflush(nil)
        sleep(60)
    }
} catch let error as TerminalError {
    print(error)
    exit(1)
} catch {
    print("failed: \(error)")
    exit(1)
}
