// The wizard as a frame: what every screen has round it, then the screen, then what lies over it.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    /// The steps as the rail names them.
    static let steps = [
        Text("Select destination"), Text("Select datasets"), Text("Scheduling"), Text("Review"),
        Text("Verify"),
    ]

    /// Draws the wizard.
    /// - Parameters:
    ///   - moment: the time, for what counts down, and the size of the screen.
    ///   - theme: how every role looks.
    public func view(at moment: Moment, theme: Theme) -> Frame {
        let tooSmall = TooSmall(minimum: WizardLayout.minimum)
        let theme = adapted(theme)
        if tooSmall.applies(to: moment.size) { return tooSmall.frame(size: moment.size, theme: theme) }
        var frame = theme.frame(size: moment.size)
        let layout = WizardLayout(moment.size)
        drawTitle(into: &frame, layout: layout, at: moment, theme: theme)
        StepRail(Self.steps, current: stepIndex).draw(
            into: &frame, in: layout.rail.inset(columns: 1, rows: 0), theme: theme)
        frame.horizontalLine(
            at: layout.rule.origin, columns: layout.rule.columns, style: theme[.border], glyphs: theme.glyphs)
        drawScreen(into: &frame, layout: layout, at: moment, theme: theme)
        drawMessage(into: &frame, in: layout.message, theme: theme)
        if let overlay { draw(overlay, into: &frame, layout: layout, at: moment, theme: theme) }
        frame.fill(layout.hints, style: theme[.text])
        HintBar.draw(
            actionsHere, into: &frame, in: layout.hints.inset(columns: 1, rows: 0),
            theme: theme,
            more: overlay == nil ? .control("p") : nil)
        return frame
    }

    /// The theme in the colour of the platform and the language of the person.
    private func adapted(_ theme: Theme) -> Theme {
        var theme = theme
        theme.language = setting.language
        switch accent {
        case .production?: theme.accent = theme.production
        case .color(let color)?: theme.accent = color
        case nil: break
        }
        return theme
    }

    /// The step that the screen belongs to.
    var stepIndex: Int {
        switch screen {
        case .destination, .destinationKinds, .destinationForm, .destinationTest, .flows: 0
        case .datasets, .flowDatasets: 1
        case .scheduling, .flowSettings: 2
        case .review: 3
        case .verification: 4
        }
    }

    private func drawTitle(
        into frame: inout Frame, layout: WizardLayout, at moment: Moment, theme: Theme
    ) {
        if let sign = spinner(at: moment.now, glyphs: theme.glyphs) {
            frame.put(String(sign), at: layout.title.origin, style: theme[.accent])
        }
        let line = layout.title.inset(columns: 1, rows: 0)
        let used = frame.put("Sluice", at: line.origin, style: theme[.title])
        let bullet = theme.glyphs.bullet
        let platform = setting.isReadOnly ? Text("\(setting.platform) \(bullet) read-only") : setting.platform
        let whole = Text("\(platform) \(bullet) sandbox \(setting.place.sandboxName)")
        let place = frame.textWidth.truncated(theme.say(whole), to: max(0, line.columns - used - 2))
        let (rest, right) = line.split(right: frame.textWidth.width(of: place))
        frame.put(place, at: right.origin, style: theme[accent == nil ? .platform : .platformMarked])
        let room = max(0, rest.columns - used - 3)
        frame.put(
            frame.textWidth.truncated(theme.say(subject), to: room),
            at: Point(column: line.column + used + 2, row: line.row), style: theme[.muted], columns: room)
    }

    /// What all of the screen is about.
    var subject: Text {
        switch screen {
        case .flowDatasets: Text("Datasets of “\(flowEditing?.flow.flow.draft.name ?? "")”")
        case .flowSettings: Text("Settings of “\(flowEditing?.flow.flow.draft.name ?? "")”")
        case .verification: Text("Runs of “\(verification?.flow.draft.name ?? "")”")
        case .destination, .destinationKinds, .destinationForm, .destinationTest, .datasets, .scheduling,
            .review, .flows:
            Text("Export datasets")
        }
    }

    private func drawScreen(
        into frame: inout Frame, layout: WizardLayout, at moment: Moment, theme: Theme
    ) {
        let body = layout.body
        switch screen {
        case .destination: drawDestinations(into: &frame, in: body, theme: theme)
        case .destinationKinds: drawKinds(into: &frame, layout: layout, theme: theme)
        case .destinationForm: drawDestinationForm(into: &frame, in: body, theme: theme)
        case .destinationTest: drawDestinationTest(into: &frame, in: body, theme: theme)
        case .datasets, .flowDatasets: drawDatasets(into: &frame, in: body, theme: theme)
        case .scheduling, .flowSettings: drawScheduling(into: &frame, in: body, at: moment, theme: theme)
        case .review: drawReview(into: &frame, in: body, theme: theme)
        case .flows: drawFlows(into: &frame, in: body, at: moment, theme: theme)
        case .verification: drawVerification(into: &frame, in: body, at: moment, theme: theme)
        }
    }

    private func drawMessage(into frame: inout Frame, in line: Rect, theme: Theme) {
        let mode = overlay == nil && form?.isEditingText == true ? form?.vi?.modeText : nil
        let (line, right) = line.split(right: mode.map { frame.textWidth.width(of: $0) + 2 } ?? 0)
        if let mode { frame.put(" \(mode) ", at: right.origin, style: theme[.accent]) }
        guard let message = message ?? form?.notice.map({ Message(kind: .info, text: $0) }) else {
            drawSearch(into: &frame, in: line.inset(columns: 1, rows: 0), theme: theme)
            return
        }
        MessageLine(message.kind.messageKind, message.text)
            .draw(into: &frame, in: line.inset(columns: 1, rows: 0), theme: theme)
    }
}

