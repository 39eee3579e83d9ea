// Where the conversation is, what is told of that place, and what is asked there.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension PlainWizard {
    /// A place that has questions of its own.
    enum Place: Equatable {
        case list, form, test, review
        case confirm(ConfirmDialog)
        case prompt(Prompt)
        case overlaidList
        case unfinished(UnfinishedWork)
        case text(TextReader)
    }

    var place: Place {
        switch wizard.overlay {
        case .confirm(let dialog, _)?: return .confirm(dialog)
        case .prompt(let prompt)?: return .prompt(prompt)
        case .macros?, .platforms?, .suggestions?: return .overlaidList
        case .unfinished(let work)?: return .unfinished(work)
        case .text(let reader)?: return .text(reader)
        case .help?, .palette?, .calendar?, .files?, .records?, .copied?, nil: break
        }
        switch wizard.screen {
        case .destination, .destinationKinds, .datasets, .flowDatasets, .flows, .verification: return .list
        case .destinationForm, .scheduling, .flowSettings: return .form
        case .destinationTest: return .test
        case .review: return .review
        }
    }

    /// What can be done where the conversation is.
    var table: WizardActions { wizard.actionsHere }

    // MARK: Headings

    mutating func tellHeading(at moment: Moment) {
        if told.heading == nil {
            let setting = wizard.setting
            say(Text("Sluice: \(setting.platform), sandbox \(setting.place.sandboxName)."))
            if setting.isReadOnly { say(Text("\(Wizard.readOnlyReason).")) }
            say(Text("Answer ? to hear what can be answered, back to go back, quit to leave."))
        }
        let heading = heading
        guard words(heading) != told.heading else { return }
        told.heading = words(heading)
        told.contents = [:]
        pageStart = 0
        say(heading)
        // What a kind of destination needs is said before its form asks for it.
        if wizard.screen == .destinationForm, let setup = wizard.setup, setup.purpose == .create,
            setup.form.visited.isEmpty
        {
            tellGuide(of: setup.spec)
        }
    }

    private var heading: Text {
        let screen: Text
        switch wizard.screen {
        case .destination: screen = step(1)
        case .destinationKinds: screen = Wizard.kindsTitle
        case .destinationForm: screen = wizard.setup?.title ?? .empty
        case .destinationTest: screen = wizard.setup?.testTitle ?? .empty
        case .datasets: screen = step(2)
        case .scheduling: screen = step(3)
        case .review: screen = step(4)
        case .flowDatasets, .flowSettings: screen = wizard.subject
        case .flows: screen = Text("Flows")
        case .verification:
            let verification = wizard.verification
            screen = Text("Verify: \(verification?.flow.draft.name ?? ""), \(verification?.place ?? "")")
        }
        return screen
    }

    private func step(_ number: Int) -> Text {
        Text("Step \(number) of \(Wizard.steps.count - 1): \(Wizard.steps[number - 1])")
    }

    private mutating func tellGuide(of kind: ConnectionSpec) {
        say(kind.guide.summary)
        if !kind.guide.rights.isEmpty { say(Wizard.rightsTitle) }
        say(kind.guide.rights.map(words))
    }

    // MARK: Contents

    /// Tells what the place is about, unless that was told already.
    mutating func tellContent(at moment: Moment) {
        let name = placeName
        let content = content(at: moment)
        // What lies over a screen is told whenever it comes.
        let isNew = wizard.overlay != nil && told.place != name
        told.place = name
        if !isNew, content == told.contents[name] { return }
        told.contents[name] = content
        if case .list = place { say(listLines(marked: true, at: moment)) } else { say(content) }
    }

    private var placeName: String {
        switch place {
        case .list: "list"
        case .form: "form"
        case .test: "test"
        case .review: "review"
        case .confirm: "question"
        case .prompt: "prompt"
        case .overlaidList: "overlaid list"
        case .unfinished: "unfinished"
        case .text: "text"
        }
    }

    private func content(at moment: Moment) -> [String] {
        switch place {
        case .list: return [words(heading)] + listLines(marked: false, at: moment)
        case .overlaidList: return listLines(marked: true, at: moment)
        case .form: return formLines(at: moment)
        case .test: return verdictLines.map(words) + [words(wordsLine)]
        case .review: return reviewTexts + [words(wordsLine)]
        case .confirm(let dialog):
            return [words(dialog.question)] + (dialog.detail.map(words)?.paragraphs ?? [])
        case .prompt(let prompt): return prompt.problem.map { [words($0)] } ?? []
        case .unfinished(let work): return words(work.text).paragraphs + [words(wordsLine)]
        case .text: return []
        }
    }

    private var reviewTexts: [String] {
        wizard.reviewSections.map { section in
            let lines = Text.joined(section.lines) { Text("\($0); \($1)") }
            return words(Text("\(section.title): \(lines)"))
        }
            + [words(Text("\(Wizard.firstFoldersTitle):"))]
            + wizard.firstFolders.map { words(Text("\($0.dataset.name): \($0.folder + "/")")) }
    }

    /// What the test has come to.
    var verdictLines: [Text] {
        guard let setup = wizard.setup, let test = setup.test else { return [] }
        return wizard.verdict(of: test, setup: setup, glyphs: .unspoken).map(\.0)
    }

    /// The words that can be answered where there is nothing else to choose from.
    var wordsLine: Text {
        var words: [Text] = []
        for action in table.actions where action.isEnabled && !Self.unmentioned.contains(action.id) {
            if !words.contains(action.title) { words.append(action.title) }
        }
        return Text("You can answer: \(Text.list(words)).")
    }

    /// Actions that are there everywhere, or mean little where nothing is drawn.
    private static let unmentioned: Set<WizardAction> = [
        .help, .palette, .suspend, .toggleMouse, .reveal, .quit, .takeOffer, .readFile, .calendar, .suggest,
    ]

    // MARK: Questions

    /// What is asked where the conversation is.
    mutating func ask(at moment: Moment) -> PlainQuestion? {
        switch place {
        case .list, .overlaidList: return PlainQuestion(text: listQuestion(at: moment))
        case .form: return fieldQuestion(at: moment)
        case .test, .review, .unfinished: return PlainQuestion(text: words(Text("What now?")) + defaultWords)
        case .confirm(let dialog):
            return PlainQuestion(text: words(Text("\(dialog.yesTitle)? (yes or no) [no]")))
        case .prompt(let prompt):
            let text = prompt.field.text
            return PlainQuestion(text: words(prompt.title) + (text.isEmpty ? "" : " [\(text)]"))
        case .text: return nil
        }
    }

    /// What an empty answer does, in brackets.
    var defaultWords: String {
        guard let action = enterAction, action.isEnabled else { return "" }
        return " [\(words(action.title))]"
    }

    /// What an empty answer does.
    var enterAction: Action<WizardAction>? {
        let table = table
        return table.action(for: .enter) ?? [.next, .finish, .open].compactMap { table[$0] }.first
    }
}

extension String {
    /// The lines that have something in them.
    fileprivate var paragraphs: [String] { split(separator: "\n").map(String.init) }
}
