// What can be answered, told when somebody asks.
import ExportDomain
import TerminalKit

extension PlainWizard {
    /// Tells what can be answered where the conversation is.
    mutating func tellHelp() {
        say(answers)
        tellActions()
        told.contents = [:]
    }

    /// Tells all actions by name.
    mutating func tellActions() {
        say("Actions, by title or by name after a colon:")
        for action in table.actions where !Self.needless.contains(action.id) {
            let reason = action.disabledReason.map { " Not now: \($0)." } ?? ""
            say("\(action.title) (:\(action.id.name)): \(action.help).\(reason)")
        }
    }

    /// Actions that there is nothing to do for where nothing is drawn.
    private static let needless: Set<WizardAction> = [.help, .palette, .toggleMouse, .reveal, .calendar]

    private var answers: [String] {
        let always = [
            "An empty answer takes what stands in brackets.",
            "back goes back, quit leaves, again tells everything again; : and the name of an action does it, : alone tells all of them.",
        ]
        switch place {
        case .list where wizard.screen == .datasets || wizard.screen == .flowDatasets:
            return [
                "Numbers like 1-3,7 or a name select datasets, or leave out those that are selected; all takes all that are shown.",
                "more goes on with the list; any other text is searched for, also / and the text.",
            ] + always
        case .list, .overlaidList:
            return [
                "A number or a name chooses a row." + example,
                "more goes on with the list; any other text is searched for, also / and the text.",
            ] + always
        case .form where course?.field != nil:
            return [
                "What is typed takes the place of the answer in brackets, which an empty line keeps. Two quotation marks (\"\") empty it, and quotation marks round a text take it as it is.",
                "back goes to the question before.",
            ] + always.dropFirst()
        case .form: return ["The number or the name of a field changes it."] + always
        case .confirm: return ["yes does it, no leaves it."] + always
        case .prompt: return ["What is typed takes the place of the text in brackets."] + always
        case .test, .review, .unfinished, .text: return [wordsLine] + always
        }
    }

    /// An action with a row behind it, where the list has one.
    private var example: String {
        let aboutRows: [WizardAction] = [.testDestination, .exportFlow, .cancelRun, .mendRun, .open]
        guard let action = aboutRows.lazy.compactMap({ table[$0] }).first(where: { $0.id != enterAction?.id })
        else { return "" }
        return
            " An action with a number or a name behind it is about that row: \(action.title.lowercased()) 2."
    }
}
