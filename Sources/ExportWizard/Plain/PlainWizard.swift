// The wizard without a screen: the same state, changed by the same updates, told in lines and asked for in questions.
// It is a value, like the wizard in it: a line goes in, lines and effects come out.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// What is asked, and how the answer is typed.
struct PlainQuestion: Equatable, Sendable {
    /// The question; empty for the next line of an answer that has several.
    var text: String
    /// Whether the answer is not to be shown.
    var isSecret = false
}

/// What is to be written and to be done.
struct PlainReply: Equatable, Sendable {
    /// Lines of any length.
    var lines: [String] = []
    var effects: [WizardEffect] = []
}

/// The state of the wizard and of the conversation about it.
struct PlainWizard: Equatable, Sendable {
    /// Something that reaches the wizard where there is no screen.
    enum Input: Equatable, Sendable {
        case event(WizardEvent)
        case line(String)
        case endOfInput
        case overlongLine
    }

    var wizard: Wizard
    /// Whether a person may be at the other end, who can break in while something goes on.
    let isInteractive: Bool

    /// What is asked now; nil while something is waited for.
    private(set) var question: PlainQuestion?
    /// The exit status, once the wizard was left.
    private(set) var ended: Int32?
    /// What was asked of the platform and has not been answered, by token.
    private(set) var pending: [Int: WizardRequest] = [:]
    /// What has come while a question was open: nothing changes below a question.
    private var deferred: [WizardEvent] = []
    /// Whether a person has broken in on something that goes on.
    var isPaused = false
    private var wasInterrupted = false
    /// How many answers in a row were not taken.
    private var refusals = 0
    private var isRefused = false

    /// What was told, so that only what is new is told again.
    var told = PlainTold()
    /// The first row of the part of a list that is told.
    var pageStart = 0
    /// Which field of a form is asked for.
    var course: FormCourse?
    /// The lines so far of an answer that has several.
    var typed: [String]?
    /// The status that the runs which were looked at last give to leaving.
    var verdict: Int32 = 0

    private var reply = PlainReply()

    /// So many answers in a row that are not taken end a conversation with a script.
    private static let mostRefusals = 20

    init(_ setting: Wizard.Setting, isInteractive: Bool) {
        wizard = Wizard(setting)
        self.isInteractive = isInteractive
    }

    /// Whether a line is taken now.
    var takesLine: Bool { question != nil || isInteractive && isInterruptible }

    // MARK: What happens

    /// Takes something in; what is to be written and done.
    mutating func take(_ input: Input, at moment: Moment) -> PlainReply {
        switch input {
        case .event(.interrupted): interrupt(at: moment)
        case .event(let event):
            if question != nil {
                deferred.append(event)
                return PlainReply()
            }
            note(event)
            run { $0.update(event, at: moment) }
        case .line(let line): takeLine(line, at: moment)
        case .endOfInput: endInput()
        case .overlongLine:
            say(Text("A line of the input is longer than any answer, so sluice ends here."))
            end(1)
        }
        settle(at: moment)
        defer { reply = PlainReply() }
        return reply
    }

    private mutating func takeLine(_ line: String, at moment: Moment) {
        if question == nil {
            isPaused = true
            if line.trimmed.isEmpty { return }
        }
        question = nil
        if !isAskingToQuit { wasInterrupted = false }
        isRefused = false
        let (wasPaused, before) = (isPaused, Set(pending.keys))
        answer(line, at: moment)
        tellMessages()
        if wasPaused {
            // Whoever has asked for something wants to see what comes of it.
            isPaused = !line.trimmed.isEmpty && before.isSuperset(of: pending.keys)
        }
        refusals = isRefused ? refusals + 1 : 0
        if refusals >= Self.mostRefusals, !isInteractive {
            say(Text("None of the last \(Self.mostRefusals) answers was taken, so sluice ends here."))
            end(1)
        }
        let late = deferred
        deferred = []
        for event in late {
            note(event)
            run { $0.update(event, at: moment) }
        }
    }

    private mutating func interrupt(at moment: Moment) {
        question = nil
        typed = nil
        wasInterrupted = true
        // A script has nobody to ask.
        if !isInteractive { return end(130) }
        run { $0.update(.interrupted, at: moment) }
    }

    private mutating func endInput() {
        question = nil
        let isWhole: Bool
        switch wizard.screen {
        case .verification: isWhole = true
        case .destination, .flows: isWhole = wizard.lossOnLeaving == nil
        default: isWhole = false
        }
        if isWhole, wizard.overlay == nil, typed == nil {
            say(Text("The input has ended."))
            end(verdict)
        } else {
            say(Text("The input has ended before everything was answered. What was not saved is lost."))
            end(1)
        }
    }

