import ExportDomain
import Foundation
import Secrets
import TestServers
import Testing

@testable import DestinationStorages
@testable import EmbeddedPlatform

@Suite("What a field could hold")
struct SuggestionTests {
    @Test("is told of the landing zone: its folders, one level at a time")
    func landingZone() async throws {
        let test = try TestPlatform()
        let draft = DestinationDraft(
            name: "", connectionSpecID: DataLandingZone().id, account: .new(BaseConnection.Draft(name: "")),
            parameters: [:])
        let orders = try await test.addDataset("Orders", files: 1, records: 2).dataset
        let target = try await test.platform.createDestination(
            DestinationDraft(
                name: "Zone", connectionSpecID: DataLandingZone().id,
                account: .new(BaseConnection.Draft(name: "Zone")),
                parameters: [
                    "path": "backups/nightly", "datasetFileType": "JSON", "compression": "GZIP",
                ]))
        let flow = try await test.addFlow([orders], to: target)
        _ = try await test.platform.runDue(flow: flow.id)
        let ask = { (folder: String) in
            try await test.platform.suggestions(
                SuggestionQuery(field: "path", kind: .folders, folder: folder), of: draft)
        }
        #expect(try await ask("").values == ["backups"])
        let found = try await ask("backups")
        #expect(found.values == ["backups/nightly"])
        #expect(found.place.hasSuffix("/backups"))
        #expect(found.isWhole)
        #expect(try await ask("nothing").values.isEmpty)
    }

    @Test(
        "is told of S3 as far as the form is filled in: buckets without a bucket, folders of the one that is named"
    )
    func bucket() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let test = try TestPlatform(environment: ["SSL_CERT_FILE": server.certificate])
        var draft = DestinationDraft(
            name: "", connectionSpecID: AmazonS3().id,
            account: .new(
                BaseConnection.Draft(
                    name: "",
                    authentication: BaseConnection.Authentication(
                        specName: "Access Key",
                        answers: [
                            "s3AccessKey": .value(.string(server.admin.id)),
                            "s3SecretKey": .secret(Secret(server.admin.secret)),
                            "endpoint": .value(.string("https://localhost:\(server.frontTLS)")),
                        ]))), parameters: [:])
        let buckets = try await test.platform.suggestions(
            SuggestionQuery(field: "bucketName", kind: .containers), of: draft)
        #expect(buckets.values.contains(bucket))
        let error = await #expect(throws: DestinationError.self) {
            try await test.platform.suggestions(SuggestionQuery(field: "path", kind: .folders), of: draft)
        }
        #expect(error?.field == "bucketName")
        draft.parameters["bucketName"] = .string(bucket)
        let folders = try await test.platform.suggestions(
            SuggestionQuery(field: "path", kind: .folders, folder: "backups"), of: draft)
        #expect(folders == FieldSuggestions(place: "s3://\(bucket)/backups", values: [], isWhole: true))
    }

    @Test(
        "is looked for in the folder that a path is in",
        arguments: [
            ("", "", ""), ("ba", "", "ba"), ("backups/", "backups", ""), ("backups/ni", "backups", "ni"),
            ("/", "/", ""), ("/sr", "/", "sr"), ("/srv/a", "/srv", "a"), ("a/b/c", "a/b", "c"),
        ])
    func parts(path: String, folder: String, name: String) {
        let parts = SuggestionQuery.parts(of: path)
        #expect(parts.folder == folder)
        #expect(parts.name == name)
    }

    @Test(
        "is reached folder by folder, down and up again",
        arguments: [("", "a", "a"), ("a", "b", "a/b"), ("/", "srv", "/srv"), ("/srv", "a", "/srv/a")])
    func steps(folder: String, name: String, path: String) {
        #expect(SuggestionQuery.path(of: name, in: folder) == path)
        #expect(SuggestionQuery.parent(of: path) == folder)
    }

    @Test("has nothing above the topmost folder", arguments: ["", "/"])
    func top(folder: String) { #expect(SuggestionQuery.parent(of: folder) == nil) }
}
