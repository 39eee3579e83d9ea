// The way through the wizard, key by key, without a terminal.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("The wizard")
struct JourneyTests {
    @Test("goes from destination to a dataflow with what was chosen")
    func wholeJourney() throws {
        var session = try Session.scheduling()
        #expect(session.wizard.screen == .scheduling)
        session.press(.enter)
        #expect(session.wizard.screen == .review)
        session.press(.enter)
        guard case .createFlow(let plan, let datasets, let destination)? = session.requests.first else {
            Issue.record("Finish asked for \(session.requests)")
            return
        }
        #expect(datasets.map(\.name) == ["Web events", Fixture.datasets[3].name])
        #expect(destination.draft.name == "Backups")
        #expect(plan.schedule.mode == .incremental)
        #expect(plan.schedule.start == Fixture.now.wholeMinute)
        #expect(plan.folderTemplate == .standard)
        session.answer(.flowCreated(try Fixture.flow()))
        #expect(session.wizard.screen == .verification)
        #expect(session.requests == [.runs("7a6e0000-0000-4000-8000-000000000001")])
    }

    @Test("keeps the choice of datasets while searching and going back")
    func choiceSurvives() throws {
        var session = try Session.opened()
        session.press(.enter)
        session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        session.press(.character(" "))
        session.press(.character("/"))
        session.type("order")
        #expect(session.screen.contains("1 of 4, 1 selected (1 not shown)"))
        // Escape shows everything first, and only then goes back.
        session.press(.enter, .character("a"), .escape)
        #expect(session.screen.contains("4 of 4, 2 selected"))
        session.press(.escape)
        #expect(session.wizard.screen == .destination)
        session.press(.enter)
        #expect(session.wizard.datasets.chosen.map(\.name) == ["Loyalty members", "Order history"])
    }

    @Test("does not go on without a dataset and says what to do")
    func needsADataset() throws {
        var session = try Session.opened()
        session.press(.enter)
        session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        session.press(.enter)
        #expect(session.wizard.screen == .datasets)
        #expect(session.screen.contains("Select at least one dataset first"))
    }

    @Test("asks for datasets once, and shows what has come of them")
    func pages() throws {
        var session = try Session.opened()
        session.press(.enter)
        #expect(session.requests == [.datasets])
        let token = try #require(session.token)
        var listing = DatasetListing(Array(Fixture.datasets.prefix(2)), of: 4)
        session.send(.answered(token: token, .datasets(listing)))
        #expect(session.screen.contains("2 of 2, loading more"))
        listing.append(DatasetPage(items: Array(Fixture.datasets.suffix(2)), start: 2, total: 4))
        session.send(.answered(token: token, .datasets(listing)))
        #expect(session.requests.isEmpty && !session.screen.contains("loading more"))
        #expect(Array(session.wizard.datasets.datasets) == Fixture.datasets)
    }

    @Test("lets a late answer change nothing")
    func lateAnswer() throws {
        var session = try Session.opened()
        session.send(
            .answered(token: 999, .datasets(DatasetListing(Fixture.datasets, of: 4))))
        #expect(session.wizard.datasets.datasets.isEmpty)
    }

    @Test("keeps what was typed for a new destination when Esc goes back")
    func typedStays() throws {
        var session = try Session.opened()
        session.press(.character("n"), .control("u"))
        session.type("Nightly")
        session.press(.escape)
        #expect(session.wizard.screen == .destination)
        session.press(.character("n"))
        #expect(session.screen.contains("Nightly"))
    }

