// What lies over forms, as golden frames at the two smallest sizes, and what its keys do.
import ExportDomain
import Foundation
import Languages
import Secrets
import TerminalKit
import TerminalTesting
import Testing
import TextLiterals

@testable import ExportWizard

/// Screens of forms that keys lead to.
enum FormScreen: String, CaseIterable, Sendable {
    case unfinished = "form-unfinished"
    case wrong = "form-wrong"
    case buckets = "form-buckets"
    case folders = "form-folders"
    case noRight = "form-no-right"
    case asking = "form-asking"
    case calendar = "form-calendar"
    case calendarTime = "form-calendar-time"
    case calendarEnd = "form-calendar-end"
    case files = "form-files"
    case filesSearched = "form-files-searched"
    case filesUnreadable = "form-files-unreadable"
    case command = "form-command"
    case macrosSearched = "form-macros-searched"
    case textSearched = "form-text-searched"
    case preview = "form-preview"
    case viTyping = "form-vi-typing"
    case viCommand = "form-vi-command"
    case viLine = "form-vi-line"

    func session() throws -> Session {
        switch self {
        case .unfinished, .wrong:
            var session = try Session.form(of: "Amazon S3")
            session.goTo("bucketName")
            session.type(self == .wrong ? "acme_" : "ac")
            return session
        case .buckets:
            var session = try FormScreen.asking.session()
            session.answer(
                .suggestions(
                    FieldSuggestions(
                        place: "s3.us-east-1.amazonaws.com",
                        values: ["acme-archive", "acme-exports", "acme-logs"], isWhole: true)))
            return session
        case .asking:
            var session = try Session.filledS3()
            session.goTo("bucketName")
            session.press(.control("l"))
            return session
        case .folders:
            var session = try Session.filledS3()
            session.goTo("path")
            session.type("/ni")
            session.press(.control("l"))
            session.answer(
                .suggestions(
                    FieldSuggestions(
                        place: "s3://acme-exports/backups",
                        values: ["backups/hourly", "backups/nightly", "backups/東京"], isWhole: false)))
            return session
        case .noRight:
            var session = try FormScreen.asking.session()
            session.answer(
                .failed(
                    RequestFailure(
                        reason:
                            "Cannot tell what there is at s3.us-east-1.amazonaws.com: the right s3:ListAllMyBuckets is missing (403 AccessDenied, request 4442587FB7D0A2F9). Have it granted, or type the name: exports do without it."
                    )))
            return session
        case .calendar:
            var session = try Session.scheduling()
            session.press(.tab, .tab, .control("l"), .down)
            return session
        case .calendarTime:
            var session = try FormScreen.calendar.session()
            session.press(.tab, .pageUp)
            return session
        case .calendarEnd:
            var session = try Session.scheduling()
            session.press(.tab, .tab, .tab, .tab, .control("l"))
            return session
        case .files:
            var session = try Session.filledSFTP()
            session.press(.control("o"))
            session.answer(.folderContents(Fixture.homeFolder))
            session.press(.down)
            return session
        case .filesSearched:
            var session = try FormScreen.files.session()
            session.press(.character("/"))
            session.type("ss")
            return session
        case .command:
            var session = try FormScreen.files.session()
            session.press(.tab, .control("u"))
            session.type("command:pass show sftp/key")
            return session
        case .filesUnreadable:
            var session = try FormScreen.files.session()
            session.press(.enter)
            session.answer(.failed(RequestFailure(reason: "Cannot look into ~/exports/: Permission denied.")))
            return session
        case .macrosSearched:
            var session = try Session.scheduling()
            session.press(.control("t"), .character("/"))
            session.type("name")
            return session
        case .textSearched:
            var session = try Session.opened()
            let lines = (1...60).map {
                "{\"order\": \($0), \"item\": \"\(["pen", "ink", "paper"][$0 % 3])\"}"
            }
            session.wizard.overlay = .text(TextReader(title: "part-00000.json.gz", lines: lines))
            session.press(.character("/"))
            session.type("ink")
            return session
        case .viTyping, .viCommand:
            var session = try Session.edited(as: .vi)
            session.press(.character("n"), .enter)
            session.goTo("bucketName")
            session.type("acme-exports")
            if self == .viCommand { session.press(.escape, .character("2"), .character("d")) }
            return session
        case .viLine:
            var session = try Session.edited(as: .vi)
            session.wizard.overlay = .prompt(
                Prompt(purpose: .flowName, field: TextField("Orders to Backups")))
            session.press(.escape)
            return session
        case .preview:
            var session = try Session.scheduling()
            session.press(.tab, .tab, .tab, .tab, .tab)
            return session
        }
    }
}

