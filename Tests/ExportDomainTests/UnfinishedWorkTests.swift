// Exports that were left half made, at each step at which that can be.
import ExportDomain
import Foundation
import Languages
import Secrets
import Testing

@Suite("An export that is left half made")
struct UnfinishedWorkTests {
    let service: RecordingFlowService
    let journal = MemoryJournal()

    init() throws {
        service = RecordingFlowService(
            specs: try ConnectionSpecTests.catalog.get().destinations, datasets: PlanDatasetsTests.available)
    }

    typealias Breakdown = RecordingFlowService.Breakdown

    /// Each creation of an export, unanswered: done, or not.
    static let breakdowns = (0..<4).flatMap {
        [Breakdown(write: $0, isDone: false), Breakdown(write: $0, isDone: true)]
    }

    private static let steps = ["source", "account", "target", "flow"]

    private static let words = [
        "the source connection of 2 datasets", "the account “Backups”", "the destination “Backups”",
        "the flow “Nightly”",
    ]

    private func leave(_ breakdown: Breakdown) async throws -> UnfinishedWork {
        await service.breakDown(breakdown)
        await #expect(throws: FlowServiceError.self) {
            try await service.flow(for: FlowForPlanTests.plan, notingIn: journal)
        }
        await service.comeBack()
        let left = try await journal.leftHalfMade()
        #expect(left.count == 1)
        return try #require(left.first)
    }

    @Test("says what it has made and may have made", arguments: breakdowns)
    func words(breakdown: Breakdown) async throws {
        let left = try await leave(breakdown)
        #expect(left.doneSteps.map(\.rawValue) == Array(Self.steps[..<breakdown.write]))
        #expect(left.attempt?.step.rawValue == Self.steps[breakdown.write])
        let sentence = left.description
        #expect(
            sentence.hasPrefix("The export “Nightly” was left half made on 20") && sentence.hasSuffix("."))
        for (index, words) in Self.words.enumerated() {
            #expect(sentence.contains(words) == (index <= breakdown.write), "\(sentence)")
        }
        #expect(sentence.contains("may have made \(Self.words[breakdown.write])"))
    }

    @Test("is gone on with, and nothing is made twice", arguments: breakdowns)
    func resumed(breakdown: Breakdown) async throws {
        let left = try await leave(breakdown)
        let made = try await service.resume(left, notingIn: journal)
        #expect(await service.made == Self.steps)
        #expect(await service.count == 4)
        #expect(made.flow?.draft.schedule == FlowForPlanTests.plan.schedule)
        #expect(made.target?.draft.name == "Backups")
        #expect(try await journal.unfinished().isEmpty)
        // The plan finds it from then on.
        #expect(try await service.flow(for: FlowForPlanTests.plan, notingIn: journal).id == made.flow?.id)
        #expect(await service.count == 4)
    }

    @Test("is gone on with by the same plan, and not by another", arguments: breakdowns)
    func samePlan(breakdown: Breakdown) async throws {
        let left = try await leave(breakdown)
        let other = FlowForPlanTests.changed {
            $0.name = "Weekly"
            $0.destination.name = "Elsewhere"
        }
        _ = try await service.flow(for: other, notingIn: journal)
        #expect(try await journal.unfinished() == [left])
        let flow = try await service.flow(for: FlowForPlanTests.plan, notingIn: journal)
        #expect(flow.draft.name == "Nightly")
        #expect(try await journal.unfinished().isEmpty)
        #expect(await service.made.filter { $0 == "flow" }.count == 2)
        #expect(await service.made.filter { $0 == "source" }.count == 2)
        #expect(await service.count == 8)
    }

    @Test("is left alone where another destination of the name was made meanwhile, which the plan then uses")
    func otherDestination() async throws {
        let left = try await leave(Breakdown(write: 1, isDone: false))
        let weekly = FlowForPlanTests.changed { $0.name = "Weekly" }
        let target = try await service.flow(for: weekly, notingIn: journal).draft.targetConnectionID
        let flow = try await service.flow(for: FlowForPlanTests.plan, notingIn: journal)
        #expect(flow.draft.targetConnectionID == target)
        #expect(try await journal.unfinished() == [left])
    }

    @Test("is taken back whole", arguments: breakdowns)
    func discarded(breakdown: Breakdown) async throws {
        let left = try await leave(breakdown)
        #expect(try await service.discard(left, notingIn: journal) == [])
        #expect(await service.count == 0)
        #expect(try await journal.unfinished().isEmpty)
    }

    @Test("does not take what looks the same for its own", arguments: breakdowns)
    func lookalikes(breakdown: Breakdown) async throws {
        let datasets = try FlowForPlanTests.plan.resolveDatasets(among: PlanDatasetsTests.available)
        let twin = try await service.createSourceConnection(
            SourceConnection.Draft(name: "Nightly", datasets: datasets.map(\.reference)))
        let left = try await leave(Breakdown(write: breakdown.write + 1, isDone: breakdown.isDone))
        let made = try await service.resume(left, notingIn: journal)
        #expect(made.flow?.draft.sourceConnectionID != twin.id)
        #expect(await service.made == ["source"] + Self.steps)
        try await service.discardAll(of: made)
        #expect(await service.sourceIDs == [twin.id])
    }

    @Test("leaves to others what they use meanwhile, and says so")
    func usedByOthers() async throws {
        let left = try await leave(Breakdown(write: 3, isDone: false))
        let target: Identifier<TargetConnection> = try #require(left.made(.target))
        let spec = try #require(await service.connectionSpecs().first { $0.name == "Data Landing Zone" })
        let source = try await service.createSourceConnection(
            SourceConnection.Draft(name: "Other", datasets: [PlanDatasetsTests.available[0].reference]))
        _ = try await service.createFlow(
            Flow.Draft(
                name: "Other", flowSpecID: spec.flowSpecID, sourceConnectionID: source.id,
                targetConnectionID: target, schedule: FlowForPlanTests.plan.schedule))
        let leftovers = try await service.discard(left, notingIn: journal).map(\.description)
        #expect(leftovers.count == 2)
        #expect(leftovers.first?.hasPrefix("The destination “Backups” could not be removed: ") == true)
        #expect(leftovers.first?.contains("is used by “Other”") == true)
        #expect(leftovers.last?.hasPrefix("The account “Backups” could not be removed: ") == true)
        #expect(await service.sourceIDs == [source.id])
        #expect(try await journal.unfinished().isEmpty)
    }

    @Test("stays noted where it cannot be removed, and the next time it can")
    func unreachable() async throws {
        let left = try await leave(Breakdown(write: 2, isDone: true))
        await service.breakDown(Breakdown(write: 3, isDone: false))
        await #expect(throws: FlowServiceError.self) { try await service.resume(left, notingIn: journal) }
        let again = try #require(try await journal.unfinished().first)
        #expect(again.doneSteps == [.source, .account, .target] && again.attempt?.step == .flow)
        let leftovers = try await service.discard(again, notingIn: journal)
        #expect(leftovers.map(\.what.english) == ["The flow “Nightly”"])
        let still = try #require(try await journal.unfinished().first)
        await service.comeBack()
        #expect(try await service.discard(still, notingIn: journal).isEmpty)
        #expect(await service.count == 0)
    }

    @Test("is nothing that is left where the platform refuses and can be reached")
    func refusal() async throws {
        await service.refuse("target")
        await #expect(throws: FlowServiceError.self) {
            try await service.flow(for: FlowForPlanTests.plan, notingIn: journal)
        }
        #expect(await service.count == 0)
        #expect(try await journal.unfinished().isEmpty)
        #expect(await journal.held.isEmpty)
    }

    @Test("is never begun where it cannot be noted")
    func noNote() async throws {
        await journal.fill()
        await #expect(
            throws: FlowServiceError.unavailable(
                doing: Text("note what is being made"), reason: Text("the disk is full"))
        ) {
            try await service.flow(for: FlowForPlanTests.plan, notingIn: journal)
        }
        #expect(await service.made.isEmpty)
    }

    // MARK: Destinations with credentials

    private static let draft = DestinationDraft(
        name: "Archive", connectionSpecID: "4fce964d-3f37-408f-9778-e597338a21ee",
        account: .new(
            BaseConnection.Draft(
                name: "Archive user",
                authentication: BaseConnection.Authentication(
                    specName: "Access Key",
                    answers: [
                        "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"),
                        "s3SecretKey": .secret(Secret("NotARealSecret")),
                    ]))),
        parameters: ["bucketName": "acme-exports", "path": "backups"])

    @Test(
        "A destination goes on with its account where that was made, and says what is missing where it was not",
        arguments: [
            (Breakdown(write: 0, isDone: false), false), (Breakdown(write: 0, isDone: true), true),
            (Breakdown(write: 1, isDone: false), true), (Breakdown(write: 1, isDone: true), true),
        ])
    func credentials(breakdown: Breakdown, canGoOn: Bool) async throws {
        await service.breakDown(breakdown)
        await #expect(throws: FlowServiceError.self) {
            try await service.createDestination(Self.draft, notingIn: journal)
        }
        await service.comeBack()
        let note = await journal.text
        #expect(note.contains("Archive user") && !note.contains("NotARealSecret") && !note.contains("AKIA"))
        let left = try #require(try await journal.leftHalfMade().first)
        #expect(left.description.hasPrefix("The destination “Archive” was left half made"))
        do {
            let made = try await service.resume(left, notingIn: journal)
            #expect(canGoOn && made.flow == nil && made.target?.draft.name == "Archive")
            #expect(await service.made == ["account", "target"])
        } catch {
            #expect(!canGoOn && error.description.contains("“Archive user” were not kept"))
            #expect(try await service.discard(left, notingIn: journal).isEmpty)
        }
        #expect(try await journal.unfinished().isEmpty)
    }
}

extension RecordingFlowService {
    fileprivate func discardAll(of made: FinishedWork) async throws {
        if let flow = made.flow { try await removeFlow(flow, withDestination: true) }
    }
}
