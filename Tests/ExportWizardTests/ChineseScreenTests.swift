// Every screen in Chinese, whose signs take two columns each.
import LanguageFiles
import Languages
import TerminalKit
import TerminalTesting
import Testing

@testable import ExportWizard

@Suite("Screens in Chinese")
struct ChineseScreenTests {
    private static let size = Size(columns: 80, rows: 24)

    /// A screen as whoever reads Chinese sees it.
    private func session(_ name: ScreenName) throws -> Session {
        let file = LanguageFile.simplifiedChinese
        let language = try Language(code: file.rawValue, name: file.name, file: file.bytes)
        return try Fixture.$language.withValue(language) { try name.session() }
    }

    @Test("look as drawn", arguments: ScreenName.allCases)
    func golden(name: ScreenName) throws {
        try Golden.compare(session(name).lines(Self.size), to: "zh_CN/\(name.rawValue)-80x24")
    }

    @Test("cut nothing that is whole in English", arguments: ScreenName.allCases)
    func whole(name: ScreenName) throws {
        let cuts = { (lines: [String]) in lines.joined().count { $0 == "…" } }
        let (chinese, english) = (try session(name).lines(Self.size), try name.session().lines(Self.size))
        #expect(cuts(chinese) <= cuts(english), "\(chinese.joined(separator: "\n"))")
    }

    @Test("never overflow and never crash, whatever the size", arguments: ScreenName.allCases)
    func anySize(name: ScreenName) throws {
        try session(name).expectFramesFit()
    }

    @Test("find an action by its Chinese name and by its English one")
    func palette() throws {
        for word in ["克隆", "duplicate"] {
            var session = try session(.destination)
            session.press(.character(":"))
            for character in word { session.press(.character(character)) }
            session.press(.enter)
            #expect(session.wizard.setup?.purpose == .create, "\(word)")
        }
    }
}
