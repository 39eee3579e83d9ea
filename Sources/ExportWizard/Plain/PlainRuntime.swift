// The wizard on lines that are read and written: of a terminal, or of pipes.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// Runs the wizard without a screen.
///
/// It belongs to the main thread.
public final class PlainRuntime {
    private let terminal: LineTerminal
    private let tasks: WizardTasks
    private let isASCII: Bool
    private var wizard: PlainWizard
    /// Whether the question that is open was written.
    private var isAsked = false
    private var exitStatus: Int32 = 0

    /// Asks everything on standard input and output, and returns when the wizard is left.
    ///
    /// - Parameters:
    ///   - ascii: whether to write ASCII only, even where there is more.
    ///   - notice: what is said first.
    /// - Returns: the exit status: 0, 1 where something failed or was not answered, 3 where a verification found
    ///   differences, 130 where it was interrupted, or 128 and the number of the signal that ended it.
    /// - Throws: `TerminalError` where the system has no file descriptors left.
    public static func run(
        _ setting: Wizard.Setting, services: WizardServices, ascii: Bool = false, notice: Text? = nil
    ) throws(TerminalError) -> Int32 {
        let terminal = try LineTerminal()
        defer { terminal.close() }
        let runtime = PlainRuntime(
            setting.spoken(on: terminal.showsUnicode), on: terminal,
            tasks: try WizardTasks(services.obeying(setting)),
            isASCII: ascii || !terminal.showsUnicode)
        if let notice { runtime.write([runtime.wizard.words(notice)]) }
        return runtime.run()
    }

    private init(_ setting: Wizard.Setting, on terminal: LineTerminal, tasks: WizardTasks, isASCII: Bool) {
        self.terminal = terminal
        self.tasks = tasks
        self.isASCII = isASCII
        wizard = PlainWizard(setting, isInteractive: terminal.isInteractive)
    }

    private func run() -> Int32 {
        defer { tasks.cancelAll() }
        tasks.mailbox.post(.started)
        let ending = LineLoop.run(
            terminal, mailbox: tasks.mailbox, readsLine: { wizard.takesLine }, handle: { take($0) })
        return ending == .unread ? 1 : exitStatus
    }

    private func take(_ input: LineInput<WizardEvent>) -> LineLoop.Step {
        switch input {
        case .posted(let event):
            tasks.note(event)
            return send(.event(event))
        case .line(let line):
            isAsked = false
            return send(.line(line))
        case .endOfInput:
            breakLine()
            return send(.endOfInput)
        case .overlongLine:
            breakLine()
            return send(.overlongLine)
        case .interrupt:
            breakLine()
            return send(.event(.interrupted))
        case .terminate(let signal):
            breakLine()
            exitStatus = 128 + signal
            return .stop
        case .resumed:
            isAsked = false
            ask()
            return .continue
        }
    }

    private func send(_ input: PlainWizard.Input) -> LineLoop.Step {
        let reply = wizard.take(input, at: Moment(now: Date(), size: Size(columns: 80, rows: 24)))
        write(reply.lines)
        var step = LineLoop.Step.continue
        for effect in reply.effects {
            if effect == .suspend { step = .suspend } else { tasks.perform(effect) }
        }
        if let status = wizard.ended {
            exitStatus = status
            return .stop
        }
        ask()
        return step
    }

    /// Writes the question that is open, unless it stands there already.
    private func ask() {
        guard let question = wizard.question else { return terminal.setEcho(true) }
        if isAsked { return }
        isAsked = true
        // Before the question, so that nothing of an answer to it is shown.
        terminal.setEcho(!question.isSecret)
        guard !question.text.isEmpty else { return }
        terminal.write(
            text.lines(of: question.text + ":").joined(separator: "\n")
                + (terminal.isInteractive ? " " : "\n"))
    }

    /// Ends the line of a question that is not answered.
    private func breakLine() {
        if isAsked, terminal.isInteractive { terminal.write("\n") }
        isAsked = false
    }

    private func write(_ lines: [String]) {
        let text = text
        for line in lines.flatMap(text.lines) where !line.isEmpty { terminal.write(line + "\n") }
    }

    private var text: PlainText { PlainText(isASCII: isASCII, columns: LineTerminal.columns) }
}
