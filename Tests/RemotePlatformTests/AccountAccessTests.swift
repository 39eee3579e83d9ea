import DestinationStorages
import ExportDomain
import Foundation
import Secrets
import Testing

@testable import RemotePlatform

@Suite("The credentials of a distant account")
struct AccountAccessTests {
    /// Credentials that were given here.
    private struct Kept: CredentialStore {
        var authentication: BaseConnection.Authentication?

        func credentials(of account: Identifier<BaseConnection>) -> BaseConnection.Authentication? {
            authentication
        }
        func keep(_ authentication: BaseConnection.Authentication, of account: Identifier<BaseConnection>) {}
        func forget(_ account: Identifier<BaseConnection>) {}
    }

    private static let environment = [
        "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "env", "AWS_SESSION_TOKEN": "token",
    ]

    private static func way(_ name: String, secret: String? = nil) -> BaseConnection.Authentication {
        var answers: FormAnswers =
            name == "Access Key" ? ["s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE")] : [:]
        answers[name == "Access Key" ? "s3SecretKey" : "s3Role"] = secret.map { .secret(Secret($0)) }
        return BaseConnection.Authentication(specName: name, answers: answers)
    }

    private func account(
        shown: BaseConnection.Authentication?, kept: BaseConnection.Authentication?,
        _ environment: [String: String]
    ) async throws -> AccountCredentials {
        let spec = try #require(
            try ConnectionSpecCatalog.embedded().destinations.first { $0.name == "Amazon S3" })
        let access = AccountAccess(credentials: Kept(authentication: kept), environment: environment)
        let account = BaseConnection(
            id: "b1f0", connectionSpecID: spec.id,
            draft: BaseConnection.Draft(name: "Archive", authentication: shown),
            revision: Revision(createdAt: .distantPast, updatedAt: .distantPast, etag: "\"1\""))
        return try await access.account(account, spec: spec).credentials
    }

    @Test(
        "Those that were given here go before those of the environment, if the account still signs in that way"
    )
    func order() async throws {
        let shown = Self.way("Access Key")
        let kept = Self.way("Access Key", secret: "given")
        for (shown, kept, secret) in [
            (shown, kept, "given"), (nil, kept, "given"),
            (shown, Self.way("Assumed Role", secret: "arn"), "env"),
            (shown, nil, "env"), (nil, nil, "env"),
        ] as [(BaseConnection.Authentication?, BaseConnection.Authentication?, String)] {
            let found = try await account(shown: shown, kept: kept, Self.environment)
            #expect(found.specName == "Access Key")
            #expect(found.secrets["s3SecretKey"]?.reveal() == secret)
            #expect(found.parameters["s3AccessKey"] == (secret == "env" ? "AKIAENV" : "AKIAIOSFODNN7EXAMPLE"))
            #expect((found.secrets.count == 2) == (secret == "env"))
        }
    }

    @Test("Without any, a sentence names the account and what would do", arguments: [true, false])
    func none(isShown: Bool) async throws {
        let error = await #expect(throws: UnknownCredentials.self) {
            _ = try await account(shown: isShown ? Self.way("Access Key") : nil, kept: nil, [:])
        }
        let words = "\(error.map(\.description) ?? "")"
        #expect(words.contains("“Archive”") && words.contains("AWS_SECRET_ACCESS_KEY"))
    }

    @Test("A key file of SFTP that cannot be read is named with the variable that names it")
    func keyFile() async throws {
        let destination = try Destinations.destination("36965a81-b1c6-401b-99f8-22508f1e6a26")
        let error = #expect(throws: DestinationError.self) {
            _ = try destination.credentials(inEnvironment: ["SLUICE_SFTP_KEY_FILE": "/nonexistent/key"])
        }
        #expect(error?.description.contains("/nonexistent/key") == true)
        #expect(error?.description.contains("SLUICE_SFTP_KEY_FILE") == true)
        let agent = try destination.credentials(inEnvironment: ["SSH_AUTH_SOCK": "/run/agent"])
        #expect(agent?.specName == "SSH Agent")
        #expect(try destination.credentials(inEnvironment: [:]) == nil)
    }
}
