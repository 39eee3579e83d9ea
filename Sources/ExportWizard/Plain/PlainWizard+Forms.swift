// Forms as questions: a field after the other, with its help, its choices and its present answer.
import ExportDomain
import FoundationEssentials
import Languages
import Secrets
import TerminalKit

extension PlainWizard {
    private var form: FormState? { wizard.form }

    private func problems(at moment: Moment) -> [String: Text] {
        wizard.screen == .destinationForm
            ? wizard.setup?.shownProblems ?? [:] : wizard.timing?.problems(now: moment.now) ?? [:]
    }

    /// The fields that mean something for what is chosen.
    private var fields: [FormState.Field] {
        (form?.fields ?? []).filter { field in
            wizard.screen == .destinationForm || wizard.timing?.isIdle(field) != true
        }
    }

    private func field(_ id: String?) -> FormState.Field? { id.flatMap { form?.field($0) } }

    // MARK: The way through a form

    /// Begins with a form that was opened, or goes on with one that something has come for.
    mutating func followForm(at moment: Moment) {
        guard case .form = place, let form else {
            if wizard.overlay == nil { course = nil }
            return
        }
        if course?.screen != wizard.screen { begin(form, at: moment) }
        if course?.hasFile == true, let field = course?.field {
            course?.hasFile = false
            goOn(from: field, at: moment)
        }
    }

    /// A form with something wrong in it begins there, one that is complete with all of it, an empty one with its first
    /// field.
    private mutating func begin(_ form: FormState, at moment: Moment) {
        let problems = problems(at: moment)
        let refused = wizard.screen == .destinationForm ? wizard.setup?.refused ?? [:] : [:]
        let wrong = fields.first {
            problems[$0.id] != nil && (form.visited.contains($0.id) || refused[$0.id] != nil)
        }
        let stage: FormCourse.Stage
        if let wrong, let problem = problems[wrong.id] {
            stage = .one(wrong.id)
            say(Text("\(wrong.title): \(problem)"))
        } else if let first = fields.first, !problems.isEmpty {
            stage = .each(first.id)
        } else {
            stage = .all
        }
        course = FormCourse(screen: wizard.screen, stage: stage)
        told.contents["form"] = nil
    }

    /// Goes on from a field that was answered, unless something is wrong with it.
    private mutating func goOn(from id: String, at moment: Moment) {
        guard let field = field(id) else { return }
        if let offer = wizard.setup?.offers[id], wizard.screen == .destinationForm, course?.declined != id {
            say(Text("\(offer.sentence(Text("answer yes")))."))
            if offer.pieces.isEmpty { course?.declined = id } else { course?.offered = id }
            return
        }
        if let problem = problems(at: moment)[id] {
            return refuse(Text("\(field.title): \(problem)"))
        }
        course?.declined = nil
        switch course?.stage {
        case .each?:
            let fields = fields
            let next = fields.firstIndex { $0.id == id }.map { $0 + 1 } ?? fields.endIndex
            course?.stage = next < fields.endIndex ? .each(fields[next].id) : .all
        case .one?: course?.stage = .all
        case .all?, nil: break
        }
        told.contents["form"] = nil
    }

    private mutating func goBackInForm(at moment: Moment) {
        course?.offered = nil
        told.contents["form"] = nil
        switch course?.stage {
        case .one?: course?.stage = .all
        case .each(let id)?:
            let fields = fields
            let index = fields.firstIndex { $0.id == id } ?? 0
            if index > 0 { course?.stage = .each(fields[index - 1].id) } else { fallthrough }
        case .all?, nil:
            course = nil
            run { $0.perform(.back, at: moment) }
        }
    }

    // MARK: What is told and asked

