// Where a destination is, and what a person is told about its kind.
import ExportDomain
import Foundation
import Languages
import Secrets
import Testing

@Suite("The place of a destination")
struct DestinationPlaceTests {
    @Test(
        "is written as people write places of its kind",
        arguments: [
            (
                "Amazon S3", ["bucketName": "acme-exports", "path": "/backups/"], [:],
                "s3://acme-exports/backups"
            ),
            ("Google Cloud Storage", ["bucketName": "acme", "path": "b"], [:], "gs://acme/b"),
            ("Azure Blob Storage", ["container": "exports", "path": "b/c"], [:], "exports/b/c"),
            (
                "Azure Data Lake Gen2", ["path": "b"], ["url": "abfss://exports@acme.dfs.core.windows.net/"],
                "abfss://exports@acme.dfs.core.windows.net/b"
            ),
            ("Azure Data Lake Gen2", ["path": "b"], [:], "/b"),
            ("Data Landing Zone", ["path": "backups"], [:], "/backups"),
            (
                "SFTP", ["remotePath": "/srv/backups"],
                ["domain": "sftp.example.com", "username": "export", "port": "2222"],
                "sftp://export@sftp.example.com:2222/srv/backups"
            ),
            (
                "SFTP", ["remotePath": "b"], ["domain": "h", "username": "u", "port": "22"], "sftp://u@h/~/b"
            ),
            ("SFTP", ["remotePath": "b/c"], ["domain": "h", "username": "u"], "sftp://u@h/~/b/c"),
            ("SFTP", ["remotePath": "/b/c"], ["domain": "h", "username": "u"], "sftp://u@h/b/c"),
            ("SFTP", ["remotePath": "/"], ["domain": "h", "username": "u"], "sftp://u@h/"),
            ("SFTP", ["remotePath": "b"], [:], "~/b"),
            ("SFTP", ["remotePath": "/b"], [:], "/b"),
            ("Tape", ["bucketName": "reel", "path": "b"], [:], "reel/b"),
        ] as [(String, [String: String], [String: String], String)])
    func place(kind: String, parameters: [String: String], account: [String: String], expected: String) throws
    {
        let spec = try ConnectionSpecTests.catalog.get().destinations.first { $0.name == kind }
        let draft = TargetConnection.Draft(
            name: "x", connectionSpecID: spec?.id ?? "tape", baseConnectionID: "account",
            parameters: parameters.mapValues(JSONValue.string))
        #expect(draft.place(spec: spec, account: Self.account(account)) == expected)
    }

    @Test(
        "has paths that begin with a slash where they count from the root of a server or of a landing zone",
        arguments: [
            ("SFTP", ["remotePath": "/srv/audit"], "/srv/audit/x"),
            ("SFTP", ["remotePath": "/"], "/srv/audit/x"),
            ("SFTP", ["remotePath": "srv/audit"], "srv/audit/x"),
            ("Amazon S3", ["path": "/srv/audit"], "srv/audit/x"), ("Amazon S3", [:], "srv/audit/x"),
            ("Data Landing Zone", ["path": "srv/audit"], "/srv/audit/x"),
        ] as [(String, [String: String], String)])
    func paths(kind: String, parameters: [String: String], expected: String) throws {
        let spec = try #require(
            try ConnectionSpecTests.catalog.get().destinations.first { $0.name == kind })
        let draft = TargetConnection.Draft(
            name: "x", connectionSpecID: spec.id, baseConnectionID: "account",
            parameters: parameters.mapValues(JSONValue.string))
        #expect(draft.writtenPath("srv/audit/x") == expected)
    }

    @Test("never holds a secret, even where a platform gives one out as plain text")
    func noSecret() throws {
        let spec = try #require(
            try ConnectionSpecTests.catalog.get().destinations.first { $0.name == "SFTP" })
        let draft = TargetConnection.Draft(
            name: "x", connectionSpecID: spec.id, baseConnectionID: "account", parameters: ["remotePath": "b"]
        )
        let account = Self.account(["domain": "h", "username": "u", "password": "hunter2"])
        #expect(!draft.place(spec: spec, account: account).contains("hunter2"))
    }

    @Test("Each of the six kinds says in half a line what it needs, and which rights")
    func guides() throws {
        for spec in try ConnectionSpecTests.catalog.get().destinations {
            #expect(spec.guide.needs.english.count <= 50)
            #expect(!spec.guide.summary.english.isEmpty)
            #expect(spec.guide.rights.isEmpty == spec.authSpecs.isEmpty)
        }
    }

    @Test("A kind that nobody has heard of is described by its form")
    func unknownKind() throws {
        var spec = try #require(try ConnectionSpecTests.catalog.get().destinations.first)
        spec.name = "Tape"
        #expect(spec.guide.needs.english == "credentials and a place for the files")
        #expect(spec.guide.summary.english == "Signs in with Access Key or Assumed Role.")
    }

    private static func account(_ answers: [String: String]) -> BaseConnection {
        BaseConnection(
            id: "account", connectionSpecID: "spec",
            draft: BaseConnection.Draft(
                name: "account",
                authentication: BaseConnection.Authentication(
                    specName: "x", answers: answers.mapValues { .value(.string($0)) })),
            revision: Revision(createdAt: .distantPast, updatedAt: .distantPast, etag: ""))
    }
}
