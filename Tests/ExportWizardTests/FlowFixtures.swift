// A few dataflows: one whose end is near, one that is paused, one that is over and failed.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import TextLiterals

@testable import ExportWizard

extension Fixture {
    static func flows() throws -> [FlowOverview] {
        [
            try overview(
                1, "Web events and 1 more to Backups", datasets: [2, 1], frequency: .daily, days: 12,
                latest: .success),
            try overview(
                2, "\(datasets[3].name) to Backups", datasets: [3], frequency: .hourly(every: 6), days: 200,
                state: .disabled, latest: .processing),
            try overview(
                3, "Loyalty members to Backups", datasets: [0], frequency: .daily, days: -3, latest: .failed),
            try overview(
                4, "Everything, once", datasets: [0, 1, 2, 3], frequency: .once, days: 0, latest: nil),
        ]
    }

    private static func overview(
        _ number: Int, _ name: String, datasets numbers: [Int], frequency: ExportFrequency, days: Double,
        state: FlowState = .enabled, latest: FlowRunStatus?
    ) throws -> FlowOverview {
        var flow = try flow()
        let start = now.wholeMinute.addingTimeInterval(-40 * 86_400 - 3_600)
        flow.id = Identifier("7a6e0000-0000-4000-8000-00000000000\(number)")
        flow.draft.name = name
        flow.draft.schedule = Schedule(
            mode: frequency == .once ? .full : .incremental, frequency: frequency, start: start,
            end: frequency == .once ? nil : now.wholeMinute.addingTimeInterval(days * 86_400 + 3_600))
        flow.state = state
        let destination = try destinations()[0]
        return FlowOverview(
            details: FlowDetails(
                flow: flow, datasets: numbers.map { datasets[$0].reference }, destination: destination,
                kind: "Data Landing Zone", location: "/backups/nightly"),
            runs: latest.map { runs(latest: $0, number: number) } ?? [])
    }

    /// The latest run of a flow, and some before it.
    private static func runs(latest: FlowRunStatus, number: Int) -> [FlowRun] {
        let records = [1_204_331, 1_190_000, 980_500, 0, 1_310_000, 640_000, 1_000_000]
        return records.prefix(number == 2 ? 1 : records.count).enumerated().map { place, records in
            var run = reports()[0].run
            run.id = Identifier("run \(number) \(place)")
            run.scheduledTime = run.scheduledTime?.addingTimeInterval(-86_400 * Double(place))
            run.status = place == 0 ? latest : .success
            run.metrics.outputRecords = run.status == .success ? records : nil
            if run.status == .failed {
                run.metrics.errors = [
                    FlowRunError(
                        code: "SLUICE-1006",
                        message:
                            "1 of 2,000,000 records is not a JSON object; the first is in members-0007.json, line 12: it ends within a text. Mend the file and add the data again."
                    )
                ]
            }
            return run
        }
    }
}

extension Session {
    /// A wizard that shows some flows, with the cursor on the first.
    static func showingFlows(_ flows: [FlowOverview]? = nil) throws -> Session {
        var session = try openedFlows(flows)
        session.press(.home)
        return session
    }

    /// A wizard that has shown some flows just now.
    static func openedFlows(_ flows: [FlowOverview]? = nil) throws -> Session {
        var session = try opened()
        session.press(.character("f"))
        session.answer(.flows(try flows ?? Fixture.flows()))
        return session
    }
}

extension ScreenName {
    /// The screens of flows.
    func flowSession() throws -> Session {
        var session = try self == .flowsEmpty ? Session.showingFlows([]) : Session.showingFlows()
        switch self {
        case .flowFailed: session = try Session.openedFlows()
        case .flowPaused: session.press(.down)
        case .flowEnd:
            session.press(.character("e"), .control("u"))
            session.type("2026-02-30")
            session.press(.enter)
        case .flowEndSoon:
            session.press(.character("e"), .control("u"))
            session.type("2026-11-30")
            session.press(.enter)
        case .flowDelete: session.press(.character("x"))
        case .flowExport: session.press(.character("s"))
        case .flowDatasets, .flowDatasetsRemoved:
            session.press(.character("d"))
            session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
            session.press(.character(" "), .character(" "))
            if self == .flowDatasetsRemoved { session.press(.enter) }
        case .flowSettings: session.press(.character("c"))
        case .flowSettingsWrong:
            session.press(.character("c"), .control("u"), .enter)
        case .runOfAllDatasets:
            session.press(.character("s"), .character("y"))
            session.answer(
                .runsStarted(["5b0c0000-0000-4000-8000-000000000009"], of: try Fixture.flows()[0].details))
            var report = Fixture.reports()[0]
            report.run.id = "5b0c0000-0000-4000-8000-000000000009"
            report.run.datasetID = ""
            session.answer(.runs([report] + Fixture.finishedReports()))
        default: break
        }
        return session
    }
}
