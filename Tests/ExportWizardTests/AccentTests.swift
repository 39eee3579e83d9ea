// Production looks different from what is not.
import ExportDomain
import Foundation
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("The accent of a platform")
struct AccentTests {
    @Test(
        "sets its name in the title bar apart, and takes the place of the theme's own",
        arguments: [
            (nil, Color.ansi(6), Role.platform), (.production, .ansi(1), .platformMarked),
            (.color(.ansi(5)), .ansi(5), .platformMarked),
        ] as [(PlatformAccent?, Color, Role)])
    func shown(accent: PlatformAccent?, color: Color, role: Role) throws {
        var session = try Session.opened()
        var setting = session.wizard.setting
        setting.accent = accent
        session = Session(setting: setting)
        session.send(.started)
        session.press(.character("?"))
        var theme = Theme.standard
        theme.accent = color
        let size = Size(columns: 80, rows: 24)
        let frame = session.wizard.view(at: Moment(now: session.now, size: size), theme: .standard)
        let title = frame.lines[0]
        let place = try #require(title.range(of: "embedded platform"))
        let column = TextWidth.standard.width(of: String(title[..<place.lowerBound]))
        session.press(.escape)
        #expect(!session.requests.contains(.isProduction))
        let plain = session.wizard.view(at: Moment(now: session.now, size: size), theme: .standard)
        #expect(plain[Point(column: column, row: 0)].style == theme[role])
        let corner = try #require(
            (0..<24).lazy.flatMap { row in (0..<80).lazy.map { Point(column: $0, row: row) } }
                .first { frame[$0].text == Glyphs.unicode.topLeft })
        #expect(frame[corner].style == theme[.borderFocused])
    }

    @Test(
        "is that of production where the platform says that it is, and by its name where it says nothing",
        arguments: [
            (nil, true, .production), (.production, false, nil), (.production, nil, .production),
            (nil, nil, nil),
        ] as [(PlatformAccent?, Bool?, PlatformAccent?)])
    func asked(byName: PlatformAccent?, answer: Bool?, accent: PlatformAccent?) throws {
        var session = try Session.opened()
        var setting = session.wizard.setting
        setting.accent = byName
        setting.asksWhetherProduction = true
        session = Session(setting: setting)
        session.send(.started)
        #expect(session.wizard.accent == byName)
        guard case .request(.isProduction, let token)? = session.effects.first else {
            Issue.record("\(session.effects)")
            return
        }
        session.send(.answered(token: token + 100, .isProduction(true)))
        #expect(session.wizard.accent == byName)
        session.send(.answered(token: token, .isProduction(answer)))
        #expect(session.wizard.accent == accent)
    }
}