    /// The field that is asked for with its help and its choices, or all fields with their answers.
    func formLines(at moment: Moment) -> [String] {
        guard let field = field(course?.field) else {
            let fields = fields
            let notes =
                wizard.screen == .destinationForm
                ? [:] : wizard.localTimes.merging(wizard.previews) { note, _ in note }
            let consequences =
                wizard.screen == .destinationForm
                ? [] : wizard.consequences(now: moment.now, glyphs: .unspoken).map(\.0)
            return fields.enumerated().map { place, field in
                let text = Text("\(place + 1). \(field.title): \(answerText(of: field))")
                return words(notes[field.id].map { Text("\(text) (\($0))") } ?? text)
            } + consequences.map(words) + [
                words(Text("A number or a name changes a field.")), words(wordsLine),
            ]
        }
        if course?.offered != nil { return [] }
        var lines = field.section.map { [words(Text("\($0)."))] } ?? []
        let need =
            field.isRequired ? Text("\(field.title), needed") : Text("\(field.title), may be left out")
        lines.append(words(field.help.map { Text("\(need): \(spoken($0))") } ?? need))
        switch field.input {
        case .choice(let options, _): lines += options.enumerated().map { "\($0 + 1). \(words($1.title))" }
        case .text(let input) where input.isSecret:
            lines.append(
                words(
                    input.lineBreaks == .kept
                        ? Text(
                            "It is not shown. Type all of its lines and then a line with only a full stop, or @ and the path of its file, or command: and the command that prints it."
                        )
                        : Text(
                            "It is not shown. It can be typed, or read from a file: @ and the path; or printed by a command: command: and the command."
                        )))
        default: break
        }
        if wizard.screen == .destinationForm, wizard.setup?.suggestions(for: field.id) != nil {
            lines.append(words(Text(":list asks the storage for what there is.")))
        }
        return lines
    }

    /// A help in which actions have their names in the place of their keys.
    private func spoken(_ help: Text) -> String {
        var help = words(help)
        for action in table.actions {
            for key in action.keys where key.description.hasPrefix("Ctrl-") {
                help = help.replacing(key.description, with: ":\(action.id.name)")
            }
        }
        return help
    }

    private func answerText(of field: FormState.Field) -> Text {
        switch field.input {
        case .text(let input) where input.isSecret:
            input.text.isEmpty
                ? (input.placeholder == nil ? Text("not given") : Text("kept as it is"))
                : Text("given, not shown")
        case .text(let input): input.text.isEmpty ? Text("not given") : .verbatim(input.text)
        case .choice(let options, let selected):
            options.indices.contains(selected) ? options[selected].title : Text("not given")
        case .toggle(let isOn): isOn ? Text("yes") : Text("no")
        }
    }

    mutating func fieldQuestion(at moment: Moment) -> PlainQuestion {
        guard let field = field(course?.field) else {
            return PlainQuestion(text: words(Text("What now?")) + defaultWords)
        }
        if course?.offered != nil {
            return PlainQuestion(text: words(Text("Put it there? (yes or no) [yes]")))
        }
        focus(on: field.id)
        let answer = answerText(of: field)
        let now = answer == Text("not given") ? "" : " [\(words(answer))]"
        switch field.input {
        case .choice(let options, _):
            return PlainQuestion(text: words(Text("\(field.title), 1 to \(options.count)")) + now)
        case .toggle: return PlainQuestion(text: words(Text("\(field.title), yes or no")) + now)
        case .text(let input):
            return PlainQuestion(text: typed == nil ? words(field.title) + now : "", isSecret: input.isSecret)
        }
    }

    /// Puts the cursor of the form where the question is, for actions that are about the field under it.
    private mutating func focus(on id: String) {
        guard form?.focused?.id != id else { return }
        run { wizard in
            guard wizard.screen == .destinationForm else {
                wizard.timing?.focusForm(on: id)
                return []
            }
            return wizard.changeSetup { $0.focusForm(on: id) }
        }
    }

    // MARK: What is answered

    mutating func answerForm(_ line: String, at moment: Moment) {
        let text = line.trimmed
        if text.lowercased() == "back" { return goBackInForm(at: moment) }
        guard let field = field(course?.field) else { return answerWholeForm(text, at: moment) }
        if let offered = course?.offered { return answer(text, toOfferOf: offered, at: moment) }
        switch field.input {
        case .choice(let options, _): answer(text, to: field, of: options, at: moment)
        case .toggle:
            if text.isEmpty { return goOn(from: field.id, at: moment) }
            guard let isOn = yesOrNo(text) else { return refuse(Text("Answer yes or no.")) }
            take(.toggle(isOn), for: field.id, at: moment)
        case .text(let input):
            if text.isEmpty { return goOn(from: field.id, at: moment) }
            if input.isSecret, text.hasPrefix("@") {
                let path = String(text.dropFirst()).trimmed
                return run { $0.readFile(path, for: field.id) }
            }
            if input.isSecret, let command = text.secretCommand {
                return run { $0.runSecretCommand(command, for: field.id) }
            }
            if input.lineBreaks == .kept, input.isSecret {
                typed = []
                return answerMore(line, at: moment)
            }
            take(.text(line), for: field.id, at: moment)
        }
    }

