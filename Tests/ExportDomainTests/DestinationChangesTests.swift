// Destinations made, changed and removed as a whole: an account and a target connection.
import ExportDomain
import Foundation
import Secrets
import Testing

@Suite("A destination")
struct DestinationChangesTests {
    let service: RecordingFlowService

    init() throws {
        service = RecordingFlowService(
            specs: try ConnectionSpecTests.catalog.get().destinations, datasets: [])
    }

    private static let amazonS3: Identifier<ConnectionSpec> = "4fce964d-3f37-408f-9778-e597338a21ee"

    private static let account = BaseConnection.Draft(
        name: "Backup user",
        authentication: BaseConnection.Authentication(
            specName: "Access Key",
            answers: [
                "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"), "s3SecretKey": .secret(Secret("first")),
            ]))

    private static let renewed = BaseConnection.Draft(
        name: "Backup user, renewed",
        authentication: BaseConnection.Authentication(
            specName: "Access Key", answers: ["s3SecretKey": .secret(Secret("second"))]))

    private static func draft(
        _ account: DestinationDraft.Account, name: String = "Backups", path: String = "backups"
    ) -> DestinationDraft {
        DestinationDraft(
            name: name, description: "For the auditors", connectionSpecID: amazonS3, account: account,
            parameters: ["bucketName": "acme-exports", "path": .string(path)])
    }

    @Test("is made with its account")
    func made() async throws {
        let target = try await service.createDestination(Self.draft(.new(Self.account)))
        #expect(await service.made == ["account", "target"])
        #expect(target.draft.name == "Backups")
        #expect(target.draft.description == "For the auditors")
        #expect(target.draft.parameters == ["bucketName": "acme-exports", "path": "backups"])
        #expect(try await service.connection(target.draft.baseConnectionID).draft == Self.account)
    }

    @Test("is made with an account that exists")
    func existingAccount() async throws {
        let first = try await service.createDestination(Self.draft(.new(Self.account)))
        let account = first.draft.baseConnectionID
        let second = try await service.createDestination(Self.draft(.existing(account), name: "Archive"))
        #expect(second.draft.baseConnectionID == account)
        let third = try await service.createDestination(
            Self.draft(.changed(account, Self.renewed), name: "Yearly"))
        #expect(third.draft.baseConnectionID == account)
        #expect(await service.accountDrafts == [Self.renewed])
    }

    @Test("that cannot be made leaves no account behind")
    func notMade() async throws {
        await service.refuse("target")
        await #expect(throws: FlowServiceError.self) {
            try await service.createDestination(Self.draft(.new(Self.account)))
        }
        #expect(await service.accountDrafts.isEmpty)
    }

    @Test("changes with its account")
    func changed() async throws {
        let target = try await service.createDestination(Self.draft(.new(Self.account)))
        let account = target.draft.baseConnectionID
        let updated = try await service.updateDestination(
            target, to: Self.draft(.changed(account, Self.renewed), name: "Nightly", path: "nightly"))
        #expect(updated.id == target.id)
        #expect(updated.draft.name == "Nightly")
        #expect(updated.draft.folder == "nightly")
        #expect(await service.accountDrafts == [Self.renewed])
    }

    @Test("stays as it was when its account cannot be changed")
    func accountRefused() async throws {
        let target = try await service.createDestination(Self.draft(.new(Self.account)))
        await service.refuse("account")
        await #expect(throws: FlowServiceError.self) {
            try await service.updateDestination(
                target,
                to: Self.draft(.changed(target.draft.baseConnectionID, Self.renewed), name: "Nightly"))
        }
        #expect(await service.targetDrafts == [target.draft])
        #expect(await service.accountDrafts == [Self.account])
        await #expect(throws: FlowServiceError.self) {
            try await service.createDestination(
                Self.draft(.changed(target.draft.baseConnectionID, Self.renewed), name: "Another"))
        }
        #expect(await service.targetDrafts == [target.draft])
    }

    @Test("takes another account, and the one that nothing uses any more is removed")
    func otherAccount() async throws {
        let target = try await service.createDestination(Self.draft(.new(Self.account)))
        _ = try await service.updateDestination(target, to: Self.draft(.new(Self.renewed)))
        #expect(await service.accountDrafts == [Self.renewed])
        #expect(await service.targetDrafts.count == 1)
    }

    @Test("that somebody else changed meanwhile is not changed again")
    func changedMeanwhile() async throws {
        let target = try await service.createDestination(Self.draft(.new(Self.account)))
        let updated = try await service.updateDestination(
            target, to: Self.draft(.existing(target.draft.baseConnectionID), name: "Nightly"))
        await #expect(throws: FlowServiceError.changed(what: "destination", id: target.id.rawValue)) {
            try await service.updateDestination(target, to: Self.draft(.new(Self.renewed), name: "Hourly"))
        }
        #expect(await service.targetDrafts == [updated.draft])
        #expect(await service.accountDrafts == [Self.account])
    }

    @Test("is removed, its account with the last destination that uses it")
    func removed() async throws {
        let first = try await service.createDestination(Self.draft(.new(Self.account)))
        let second = try await service.createDestination(
            Self.draft(.existing(first.draft.baseConnectionID), name: "Archive"))
        try await service.removeDestination(first)
        #expect(await service.targetDrafts == [second.draft])
        #expect(await service.accountDrafts == [Self.account])
        try await service.removeDestination(second)
        #expect(await service.targetDrafts.isEmpty)
        #expect(await service.accountDrafts.isEmpty)
    }

    @Test("in use is not removed, and the dataflows that use it are named")
    func inUse() async throws {
        let target = try await service.createDestination(Self.draft(.new(Self.account)))
        _ = try await service.createFlow(
            Flow.Draft(
                name: "Nightly backup", flowSpecID: "flow-spec", sourceConnectionID: "source",
                targetConnectionID: target.id,
                schedule: Schedule(mode: .full, frequency: .once, start: .distantPast)))
        let error = await #expect(throws: FlowServiceError.self) {
            try await service.removeDestination(target)
        }
        #expect(error?.description == "The destination “Backups” is used by “Nightly backup”.")
        #expect(await service.targetDrafts == [target.draft])
        #expect(await service.accountDrafts == [Self.account])
    }

    @Test("of a plan is made with the account that the plan names")
    func planAccount() async throws {
        let first = try await service.createDestination(Self.draft(.new(Self.account)))
        var destination = ExportPlan.Destination(
            name: "Archive", spec: "Amazon S3", account: "Backup user",
            parameters: [
                "bucketName": "acme-exports", "path": "archive", "datasetFileType": "JSON",
                "compression": "GZIP",
            ])
        let specs = await service.connectionSpecs()
        let second = try await service.createDestination(destination, specs: specs)
        #expect(second.draft.baseConnectionID == first.draft.baseConnectionID)

        destination.account = "Nobody"
        let unknown = await #expect(throws: FlowServiceError.self) {
            try await service.createDestination(destination, specs: specs)
        }
        #expect(unknown?.description == "There is no Amazon S3 account “Nobody”.")
        destination.account = nil
        let missing = await #expect(throws: FlowServiceError.self) {
            try await service.createDestination(destination, specs: specs)
        }
        #expect(
            missing?.description
                == "Amazon S3 needs an account with its credentials: set the destination up first, or name the account."
        )
        #expect(await service.targetDrafts.count == 2)
    }
}
