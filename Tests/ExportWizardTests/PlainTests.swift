// The wizard as questions and answers, without a terminal: lines go in, lines come out, requests are answered here.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import TerminalTesting
import Testing
import TextLiterals

@testable import ExportWizard

/// A conversation, and the platform that it is about.
struct PlainTalk {
    var wizard: PlainWizard
    /// Everything that was told, with the questions, and the answers behind them.
    var transcript: [String] = []
    var effects: [WizardEffect] = []
    /// Where the lines of the last answer begin.
    private var lastAnswer = 0

    private static let moment = Moment(now: Fixture.now, size: Size(columns: 80, rows: 24))

    init(isInteractive: Bool = false) {
        let session = Session()
        wizard = PlainWizard(session.wizard.setting, isInteractive: isInteractive)
    }

    /// A conversation about a wizard that has come somewhere.
    init(at wizard: Wizard) {
        self.init()
        self.wizard.wizard = wizard
        take(.event(.woke(token: -1)))
    }

    /// A conversation at its beginning, with destinations and datasets.
    static func opened() throws -> PlainTalk {
        var talk = PlainTalk()
        talk.take(.event(.started))
        talk.answer(.unfinished([]))
        talk.answer(.catalogue([try Fixture.landingZone()], try Fixture.destinations(), []))
        return talk
    }

    mutating func take(_ input: PlainWizard.Input) {
        let reply = wizard.take(input, at: Self.moment)
        effects = reply.effects
        transcript += reply.lines
    }

    /// Answers the question that is open.
    mutating func say(_ line: String) {
        transcript.append("\(wizard.question?.text ?? "(nothing is asked)"): \(line)")
        lastAnswer = transcript.count
        take(.line(line))
    }

    /// Answers the oldest request of its kind.
    mutating func answer(_ answer: WizardAnswer) {
        let token = wizard.pending.keys.sorted().first { token in
            switch (wizard.pending[token], answer) {
            case (.catalogue?, .catalogue), (.datasets?, .datasets), (.unfinished?, .unfinished),
                (.runs?, .runs), (.createFlow?, .flowCreated), (.flows?, .flows):
                true
            default: false
            }
        }
        if let token { take(.event(.answered(token: token, answer))) }
    }

    /// What the last answer has brought.
    var news: String { transcript.dropFirst(lastAnswer).joined(separator: "\n") }
}

@Suite("The wizard in lines")
struct PlainTests {
    @Test("tells the whole way from the first step to the verification as recorded")
    func transcript() throws {
        var talk = try PlainTalk.opened()
        talk.say("?")
        talk.say("4")
        talk.say("backups")
        talk.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        talk.say("")
        talk.say("2-3, 4")
        talk.say("4")
        talk.say("history")
        talk.say("show all")
        talk.say("nothing like it")
        talk.say("show all")
        talk.say("")
        talk.say("start date")
        talk.say("soon")
        talk.say("2026-12-01")
        talk.say("mode")
        talk.say("3")
        talk.say("")
        talk.say(":insert-macro")
        talk.say("%DATASET_NAME%")
        talk.say("")
        talk.say("")
        talk.say("name Web events every day")
        talk.say("3")
        talk.say("back")
        talk.say("wrong word")
        talk.say("")
        talk.answer(.flowCreated(try Fixture.flow()))
        talk.answer(.runs(Fixture.finishedReports()))
        talk.say("3")
        let text = PlainText(columns: 100)
        try Golden.compare(talk.transcript.flatMap(text.lines), to: "plain-transcript")
    }

    @Test("follows runs with a line for each thing that comes, and asks when they are over")
    func following() throws {
        var session = try Session.scheduling()
        session.press(.enter, .enter)
        session.answer(.flowCreated(try Fixture.flow()))
        var talk = PlainTalk(at: session.wizard)
        let token = try #require(session.token)
        talk.take(.event(.answered(token: token, .runs(Fixture.reports()))))
        #expect(talk.wizard.question == nil)
        #expect(talk.transcript.contains { $0.contains("Following the runs to their end") })
        #expect(talk.transcript.contains { $0.contains("part-00000") && $0.contains("written") })
        // Lines that were written beforehand are for the questions that come.
        #expect(!talk.wizard.takesLine)
    }

    @Test("every action of every screen can be done by its name, or is refused with its reason")
    func actions() throws {
        var seen: Set<WizardAction> = []
        for (name, wizard) in try Self.places() {
            for action in wizard.actions.actions {
                seen.insert(action.id)
                for word in [":\(action.id.name)", ":\(action.title.english)"] {
                    var talk = PlainTalk(at: wizard)
                    try #require(talk.wizard.question != nil, "\(name)")
                    let before = talk.wizard.wizard
                    talk.say(word)
                    #expect(!talk.news.contains("is called"), "\(name), \(word): \(talk.news)")
                    let happened =
                        !talk.news.isEmpty || !talk.effects.isEmpty || talk.wizard.ended != nil
                        || talk.wizard.wizard != before
                    #expect(happened, "\(name), \(word)")
                    if let reason = action.disabledReason, action.id != .reveal {
                        #expect(talk.news.contains(reason.english), "\(name), \(word): \(talk.news)")
                    }
                }
            }
        }
        #expect(Set(WizardAction.allCases).subtracting(seen) == [])
    }

