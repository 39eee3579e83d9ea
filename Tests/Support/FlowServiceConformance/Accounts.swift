import ExportDomain
import Secrets
import Testing

extension FlowServiceConformance {
    private static let accessKey = "AKIAIOSFODNN7EXAMPLE"
    private static let secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

    private static func draft(
        _ name: String = "Amazon", way: String = "Access Key", secretKey: String? = secretKey,
        with others: FormAnswers = [:]
    ) -> BaseConnection.Draft {
        var answers: FormAnswers = ["s3AccessKey": .value(.string(accessKey))]
        answers["s3SecretKey"] = secretKey.map { .secret(Secret($0)) }
        return BaseConnection.Draft(
            name: name,
            authentication: BaseConnection.Authentication(
                specName: way, answers: answers.merging(others) { $1 }))
    }

    private static func expectNoSecrets(_ account: BaseConnection) {
        let authentication = account.draft.authentication
        #expect(authentication?.specName == "Access Key")
        #expect(authentication?.answers == ["s3AccessKey": .value(.string(accessKey))])
        #expect(authentication?.storedSecrets == ["s3SecretKey"])
        #expect(!"\(account)".contains(secretKey))
    }

    static let accounts = [
        FlowServiceConformance("An account gives back everything but its secrets") { platform in
            let service = platform.service
            let spec = try await platform.kind("Amazon S3")
            let made = try await service.createConnection(draft(), spec: spec.id)
            expectEntity(id: made.id.rawValue, made.revision)
            #expect(made.connectionSpecID == spec.id && made.draft.name == "Amazon")
            expectNoSecrets(made)
            #expect(try await service.connection(made.id) == made)
            #expect(try await service.allConnections() == [made])
        },
        FlowServiceConformance("Credentials that cannot be are refused with the field") { platform in
            let service = platform.service
            let spec = try await platform.kind("Amazon S3")
            let wrong: [(String, BaseConnection.Draft)] = [
                ("auth", BaseConnection.Draft(name: "Amazon")), ("auth.specName", draft(way: "Password")),
                ("s3SecretKey", draft(secretKey: nil)), ("s3SecretKey", draft(secretKey: "short")),
                ("s3AccessKey", draft(with: ["s3AccessKey": .value("akia")])),
                ("bucketName", draft(with: ["bucketName": .value("acme")])),
                ("name", draft("")), ("name", draft("  ")), ("name", draft("a\u{1B}[2J")),
            ]
            for (field, draft) in wrong {
                await expectInvalid(field) { _ = try await service.createConnection(draft, spec: spec.id) }
            }
            await expectMissing("kind of destination", "x") {
                _ = try await service.createConnection(draft(), spec: "x")
            }
            #expect(try await service.allConnections().isEmpty)
        },
        FlowServiceConformance("An account is changed from what it was; its secret stays") { platform in
            let service = platform.service
            let spec = try await platform.kind("Amazon S3")
            let made = try await service.createConnection(draft(), spec: spec.id)
            let renamed = try await service.updateConnection(
                made.id, to: draft("Renamed", secretKey: nil), etag: made.revision.etag)
            expectNoSecrets(renamed)
            #expect(renamed.draft.name == "Renamed")
            expectChange(from: made.revision, to: renamed.revision)
            #expect(try await service.connection(made.id) == renamed)
            await #expect(throws: FlowServiceError.changed(what: "account", id: made.id.rawValue)) {
                try await service.updateConnection(made.id, to: draft("Again"), etag: made.revision.etag)
            }
            await expectInvalid("s3SecretKey") {
                _ = try await service.updateConnection(
                    made.id, to: draft(secretKey: "too short"), etag: renamed.revision.etag)
            }
            #expect(try await service.connection(made.id) == renamed)
        },
        FlowServiceConformance("Another way to sign in needs secrets of its own") { platform in
            let service = platform.service
            let spec = try await platform.kind("Amazon S3")
            let made = try await service.createConnection(draft(), spec: spec.id)
            await expectInvalid("s3Role") {
                _ = try await service.updateConnection(
                    made.id, to: draft(way: "Assumed Role", secretKey: nil), etag: made.revision.etag)
            }
            #expect(try await service.connection(made.id) == made)
        },
        FlowServiceConformance("Accounts come newest first") { platform in
            var made: [BaseConnection] = []
            for number in 1...5 { made.append(try await platform.addAccount("Account \(number)")) }
            try await expectNewestFirst(made) { try await platform.service.connections($0) }
        },
    ]
}
