// The wizard on a real terminal: events in, effects out as tasks, one frame for all that has come at once.
import ExportDomain
import FoundationEssentials
import Secrets
import Synchronization
import TerminalKit

/// Runs the wizard.
///
/// It belongs to the thread that owns the terminal.
public final class WizardRuntime {
    private var services: WizardServices
    private let opened = OpenedServices()
    private let mailbox: Mailbox<WizardEvent>
    private let theme: Theme
    private var wizard: Wizard
    private var tasks: [Int: Task<Void, Never>] = [:]
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
        let runtime = try WizardRuntime(setting, services: services, theme: theme)
        terminal.setMouse(setting.usesMouse)
        return runtime.run(on: terminal)
    }

    private init(_ setting: Wizard.Setting, services: WizardServices, theme: Theme) throws(TerminalError) {
        self.services = services
        self.theme = theme
        mailbox = try Mailbox()
        wizard = Wizard(setting)
    }

    private func run(on terminal: CursesTerminal) -> Int32 {
        defer { tasks.values.forEach { $0.cancel() } }
        mailbox.post(.started)
        let ending = EventLoop.run(
            terminal: terminal, mailbox: mailbox,
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
        if case .answered(let token, let answer) = event, answer.isLast { tasks[token] = nil }
        if case .woke(let token) = event { tasks[token] = nil }
        var step = LoopStep.continue
        for effect in wizard.update(event, at: Moment(now: Date(), size: terminal.size)) {
            switch effect {
            case .request(let request, let token):
                start(token) { [services, mailbox, opened] in
                    let last = await services.answer(request) { answer in
                        if !Task.isCancelled { mailbox.post(.answered(token: token, answer)) }
                    } opened: { services in
                        opened.keep(services, token: token)
                    }
                    return .answered(token: token, last)
                }
            case .wake(let seconds, let token):
                start(token) {
                    try? await Task.sleep(for: .seconds(seconds))
                    return .woke(token: token)
                }
            case .usePlatform(let token):
                tasks.values.forEach { $0.cancel() }
                tasks = [:]
                if let new = opened.take(token: token) { services = new }
            case .cancel(let token):
                tasks.removeValue(forKey: token)?.cancel()
            case .useMouse(let isUsed):
                terminal.setMouse(isUsed)
            case .copy(let text): terminal.copy(text)
            case .ringBell: terminal.ringBell()
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

    /// Does something off the main thread and posts what came of it, unless it was cancelled meanwhile.
    private func start(_ token: Int, _ work: @escaping @Sendable () async -> WizardEvent) {
        tasks[token] = Task.detached(priority: .userInitiated) { [mailbox] in
            let event = await work()
            if !Task.isCancelled { mailbox.post(event) }
        }
    }
}

/// The way to the platform that was opened last, by the token of the request.
private final class OpenedServices: Sendable {
    private let last = Mutex<(token: Int, services: WizardServices)?>(nil)

    func keep(_ services: WizardServices, token: Int) { last.withLock { $0 = (token, services) } }

    func take(token: Int) -> WizardServices? {
        last.withLock { last in
            defer { last = nil }
            return last.flatMap { $0.token == token ? $0.services : nil }
        }
    }
}