    /// A wizard on each of its screens.
    static func places() throws -> [(String, Wizard)] {
        var places: [(String, Wizard)] = []
        var session = try Session.withAllKinds()
        places.append(("destinations", session.wizard))
        session.wizard.destination.list.search(for: "a")
        session.send(.woke(token: -1))
        places.append(("destinations, searched", session.wizard))
        places.append(("destinations, with platforms", try Session.withPlatforms().wizard))
        session = try Session.withAllKinds()
        session.press(.character("n"))
        places.append(("kinds", session.wizard))
        places.append(("form", try Session.filledS3().wizard))
        var test = try Session.filledS3()
        test.press(.enter)
        test.reportTest(passed: DestinationTestStep.allCases)
        places.append(("test", test.wizard))
        session = try Session.scheduling()
        places.append(("scheduling", session.wizard))
        session.press(.escape)
        places.append(("datasets", session.wizard))
        session.press(.enter, .enter)
        places.append(("review", session.wizard))
        session.press(.enter)
        session.answer(.flowCreated(try Fixture.flow()))
        session.answer(.runs(Fixture.finishedReports()))
        places.append(("verification", session.wizard))
        session = try Session.showingFlows()
        places.append(("flows", session.wizard))
        var editing = session
        editing.press(.character("c"))
        places.append(("settings of a flow", editing.wizard))
        editing = session
        editing.press(.character("d"))
        editing.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        places.append(("datasets of a flow", editing.wizard))
        return places
    }

    @Test("whatever names hold, nothing is written that is not a printable character")
    func printable() throws {
        for (name, wizard) in try Self.places() {
            for isASCII in [false, true] {
                var talk = PlainTalk(at: wizard)
                talk.say("?")
                talk.say("again")
                let text = PlainText(isASCII: isASCII, columns: 60)
                let lines = (talk.transcript + [talk.wizard.question?.text ?? ""]).flatMap(text.lines)
                for line in lines {
                    #expect(TextWidth.standard.width(of: line) <= 60, "\(name)")
                    #expect(!line.hasPrefix(" ") && !line.contains("  "), "\(name): \(line)")
                    #expect(line.unicodeScalars.allSatisfy { !isASCII || (32...126).contains($0.value) })
                    let unspeakable = line.unicodeScalars.filter {
                        [.control, .format, .privateUse, .lineSeparator].contains(
                            $0.properties.generalCategory)
                            || (0x2500...0x259F).contains($0.value) || (0x2800...0x28FF).contains($0.value)
                    }
                    #expect(unspeakable.isEmpty, "\(name): \(line)")
                }
            }
        }
    }

    @Test("a list that is longer than a page is told a page at a time, and found by number, name and text")
    func pages() throws {
        var talk = try PlainTalk.opened()
        talk.say("1")
        let datasets = (1...120).map { number in
            Dataset(id: Identifier("65a0f0c2b1d2e3f4051\(10_000 + number)"), name: "Dataset \(number)")
        }
        var listing = DatasetListing(Array(datasets.prefix(100)), of: 120)
        talk.answer(.datasets(listing))
        #expect(talk.wizard.question == nil)
        listing.append(DatasetPage(items: Array(datasets.dropFirst(100)), start: 100, total: 120))
        talk.answer(.datasets(listing))
        #expect(talk.transcript.contains { $0.contains("1 to 40 of 120: more, a number") })
        talk.say("more")
        #expect(talk.news.contains("41. Dataset 41"))
        #expect(!talk.news.contains("40. Dataset 40:"))
        talk.say("more")
        #expect(talk.news.contains("81 to 120 of 120, the last"))
        talk.say("more")
        #expect(talk.news.contains("nothing more"))
        talk.say("120 7")
        #expect(talk.wizard.wizard.datasets.chosen.map(\.name) == ["Dataset 7", "Dataset 120"])
        talk.say("121")
        #expect(talk.news.contains("There is no number 121: the last is 120"))
        talk.say("dataset 99")
        #expect(talk.wizard.wizard.datasets.tickedCount == 3)
        talk.say("aset 11")
        #expect(talk.news.contains("1. Dataset 11:"))
        talk.say("all")
        #expect(talk.wizard.wizard.datasets.tickedCount > 3)
    }

    @Test("a person may break in on runs that are followed, and nothing changes below the question then")
    func breakingIn() throws {
        var session = try Session.scheduling()
        session.press(.enter, .enter)
        session.answer(.flowCreated(try Fixture.flow()))
        var talk = PlainTalk(isInteractive: true)
        talk.wizard.wizard = session.wizard
        let token = try #require(session.token)
        talk.take(.event(.answered(token: token, .runs(Fixture.reports()))))
        #expect(talk.wizard.question == nil && talk.wizard.takesLine)
        talk.say("")
        #expect(talk.wizard.question?.text.contains("[follow]") == true)
        let before = talk.wizard.wizard
        let wake = try #require(before.verification?.wakeToken)
        talk.take(.event(.woke(token: wake)))
        #expect(talk.wizard.wizard == before)
        talk.say("cancel run 3")
        #expect(talk.news.contains("Cancel the run of"))
        #expect(talk.wizard.question?.text == "Cancel run? (yes or no) [no]" || talk.wizard.question == nil)
    }

    @Test(
        "rows are named by numbers and ranges",
        arguments: [
            ("7", [6]), ("1-3,7", [0, 1, 2, 6]), ("3-1", [0, 1, 2]), ("1 3, 1", [0, 2]), ("10", [9]),
        ])
    func numbers(text: String, rows: [Int]) {
        #expect(RowNumbers(text, of: 10) == .rows(rows))
    }

    @Test("rows that there are not, and words, are told apart from numbers")
    func noNumbers() {
        #expect(RowNumbers("0", of: 10) == .beyond(0))
        #expect(RowNumbers("9-11", of: 10) == .beyond(11))
        for text in ["", "a", "1a", "1-", "-1", "1-2-3", "99999999999999999999", "１"] {
            #expect(RowNumbers(text, of: 10) == .none, "\(text)")
        }
    }
}
