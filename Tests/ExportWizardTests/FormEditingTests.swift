// What is typed into forms: judged kindly, taken back, and done again.
import ExportDomain
import FoundationEssentials
import Languages
import Secrets
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("A form")
struct FormEditingTests {
    // MARK: What is wrong

    @Test("says nothing of an empty field before it was left, and then what it needs")
    func empty() throws {
        var session = try Session.form(of: "Amazon S3")
        session.goTo("bucketName")
        #expect(!session.screen.contains("acme-exports"))
        session.press(.tab)
        #expect(session.screen.contains("Needs a value, like acme-exports"))
    }

    @Test("says what is expected while an answer can still become right, and at once what cannot")
    func typing() throws {
        var session = try Session.form(of: "Amazon S3")
        session.goTo("bucketName")
        session.type("ac")
        #expect(session.screen.contains("Not complete yet; like acme-exports"))
        #expect(!session.screen.contains("! Has characters"))
        session.type("E")
        #expect(session.screen.contains("! Has characters or a form"))
        session.press(.backspace)
        #expect(session.screen.contains("Not complete yet"))
        session.press(.tab)
        #expect(session.screen.contains("! Has characters or a form"))
    }

    @Test("is kind again to a field that is typed into once more")
    func again() throws {
        var session = try Session.form(of: "Amazon S3")
        session.goTo("bucketName")
        session.type("ac")
        session.press(.tab, .backTab)
        #expect(session.screen.contains("! Has characters or a form"))
        session.press(.backspace)
        #expect(!session.screen.contains("! Has characters or a form"))
        #expect(session.screen.contains("Not complete yet; like acme-exports"))
    }

    @Test(
        "judges half a date by what it can become",
        arguments: [
            ("2026-1", "Not complete yet; like 2026-11-23"), ("2026-13", "! Needs a date like 2026-11-23"),
        ])
    func dates(text: String, sentence: String) throws {
        var session = try Session.scheduling()
        session.press(.tab, .tab, .control("u"))
        session.type(text)
        #expect(session.screen.contains(sentence))
    }

    // MARK: Undo

