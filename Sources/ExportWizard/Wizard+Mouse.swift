// The mouse: a click goes where it points or does what the key that is shown there does, a second one at once does
// what Enter does, and the wheel moves.
import ExportDomain
import FoundationEssentials
import TerminalKit

/// A click, to know a second one by.
struct Click: Equatable, Sendable {
    var point: Point
    var time: Date

    /// Clicks that follow each other within so many seconds are one double click.
    private static let longest = 0.5

    func isRepeated(at point: Point, _ time: Date) -> Bool {
        self.point == point && time.timeIntervalSince(self.time) <= Self.longest
    }
}

extension Wizard {
    /// The rows that a notch of the wheel moves.
    private static let wheelRows = 3

    mutating func take(
        _ mouse: MouseEvent, on target: ClickTarget?, at moment: Moment
    ) -> [WizardEffect] {
        switch mouse.kind {
        case .wheelUp: return turnWheel(.up, at: moment)
        case .wheelDown: return turnWheel(.down, at: moment)
        case .press:
            let isDouble = lastClick?.isRepeated(at: mouse.point, moment.now) ?? false
            lastClick = isDouble ? nil : Click(point: mouse.point, time: moment.now)
            return click(on: target, isDouble: isDouble, at: moment)
        }
    }

    private mutating func turnWheel(_ key: Key, at moment: Moment) -> [WizardEffect] {
        switch overlay {
        case .confirm?, .prompt?, .unfinished?: return []
        case .calendar?: return press(key == .up ? .character("<") : .character(">"), at: moment)
        case .help?, .palette?, .macros?, .text?, .records?, .copied?, .platforms?, .suggestions?, .files?:
            break
        case nil where list == nil && screen != .review: return press(key, at: moment)
        case nil: break
        }
        return (0..<Self.wheelRows).flatMap { _ in press(key, at: moment) }
    }

    private mutating func click(
        on target: ClickTarget?, isDouble: Bool, at moment: Moment
    ) -> [WizardEffect] {
        switch target {
        case .key(let key)?: return press(key, at: moment)
        case .row(let row)? where overlay?.records != nil:
            guard let table = overlay?.records else { return [] }
            let effects = click(row: row, isMark: false, in: table, at: moment)
            return effects + (isDouble ? press(.enter, at: moment) : [])
        case .mark(let row)? where overlay?.records != nil:
            return overlay?.records.map { click(row: row, isMark: true, in: $0, at: moment) } ?? []
        case .row(let row)?:
            move(to: row, at: moment)
            // What was typed to search for is kept, as Enter does.
            if isDouble, overlay == nil { list?.setSearching(false) }
            return isDouble ? press(.enter, at: moment) : []
        case .mark(let row)?:
            move(to: row, at: moment)
            if screen == .verification {
                verification?.toggleFold(row: row)
                return []
            }
            if let list, row < list.rowCount {
                let item = list.item(at: row)
                self.list?.setMark(!list.marks.contains(item), onItem: item)
            }
            return []
        case .column(let column)?:
            let orders = listOrders
            list?.orderBy(column: column, of: orders)
            return []
        case .field(let index)?: return click(onField: index, at: moment)
        case .step(let step)?: return go(toStep: step, at: moment)
        case nil: return []
        }
    }

    /// Goes back to a step that is done, as often as Back does, or on to the next one, as Enter does.
    private mutating func go(toStep step: Int, at moment: Moment) -> [WizardEffect] {
        guard overlay == nil else { return [] }
        var effects: [WizardEffect] = []
        while step < stepIndex, let back = actions[.back], back.isEnabled {
            let before = screen
            effects += perform(back, at: moment)
            if screen == before { break }
        }
        if step == stepIndex + 1, let next = actions[.next] { effects += perform(next, at: moment) }
        return effects
    }

    private mutating func move(to row: Int, at moment: Moment) {
        switch overlay {
        case .palette(var palette)?:
            palette.move(to: row)
            overlay = .palette(palette)
        case .calendar(var calendar)?:
            calendar.choose(day: row)
            overlay = .calendar(calendar)
        case .files(var chooser)?:
            chooser.setInList(true)
            overlay = .files(chooser)
            moveInOverlay(to: row, at: moment)
        case .platforms(let platforms)? where platforms.opening != nil: break
        case .macros?, .suggestions?, .platforms?: moveInOverlay(to: row, at: moment)
        case .help?, .text?, .records?, .copied?, .confirm?, .prompt?, .unfinished?: break
        case nil:
            let height = listHeight(at: moment)
            list?.move(to: row, height: height)
        }
    }

    private mutating func moveInOverlay(to row: Int, at moment: Moment) {
        overlay?.list?.move(to: row, height: WizardLayout(moment.size).overlayRows)
    }

    /// Goes to a field; a click on one that is being edited changes it where it is no text.
    private mutating func click(onField index: Int, at moment: Moment) -> [WizardEffect] {
        guard let form, form.fields.indices.contains(index) else { return [] }
        if form.focus != index {
            let id = form.fields[index].id
            if screen == .destinationForm { return changeSetup { $0.focusForm(on: id) } }
            timing?.focusForm(on: id)
            return []
        }
        return form.isEditingText ? [] : press(.character(" "), at: moment)
    }
}
