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

    /// Opens the wizard on the terminal of the process and returns when it is left.
    ///
    /// - Parameters:
    ///   - colorMode: when to use colours.
    ///   - ascii: draw with ASCII signs even where the terminal has more.
    ///   - ambiguousIsWide: whether characters of ambiguous width take two columns.
    /// - Returns: the exit status: 0, or 128 and the number of the signal that ended it.
    /// - Throws: `TerminalError` where there is no terminal that can show a screen.
    public static func run(
        _ setting: Wizard.Setting, services: WizardServices, colorMode: ColorMode, ascii: Bool,
        ambiguousIsWide: Bool
    ) throws(TerminalError) -> Int32 {
        let terminal = try CursesTerminal(colorMode: colorMode)
        defer { terminal.close() }
        var theme = terminal.showsColor ? Theme.standard : Theme.monochrome
        if ascii || !terminal.showsUnicode { theme.glyphs = .ascii }
        theme.ambiguousIsWide = ambiguousIsWide
        let runtime = try WizardRuntime(setting, services: services, theme: theme)
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
            handle: { take($0, size: terminal.size) },
            draw: { wizard.view(at: Moment(now: Date(), size: $0), theme: theme) })
        return ending == .hungUp ? 128 + 1 : exitStatus
    }

    private func take(_ input: Input<WizardEvent>, size: Size) -> LoopStep {
        switch input {
        case .posted(let event): return send(event, size: size)
        case .terminal(.key(let key)): return send(.key(key), size: size)
        case .terminal(.paste(let text)): return send(.paste(Secret(text)), size: size)
        case .terminal(.interrupt): return send(.interrupted, size: size)
        case .terminal(.terminate(let signal)):
            exitStatus = 128 + signal
            return .stop
        case .terminal(.resize), .terminal(.resumed): return .continue
        }
    }

    private func send(_ event: WizardEvent, size: Size) -> LoopStep {
        if case .answered(let token, let answer) = event, answer.isLast { tasks[token] = nil }
        if case .woke(let token) = event { tasks[token] = nil }
        var step = LoopStep.continue
        for effect in wizard.update(event, at: Moment(now: Date(), size: size)) {
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