extension ViEditing {
    /// The mode, as vi names it, with what was begun of a command.
    var modeText: String {
        if !isNormal { return "INSERT" }
        return pending.isEmpty ? "NORMAL" : "NORMAL \(pending)"
    }
}

extension Wizard {
    /// Draws what is searched for, on screens that have no line of their own for it.
    fileprivate func drawSearch(into frame: inout Frame, in line: Rect, theme: Theme) {
        if screen == .verification, !isSearching, !isFiltered {
            drawFilter(into: &frame, in: line, theme: theme)
        }
        guard screen != .datasets, screen != .flowDatasets, let list, list.isSearching || isFiltered else {
            return
        }
        drawSearch(of: list, into: &frame, in: line, theme: theme)
    }

    /// Says what the verification pane leaves out.
    private func drawFilter(into frame: inout Frame, in line: Rect, theme: Theme) {
        guard let verification, verification.showsFaultsOnly else { return }
        let hidden = verification.hiddenByFilter
        let text =
            hidden == 1
            ? Text("Only what fails or differs is shown, 1 row is hidden: d shows all")
            : Text(
                "Only what fails or differs is shown, \(Formatting.count(hidden)) rows are hidden: d shows all"
            )
        frame.put(text, at: line.origin, style: theme[.accent], columns: line.columns)
    }

    /// Draws what is searched for in a list, and how many of its items are shown.
    func drawSearch(of list: ListState, into frame: inout Frame, in line: Rect, theme: Theme) {
        let count = theme.say(list.countText)
        let (rest, right) = line.split(right: frame.textWidth.width(of: count) + 2)
        frame.put("  " + count, at: right.origin, style: theme[.muted])
        let used = frame.put(
            theme.searchLabel, at: rest.origin, style: theme[list.isSearching ? .accent : .muted])
        list.search.draw(
            into: &frame, in: rest.split(left: used).rest, theme: theme, isFocused: list.isSearching)
    }
}

extension Wizard.Message.Kind {
    var messageKind: MessageLine.Kind {
        switch self {
        case .info: .info
        case .success: .success
        case .warning: .warning
        case .failure: .failure
        }
    }
}

extension Frame {
    /// Puts paragraphs into a rectangle, wrapped, and says how many rows they took.
    @discardableResult
    mutating func putWrapped(_ text: Text, in rect: Rect, style: Style) -> Int {
        putWrapped(text.string(in: language), in: rect, style: style)
    }

    /// Puts what a file or somebody else says into a rectangle, wrapped, and says how many rows it took.
    @discardableResult
    mutating func putWrapped(_ text: String, in rect: Rect, style: Style) -> Int {
        let lines = textWidth.wrapped(text, to: rect.columns).prefix(rect.rows)
        for (index, line) in lines.enumerated() {
            put(
                line, at: Point(column: rect.column, row: rect.row + index), style: style,
                columns: rect.columns)
        }
        return lines.count
    }
}
