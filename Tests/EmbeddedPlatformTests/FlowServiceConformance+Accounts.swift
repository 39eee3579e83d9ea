// What every platform owes to those who make, change and remove accounts and destinations.
import ExportDomain
import Foundation
import Secrets
import Testing

extension FlowServiceConformance {
    private static let accessKey = "AKIAIOSFODNN7EXAMPLE"
    private static let secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

    private func amazon() async throws -> ConnectionSpec {
        try #require(try await service.connectionSpecs().first { $0.name == "Amazon S3" })
    }

    private func landingZone() async throws -> ConnectionSpec {
        try #require(try await service.connectionSpecs().first { $0.name == "Data Landing Zone" })
    }

    private func draft(
        _ name: String = "Amazon", way: String = "Access Key", secretKey: String? = secretKey,
        with others: FormAnswers = [:]
    ) -> BaseConnection.Draft {
        var answers: FormAnswers = ["s3AccessKey": .value(.string(Self.accessKey))]
        answers["s3SecretKey"] = secretKey.map { .secret(Secret($0)) }
        return BaseConnection.Draft(
            name: name,
            authentication: BaseConnection.Authentication(
                specName: way, answers: answers.merging(others) { $1 }))
    }

    /// Accounts are made and changed with credentials, and give back everything but secrets.
    func changesAccounts() async throws {
        let spec = try await amazon()
        let others = try await service.allConnections()
        try await refusesCredentials(of: spec)
        #expect(try await service.allConnections() == others)
        let made = try await service.createConnection(draft(), spec: spec.id)
        expectNoSecrets(made)
        #expect(try await service.connection(made.id) == made)
        #expect(try await service.allConnections() == [made] + others)

        let renamed = try await service.updateConnection(
            made.id, to: draft("Renamed", secretKey: nil), etag: made.revision.etag)
        expectNoSecrets(renamed)
        #expect(renamed.draft.name == "Renamed" && renamed.revision.etag != made.revision.etag)
        #expect(renamed.revision.createdAt == made.revision.createdAt)
        #expect(try await service.connection(made.id) == renamed)
        await #expect(throws: FlowServiceError.changed(what: "account", id: made.id.rawValue)) {
            try await service.updateConnection(made.id, to: draft("Again"), etag: made.revision.etag)
        }
        await refuses("s3SecretKey") { () async throws(FlowServiceError) in
            _ = try await service.updateConnection(
                made.id, to: draft(secretKey: "too short"), etag: renamed.revision.etag)
        }
        // Another way to sign in has its own secrets: those of the former do not stay.
        await refuses("s3Role") { () async throws(FlowServiceError) in
            _ = try await service.updateConnection(
                made.id, to: draft(way: "Assumed Role", secretKey: nil), etag: renamed.revision.etag)
        }
        #expect(try await service.connection(made.id) == renamed)
        try await service.deleteConnection(made.id)
        await #expect(throws: FlowServiceError.notFound(what: "account", id: made.id.rawValue)) {
            try await service.connection(made.id)
        }
        #expect(try await service.allConnections() == others)
    }

    private func refusesCredentials(of spec: ConnectionSpec) async throws {
        let wrong: [(String, BaseConnection.Draft)] = [
            ("auth", BaseConnection.Draft(name: "Amazon")), ("auth.specName", draft(way: "Password")),
            ("s3SecretKey", draft(secretKey: nil)), ("s3SecretKey", draft(secretKey: "short")),
            ("s3AccessKey", draft(with: ["s3AccessKey": .value("akia")])),
            ("bucketName", draft(with: ["bucketName": .value("acme")])),
        ]
        for (field, draft) in wrong {
            await refuses(field) { () async throws(FlowServiceError) in
                _ = try await service.createConnection(draft, spec: spec.id)
            }
        }
    }

    private func expectNoSecrets(_ account: BaseConnection) {
        let authentication = account.draft.authentication
        #expect(authentication?.specName == "Access Key")
        #expect(authentication?.answers == ["s3AccessKey": .value(.string(Self.accessKey))])
        #expect(authentication?.storedSecrets == ["s3SecretKey"])
        #expect(!"\(account)".contains(Self.secretKey))
    }

    /// Destinations change and go; their accounts stay while they are there.
    func changesDestinations() async throws {
        let spec = try await landingZone()
        let account = try await service.createConnection(BaseConnection.Draft(name: "Zone"), spec: spec.id)
        var draft = TargetConnection.Draft(
            name: "Out", connectionSpecID: spec.id, baseConnectionID: account.id,
            parameters: ["path": "out", "datasetFileType": "JSON", "compression": "GZIP"])
        let made = try await service.createTargetConnection(draft)
        draft.name = "Elsewhere"
        draft.parameters["path"] = "elsewhere"
        let changed = try await service.updateTargetConnection(made.id, to: draft, etag: made.revision.etag)
        #expect(changed.draft.name == "Elsewhere" && changed.draft.folder == "elsewhere")
        #expect(changed.revision.etag != made.revision.etag)
        #expect(try await service.targetConnection(made.id) == changed)
        await #expect(throws: FlowServiceError.changed(what: "destination", id: made.id.rawValue)) {
            try await service.updateTargetConnection(made.id, to: made.draft, etag: made.revision.etag)
        }
        draft.parameters["path"] = "../out"
        await refuses("path") { [draft] () async throws(FlowServiceError) in
            _ = try await service.updateTargetConnection(made.id, to: draft, etag: changed.revision.etag)
        }
        await #expect(
            throws: FlowServiceError.inUse(what: "account", name: "Zone", by: ["Elsewhere"])
        ) {
            try await service.deleteConnection(account.id)
        }
        try await service.deleteTargetConnection(made.id)
        await #expect(throws: FlowServiceError.notFound(what: "destination", id: made.id.rawValue)) {
            try await service.targetConnection(made.id)
        }
        try await service.deleteConnection(account.id)
        #expect(try await service.allTargetConnections().isEmpty)
    }

    /// A destination that flows export to stays, and says which these are.
    func keepsWhatFlowsUse(_ target: TargetConnection) async throws {
        let flows = try await service.allFlows().filter { $0.draft.targetConnectionID == target.id }
        let names = flows.reversed().map(\.draft.name)
        await #expect(
            throws: FlowServiceError.inUse(what: "destination", name: target.draft.name, by: names)
        ) {
            try await service.deleteTargetConnection(target.id)
        }
        #expect(try await service.targetConnection(target.id) == target)
    }
}