extension Session {
    /// A wizard with all kinds, whose fields are edited in a style.
    static func edited(as style: EditingStyle) throws -> Session {
        var setting = Session().wizard.setting
        setting.editing = style
        var session = Session(setting: setting)
        session.send(.started)
        session.answer(.catalogue(try Fixture.kinds(), [], []))
        return session
    }
}

@Suite("What lies over a form")
struct FormScreenTests {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 60, rows: 16)]

    @Test("looks as drawn", arguments: FormScreen.allCases, sizes)
    func golden(name: FormScreen, size: Size) throws {
        let session = try name.session()
        try Golden.compare(session.lines(size), to: "\(name.rawValue)-\(size.columns)x\(size.rows)")
    }

    @Test("never overflows and never crashes, whatever the size", arguments: FormScreen.allCases)
    func anySize(name: FormScreen) throws {
        try name.session().expectFramesFit()
    }

    @Test("claims no key twice", arguments: FormScreen.allCases)
    func keys(name: FormScreen) throws {
        let session = try name.session()
        #expect(session.wizard.actions.contestedKeys.isEmpty)
        #expect(session.wizard.overlay?.hints.contestedKeys.isEmpty ?? true)
    }

    // MARK: Names from the storage

    @Test("asks a storage only when it is asked to, with the form as it is")
    func asking() throws {
        let session = try FormScreen.asking.session()
        guard case .suggestions(let query, let draft)? = session.requests.first else {
            Issue.record("Ctrl-L asked for \(session.requests)")
            return
        }
        #expect(query == SuggestionQuery(field: "bucketName", kind: .containers))
        #expect(draft == session.wizard.setup?.draft)
        #expect(session.screen.contains("Asking the storage"))
    }

    @Test("puts the bucket that is chosen into its field; one undo takes it back")
    func chooseBucket() throws {
        var session = try FormScreen.buckets.session()
        // The cursor is where the name begins like what was typed.
        #expect(session.screen.contains("acme-exports"))
        session.press(.up, .enter)
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "acme-archive")
        session.press(.undo)
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "acme-exports")
    }

    @Test("looks into folders and up again, and takes the one that is chosen")
    func folders() throws {
        var session = try FormScreen.folders.session()
        session.press(.right)
        let ask = { (folder: String) in SuggestionQuery(field: "path", kind: .folders, folder: folder) }
        let draft = try #require(session.wizard.setup?.draft)
        #expect(session.requests == [.suggestions(ask("backups/nightly"), draft)])
        session.press(.left)
        #expect(session.requests == [.suggestions(ask("backups"), draft)])
        #expect(session.effects.contains { if case .cancel = $0 { true } else { false } })
        session.answer(
            .suggestions(
                FieldSuggestions(
                    place: "s3://acme-exports/backups", values: ["backups/nightly"], isWhole: true)))
        session.press(.enter)
        #expect(session.wizard.setup?.form.text(of: "path") == "backups/nightly")
        session.press(.control("l"))
        #expect(session.requests == [.suggestions(ask("backups"), try #require(session.wizard.setup?.draft))])
        session.answer(
            .suggestions(
                FieldSuggestions(
                    place: "s3://acme-exports/backups", values: ["backups/nightly"], isWhole: true)))
        session.press(.home, .enter)
        #expect(session.wizard.setup?.form.text(of: "path") == "backups")
    }

    @Test("says what has to be filled in before anything can be asked, and asks nothing")
    func incomplete() throws {
        var session = try Session.form(of: "Amazon S3")
        session.goTo("path")
        session.press(.control("l"))
        #expect(session.requests.isEmpty)
        #expect(session.screen.contains("Fill in “Amazon S3 access key” first"))
        session.fill(["s3AccessKey": "AKIAIOSFODNN7EXAMPLE", "s3SecretKey": Fixture.secretKey])
        session.goTo("path")
        session.press(.control("l"))
        #expect(session.screen.contains("Fill in “Bucket name” first"))
        session.goTo("name")
        session.press(.control("l"))
        #expect(session.screen.contains("What can be listed are buckets, containers, folders and days"))
    }

    @Test("is given up by Escape, and takes no late word of the storage")
    func cancelled() throws {
        var session = try FormScreen.asking.session()
        let token = try #require(session.token)
        session.press(.escape)
        #expect(session.effects == [.cancel(token: token)])
        session.send(
            .answered(
                token: token, .suggestions(FieldSuggestions(place: "", values: ["a"], isWhole: true))))
        #expect(session.wizard.overlay == nil)
    }

    // MARK: The calendar

    @Test("chooses day and time of the start at once, of which the other clock is shown too")
    func calendar() throws {
        var session = try FormScreen.calendar.session()
        #expect(session.screen.contains("UTC        2026-11-30 21:04"))
        #expect(session.screen.contains("Local time 2026-11-30 22:04"))
        session.press(.tab, .up, .up, .up, .tab, .pageDown, .enter)
        let start = try #require(session.wizard.scheduling?.start)
        #expect(start.rfc3339 == "2026-11-30T00:49:00Z")
        session.press(.undo)
        #expect(session.wizard.scheduling?.start?.rfc3339 == "2026-11-23T21:04:00Z")
    }

    @Test(
        "goes by days, weeks and months, and stays in the month that there is",
        arguments: [
            ([Key.left], "2026-11-29"), ([.right], "2026-12-01"), ([.up], "2026-11-23"),
            ([.down], "2026-12-07"),
            ([.pageUp], "2026-10-30"), ([.pageDown, .end, .pageDown, .pageDown], "2027-02-28"),
            ([.home], "2026-11-01"), ([.character("t")], "2026-11-23"), ([.character("h")], "2026-11-29"),
            ([.control("n")], "2026-12-07"), ([.character(">")], "2026-12-30"),
        ] as [([Key], String)])
    func days(keys: [Key], day: String) throws {
        var session = try FormScreen.calendar.session()
        for key in keys { session.press(key) }
        session.press(.enter)
        #expect(session.wizard.scheduling.flatMap(\.start).map { WallClock($0).date } == day)
    }

    @Test("takes clicks on days, a second one for the last word, and on the signs beside the month")
    func clicks() throws {
        var session = try FormScreen.calendar.session()
        let lines = session.lines()
        let row = try #require(lines.firstIndex { $0.contains(" 18 ") })
        let range = try #require(lines[row].range(of: " 18 "))
        let place = Point(
            column: TextWidth.standard.width(of: String(lines[row][..<range.lowerBound])) + 1, row: row)
        session.use(.press, at: place)
        #expect(session.screen.contains("UTC        2026-11-18 21:04"))
        session.use(.press, at: place)
        #expect(session.wizard.overlay == nil)
        #expect(session.wizard.scheduling.flatMap(\.start).map { WallClock($0).date } == "2026-11-18")
    }

    @Test("of the end leaves the time of day alone")
    func end() throws {
        var session = try FormScreen.calendarEnd.session()
        session.press(.tab, .right, .enter)
        #expect(session.wizard.scheduling?.schedule?.end?.rfc3339 == "2027-05-24T21:04:00Z")
    }

    @Test(
        "gives a day or an instant to a form that asks for one by its schema",
        arguments: ["date", "date-time"])
    func dateOfForm(format: String) throws {
        var spec = try Fixture.landingZone()
        spec.targetSpec.spec.add("from", JSONSchema.Property(title: "From", format: format))
        var session = Session()
        session.send(.started)
        session.answer(.catalogue([spec], [], []))
        session.press(.character("n"))
        session.goTo("from")
        session.type("2026-1")
        #expect(session.screen.contains("Not complete yet; like 2026-12-01"))
        session.press(.control("l"), .right)
        if format == "date-time" { session.press(.tab, .down) }
        session.press(.enter)
        let value = format == "date" ? "2026-11-24" : "2026-11-24T20:04:00Z"
        #expect(session.wizard.setup?.draft.parameters["from"] == .string(value))
        session.press(.undo)
        #expect(session.wizard.setup?.form.text(of: "from") == "2026-1")
    }

    @Test("gives the last day of a flow to the line that asks for it, and goes back there")
    func dayOfLine() throws {
        var session = try ScreenName.flowEnd.session()
        session.press(.control("u"))
        session.type("2027-02-27")
        session.press(.control("l"), .right, .enter)
        #expect(session.screen.contains("2027-02-28"))
        session.press(.control("l"), .right, .escape)
        #expect(session.screen.contains("2027-02-28"))
        guard case .prompt? = session.wizard.overlay else {
            Issue.record("The line is gone: \(session.screen)")
            return
        }
    }

    // MARK: Files

    @Test("finds a file by its path, completed by Tab as far as names agree")
    func completed() throws {
        var session = try Session.filledSFTP()
        session.press(.control("o"))
        #expect(session.requests == [.folderContents(path: "~/")])
        session.answer(.folderContents(Fixture.homeFolder))
        session.type(".s")
        session.press(.tab)
        #expect(session.requests == [.folderContents(path: "~/.ssh/")])
        session.answer(.folderContents(Fixture.keyFolder))
        session.type("i")
        session.press(.tab)
        session.press(.enter)
        #expect(session.requests == [.readFile(path: "~/.ssh/id_ed25519")])
    }

    @Test("finds a file in the list, which is searched as all lists are")
    func listed() throws {
        var session = try FormScreen.filesSearched.session()
        session.press(.enter, .enter)
        #expect(session.requests == [.folderContents(path: "~/.ssh/")])
        session.answer(.folderContents(Fixture.keyFolder))
        session.press(.down, .down, .enter)
        #expect(session.requests == [.readFile(path: "~/.ssh/id_ed25519")])
    }

    @Test("takes a secret from a command that is typed instead of a path, and looks into no folder for it")
    func command() throws {
        var session = try FormScreen.command.session()
        session.type(" /usr/")
        session.press(.tab, .down)
        #expect(session.requests == [])
        session.press(.enter)
        #expect(session.requests == [.runSecretCommand("pass show sftp/key /usr/")])
        #expect(session.wizard.overlay == nil)
        session.press(.control("o"), .control("u"))
        session.answer(.folderContents(Fixture.homeFolder))
        session.type("command: ")
        session.press(.enter)
        #expect(!session.requests.contains { if case .runSecretCommand = $0 { true } else { false } })
    }

    @Test("goes up from a folder, back to the path, and is given up by Escape")
    func upAndOut() throws {
        var session = try FormScreen.files.session()
        session.press(.enter)
        #expect(session.requests == [.folderContents(path: "~/exports/")])
        session.press(.left)
        #expect(session.requests == [.folderContents(path: "~/")])
        session.answer(.folderContents(Fixture.homeFolder))
        session.press(.tab)
        session.send(.paste(Secret("exports/key")))
        #expect(session.requests == [.folderContents(path: "~/exports/")])
        let token = try #require(session.token)
        session.press(.escape)
        #expect(session.effects == [.cancel(token: token)])
        #expect(session.wizard.overlay == nil)
    }
}
