// Exports outside of the schedule, and flows changed on screens of their own, key by key, without a terminal.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("A flow exported now, and changed")
struct FlowEditingTests {
    private func flow(_ index: Int = 0) throws -> FlowDetails { try Fixture.flows()[index].details }

    private func edit(_ session: Session) throws -> FlowEdit {
        guard case .editFlow(_, let edit)? = session.requests.first else {
            throw Unexpected(requests: session.requests)
        }
        return edit
    }

    private struct Unexpected: Error { var requests: [WizardRequest] }

    // MARK: Now

    @Test("An export now is asked once, and its runs are followed until they are over")
    func exportsNow() throws {
        var session = try Session.showingFlows()
        session.press(.character("s"))
        #expect(session.requests.isEmpty && session.screen.contains("2 datasets are exported to /backups"))
        session.press(.character("n"))
        #expect(session.requests.isEmpty && session.wizard.screen == .flows)
        session.press(.character("s"), .character("y"))
        #expect(session.requests == [.exportNow(try flow())])
        let run: Identifier<FlowRun> = "5b0c0000-0000-4000-8000-000000000003"
        session.answer(.runsStarted([run], of: try flow()))
        #expect(session.wizard.screen == .verification)
        #expect(session.requests == [.runs(try flow().id)])
        // A run that is not shown yet is waited for; one that is over is not.
        session.answer(.runs([]))
        #expect(session.effects.contains { if case .wake(0.5, _) = $0 { true } else { false } })
        session.send(.woke(token: try #require(session.token)))
        session.answer(.runs(Fixture.finishedReports()))
        #expect(!session.effects.contains { if case .wake(0.5, _) = $0 { true } else { false } })
        session.press(.escape)
        #expect(session.wizard.screen == .flows)
    }

    @Test("An export now that is refused is told, and a paused flow is not asked for one")
    func refusedExport() throws {
        var session = try Session.showingFlows()
        session.press(.character("s"), .character("y"))
        session.answer(.failed(RequestFailure(reason: "This platform does not offer it.")))
        #expect(session.screen.contains("was not exported") && session.screen.contains("does not offer it"))
        session.press(.escape, .down, .character("s"))
        #expect(
            session.wizard.overlay == nil && session.screen.contains("The flow is paused: resume it first"))
    }

    @Test("A run that names no dataset is one of all datasets")
    func allDatasets() throws {
        let session = try ScreenName.runOfAllDatasets.session()
        #expect(session.screen.contains("all datasets"))
        let lines = session.wizard.runDetails(try #require(session.wizard.verification?.latest.first))
        #expect(lines.first?.english == "Dataset: all datasets")
    }

    // MARK: Datasets

    @Test("The datasets of a flow are ticked; those that are added and left out are saved in one edit")
    func datasets() throws {
        var session = try Session.showingFlows()
        session.press(.character("d"))
        #expect(session.requests == [.datasets])
        let token = try #require(session.token)
        var listing = DatasetListing(Array(Fixture.datasets[..<2]), of: 4)
        session.send(.answered(token: token, .datasets(listing)))
        listing.append(DatasetPage(items: Array(Fixture.datasets[2...]), start: 2, total: 4))
        session.send(.answered(token: token, .datasets(listing)))
        #expect(session.screen.contains("4 of 4, 2 selected") && session.screen.contains("Datasets of “Web"))
        // Nothing changed: nothing is saved.
        session.press(.enter)
        #expect(session.requests.isEmpty && session.wizard.screen == .flows)
        session.press(.character("d"))
        session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        session.press(.character(" "), .enter)
        // Adding alone takes nothing away, and is not asked about.
        #expect(try edit(session).datasets?.map(\.id) == [2, 1, 0].map { Fixture.datasets[$0].id })
        #expect(session.wizard.screen == .flowDatasets)
        session.press(.enter)
        #expect(session.requests.isEmpty && session.screen.contains("The flow is being changed"))
        let saved = try flow().applying(FlowEdit(datasets: [0, 1, 2].map { Fixture.datasets[$0].reference }))
        session.send(
            .answered(token: try #require(session.wizard.flowList.change?.token), .flowChanged(saved)))
        #expect(session.wizard.screen == .flows && session.screen.contains("exports 3 datasets from now on"))
    }

    @Test("A dataset that is left out is asked about first, and one that the list lacks stays")
    func removed() throws {
        var session = try ScreenName.flowDatasetsRemoved.session()
        #expect(session.requests.isEmpty && session.screen.contains("“Order history” would no longer be"))
        session.press(.character("n"))
        #expect(session.wizard.screen == .flowDatasets)
        session.press(.enter, .character("y"))
        #expect(try edit(session).datasets?.map(\.id) == [2, 0].map { Fixture.datasets[$0].id })

        session = try Session.showingFlows()
        session.press(.character("d"))
        session.answer(.datasets(DatasetListing([Fixture.datasets[0]], of: 1)))
        session.press(.character(" "), .enter)
        #expect(try edit(session).datasets?.map(\.id) == [2, 1, 0].map { Fixture.datasets[$0].id })
    }

    @Test("A flow without datasets cannot be")
    func nothingTicked() throws {
        var session = try Session.showingFlows()
        session.press(.character("d"))
        session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        session.press(.character("a"), .character("a"), .enter)
        #expect(session.requests.isEmpty && session.screen.contains("Select at least one dataset"))
    }

    @Test("The list of a flow's datasets is searched and left like that of a new export, whose choice stays")
    func search() throws {
        var session = try Session.scheduling()
        let chosen = session.wizard.datasets.chosen
        session.press(.escape, .escape, .character("f"))
        session.answer(.flows(try Fixture.flows()))
        session.press(.home, .character("d"))
        // What was loaded is not asked for again.
        #expect(session.requests.isEmpty)
        session.press(.character("/"))
        session.type("loyalty")
        #expect(session.screen.contains("1 of 4, 2 selected (2 not shown)"))
        session.press(.enter, .character(" "), .escape, .escape)
        #expect(session.wizard.screen == .flows && session.wizard.flowEditing == nil)
        #expect(session.wizard.datasets.chosen == chosen && session.wizard.datasets.list.search.text.isEmpty)
    }

    @Test(
        "A list that fails is told in its place and can be loaded again, and one that is left is not waited for"
    )
    func failures() throws {
        var session = try Session.showingFlows()
        session.press(.character("d"))
        session.answer(.failed(RequestFailure(reason: "Cannot list the datasets: the disk is full.")))
        #expect(session.screen.contains("the disk is full"))
        session.press(.character("r"))
        let token = try #require(session.token)
        session.press(.escape)
        #expect(session.effects == [.cancel(token: token)])
        session.send(
            .answered(token: token, .datasets(DatasetListing(Fixture.datasets, of: 4))))
        #expect(session.wizard.flowEditing == nil && session.wizard.datasets.datasets.isEmpty)
    }

    @Test("An edit that is refused leaves the screen as it was, on the flow as it is then")
    func refusedEdit() throws {
        var session = try ScreenName.flowDatasets.session()
        session.press(.up, .up, .character(" "), .enter, .character("y"))
        session.answer(.failed(RequestFailure(reason: "The flow was changed by somebody else.")))
        #expect(session.screen.contains("by somebody else") && session.requests == [.unfinished, .flows])
        var flows = try Fixture.flows()
        flows[0].details.flow.revision.etag = "\"1\""
        session.answer(.flows(flows))
        #expect(session.wizard.screen == .flowDatasets)
        #expect(session.wizard.flowEditing?.flow == flows[0].details)
    }

    // MARK: Settings

    @Test("Name, schedule, end and folders are changed on one screen, and what is not touched stays")
    func settings() throws {
        var session = try Session.showingFlows()
        session.press(.character("c"))
        session.press(.enter)
        #expect(session.requests.isEmpty && session.screen.contains("Nothing was changed"))
        session.press(.character("c"), .control("u"))
        session.type("Nightly")
        session.press(.enter)
        var edit = try edit(session)
        #expect(edit.needed(for: try flow()) == FlowEdit(name: "Nightly"))
        session.answer(.flowChanged(try flow().applying(edit)))
        #expect(session.wizard.screen == .flows && session.screen.contains("“Nightly” is changed"))

        session = try Session.showingFlows()
        session.press(.character("c"), .tab, .tab, .right)
        #expect(session.screen.contains("every 3 hours"))
        session.press(.tab, .tab, .tab, .control("u"))
        session.type("2027-01-31")
        session.press(.tab, .control("u"))
        session.type("%DATASET_NAME%/%EXPORT_TIME%")
        #expect(session.screen.contains(" /backups/nightly/Web"))
        session.press(.enter)
        edit = try self.edit(session).needed(for: flow())
        #expect(edit.name == nil && edit.datasets == nil)
        #expect(edit.schedule?.frequency == .hourly(every: 3))
        #expect(edit.schedule?.start == (try flow().flow.draft.schedule.start))
        #expect(edit.schedule?.end.map { WallClock($0).date } == "2027-01-31")
        #expect(edit.folderTemplate?.text == "%DATASET_NAME%/%EXPORT_TIME%")
    }

    @Test("Settings that cannot be are told beside their fields, and a near end is asked about")
    func wrongSettings() throws {
        var session = try ScreenName.flowSettingsWrong.session()
        #expect(session.requests.isEmpty && session.screen.contains("Needs a name"))
        session = try Session.showingFlows()
        session.press(.character("c"), .tab, .tab, .tab, .tab, .tab, .control("u"))
        session.type("2026-11-01")
        session.press(.enter)
        #expect(session.requests.isEmpty && session.screen.contains("The end has gone by"))
        session.press(.control("u"))
        session.type("2026-11-30")
        session.press(.enter)
        #expect(session.requests.isEmpty && session.screen.contains("The flow ends in"))
        session.press(.character("y"))
        #expect(try edit(session).schedule != nil)
    }

    @Test("A flow that has ended, or has hours that are not offered, can get another name alone")
    func oldSettings() throws {
        for change: @Sendable (inout Schedule) -> Void in [
            { _ in }, { $0.frequency = .hourly(every: 9) },
            { $0.start.addTimeInterval(17) },
        ] {
            var flows = try Fixture.flows()
            flows.removeFirst(2)
            change(&flows[0].details.flow.draft.schedule)
            var session = try Session.showingFlows(flows)
            session.press(.character("c"))
            session.type("!")
            session.press(.enter)
            #expect(
                try edit(session).needed(for: flows[0].details)
                    == FlowEdit(name: "Loyalty members to Backups!"))
        }
    }

    @Test("A macro is inserted into the folders of a flow, and shown for its first dataset")
    func macros() throws {
        var session = try Session.showingFlows()
        session.press(.character("c"), .control("t"))
        #expect(session.screen.contains(Fixture.datasets[2].id.rawValue))
        session.press(.down, .enter)
        #expect(session.screen.contains("%EXPORT_TIME%%DATASET_NAME%"))
    }
}