    private mutating func end(_ status: Int32) { ended = ended ?? status }

    private var isAskingToQuit: Bool {
        if case .confirm(_, .quit)? = wizard.overlay { true } else { false }
    }

    // MARK: What is done

    /// Changes the wizard as an event does, and takes note of what is to be done about it.
    mutating func run(_ change: (inout Wizard) -> [WizardEffect]) {
        wizard.message = nil
        let platform = wizard.setting
        let effects = change(&wizard) + wizard.arrangeLists()
        for effect in effects {
            switch effect {
            // Nothing is shown of it here, and so nothing waits for it.
            case .request(.isProduction, _): break
            case .request(let request, let token): pending[token] = request
            case .cancel(let token): pending[token] = nil
            case .usePlatform: pending = [:]
            case .quit(let status):
                end(wasInterrupted ? 130 : status == 0 ? verdict : status)
                continue
            case .copy, .ringBell, .notify, .setTitle: continue
            case .wake, .useMouse, .suspend: break
            }
            reply.effects.append(effect)
        }
        if platform != wizard.setting { told = PlainTold() }
        tellMessages()
    }

    private mutating func note(_ event: WizardEvent) {
        guard case .answered(let token, let answer) = event, answer.isLast else { return }
        if pending.removeValue(forKey: token) != nil, case .fileRead = answer { course?.hasFile = true }
    }

    /// A text in the language of the conversation.
    func words(_ text: Text) -> String { wizard.say(text) }

    /// Has a sentence written.
    mutating func say(_ text: Text) { reply.lines.append(words(text)) }

    /// Has a line written that is the same in every language, or was put into words already.
    mutating func say(_ line: String) { reply.lines.append(line) }

    /// Has such lines written.
    mutating func say(_ lines: [String]) { reply.lines += lines }

    /// Says why an answer is not taken; it is asked for again.
    mutating func refuse(_ reason: Text) {
        isRefused = true
        say(reason)
    }

    // MARK: What follows

    /// Tells what is new, and asks what comes next where nothing is waited for.
    private mutating func settle(at moment: Moment) {
        readText(at: moment)
        tellMessages()
        guard ended == nil else { return }
        if wizard.overlay == nil, !isInterruptible { isPaused = false }
        tellHeading(at: moment)
        followForm(at: moment)
        tellTest()
        tellRuns(at: moment)
        if isBusy(at: moment) {
            tellWaiting()
            return
        }
        guard question == nil else { return }
        noteVerdict()
        tellContent(at: moment)
        question = ask(at: moment)
    }

    /// Tells what the wizard says of itself, once.
    private mutating func tellMessages() {
        if let message = wizard.message {
            if message.kind == .warning { isRefused = true }
            say(message.text)
            wizard.message = nil
        }
        if let notice = wizard.setup?.form.notice {
            say(notice)
            wizard.setup?.form.note(nil)
        }
        if let notice = wizard.timing?.form.notice {
            say(notice)
            wizard.timing?.forgetNotice()
        }
    }

    /// Whether something goes on that has to come to its end before anything can be asked.
    private func isBusy(at moment: Moment) -> Bool {
        if isAskingToQuit || isPaused && isInterruptible { return false }
        return pending.values.contains(where: keepsWaiting) || isFollowing(at: moment)
    }

    /// Whether a request keeps a question waiting; a look at runs keeps none waiting that lies over the pane.
    private func keepsWaiting(_ request: WizardRequest) -> Bool {
        if case .runs = request { wizard.overlay == nil } else { true }
    }

    /// Whether a person may break in on what goes on.
    private var isInterruptible: Bool {
        wizard.overlay == nil && (wizard.screen == .verification || wizard.screen == .destinationTest)
    }

    /// Tells what is waited for.
    private mutating func tellWaiting() {
        for (token, request) in pending.sorted(by: { $0.key < $1.key })
        where told.waiting.insert(token).inserted {
            if let text = request.waitingText(wizard) { say(Text("\(text)...")) }
        }
    }
}

/// What was told.
struct PlainTold: Equatable, Sendable {
    var heading: String?
    /// What was told of each place.
    var contents: [String: [String]] = [:]
    /// The place that was told last.
    var place: String?
    /// Requests of which it was said that they are waited for.
    var waiting: Set<Int> = []
    var steps: [DestinationTestStep: DestinationTestReport.Outcome] = [:]
    /// Whether it was told what the test has come to.
    var isVerdictTold = false
    var following: PlainFollowing?
}
