// What can be answered, told when somebody asks.
import ExportDomain
import Languages
import TerminalKit

extension PlainWizard {
    /// Tells what can be answered where the conversation is.
    mutating func tellHelp() {
        say(answers.map(words))
        tellActions()
        told.contents = [:]
    }

    /// Tells all actions by name.
    mutating func tellActions() {
        say(Text("Actions, by title or by name after a colon:"))
        for action in table.actions where !Self.needless.contains(action.id) {
            let text = Text("\(action.title) (:\(action.id.name)): \(action.help).")
            say(action.disabledReason.map { Text("\(text) Not now: \($0).") } ?? text)
        }
    }

    /// Actions that there is nothing to do for where nothing is drawn.
    private static let needless: Set<WizardAction> = [.help, .palette, .toggleMouse, .reveal, .calendar]

    private var answers: [Text] {
        let always = [
            Text("An empty answer takes what stands in brackets."),
            Text(
                "back goes back, quit leaves, again tells everything again; : and the name of an action does it, : alone tells all of them."
            ),
        ]
        switch place {
        case .list where wizard.screen == .datasets || wizard.screen == .flowDatasets:
            return [
                Text(
                    "Numbers like 1-3,7 or a name select datasets, or leave out those that are selected; all takes all that are shown."
                ),
                Text("more goes on with the list; any other text is searched for, also / and the text."),
            ] + always
        case .list, .overlaidList:
            return [
                example.map { Text("A number or a name chooses a row. \($0)") }
                    ?? Text("A number or a name chooses a row."),
                Text("more goes on with the list; any other text is searched for, also / and the text."),
            ] + always
        case .form where course?.field != nil:
            return [
                Text(
                    "What is typed takes the place of the answer in brackets, which an empty line keeps. Two quotation marks (\"\") empty it, and quotation marks round a text take it as it is."
                ),
                Text("back goes to the question before."),
            ] + always.dropFirst()
        case .form: return [Text("The number or the name of a field changes it.")] + always
        case .confirm: return [Text("yes does it, no leaves it.")] + always
        case .prompt: return [Text("What is typed takes the place of the text in brackets.")] + always
        case .test, .review, .unfinished, .text: return [wordsLine] + always
        }
    }

    /// An action with a row behind it, where the list has one.
    private var example: Text? {
        let aboutRows: [WizardAction] = [.testDestination, .exportFlow, .cancelRun, .mendRun, .open]
        guard
            let action = aboutRows.lazy.filter(wizard.offers).compactMap({ table[$0] })
                .first(where: { $0.id != enterAction?.id })
        else { return nil }
        return
            Text(
                "An action with a number or a name behind it is about that row: \(words(action.title).lowercased()) 2."
            )
    }
}
