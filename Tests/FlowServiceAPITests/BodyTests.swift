// What is sent, byte for byte; the files in Bodies can be held against the published description of the API.
import ExportDomain
import FlowServiceAPI
import Foundation
import Secrets
import Testing

@Suite("Bodies that are sent")
struct BodyTests {
    private static let specs = try? ConnectionSpecCatalog.embedded().destinations

    static func spec(_ name: String) throws -> ConnectionSpec {
        try #require(specs?.first { $0.name == name })
    }

    static func flow(_ frequency: ExportFrequency, mode: ExportMode = .incremental) throws -> Flow.Draft {
        Flow.Draft(
            name: "Loyalty to S3", description: "For the warehouse",
            flowSpecID: try spec("Amazon S3").flowSpecID,
            sourceConnectionID: "900d1c3a-2b4c-4d5e-8f60-718293a4b5c6",
            targetConnectionID: "12404d5e-6f70-4182-93a4-b5c6d7e8f901",
            schedule: Schedule(
                mode: mode, frequency: frequency, start: seconds(1_767_250_800),
                end: frequency == .once ? nil : seconds(1_782_889_200)))
    }

    @Test("Dataflows: once, daily, hourly")
    func flows() throws {
        try SentBodies.check(FlowEntity(creating: Self.flow(.daily)).body(), is: "post-flows.daily")
        try SentBodies.check(
            FlowEntity(creating: Self.flow(.hourly(every: 6))).body(), is: "post-flows.hourly")
        try SentBodies.check(
            FlowEntity(creating: Self.flow(.once, mode: .full)).body(), is: "post-flows.once")
    }

    @Test("Source connections name datasets")
    func sourceConnection() throws {
        let draft = SourceConnection.Draft(
            name: "Data lake",
            datasets: [
                DatasetReference(id: "65a0f0c2b1d2e3f405162738", name: "Loyalty Members"),
                DatasetReference(id: "65a0f0c2b1d2e3f405162739", name: "Wörter"),
            ])
        try SentBodies.check(
            SourceConnectionEntity(creating: draft).body(), is: "post-sourceConnections.datasets")
    }

    @Test(
        "Accounts have the credentials of their kind",
        arguments: [
            ("s3-key", "Amazon S3", "Access Key", ["s3AccessKey": "AKIAIOSFODNN7EXAMPLE"], ["s3SecretKey"]),
            ("s3-role", "Amazon S3", "Assumed Role", [:], ["s3Role"]),
            ("blob", "Azure Blob Storage", "ConnectionString", [:], ["connectionString"]),
            (
                "adls", "Azure Data Lake Gen2", "Azure Service Principal Auth",
                ["url": "abfss://c@a.dfs.core.windows.net", "tenant": "t", "servicePrincipalId": "i"],
                ["servicePrincipalKey"]
            ),
            (
                "gcs", "Google Cloud Storage", "Google Cloud Storage authentication credentials",
                ["accessKeyId": "GOOG1E"], ["secretAccessKey"]
            ),
            (
                "sftp-password", "SFTP", "SFTP with Password",
                ["domain": "sftp.example.com", "username": "u"],
                ["password"]
            ),
            (
                "sftp-key", "SFTP", "SFTP with SSH Key", ["domain": "sftp.example.com", "username": "u"],
                ["sshKey"]
            ),
        ] as [(String, String, String, [String: String], [String])])
    func accounts(file: String, kind: String, way: String, shown: [String: String], secrets: [String]) throws
    {
        var answers = shown.mapValues { FormAnswer.value(.string($0)) }
        for field in secrets { answers[field] = .secret(Secret("NotARealSecretNotARealSecretNotARealSecr")) }
        let draft = BaseConnection.Draft(
            name: "\(kind) account",
            authentication: BaseConnection.Authentication(specName: way, answers: answers))
        let entity = BaseConnectionEntity(creating: draft, spec: try Self.spec(kind).id)
        #expect(!"\(entity)".contains("NotARealSecretNotARealSecretNotARealSecr"))
        try SentBodies.check(entity.body(), is: "post-connections.\(file)")
        #expect(try BaseConnectionEntity(reading: entity.body()).draft(spec: Self.spec(kind)) == draft)
    }