    /// Takes a further line of an answer that ends with a line of its own.
    mutating func answerMore(_ line: String, at moment: Moment) {
        guard let id = course?.field, let lines = typed else {
            typed = nil
            return
        }
        if line.trimmed == "." {
            typed = nil
            return take(.text(lines.joined(separator: "\n")), for: id, at: moment)
        }
        let length = lines.reduce(line.utf8.count) { $0 + $1.utf8.count }
        guard length <= FormModel.longestFile else {
            typed = nil
            return refuse(Text("This is longer than \(FormModel.longestFile) bytes, so it is no secret."))
        }
        typed = lines + [line]
    }

    private mutating func answer(
        _ text: String, to field: FormState.Field, of options: [FormState.Option], at moment: Moment
    ) {
        if text.isEmpty { return goOn(from: field.id, at: moment) }
        if case .rows(let rows) = RowNumbers(text, of: options.count), rows.count == 1 {
            return take(.option(rows[0]), for: field.id, at: moment)
        }
        let answer = text.lowercased()
        let known = options.map { names(of: $0.title) }
        let exact = known.firstIndex { $0.contains(answer) }
        let alike = known.indices.filter { known[$0].contains { $0.contains(answer) } }
        guard let option = exact ?? (alike.count == 1 ? alike[0] : nil) else {
            return refuse(
                Text(
                    "Answer with a number from 1 to \(options.count), or one of: \(Text.list(options.map(\.title)))."
                )
            )
        }
        take(.option(option), for: field.id, at: moment)
    }

    private mutating func answer(_ text: String, toOfferOf id: String, at moment: Moment) {
        guard let isYes = text.isEmpty ? true : yesOrNo(text) else {
            return refuse(Text("Answer yes or no."))
        }
        course?.offered = nil
        if isYes {
            focus(on: id)
            run { wizard in wizard.changeSetup { $0.takeOffer() } }
        } else {
            course?.declined = id
        }
        goOn(from: id, at: moment)
    }

    private mutating func take(_ answer: FormState.Answer, for id: String, at moment: Moment) {
        course?.declined = nil
        run { wizard in
            guard wizard.screen == .destinationForm else {
                wizard.timing?.take(answer, for: id)
                return []
            }
            return wizard.changeSetup { $0.take(answer, for: id) }
        }
        goOn(from: id, at: moment)
    }

    private mutating func answerWholeForm(_ text: String, at moment: Moment) {
        if text.isEmpty {
            if let action = enterAction { perform(action, with: "", at: moment) }
            return
        }
        let fields = fields
        switch RowNumbers(text, of: fields.count) {
        case .rows(let rows) where rows.count == 1: return ask(fields[rows[0]])
        case .rows: return refuse(Text("Answer with one number."))
        case .beyond(let number):
            return refuse(Text("There is no number \(number): the last is \(fields.count)."))
        case .none: break
        }
        let answer = text.lowercased()
        if let (action, rest) = named(text), rest.isEmpty { return perform(action, with: "", at: moment) }
        let begun = fields.filter { names(of: $0.title).contains { $0.hasPrefix(answer) } }
        let exact = begun.first { names(of: $0.title).contains(answer) }
        guard let field = exact ?? (begun.count == 1 ? begun[0] : nil) else {
            return refuse(Text("“\(text)” is neither a field nor anything else that can be answered here."))
        }
        ask(field)
    }

    /// Asks for the field that the cursor was put on.
    mutating func askFocusedField() {
        guard let field = form?.focused, case .form = place else { return }
        // The way through an empty form goes on from there.
        if case .each? = course?.stage {
            course?.stage = .each(field.id)
        } else {
            course = FormCourse(screen: wizard.screen, stage: .one(field.id))
        }
        told.contents["form"] = nil
    }

    private mutating func ask(_ field: FormState.Field) {
        course?.stage = .one(field.id)
        told.contents["form"] = nil
    }
}
