// The form of a destination, drawn; where there is room, its test stands beside it.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    func drawDestinationForm(into frame: inout Frame, in body: Rect, theme: Theme) {
        guard let setup else { return }
        let showsSteps = setup.test != nil && body.columns >= Self.columnsForBoth
        let stepColumns = showsSteps ? body.columns - Self.columnsForBoth / 2 - 4 : 0
        var view = FormView(
            form: setup.form, problems: setup.shownProblems, unfinished: setup.unfinished,
            offers: offers(of: setup))
        for density in FormView.Density.allCases {
            view.density = density
            if view.rows(columns: body.columns - stepColumns, theme: theme) + 2 <= body.rows { break }
        }
        let (heading, rest) = body.split(top: view.density == .tight ? 1 : 2)
        drawHeading(of: setup, into: &frame, in: heading, theme: theme)
        let (form, panel) = rest.split(right: stepColumns)
        if showsSteps, let test = setup.test {
            drawSteps(of: test, of: setup, into: &frame, in: panel.inset(columns: 2, rows: 0), theme: theme)
        }
        view.draw(into: &frame, in: form, theme: theme)
    }

    private func drawHeading(
        of setup: ConfigureDestination, into frame: inout Frame, in heading: Rect, theme: Theme
    ) {
        let status = setup.test?.status(glyphs: theme.glyphs, offersMore: offers(.next))
        let statusColumns =
            status.map { min(frame.textWidth.width(of: theme.say($0.text)), heading.columns / 2) } ?? 0
        let (left, right) = heading.split(right: statusColumns)
        frame.put(setup.title, at: left.origin, style: theme[.heading], columns: left.columns - 1)
        if let status {
            frame.put(status.text, at: right.origin, style: theme[status.role], columns: right.columns)
        }
    }

    /// The screen on which form and test stand side by side.
    private static let columnsForBoth = 118

    private func offers(of setup: ConfigureDestination) -> [String: Text] {
        let key = actions[.takeOffer]?.keys.first?.description ?? ""
        return setup.offers.mapValues { $0.sentence(Text("press \(key)")) }
    }
}

extension ConfigureDestination {
    /// What the form is for, as a heading.
    var title: Text {
        switch purpose {
        case .create: Text("New destination: \(spec.name)")
        case .change(let target): .verbatim("“\(target.draft.name)” (\(spec.name))")
        }
    }
}

extension TestDestination {
    /// How the test stands, in a few words.
    ///
    /// - Parameter offersMore: whether Enter goes on from there.
    func status(glyphs: Glyphs, offersMore: Bool) -> (text: Text, role: Role) {
        let (sign, words, more, role): (Character, Text, Text, Role)
        switch verdict {
        case .running: return (Text("Testing\(glyphs.ellipsis)"), .accent)
        case .passed:
            (sign, words, more, role) = (glyphs.success, Text("Test passed"), Text("Enter saves"), .success)
        case .unproven:
            (sign, words, more, role) = (
                glyphs.success, Text("Can be reached"), Text("Enter goes on"), .success
            )
        case .untestable:
            (sign, words, more, role) = (
                glyphs.bullet, Text("Cannot be tested from here"), Text("Enter tells why"), .muted
            )
        case .unknownHostKey:
            (sign, words, more, role) = (
                glyphs.warning, Text("Unknown server"), Text("Enter shows its key"), .warning
            )
        case .failed:
            (sign, words, more, role) = (
                glyphs.failure, Text("Test failed"), Text("Enter tells why"), .failure
            )
        }
        return (offersMore ? Text("\(sign) \(words): \(more)") : Text("\(sign) \(words)"), role)
    }
}
