// What the wizard asks of the world, done as tasks that post what came of it.
import ExportDomain
import Synchronization
import TerminalKit

/// Does what effects ask for, off the main thread.
final class WizardTasks {
    /// Where what came of a task is posted.
    let mailbox: Mailbox<WizardEvent>
    private var services: WizardServices
    private let opened = OpenedServices()
    private var tasks: [Int: Task<Void, Never>] = [:]

    init(_ services: WizardServices) throws(TerminalError) {
        self.services = services
        mailbox = try Mailbox()
    }

    /// Notes that a task has come to its end, where that is what an event tells.
    func note(_ event: WizardEvent) {
        if case .answered(let token, let answer) = event, answer.isLast { tasks[token] = nil }
        if case .woke(let token) = event { tasks[token] = nil }
    }

    /// Does what an effect asks for; nothing where it is a matter of the terminal.
    func perform(_ effect: WizardEffect) {
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
            cancelAll()
            if let new = opened.take(token: token) { services = new }
        case .cancel(let token):
            tasks.removeValue(forKey: token)?.cancel()
        case .useMouse, .copy, .ringBell, .notify, .setTitle, .suspend, .quit: break
        }
    }

    /// Gives up whatever goes on.
    func cancelAll() {
        tasks.values.forEach { $0.cancel() }
        tasks = [:]
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
