// A line that was typed, and what it comes to: an action by its name, or an answer to what was asked.
import ExportDomain
import FoundationEssentials
import FuzzySearch
import Languages
import TerminalKit

extension PlainWizard {
    /// Does what a line says; what cannot be done is answered with a sentence, and asked again.
    mutating func answer(_ line: String, at moment: Moment) {
        if typed != nil { return answerMore(line, at: moment) }
        let text = line.trimmed
        switch text.lowercased() {
        case "?", "help": return tellHelp()
        case ":", ":palette": return tellActions()
        case "again" where course?.field == nil: return told.contents = [:]
        case "quit", ":quit": return run { $0.perform(.quit, at: moment) }
        case _ where text.hasPrefix(":"): return command(String(text.dropFirst()).trimmed, at: moment)
        default: break
        }
        switch place {
        case .list, .overlaidList: answerList(text, at: moment)
        case .form: answerForm(line, at: moment)
        case .test, .review, .unfinished: answerMenu(text, at: moment)
        case .confirm(let dialog): answer(text, to: dialog, at: moment)
        case .prompt(let prompt): answer(text, to: prompt, at: moment)
        case .text: press(.control("g"), at: moment)
        }
    }

    // MARK: Actions by name

    /// Does an action that is called by its name, as in the palette.
    private mutating func command(_ text: String, at moment: Moment) {
        if let (action, rest) = named(text) { return perform(action, with: rest, at: moment) }
        let found = table.actions(matching: SearchQuery(text), in: wizard.setting.language)
        if found.count == 1 { return perform(found[0], with: "", at: moment) }
        let name = text.lowercased()
        if found.isEmpty,
            let other = wizard.everyAction.actions.first(where: {
                names(of: $0.title).contains(name) || $0.id.name == name
            }), let place = other.disabledReason
        {
            return refuse(Text("“\(other.title)” is not for here: it is \(place)."))
        }
        refuse(
            found.isEmpty
                ? Text("No action is called “\(text)” here: answer : to hear all of them.")
                : Text("Several actions match “\(text)”: \(Text.list(found.map(\.title)))."))
    }

    /// What something is called in small letters, in the language of the conversation and in English.
    func names(of title: Text) -> [String] {
        let (said, english) = (words(title).lowercased(), title.english.lowercased())
        return said == english ? [said] : [said, english]
    }

    /// The action that a text begins with, by title, name, first word or key, and what stands behind it.
    func named(_ text: String) -> (action: Action<WizardAction>, rest: String)? {
        let actions = table.actions
        let firstWords = actions.flatMap { names(of: $0.title).compactMap { $0.split(separator: " ").first } }
        var best: (action: Action<WizardAction>, rest: String, length: Int)?
        for action in actions {
            let titles = names(of: action.title)
            let name = action.id.name
            let begun = titles.compactMap { $0.split(separator: " ").first }.filter { first in
                firstWords.count { $0 == first } == 1
            }
            for word in titles + [name, name.replacing("-", with: " ")] + begun.map(String.init) {
                guard let rest = text.rest(after: word), word.count > best?.length ?? 0 else { continue }
                best = (action, rest, word.count)
            }
            // In a list, digits are rows.
            for case .character(let key) in action.keys where !(hasRows && key.isNumber) {
                guard best == nil, let rest = text.rest(after: String(key), caseMatters: true) else {
                    continue
                }
                best = (action, rest, 1)
            }
        }
        return best.map { ($0.action, $0.rest) }
    }