    @Test("The account of a landing zone has no credentials")
    func landingZone() throws {
        let entity = BaseConnectionEntity(
            creating: BaseConnection.Draft(name: "Landing zone"), spec: try Self.spec("Data Landing Zone").id)
        try SentBodies.check(entity.body(), is: "post-connections.landing-zone")
    }

    @Test("Target connections have the place and the options of their kind")
    func targetConnections() throws {
        let places: [(String, String, [String: JSONValue])] = [
            ("s3", "Amazon S3", ["bucketName": "acme-exports", "path": "nightly"]),
            ("blob", "Azure Blob Storage", ["container": "exports", "path": "nightly"]),
            ("adls", "Azure Data Lake Gen2", ["path": "nightly"]),
            ("landing-zone", "Data Landing Zone", ["path": "nightly"]),
            ("gcs", "Google Cloud Storage", ["bucketName": "acme-exports", "path": "nightly"]),
            ("sftp", "SFTP", ["remotePath": "/nightly"]),
        ]
        let options = FileOptions(fileType: .parquet, compression: .gzip, includesManifest: true)
        for (file, kind, place) in places {
            let draft = TargetConnection.Draft(
                name: "Nightly exports", description: "For the warehouse",
                connectionSpecID: try Self.spec(kind).id,
                baseConnectionID: "b1f0a2c3-d4e5-4f60-8172-93a4b5c6d7e8",
                parameters: place.merging(options.parameters) { $1 })
            let entity = TargetConnectionEntity(creating: draft)
            try SentBodies.check(entity.body(), is: "post-targetConnections.\(file)")
            #expect(try TargetConnectionEntity(reading: entity.body()).draft() == draft)
        }
    }

    @Test("Changes of dataflows, destinations and accounts")
    func changes() throws {
        let flow = try #require(
            try ListAnswer<FlowEntity>(reading: SampleAnswers.bytes("get-flows")).single)
        var schedule = try Self.flow(.daily).schedule
        schedule.end = seconds(1_790_000_000)
        let change = Flow.Change(
            name: "Loyalty", description: "For everybody",
            sourceConnectionID: "900d1c3a-2b4c-4d5e-8f60-718293a4b5c7", schedule: schedule)
        let patch = try flow.changes(for: change)
        try SentBodies.check(patch.body(), is: "patch-flows.all")

        let target = try #require(
            try ListAnswer<TargetConnectionEntity>(reading: SampleAnswers.bytes("get-targetConnections"))
                .single)
        var draft = try target.draft()
        draft.parameters["path"] = "weekly"
        draft.parameters["regionHint"] = nil
        let known = Set(try Self.spec("Amazon S3").targetForm.fields().map(\.id))
        try SentBodies.check(
            target.changes(to: draft, known: known).body(), is: "patch-targetConnections.params")

        let account = try #require(
            try ListAnswer<BaseConnectionEntity>(reading: SampleAnswers.bytes("get-connections")).single)
        let credentials = BaseConnection.Draft(
            name: "Amazon S3 account",
            authentication: BaseConnection.Authentication(
                specName: "Access Key",
                answers: [
                    "s3AccessKey": .value("AKIAIOSFODNN7EXAMPL2"), "s3SecretKey": .secret(Secret("another")),
                    "authorizedDate": .value("2026-01-15"),
                ]))
        try SentBodies.check(
            account.changes(to: credentials, spec: Self.spec("Amazon S3")).body(),
            is: "patch-connections.auth")
    }

    @Test("An export outside of the schedule")
    func adHoc() throws {
        let request = AdHocRequest(
            flowID: "7a6e1f0c-5d2b-4c1e-9a77-0e4f5b6c7d01", datasetIDs: ["65a0f0c2b1d2e3f405162738"])
        try SentBodies.check(request.json.body(of: "request"), is: "post-adhocrun.dataset")
    }
}
