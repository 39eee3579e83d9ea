// Changes that need something new and were left half made, at each step at which that can be.
import ExportDomain
import Foundation
import Secrets
import Testing

@Suite("A change that is left half made")
struct UnfinishedChangeTests {
    private let service: RecordingFlowService
    private let journal = MemoryJournal()

    init() throws {
        service = RecordingFlowService(
            specs: try ConnectionSpecTests.catalog.get().destinations, datasets: [])
    }

    /// What is changed: a destination that gets an account of its own, or a flow that gets other datasets.
    enum Change: CaseIterable { case account, datasets }

    /// Where it breaks off: at one of its writes, which is done or not.
    struct Break: Sendable, CustomTestStringConvertible {
        var change: Change
        var step: Int
        var isDone: Bool
        var testDescription: String {
            "\(change), \(UnfinishedChangeTests.steps[step])\(isDone ? ", done" : "")"
        }
    }

    static let steps = ["something new", "the switch", "the removal"]

    static let breaks = Change.allCases.flatMap { change in
        steps.indices.flatMap { step in
            [false, true].map { Break(change: change, step: step, isDone: $0) }
        }
    }

    private static let amazonS3: Identifier<ConnectionSpec> = "4fce964d-3f37-408f-9778-e597338a21ee"
    private static let orders = DatasetReference(id: "a", name: "Orders")
    private static let events = DatasetReference(id: "b", name: "Events")

