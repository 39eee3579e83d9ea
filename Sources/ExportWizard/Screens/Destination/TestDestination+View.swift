// The test of a destination, drawn: its steps with how each came out, then what to do.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    func drawDestinationTest(into frame: inout Frame, in body: Rect, theme: Theme) {
        guard let setup else { return }
        let (heading, rest) = body.split(top: 2)
        frame.put(
            frame.textWidth.truncatedInMiddle(theme.say(setup.testTitle), to: heading.columns),
            at: heading.origin,
            style: theme[.heading])
        guard let test = setup.test else { return }
        drawSteps(of: test, of: setup, into: &frame, in: rest, theme: theme)
    }

    /// Draws the steps, and below them the verdict, which has its room first.
    func drawSteps(
        of test: TestDestination, of setup: ConfigureDestination, into frame: inout Frame, in rect: Rect,
        theme: Theme
    ) {
        let verdict = self.verdict(of: test, setup: setup, glyphs: theme.glyphs).flatMap { text, role in
            frame.textWidth.wrapped(theme.say(text), to: rect.columns).map { (text: $0, role: role) }
        }
        let room = max(0, rect.rows - verdict.count - 1)
        let steps = test.shownSteps(rows: room)
        for (index, step) in steps.enumerated() {
            draw(step, test.outcomes[step], into: &frame, in: rect.line(index), theme: theme)
        }
        let first = steps.isEmpty ? 0 : steps.count + 1
        for (index, line) in verdict.prefix(max(0, rect.rows - first)).enumerated() {
            frame.put(
                line.text, at: rect.line(first + index).origin, style: theme[line.role],
                columns: rect.columns)
        }
    }

    private func draw(
        _ step: DestinationTestStep, _ outcome: DestinationTestReport.Outcome?, into frame: inout Frame,
        in line: Rect, theme: Theme
    ) {
        let (left, right) = line.split(left: 34)
        let sign = outcome.sign(theme.glyphs)
        frame.put(
            "\(sign) \(theme.say(step.text))", at: left.origin, style: theme[outcome.role],
            columns: left.columns - 1)
        frame.put(
            frame.textWidth.truncatedInMiddle(theme.say(outcome.detail), to: right.columns), at: right.origin,
            style: theme[.muted])
    }

    /// What the test comes to, and what can be done about it.
    func verdict(
        of test: TestDestination, setup: ConfigureDestination, glyphs: Glyphs
    ) -> [(Text, Role)] {
        switch test.verdict {
        case .running: return []
        case .passed:
            return [(Text("\(glyphs.success) Everything works: exports can go there."), .success)]
        case .unproven:
            return [
                (
                    Text(
                        "\(glyphs.warning) The folder can be looked at. Whether files can be written was not tried."
                    ),
                    .warning
                )
            ]
        case .untestable(let reason):
            return [(Text("\(glyphs.bullet) Nothing can be tested from here: \(reason)."), .text)]
        case .unknownHostKey(let key):
            return [
                (Text("\(glyphs.warning) \(key.host) is not known yet. Its \(key.algorithm) key:"), .warning),
                (.verbatim("  \(key.fingerprint)"), .title),
                (Text("Compare it with what the server's administrator gives you."), .text),
            ]
        case .failed(let reason, let field):
            let title = field.flatMap { id in offers(.next) ? setup.form.field(id)?.title : nil }
            let advice = title.map { (Text("Enter goes to the field “\($0)”."), Role.muted) }
            return [(Text("\(glyphs.failure) \(reason)"), .failure)] + (advice.map { [$0] } ?? [])
        }
    }
}

extension ConfigureDestination {
    /// What is tested, as a heading.
    var testTitle: Text { Text("Test of “\(draft.name)”: \(place)") }
}

extension TestDestination {
    /// The steps that fit: all of them, or those around the one that something is known of last.
    fileprivate func shownSteps(rows: Int) -> [DestinationTestStep] {
        let all = DestinationTestStep.allCases
        guard rows < all.count else { return all }
        let current = currentStep.flatMap { all.firstIndex(of: $0) } ?? 0
        let first = max(0, min(current - rows + 1, all.count - rows))
        return Array(all[first...].prefix(rows))
    }
}

extension DestinationTestReport.Outcome? {
    fileprivate func sign(_ glyphs: Glyphs) -> Character {
        switch self {
        case .running?: glyphs.pointer
        case .passed?: glyphs.success
        case .failed?: glyphs.failure
        case .unknownHostKey?: glyphs.warning
        case .skipped?, nil: glyphs.bullet
        }
    }

    fileprivate var role: Role {
        switch self {
        case .running?: .accent
        case .passed?: .success
        case .failed?: .failure
        case .unknownHostKey?: .warning
        case .skipped?, nil: .muted
        }
    }

    /// How it came out, in words.
    var word: Text {
        switch self {
        case .running?: Text("being tried")
        case .passed?: Text("done")
        case .failed?: Text("failed")
        case .unknownHostKey?: Text("not known yet")
        case .skipped?, nil: Text("not tried")
        }
    }

    /// What was found, or why it was not tried.
    var detail: Text {
        switch self {
        case .passed(let found)?: found ?? .empty
        case .skipped(let reason)?: reason
        case .unknownHostKey(let key)?: .verbatim(key.fingerprint)
        case .running?, .failed?, nil: .empty
        }
    }
}
