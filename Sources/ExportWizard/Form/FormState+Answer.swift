// Whole answers to fields, as they are given where nothing is typed into a field key by key.
import TerminalKit

extension FormState {
    /// The whole answer of a field.
    enum Answer: Equatable, Sendable {
        case text(String)
        /// One of several options, by its place.
        case option(Int)
        case toggle(Bool)
    }

    /// Goes to a field, puts the answer in the place of what is there, and leaves the field as one that was visited.
    ///
    /// Nothing changes where the field takes no such answer.
    mutating func take(_ answer: Answer, for id: String) {
        leave(for: id)
        beginStep()
        visit(id)
        switch (answer, field(id)?.input) {
        case (.text(let text), .text(var input)?):
            input.replace(with: "")
            let notice = input.paste(text)
            setInput(.text(input), of: id)
            note(notice?.text)
        case (.option(let place), .choice(let options, _)?) where options.indices.contains(place):
            setInput(.choice(options: options, selected: place), of: id)
        case (.toggle(let isOn), .toggle?):
            setInput(.toggle(isOn), of: id)
        default: break
        }
    }
}

extension ConfigureDestination {
    /// Takes the whole answer of a field, and looks whether it belongs there.
    mutating func take(_ answer: FormState.Answer, for id: String) {
        focusForm(on: id)
        let before = form
        form.take(answer, for: id)
        let notice = form.notice
        changed(from: before)
        form.note(notice)
        guard case .text(let text) = answer else { return }
        // Before line breaks are lost.
        look(at: text, in: id)
        tidy(id)
    }
}
