// A line that was typed, and what it comes to: an action by its name, or an answer to what was asked.
import ExportDomain
import FoundationEssentials
import FuzzySearch
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
        let found = table.actions(matching: SearchQuery(text))
        if found.count == 1 { return perform(found[0], with: "", at: moment) }
        let words = text.lowercased()
        if found.isEmpty,
            let other = wizard.everyAction.actions.first(where: {
                $0.title.lowercased() == words || $0.id.name == words
            }), let place = other.disabledReason
        {
            return refuse("“\(other.title)” is not for here: it is \(place).")
        }
        refuse(
            found.isEmpty
                ? "No action is called “\(text)” here: answer : to hear all of them."
                : "Several actions match “\(text)”: \(found.map(\.title).joined(separator: ", ")).")
    }

    /// The action that a text begins with, by title, name, first word or key, and what stands behind it.
    func named(_ text: String) -> (action: Action<WizardAction>, rest: String)? {
        let actions = table.actions
        let firstWords = actions.map { $0.title.lowercased().split(separator: " ").first ?? "" }
        var best: (action: Action<WizardAction>, rest: String, length: Int)?
        for action in actions {
            let title = action.title.lowercased()
            let name = action.id.name
            var words = [title, name, name.replacing("-", with: " ")]
            if let first = title.split(separator: " ").first, firstWords.count(where: { $0 == first }) == 1 {
                words.append(String(first))
            }
            for word in words {
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
            return refuse("Type the day, like 2027-01-31, and the time of day, like 06:00.")
        case .readFile where action.isEnabled:
            guard !rest.isEmpty, let field = wizard.form?.focused?.id else {
                return refuse("Answer @ and the path of the file.")
            }
            return run { $0.readFile(rest, for: field) }
        case .toggleMouse: return refuse("There is no mouse where there is no screen.")
        case .reveal where action.isEnabled:
            return refuse("Secrets are not written out where there is no screen.")
        case .search:
            if rest.isEmpty { return refuse("Answer / and the text to search for.") }
            return search(for: rest)
        case .toggle where !rest.isEmpty: return answerList(rest, at: moment)
        case .orderByNext, .reverseOrder, .clearSearch, .sort, .refresh: pageStart = 0
        default: break
        }
        var rest = rest
        if !rest.isEmpty, hasRows {
            guard let row = row(named: rest, at: moment) else {
                return refuse("No row is called “\(rest)”.")
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
                say("\(wizard.selection.countText).")
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
            return refuse("“\(text)” is no answer here. \(wordsLine)")
        }
        perform(action, with: rest, at: moment)
    }

    private mutating func answer(_ text: String, to dialog: ConfirmDialog, at moment: Moment) {
        let words = text.lowercased()
        switch yesOrNo(words) {
        case true?: press(.character("y"), at: moment)
        case false?: press(.character("n"), at: moment)
        case nil where words.isEmpty || words == "back" || words == dialog.noTitle.lowercased():
            press(.character("n"), at: moment)
        case nil where words == dialog.yesTitle.lowercased(): press(.character("y"), at: moment)
        case nil: refuse("Answer yes or no.")
        }
    }

    private mutating func answer(_ text: String, to prompt: Prompt, at moment: Moment) {
        if text.lowercased() == "back" { return press(.control("g"), at: moment) }
        var prompt = prompt
        if !text.isEmpty {
            prompt.field.replace(with: "")
            if let notice = prompt.field.paste(text) { say(notice.description) }
        }
        wizard.overlay = .prompt(prompt)
        press(.enter, at: moment)
        if case .prompt(let asked)? = wizard.overlay, let problem = asked.problem {
            told.contents["prompt"] = [problem]
            refuse(problem)
        }
    }
}

/// Yes or no, as people type it.
func yesOrNo(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "y", "yes", "true", "on": true
    case "n", "no", "false", "off": false
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
