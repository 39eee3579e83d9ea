// Keys that a person has chosen.
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("Chosen keys")
struct KeymapTests {
    private func session(_ keys: [String: [Key]]) throws -> Session {
        var setting = try Session.opened().wizard.setting
        setting.keymap = Keymap(keys)
        var session = Session(setting: setting)
        session.send(.started)
        session.answer(.catalogue([try Fixture.landingZone()], try Fixture.destinations(), []))
        return session
    }

    @Test("do what they are chosen for, and hints and help show them")
    func used() throws {
        var session = try session(["flows": [.character("w"), .function(6)]])
        #expect(session.lines().last?.contains("w Flows") == true)
        session.press(.character("f"))
        #expect(session.wizard.screen == .destination)
        session.press(.character("w"))
        #expect(session.wizard.screen == .flows)
        session.press(.escape, .function(6))
        #expect(session.wizard.screen == .flows)
    }

    @Test("are taken from the action that had them")
    func taken() throws {
        let session = try session(["flows": [.character("t")]])
        #expect(session.wizard.actions.contestedKeys.isEmpty)
        #expect(session.wizard.actions.action(for: .character("t"))?.id == .flows)
        #expect(session.wizard.actions[.testDestination]?.keys == [])
    }

    @Test("leave Ctrl-C to end the wizard, and are letters where a text is typed")
    func safe() throws {
        var session = try session(["quit": [.character("z")], "palette": [.character("x"), .function(9)]])
        #expect(session.wizard.actions.action(for: .control("c"))?.id == .quit)
        session.press(.character("/"), .character("z"), .character("x"))
        #expect(session.wizard.list?.search.text == "zx" && session.effects.isEmpty)
        session.press(.escape, .character("z"))
        #expect(session.effects == [.quit(status: 0)])
    }

    @Test("name every action once")
    func names() {
        #expect(Set(Keymap.actionNames).count == WizardAction.allCases.count)
        #expect(Keymap.actionNames.contains("new-destination"))
        #expect(Keymap(["no-such-action": [.enter], "quit": []]) == Keymap())
    }
}
