// The wizard on a real terminal: events in, effects out as tasks, one frame for all that has come at once.
import ExportDomain
import FoundationEssentials
import Secrets
import TerminalKit

/// Runs the wizard.
///
/// It belongs to the thread that owns the terminal.
public final class WizardRuntime {
    private let tasks: WizardTasks
    private let theme: Theme
    private var wizard: Wizard
    private var exitStatus: Int32 = 0
    /// The frame on the screen, which clicks are aimed at.
    private var shown: Frame?

    /// Opens the wizard on the terminal of the process and returns when it is left.
    ///
    /// - Returns: the exit status: 0, or 128 and the number of the signal that ended it.
    /// - Throws: `TerminalError` where there is no terminal that can show a screen.
    public static func run(
        _ setting: Wizard.Setting, services: WizardServices, appearance: Appearance
    ) throws(TerminalError) -> Int32 {
        let terminal = try CursesTerminal(colorMode: appearance.colorMode)
        defer { terminal.close() }
        var theme = terminal.showsColor ? appearance.theme : Theme.monochrome
        if appearance.ascii || !terminal.showsUnicode { theme.glyphs = .ascii }
        theme.ambiguousIsWide = appearance.ambiguousIsWide
        let runtime = try WizardRuntime(
            setting.spoken(on: terminal.showsUnicode), services: services.obeying(setting), theme: theme)
        terminal.setMouse(setting.usesMouse)
        return runtime.run(on: terminal)
    }

    private init(_ setting: Wizard.Setting, services: WizardServices, theme: Theme) throws(TerminalError) {
        tasks = try WizardTasks(services)
        self.theme = theme
        wizard = Wizard(setting)
    }

    private func run(on terminal: CursesTerminal) -> Int32 {
        defer { tasks.cancelAll() }
        tasks.mailbox.post(.started)
        let ending = EventLoop.run(
            terminal: terminal, mailbox: tasks.mailbox, isUrgent: \.isUrgent, isMoving: { wizard.isMoving },
            handle: { take($0, on: terminal) },
            draw: { size in
                let frame = wizard.view(at: Moment(now: Date(), size: size), theme: theme)
                shown = frame
                return frame
            })
        return ending == .hungUp ? 128 + 1 : exitStatus
    }

    private func take(_ input: Input<WizardEvent>, on terminal: CursesTerminal) -> LoopStep {
        switch input {
        case .posted(let event): return send(event, on: terminal)
        case .terminal(.key(let key)): return send(.key(key), on: terminal)
        case .terminal(.paste(let text)): return send(.paste(Secret(text)), on: terminal)
        case .terminal(.mouse(let mouse)):
            return send(.mouse(mouse, on: shown?.target(at: mouse.point)), on: terminal)
        case .terminal(.interrupt): return send(.interrupted, on: terminal)
        case .terminal(.terminate(let signal)):
            exitStatus = 128 + signal
            return .stop
        case .terminal(.resize), .terminal(.resumed): return .continue
        }
    }

    private func send(_ event: WizardEvent, on terminal: CursesTerminal) -> LoopStep {
        tasks.note(event)
        var step = LoopStep.continue
        for effect in wizard.update(event, at: Moment(now: Date(), size: terminal.size)) {
            switch effect {
            case .request, .wake, .usePlatform, .cancel: tasks.perform(effect)
            case .useMouse(let isUsed):
                terminal.setMouse(isUsed)
            case .copy(let text): terminal.copy(text)
            case .ringBell: terminal.ringBell()
            case .notify(let text): terminal.notify(text)
            case .setTitle(let title): terminal.setTitle(title)
            case .suspend:
                step = .suspend
            case .quit(let status):
                exitStatus = status
                return .stop
            }
        }
        return step
    }
}