    @Test("makes a destination from the form, once it is tested, and goes on to the datasets")
    func newDestination() throws {
        var session = try Session.opened(destinations: [])
        session.press(.character("n"), .tab, .tab)
        session.type("backups")
        session.press(.enter)
        #expect(session.wizard.screen == .destinationTest)
        session.reportTest(passed: DestinationTestStep.allCases)
        session.press(.enter)
        guard case .createDestination(let draft)? = session.requests.first else {
            Issue.record("Save asked for \(session.requests)")
            return
        }
        #expect(draft.name == "Data Landing Zone")
        #expect(draft.connectionSpecID == (try Fixture.landingZone()).id)
        #expect(draft.account == .new(BaseConnection.Draft(name: "Data Landing Zone")))
        #expect(draft.parameters["path"] == "backups")
        #expect(draft.parameters["compression"] == "GZIP")
        #expect(draft.parameters["fileType"] == nil)
        session.answer(.destinationSaved(try Fixture.destinations()[0]))
        #expect(session.wizard.screen == .datasets)
        #expect(session.requests == [.catalogue, .datasets])
    }

    @Test("shows a refused form at the field that the platform names")
    func refusedField() throws {
        var session = try Session.opened(destinations: [])
        session.press(.character("n"), .tab, .tab)
        session.type("backups")
        session.press(.enter)
        session.reportTest(passed: DestinationTestStep.allCases)
        session.press(.enter)
        session.answer(.failed(RequestFailure(reason: "That folder is taken.", field: "path")))
        #expect(session.screen.contains("That folder is taken."))
        #expect(session.wizard.setup?.form.focused?.id == "path")
    }

    @Test("does not save a form with a missing folder path")
    func missingField() throws {
        var session = try Session.opened(destinations: [])
        session.press(.character("n"), .enter)
        #expect(session.requests.isEmpty)
        #expect(session.screen.contains("Needs a value, like backups/nightly"))
    }

    @Test("quits at once when nothing would be lost, asks when something would")
    func quitting() throws {
        var session = try Session.opened()
        session.press(.character("q"))
        #expect(session.effects == [.quit(status: 0)])
        session.press(.enter, .character("q"))
        #expect(session.effects.isEmpty)
        #expect(session.screen.contains("Leave without exporting?"))
        session.press(.character("n"))
        #expect(session.wizard.screen == .datasets)
        session.press(.character("q"), .character("y"))
        #expect(session.effects == [.quit(status: 0)])
    }

    @Test("ends at a second Ctrl-C whatever was chosen")
    func secondInterrupt() throws {
        var session = try Session.scheduling()
        session.press(.control("c"))
        #expect(session.effects.isEmpty)
        session.press(.control("c"))
        #expect(session.effects == [.quit(status: 130)])
    }

    @Test("finds actions of other screens by their names, says where they are, and does none of them")
    func actionsElsewhere() throws {
        var session = try Session.opened()
        session.press(.character(":"))
        "save plan".forEach { session.press(.character($0)) }
        #expect(session.screen.contains("Save plan (on “Review”)"))
        session.press(.enter)
        #expect(session.wizard.overlay != nil)
        #expect(session.wizard.screen == .destination)
        let names = Set(session.wizard.everyAction.actions.map(\.id))
        // Of these there is nothing to be said where nothing is searched for, offered, hidden, read or listed.
        let conditional: Set<WizardAction> = [.clearSearch, .takeOffer, .reveal, .readFile, .platforms]
        #expect(Set(WizardAction.allCases).subtracting(conditional).isSubset(of: names))
    }

    @Test("types question mark and colon into text fields, and opens help and palette elsewhere")
    func typedNotDispatched() throws {
        var session = try Session.opened()
        session.press(.character("?"))
        #expect(session.wizard.overlay != nil)
        session.press(.escape, .character("n"))
        session.type("?:q")
        #expect(session.wizard.overlay == nil)
        #expect(session.wizard.setup?.form.text(of: "name").hasSuffix("?:q") == true)
    }

    @Test("returns to Review from a section that was opened there")
    func editFromReview() throws {
        var session = try Session.scheduling()
        session.press(.enter, .character("3"))
        #expect(session.wizard.screen == .scheduling)
        session.press(.enter)
        #expect(session.wizard.screen == .review)
        session.press(.character("2"), .escape)
        #expect(session.wizard.screen == .review)
    }

