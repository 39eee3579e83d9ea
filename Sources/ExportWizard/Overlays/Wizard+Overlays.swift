// Keys while something lies over the screen.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    mutating func pressInOverlay(_ key: Key, at moment: Moment) -> [WizardEffect] {
        let isCancel = key == .escape || key == .control("g")
        let page = WizardLayout(moment.size).overlayRows
        switch overlay {
        case .help(var help)?:
            let closes = isCancel || [.character("q"), .character("?"), .control("c")].contains(key)
            if help.handle(key, table: actions, in: setting.language) {
                overlay = .help(help)
            } else if closes {
                overlay = nil
            }
        case .palette(let palette)?:
            return press(key, in: palette, at: moment)
        case .confirm(let dialog, let question)?:
            return press(key, in: dialog, about: question)
        case .prompt(let prompt)?:
            return press(key, in: prompt, isCancel: isCancel, at: moment)
        case .macros(let macros)?: press(key, in: macros, isCancel: isCancel, page: page)
        case .suggestions(let suggestions)?:
            return press(key, in: suggestions, isCancel: isCancel, page: page)
        case .calendar(let calendar)?: return press(key, in: calendar, isCancel: isCancel, at: moment)
        case .files(let chooser)?: return press(key, in: chooser, isCancel: isCancel, page: page)
        case .text(var reader)?:
            if reader.handle(key, page: page, size: moment.size) {
                overlay = .text(reader)
            } else if key == .character("y") {
                return copy(reader.lines.joined(separator: "\n"))
            } else if isCancel || key == .character("q") || key == .enter || key == .control("c") {
                overlay = nil
            }
        case .records(let table)?:
            return press(key, in: table, isCancel: isCancel, at: moment)
        case .copied(let copied)?:
            return press(key, in: copied, isCancel: isCancel, at: moment)
        case .platforms(let list)?:
            return press(key, in: list, isCancel: isCancel, page: page)
        case .unfinished(let export)?: return press(key, about: export)
        case nil: break
        }
        return []
    }

    /// Types a pasted text into what lies over the screen, and says what was left out.
    mutating func pasteIntoOverlay(_ text: String) -> PasteNotice? {
        var notice: PasteNotice?
        switch overlay {
        case .prompt(var prompt)?:
            notice = prompt.paste(text)
            overlay = .prompt(prompt)
        case .palette(var palette)?:
            notice = palette.paste(text)
            overlay = .palette(palette)
        case .help(var help)?:
            notice = help.paste(text)
            overlay = .help(help)
        case .text(var reader)?:
            notice = reader.paste(text)
            overlay = .text(reader)
        case .macros?, .platforms?, .suggestions?:
            if overlay?.list?.isSearching == true { notice = overlay?.list?.paste(text) }
        case .confirm?, .unfinished?, .calendar?, .files?, .records?, .copied?, nil: break
        }
        return notice
    }

    private mutating func press(
        _ key: Key, in palette: Palette, at moment: Moment
    ) -> [WizardEffect] {
        var palette = palette
        switch palette.handle(key, table: everyAction, in: setting.language) {
        case .open:
            overlay = .palette(palette)
        case .dismissed:
            overlay = nil
        case .chosen(let id):
            overlay = nil
            if let action = actions[id] { return perform(action, at: moment) }
        }
        return []
    }

    private mutating func press(
        _ key: Key, in dialog: ConfirmDialog, about question: Overlay.Question
    ) -> [WizardEffect] {
        if key == .control("c"), question == .quit { return [.quit(status: 130)] }
        var dialog = dialog
        guard let answer = dialog.handle(key) else {
            overlay = .confirm(dialog, question)
            return []
        }
        overlay = nil
        guard answer == .yes else {
            if question == .writeProbe { setup?.allowsProbe = false }
            if case .switchPlatform(_, let list) = question { overlay = .platforms(list) }
            return []
        }
        switch question {
        case .quit: return [.quit(status: 0)]
        case .trustHostKey(let key):
            setup?.confirmedFingerprint = key.fingerprint
            return startTest()
        case .writeProbe:
            setup?.allowsProbe = true
            return startTest()
        case .saveUntested: return saveDestination()
        case .removeDestination(let target): return remove(target)
        case .editFlow(let flow, let edit): return save(edit, of: flow)
        case .deleteFlow(let flow): return delete(flow)
        case .exportNow(let flow): return exportNow(flow)
        case .cancelRun(let run): return cancel(run)
        case .replacePlan(let path): return savePlan(to: path, replacing: true)
        case .switchPlatform(let choice, let list): return open(choice, from: list)
        }
    }

    private mutating func press(
        _ key: Key, in prompt: Prompt, isCancel: Bool, at moment: Moment
    ) -> [WizardEffect] {
        var prompt = prompt
        prompt.problem = nil
        prompt.edit(as: setting.editing)
        if isCancel && !(key == .escape && prompt.takesEscape) || key == .control("c") {
            overlay = nil
        } else if key == .control("l"), prompt.isDay {
            openCalendar(for: prompt, at: moment)
        } else if key == .enter {
            return finish(prompt, at: moment)
        } else {
            prompt.handle(key)
            overlay = .prompt(prompt)
        }
        return []
    }

    private mutating func finish(_ prompt: Prompt, at moment: Moment) -> [WizardEffect] {
        let text = prompt.field.text.trimmed
        guard !text.isEmpty || prompt.mayBeEmpty else {
            var prompt = prompt
            prompt.problem = Text("Needs a name")
            overlay = .prompt(prompt)
            return []
        }
        overlay = nil
        switch prompt.purpose {
        case .flowName:
            review.name = text
            return []
        case .transferRate, .filesAtATime:
            let (effects, problem) = limitTransfers(prompt.purpose, to: text)
            if let problem {
                var prompt = prompt
                prompt.problem = problem
                overlay = .prompt(prompt)
            }
            return effects
        case .flowEnd(let flow):
            let (effects, problem) = setEnd(text, of: flow, at: moment)
            if let problem {
                var prompt = prompt
                prompt.problem = problem
                overlay = .prompt(prompt)
            }
            return effects
        case .planPath:
            return savePlan(to: text, replacing: false)
        }
    }

    private mutating func savePlan(to path: String, replacing: Bool) -> [WizardEffect] {
        guard let plan else { return [] }
        let token = newToken()
        review.saving = Review.SavingPlan(path: path, token: token)
        return [.request(.savePlan(plan, path: path, replacing: replacing), token: token)]
    }
}