    /// Does an action.
    ///
    /// - Parameter rest: what was said after its name: rows of a list, or the answer to what the action asks.
    mutating func perform(_ action: Action<WizardAction>, with rest: String, at moment: Moment) {
        switch action.id {
        case .help where wizard.overlay == nil: return tellHelp()
        case .palette where wizard.overlay == nil: return tellActions()
        case .calendar where action.isEnabled,
            .suggest where action.isEnabled && wizard.setup?.isOnDate == true:
            return refuse(Text("Type the day, like 2027-01-31, and the time of day, like 06:00."))
        case .readFile where action.isEnabled:
            guard !rest.isEmpty, let field = wizard.form?.focused?.id else {
                return refuse(Text("Answer @ and the path of the file."))
            }
            return run { $0.readFile(rest, for: field) }
        case .toggleMouse: return refuse(Text("There is no mouse where there is no screen."))
        case .reveal where action.isEnabled:
            return refuse(Text("Secrets are not written out where there is no screen."))
        case .search:
            if rest.isEmpty { return refuse(Text("Answer / and the text to search for.")) }
            return search(for: rest)
        case .toggle where !rest.isEmpty: return answerList(rest, at: moment)
        case .orderByNext, .reverseOrder, .clearSearch, .sort, .refresh: pageStart = 0
        default: break
        }
        var rest = rest
        if !rest.isEmpty, hasRows {
            guard let row = row(named: rest, at: moment) else {
                return refuse(Text("No row is called “\(rest)”."))
            }
            move(to: row)
            rest = ""
        }
        if wizard.overlay != nil {
            if let key = action.keys.first { press(key, at: moment) }
        } else {
            let selected = wizard.selection.tickedCount
            run { $0.perform(action.id, at: moment) }
            if choosesMany, wizard.selection.tickedCount != selected {
                say(Text("\(wizard.selection.countText)."))
            }
            // What is wrong is asked for, and not only told.
            if case .form = place, [.next, .takeOffer].contains(action.id) { course = nil }
            if action.id == .undo || action.id == .redo { told.contents["form"] = nil }
        }
        if case .prompt(let prompt)? = wizard.overlay, !rest.isEmpty {
            answer(rest, to: prompt, at: moment)
        }
    }

    mutating func press(_ key: Key, at moment: Moment) {
        run { $0.update(.key(key), at: moment) }
    }

    // MARK: Questions without a list

    private mutating func answerMenu(_ text: String, at moment: Moment) {
        if text.isEmpty, let action = enterAction { return perform(action, with: "", at: moment) }
        guard let (action, rest) = named(text) else {
            return refuse(Text("“\(text)” is no answer here. \(wordsLine)"))
        }
        perform(action, with: rest, at: moment)
    }

    private mutating func answer(_ text: String, to dialog: ConfirmDialog, at moment: Moment) {
        let answer = text.lowercased()
        switch yesOrNo(answer) {
        case true?: press(.character("y"), at: moment)
        case false?: press(.character("n"), at: moment)
        case nil where answer.isEmpty || answer == "back" || names(of: dialog.noTitle).contains(answer):
            press(.character("n"), at: moment)
        case nil where names(of: dialog.yesTitle).contains(answer): press(.character("y"), at: moment)
        case nil: refuse(Text("Answer yes or no."))
        }
    }

    private mutating func answer(_ text: String, to prompt: Prompt, at moment: Moment) {
        if text.lowercased() == "back" { return press(.control("g"), at: moment) }
        var prompt = prompt
        if !text.isEmpty {
            prompt.field.replace(with: "")
            if let notice = prompt.field.paste(text) { say(notice.text) }
        }
        wizard.overlay = .prompt(prompt)
        press(.enter, at: moment)
        if case .prompt(let asked)? = wizard.overlay, let problem = asked.problem {
            told.contents["prompt"] = [words(problem)]
            refuse(problem)
        }
    }
}

/// Yes or no, as people type it.
func yesOrNo(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "y", "yes", "true", "on", "是": true
    case "n", "no", "false", "off", "否": false
    default: nil
    }
}

extension Wizard {
    /// Does an action by its name in the program.
    mutating func perform(_ id: WizardAction, at moment: Moment) -> [WizardEffect] {
        actions[id].map { perform($0, at: moment) } ?? []
    }
}

extension String {
    /// What stands behind a word at the beginning; nil where the text does not begin with it.
    fileprivate func rest(after word: String, caseMatters: Bool = false) -> String? {
        let text = caseMatters ? self : lowercased()
        guard text.hasPrefix(word) else { return nil }
        let rest = dropFirst(word.count)
        guard rest.isEmpty || rest.first == " " else { return nil }
        return String(rest).trimmed
    }
}