    private static func account(_ name: String, secret: String) -> BaseConnection.Draft {
        BaseConnection.Draft(
            name: name,
            authentication: BaseConnection.Authentication(
                specName: "Access Key",
                answers: [
                    "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"), "s3SecretKey": .secret(Secret(secret)),
                ]))
    }

    /// What a person sees of destination and flow.
    private struct Look: Equatable {
        var target: TargetConnection.Draft
        var account: String
        var flow: Flow.Draft
        var datasets: [DatasetReference]
        var entities: Int
    }

    private func look() async throws -> Look {
        let flow = try #require(try await service.allFlows().first)
        let target = try #require(try await service.allTargetConnections().first)
        return Look(
            target: target.draft,
            account: try await service.connection(target.draft.baseConnectionID).draft.name,
            flow: flow.draft, datasets: try await service.details(of: flow).datasets,
            entities: await service.count)
    }

    private func setUp() async throws -> Look {
        let target = try await service.createDestination(
            DestinationDraft(
                name: "Archive", connectionSpecID: Self.amazonS3,
                account: .new(Self.account("Old user", secret: "TheOldSecret")),
                parameters: ["bucketName": "acme", "path": "old"]))
        let source = try await service.createSourceConnection(
            SourceConnection.Draft(name: "Nightly", datasets: [Self.orders]))
        _ = try await service.createFlow(
            Flow.Draft(
                name: "Nightly", flowSpecID: "flow spec", sourceConnectionID: source.id,
                targetConnectionID: target.id,
                schedule: Schedule(mode: .full, frequency: .once, start: .distantPast)))
        return try await look()
    }

    private func change(_ change: Change) async throws {
        switch change {
        case .account:
            let target = try #require(try await service.allTargetConnections().first)
            _ = try await service.updateDestination(
                target,
                to: DestinationDraft(
                    name: "Vault", description: "Yearly", connectionSpecID: Self.amazonS3,
                    account: .new(Self.account("New user", secret: "TheNewSecret")),
                    parameters: ["bucketName": "acme", "path": "new"]), notingIn: journal)
        case .datasets:
            let flow = try #require(try await service.allFlows().first)
            _ = try await service.editFlow(
                service.details(of: flow), FlowEdit(name: "Hourly", datasets: [Self.events, Self.orders]),
                notingIn: journal)
        }
    }

    /// Breaks a change off; gives what is noted of it.
    private func leave(_ point: Break) async throws -> UnfinishedWork {
        await service.breakDown(
            RecordingFlowService.Breakdown(write: await service.writes + point.step, isDone: point.isDone))
        if point.step < 2 {
            await #expect(throws: FlowServiceError.self) { try await change(point.change) }
        } else {
            // It is done, but for what nobody uses any more.
            try await change(point.change)
        }
        await service.comeBack()
        let note = await journal.text
        #expect(!note.contains("Secret\"") && !note.contains("AKIA"))
        let left = try await journal.leftHalfMade()
        #expect(left.count == 1)
        return try #require(left.first)
    }

    private func expectChanged(_ change: Change, since before: Look) async throws {
        let after = try await look()
        #expect(after.entities == before.entities)
        switch change {
        case .account:
            #expect(after.account == "New user" && after.target.name == "Vault")
            #expect(after.target.folder == "new" && after.target.description == "Yearly")
            #expect(after.flow == before.flow)
        case .datasets:
            #expect(after.datasets == [Self.events, Self.orders] && after.flow.name == "Hourly")
            #expect(after.target == before.target)
        }
    }

    @Test("says what it has made and may have made", arguments: breaks)
    func words(point: Break) async throws {
        _ = try await setUp()
        let sentence = try await leave(point).description
        let (subject, words) =
            switch point.change {
            case .account:
                (
                    "The change of the destination “Archive”",
                    [
                        "the account “New user”", "the switch of the destination “Archive” to it",
                        "the removal of the account that it had before",
                    ]
                )
            case .datasets:
                (
                    "The change of the flow “Nightly”",
                    [
                        "the source connection of 2 datasets", "the switch of the flow “Nightly” to them",
                        "the removal of the source connection that it had before",
                    ]
                )
            }
        #expect(sentence.hasPrefix("\(subject) was left half made on 20"))
        for (index, part) in words.enumerated() { #expect(sentence.contains(part) == (index <= point.step)) }
        #expect(sentence.hasSuffix("may have made \(words[point.step])."))
    }

    @Test("is gone on with, and nothing is made twice or left over", arguments: breaks)
    func resumed(point: Break) async throws {
        let before = try await setUp()
        let left = try await leave(point)
        do {
            let finished = try await service.resume(left, notingIn: journal)
            #expect(
                point.change == .account
                    ? finished.target?.draft.name == "Vault" : finished.flow?.draft.name == "Hourly")
            try await expectChanged(point.change, since: before)
        } catch {
            // Nobody has kept its credentials.
            #expect(point.change == .account && point.step == 0 && !point.isDone)
            #expect("\(error)".hasSuffix("remove what was made, and change the destination again."))
            #expect(try await service.discard(left, notingIn: journal).isEmpty)
            #expect(try await look() == before)
        }
        #expect(try await journal.unfinished().isEmpty)
        #expect(await journal.held.isEmpty)
    }

    @Test("is taken back whole, unless it is done to its end", arguments: breaks)
    func discarded(point: Break) async throws {
        let before = try await setUp()
        let left = try await leave(point)
        #expect(try await service.discard(left, notingIn: journal) == [])
        if point.step == 2, point.isDone {
            try await expectChanged(point.change, since: before)
        } else {
            #expect(try await look() == before)
        }
        #expect(try await journal.unfinished().isEmpty)
    }

    @Test(
        "is noted no more when it is done, or refused by a platform that can be reached",
        arguments: Change.allCases)
    func whole(change: Change) async throws {
        let before = try await setUp()
        await service.refuse(change == .account ? "target" : "flow")
        await #expect(throws: FlowServiceError.self) { try await self.change(change) }
        #expect(try await look() == before)
        #expect(try await journal.unfinished().isEmpty)
        await service.allow()
        try await self.change(change)
        try await expectChanged(change, since: before)
        #expect(try await journal.unfinished().isEmpty)
        #expect(await journal.held.isEmpty)
    }

    @Test(
        "leaves what somebody else has changed meanwhile, and says so", arguments: Change.allCases,
        [false, true])
    func changedMeanwhile(change: Change, isDone: Bool) async throws {
        let before = try await setUp()
        let left = try await leave(Break(change: change, step: 1, isDone: isDone))
        switch change {
        case .account:
            let target = try #require(try await service.allTargetConnections().first)
            var draft = target.draft
            draft.description = "Changed"
            _ = try await service.updateTargetConnection(target.id, to: draft, etag: target.revision.etag)
        case .datasets:
            let flow = try #require(try await service.allFlows().first)
            _ = try await service.updateFlow(flow.id, Flow.Change(name: "Changed"), etag: flow.revision.etag)
        }
        let leftovers = try await service.discard(left, notingIn: journal).map(\.description)
        let after = try await look()
        if isDone {
            #expect(leftovers.count == 2)
            #expect(leftovers.first?.contains("was changed by somebody else meanwhile") == true)
            #expect(leftovers.last?.contains("is used by") == true)
            #expect(after.entities == before.entities + 1)
        } else {
            #expect(leftovers.isEmpty)
            #expect(after.entities == before.entities)
        }
        #expect(after.target.description == "Changed" || after.flow.name == "Changed")
        #expect(try await journal.unfinished().isEmpty)
    }

    @Test(
        "is not gone on with where somebody else has changed the same, and stays noted",
        arguments: Change.allCases)
    func conflict(change: Change) async throws {
        _ = try await setUp()
        let left = try await leave(Break(change: change, step: 1, isDone: false))
        switch change {
        case .account:
            let target = try #require(try await service.allTargetConnections().first)
            _ = try await service.updateTargetConnection(
                target.id, to: target.draft, etag: target.revision.etag)
        case .datasets:
            let flow = try #require(try await service.allFlows().first)
            _ = try await service.updateFlow(flow.id, Flow.Change(name: "Changed"), etag: flow.revision.etag)
        }
        await #expect {
            try await service.resume(left, notingIn: journal)
        } throws: { "\($0)".contains("was changed by somebody else meanwhile") }
        #expect(try await journal.unfinished().count == 1)
    }
}