    @Test("asks before it replaces a plan file")
    func replacePlan() throws {
        var session = try Session.scheduling()
        session.press(.enter, .character("s"), .enter)
        guard case .savePlan(_, let path, replacing: false)? = session.requests.first else {
            Issue.record("Save plan asked for \(session.requests)")
            return
        }
        session.answer(
            .failed(RequestFailure(reason: "There is already a file", field: Wizard.existingPlanField)))
        #expect(session.screen.contains("Replace \(path)?"))
        session.press(.character("y"))
        guard case .savePlan(_, path, replacing: true)? = session.requests.first else {
            Issue.record("Replace asked for \(session.requests)")
            return
        }
        session.answer(.planSaved(path: path))
        #expect(session.screen.contains("Saved as \(path)"))
    }

    @Test("looks again while a run goes on, and stays on the file under the cursor")
    func liveVerification() throws {
        var session = try Session.verifying(Fixture.reports())
        guard case .wake(after: 0.5, _)? = session.effects.first else {
            Issue.record("no wake-up: \(session.effects)")
            return
        }
        let wake = session.token ?? 0
        session.press(.end)
        session.send(.woke(token: wake))
        #expect(session.requests == [.runs("7a6e0000-0000-4000-8000-000000000001")])
        let before = session.wizard.verification?.selected
        session.answer(.runs(Fixture.reports().dropLast().reversed() + Fixture.reports().suffix(1)))
        #expect(session.wizard.verification?.selected == before)
    }

    @Test("does not look again before the next occurrence when everything is done")
    func quietVerification() throws {
        let session = try Session.verifying(Fixture.finishedReports())
        guard case .wake(after: let seconds, _)? = session.effects.first else {
            Issue.record("no wake-up: \(session.effects)")
            return
        }
        #expect(seconds > 80_000)
    }

    @Test("shows the error of a failed run in full")
    func failedRun() throws {
        var session = try Session.verifying(Fixture.reports())
        // The cursor is where the reason is.
        #expect(session.screen.contains("the first in part-00001.json, line 17"))
        #expect(session.screen.contains("(MALFORMED_RECORDS)"))
        session.press(.enter)
        #expect(session.screen.contains("Status: failed") && session.screen.contains("malformedRecords"))
    }

    @Test("shows the records of a file as a table")
    func preview() throws {
        var session = try Session.verifying(Fixture.finishedReports())
        session.press(.end, .enter)
        guard case .preview(let path, _, 0, RecordTable.pageSize)? = session.requests.first else {
            Issue.record("Enter asked for \(session.requests)")
            return
        }
        session.answer(
            .preview(
                FilePreview(path: path, records: [#"{"city":"東京","note":"\#u{1B}[2J"}"#], isLast: true)))
        #expect(session.screen.contains("city") && session.screen.contains("東京"))
        #expect(session.screen.contains("record 1 of 1"))
        #expect(!session.screen.contains("\u{1B}"))
    }

    @Test("shows runs and their figures also where their files cannot be seen, and says why not")
    func unseen() throws {
        var session = try Session.verifying(Fixture.unseenReports())
        #expect(session.screen.contains("12,000 records"))
        #expect(session.screen.contains("The files of 1 of 1 runs cannot be seen from here"))
        #expect(!session.screen.contains("all there"))
        session.press(.end)
        #expect(session.screen.contains("the account Archive:"))
        session.press(.enter)
        #expect(session.screen.contains("Archive:"))
        #expect(session.screen.contains("Records written: 12,000"))
    }

    @Test("asks before it leaves while runs go on that leaving would stop")
    func leavingStops() throws {
        var session = try Session.verifying(Fixture.reports())
        session.press(.character("q"))
        #expect(session.screen.contains("1 run goes on"))
    }
}

extension Session {
    /// A wizard at its verification pane.
    static func verifying(_ reports: [RunReport]) throws -> Session {
        var session = try scheduling()
        session.wizard.datasets.list.toggleAllShown()
        session.press(.enter, .enter)
        session.answer(.flowCreated(try Fixture.flow()))
        session.answer(.runs(reports))
        return session
    }
}