    @Test("takes back what was typed, pasted and chosen, wherever it was, and does it again")
    func undo() throws {
        var session = try Session.form(of: "Amazon S3")
        session.goTo("name")
        session.type("Nightly")
        session.goTo("bucketName")
        session.send(.paste(Secret("acme-exports")))
        session.goTo("datasetFileType")
        session.press(.right)
        let filled = session.wizard.setup?.draft
        session.press(.undo)
        #expect(session.wizard.setup?.form.choice(of: "datasetFileType") == "JSON")
        session.goTo("s3AccessKey")
        session.press(.undo)
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "")
        #expect(session.wizard.setup?.form.focused?.id == "bucketName")
        session.press(.undo)
        #expect(session.wizard.setup?.form.text(of: "name") == "")
        session.press(.undo)
        #expect(session.screen.contains("Nothing was changed yet"))
        session.press(.redo, .redo, .redo)
        #expect(session.wizard.setup?.draft == filled)
        session.press(.redo)
        #expect(session.screen.contains("Nothing was taken back"))
    }

    @Test("takes a choice back with the fields that it brought, and what was in those before")
    func undoChoice() throws {
        var session = try Session.form(of: "Amazon S3")
        session.goTo("s3AccessKey")
        session.type("AKIA")
        session.goTo("authentication")
        session.press(.right)
        #expect(session.wizard.setup?.form.field("s3Role") != nil)
        session.press(.undo)
        #expect(session.wizard.setup?.form.field("s3Role") == nil)
        #expect(session.wizard.setup?.form.text(of: "s3AccessKey") == "AKIA")
        session.press(.undo)
        #expect(session.wizard.setup?.form.text(of: "s3AccessKey") == "")
    }

    @Test("takes back at once what was put where it belongs")
    func undoOffer() throws {
        var session = try ScreenName.offer.session()
        session.press(.control("y"))
        #expect(session.wizard.setup?.form.text(of: "path") == "backups/nightly")
        session.press(.undo)
        #expect(session.wizard.setup?.form.text(of: "path") == "")
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "s3://acme-exports/backups/nightly")
        #expect(session.screen.contains("press Ctrl-Y"))
    }

    @Test("stops a test of what is taken back")
    func undoStopsTest() throws {
        var session = try Session.filledS3()
        session.goTo("path")
        session.type("2")
        session.press(.control("t"))
        let token = try #require(session.token)
        session.press(.undo)
        #expect(session.effects == [.cancel(token: token)])
    }

    @Test("shows no secret that is taken back, and forgets all of them when it closes")
    func secrets() throws {
        var session = try Session.filledS3()
        session.goTo("s3SecretKey")
        session.press(.control("u"), .undo)
        #expect(!session.screen.contains(Fixture.secretKey))
        #expect(!String(describing: session.wizard).contains(Fixture.secretKey))
        session.press(.escape)
        #expect(session.wizard.keptSetup?.form.history.canUndo == false)
        #expect(session.wizard.keptSetup?.form.history.canRedo == false)
        session.press(.enter, .undo)
        #expect(session.screen.contains("Nothing was changed yet"))
    }

    @Test("of a schedule takes back mode and frequency together, and a macro whole")
    func undoSchedule() throws {
        var session = try Session.scheduling()
        let before = session.wizard.scheduling?.schedule
        session.press(.tab, .right, .backTab, .right)
        #expect(session.wizard.scheduling?.schedule?.frequency == .once)
        session.press(.undo, .undo)
        #expect(session.wizard.scheduling?.schedule == before)
        session.press(.control("t"), .down, .enter)
        #expect(session.wizard.scheduling?.template?.text == "%DATASET_ID%/%EXPORT_TIME%%DATASET_NAME%")
        session.press(.undo)
        #expect(session.wizard.scheduling?.template?.text == "%DATASET_ID%/%EXPORT_TIME%")
    }

    @Test("is not the only text with an undo: prompts and searches have one too")
    func undoElsewhere() throws {
        var session = try ScreenName.review.session()
        session.press(.character("n"))
        session.type("X")
        session.press(.control("u"), .undo, .enter)
        #expect(session.wizard.review.name?.hasSuffix("X") == true)
        session = try Session.opened()
        session.press(.character("/"))
        session.type("old")
        session.press(.control("w"), .undo)
        #expect(session.wizard.list?.search.text == "old")
    }

    // MARK: Texts and lists over the screen

    @Test("opens a list of macros that is searched with / as all lists are")
    func searchMacros() throws {
        var session = try Session.scheduling()
        session.press(.control("t"), .character("/"))
        session.send(.paste(Secret("org")))
        #expect(session.screen.contains("1 of 9"))
        session.press(.enter, .enter)
        #expect(session.wizard.scheduling?.template?.text.hasSuffix("%ORGANIZATION_NAME%") == true)
        session.press(.control("t"), .character("/"), .character("x"), .character("x"), .escape)
        #expect(session.wizard.overlay != nil)
        #expect(session.screen.contains("%SANDBOX_NAME%"))
        session.press(.escape)
        #expect(session.wizard.overlay == nil)
    }

    @Test("leads to texts that are searched with /, from one line that has it to the next")
    func searchText() throws {
        var session = try Session.opened()
        let lines = (1...100).map { "Line \($0) of the text" + ($0 % 40 == 0 ? ", a Round number" : "") }
        session.wizard.overlay = .text(TextReader(title: "A text", lines: lines))
        session.press(.character("/"))
        session.type("round numb")
        #expect(session.screen.contains("in 2 lines"))
        #expect(session.screen.contains("Line 40 of"))
        session.press(.enter, .character("n"))
        #expect(session.screen.contains("Line 80 of"))
        session.press(.character("N"))
        #expect(session.screen.contains("Line 40 of"))
        session.press(.escape)
        #expect(session.wizard.overlay != nil)
        #expect(!session.screen.contains("in 2 lines"))
        session.press(.character("/"))
        session.type("nothing")
        #expect(session.screen.contains("no line has it"))
        session.press(.escape, .escape)
        #expect(session.wizard.overlay == nil)
    }

    // MARK: vi

    private func viSession() throws -> Session {
        var session = try Session.edited(as: .vi)
        session.press(.character("n"), .enter)
        return session
    }

    @Test(
        "takes vi's keys in a line that lies over the screen too; Escape ends typing before it ends the line")
    func viLine() throws {
        var session = try FormScreen.viLine.session()
        #expect(session.screen.contains("NORMAL"))
        session.type("0dw")
        #expect(session.screen.contains("to Backups"))
        #expect(!session.screen.contains("Orders to Backups"))
        session.type("u")
        #expect(session.screen.contains("Orders to Backups"))
        session.press(.control("r"))
        session.type("iX")
        #expect(session.screen.contains("Xto Backups"))
        session.press(.escape, .escape)
        #expect(session.wizard.overlay == nil)
    }

    @Test("is edited as in vi where that is preferred, and shows the mode")
    func vi() throws {
        var session = try viSession()
        session.goTo("bucketName")
        session.type("acme exports")
        #expect(session.screen.contains("INSERT"))
        session.press(.escape)
        #expect(session.wizard.screen == .destinationForm)
        #expect(session.screen.contains("NORMAL"))
        session.type("bhr-d0d")
        #expect(session.screen.contains("NORMAL d"))
        session.press(.escape)
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "-exports")
        session.type("x")
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "exports")
        session.type("uuu")
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "acme exports")
        session.press(.control("r"), .control("r"), .control("r"))
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "exports")
        session.type("j")
        #expect(session.wizard.setup?.form.focused?.id == "path")
        session.press(.escape)
        #expect(session.wizard.screen == .destinationKinds)
    }

    @Test("that is edited as in vi leaves Ctrl-R to show secrets while one types")
    func viSecrets() throws {
        var session = try viSession()
        session.goTo("s3SecretKey")
        session.type("abc")
        session.press(.control("r"))
        #expect(session.screen.contains("abc"))
        session.press(.escape)
        session.type("x")
        #expect(session.wizard.actions[.reveal]?.keys == [])
        session.type("u")
        #expect(session.wizard.setup?.form.history.canRedo == true)
    }
}
