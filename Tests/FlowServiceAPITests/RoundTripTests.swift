// What goes through this module comes out whole.
import ExportDomain
import FlowServiceAPI
import Foundation
import Secrets
import Testing

@Suite("What is kept")
struct RoundTripTests {
    static let origin = EntityOrigin(
        organizationID: "000000000000000000000001@AdobeOrg", sandboxID: "7dfd0a6b", sandboxName: "prod",
        user: "someone@AdobeID", client: "sluice")
    static let revision = Revision(
        createdAt: seconds(1_767_250_000), updatedAt: seconds(1_767_250_001.5), etag: "\"1a\"")

    @Test("Every sample answer is written as it was read", arguments: try SampleAnswers.names())
    func samples(name: String) throws {
        let json = try JSONValue(reading: SampleAnswers.bytes(name), as: "sample")
        let object = try FlowEntity(json, at: JSONPlace("sample"))
        #expect(try JSONValue(reading: object.body(), as: "sample") == json)
    }

    @Test("What a type does not know is sent back with what is changed")
    func unknownFields() throws {
        let list = try ListAnswer<FlowEntity>(reading: SampleAnswers.bytes("get-flows"))
        let flow = try #require(list.single)
        let current = try flow.require(\.scheduleParams)
        let changed = ScheduleParameters(
            try current.schedule(), folders: try FolderTemplate("%DATASET_ID%"), changing: current)
        #expect(
            changed.object.members == [
                "exportMode": "FIRST_FULL_THEN_INCREMENTAL", "timeUnit": "hour", "interval": .integer(3),
                "startTime": .integer(1_767_250_800), "endTime": .integer(1_782_889_200),
                "foldernameTemplate": "%DATASET_ID%", "backfill": true,
            ])
        #expect(flow.object["unifiedTags"] == .array(["finance"]))
    }

    @Test("Parameters that only the platform knows stay when a destination is changed")
    func unknownParameters() throws {
        let list = try ListAnswer<TargetConnectionEntity>(
            reading: SampleAnswers.bytes("get-targetConnections"))
        let target = try #require(list.single)
        let known: Set = ["bucketName", "path", "compression", "datasetFileType", "includeFileManifest"]
        var draft = try target.draft()
        #expect(try target.changes(to: draft, known: known).operations.isEmpty)
        draft.parameters = ["bucketName": "acme-exports", "path": "weekly"]
        let patch = try target.changes(to: draft, known: known)
        let changed = try TargetConnectionEntity(patch.applied(to: target.json), at: target.object.place)
        #expect(
            try changed.params?.members == [
                "mode": "Server-to-server", "bucketName": "acme-exports", "path": "weekly",
                "regionHint": "eu",
            ])
    }

    @Test("A dataflow that a server answers is the same to its client")
    func flow() throws {
        for records in MalformedRecords.allCases {
            var draft = try BodyTests.flow(.hourly(every: 8))
            draft.malformedRecords = records
            let flow = Flow(id: "7a6e", draft: draft, state: .disabled, revision: Self.revision)
            let target = TargetConnection(
                id: draft.targetConnectionID,
                draft: TargetConnection.Draft(
                    name: "Out", connectionSpecID: try BodyTests.spec("Amazon S3").id, baseConnectionID: "b1",
                    parameters: [:]), revision: Self.revision)
            let entity = FlowEntity(flow, target: target, origin: Self.origin)
            #expect(try FlowEntity(reading: entity.body()).flow() == flow)
            #expect(PropertyFilter.isDestinationFlow.matches(entity.json))
            #expect(PropertyFilter.sourceSpec(Identifier(DataLakeSource.specID)).matches(entity.json))
            let connection = TargetConnectionEntity(target, origin: Self.origin)
            #expect(try TargetConnectionEntity(reading: connection.body()).connection() == target)
        }
    }

    @Test("A change of a dataflow is the same on both sides, and touches nothing else")
    func flowChanges() throws {
        let entity = try #require(
            try ListAnswer<FlowEntity>(reading: SampleAnswers.bytes("get-flows")).single)
        let schedule = Schedule(mode: .full, frequency: .once, start: seconds(1_800_000_000))
        let changes = [
            Flow.Change(name: "Other"), Flow.Change(description: "Other"), Flow.Change(description: ""),
            Flow.Change(sourceConnectionID: "s2"), Flow.Change(schedule: schedule),
            Flow.Change(folderTemplate: try FolderTemplate("%DATASET_ID%")),
            Flow.Change(
                name: "Other", description: "Other", sourceConnectionID: "s2", schedule: schedule,
                folderTemplate: try FolderTemplate("x")),
        ]
        for change in changes {
            let patch = try JSONPatch(reading: entity.changes(for: change).body())
            #expect(try entity.change(by: patch) == change)
        }
        let kept = try FlowEntity(
            entity.changes(for: Flow.Change(schedule: schedule)).applied(to: entity.json),
            at: JSONPlace("flow"))
        #expect(try kept.scheduleParams?.object["backfill"] == true)
        #expect(try kept.scheduleParams?.endTime == nil)
        // A service that puts what comes into what is there is told what goes.
        let paths = try entity.changes(for: Flow.Change(schedule: schedule)).operations.map(\.path.text)
        #expect(
            paths == ["/scheduleParams/endTime", "/scheduleParams/folderNameTemplate", "/scheduleParams"])
        #expect(try entity.changes(for: Flow.Change()).operations.isEmpty)
    }

    @Test(
        "What cannot be changed of a dataflow is refused by name",
        arguments: ["targetConnectionIds", "flowSpec", "state", "id", "transformations"])
    func fixedFields(field: String) throws {
        let entity = try #require(
            try ListAnswer<FlowEntity>(reading: SampleAnswers.bytes("get-flows")).single)
        let values: [String: JSONValue] = [
            "targetConnectionIds": .array(["t2"]), "flowSpec": .object(["id": "x", "version": "1.0"]),
            "state": "disabled", "id": "x", "transformations": .array([.object(["name": "x"])]),
        ]
        var patch = JSONPatch()
        patch.replace(field, with: try #require(values[field]))
        do {
            _ = try entity.change(by: patch)
            Issue.record("\(field) was changed")
        } catch {
            #expect("\(error)".hasPrefix("\(field) of the flow"))
        }
    }

    @Test("A run that a server answers is the same to its client")
    func run() throws {
        let flow = Flow(
            id: "7a6e", draft: try BodyTests.flow(.daily), state: .enabled, revision: Self.revision)
        let figures = FlowRunMetrics(
            startedAt: seconds(1), completedAt: seconds(2.25), inputBytes: 3, plannedInputBytes: 4,
            outputBytes: 5, inputRecords: 6, outputRecords: 7, skippedRecords: 8, inputFiles: 9,
            outputFiles: 10, manifestPath: "out/" + Manifest.fileName(flow: "7a6e", run: "5b0c"),
            errors: [FlowRunError(code: "A", message: "b")])
        for status in [FlowRunStatus.waiting, .processing, .success, .failed, .other("Paused")] {
            for metrics in [figures, FlowRunMetrics()] {
                let run = FlowRun(
                    id: "5b0c", flowID: "7a6e", datasetID: "65a0", scheduledTime: seconds(1_767_250_800),
                    status: status, metrics: metrics, revision: Self.revision)
                let entity = RunEntity(run, of: flow, origin: Self.origin)
                #expect(try RunEntity(reading: entity.body()).run() == run)
            }
        }
    }

    @Test("Datasets and their pages are the same to a client")
    func datasets() throws {
        let dataset = Dataset(
            id: "65a0", name: "Events", description: "d", format: "json", records: 1, bytes: 2,
            lastBatchAt: seconds(3.5))
        for page in [
            DatasetPage(items: [dataset, Dataset(id: "65a1", name: "x")], start: 4, total: 7),
            DatasetPage(items: [dataset], start: 6, total: 7), DatasetPage(items: [], start: 9, total: 7),
        ] {
            let read = try DatasetsAnswer(reading: DatasetsAnswer(page).body()).page(from: page.start)
            #expect(read.items == page.items && read.start == page.start && read.hasNext == page.hasNext)
        }
    }

    @Test("An account that a server answers shows that secrets are set, and none of them")
    func account() throws {
        let spec = try BodyTests.spec("Amazon S3")
        let account = BaseConnection(
            id: "b1", connectionSpecID: spec.id,
            draft: BaseConnection.Draft(
                name: "Account",
                authentication: BaseConnection.Authentication(
                    specName: "Access Key", answers: ["s3AccessKey": .value("AKIA")],
                    storedSecrets: ["s3SecretKey"])), revision: Self.revision)
        let entity = BaseConnectionEntity(account, origin: Self.origin)
        #expect(try BaseConnectionEntity(reading: entity.body()).account(spec: spec) == account)
        #expect(try entity.auth?.params?["s3SecretKey"] == "********")
    }

    @Test("Kinds of destination keep their forms, with what a platform adds to them")
    func specs() throws {
        for var spec in try ConnectionSpecCatalog.embedded().destinations {
            spec.isAuthenticationOptional = true
            spec.targetSpec.spec.add(
                "endpoint", JSONSchema.Property(title: "Endpoint", choices: ["a"], defaultValue: "a"),
                isRequired: true)
            spec.targetSpec.spec.properties["path"]?.patternLiftedBy = "endpoint"
            let entity = ConnectionSpecEntity(spec)
            #expect(try ConnectionSpecEntity(reading: entity.body()).spec(flowSpecID: nil) == spec)
            #expect(try FlowSpecEntity(exportingTo: spec).exportsDatasets)
        }
    }

    // MARK: Secrets that stay

    static func stored(_ fields: [String: JSONValue]) throws -> BaseConnectionEntity {
        let json: JSONValue = .object([
            "id": "b1", "name": "Account", "etag": "\"1\"",
            "connectionSpec": .object([
                "id": .string(try BodyTests.spec("Amazon S3").id.rawValue), "version": "1.0",
            ]),
            "auth": .object(["specName": "Access Key", "params": .object(fields)]),
        ])
        return try BaseConnectionEntity(json, at: JSONPlace("account"))
    }

    @Test("A change that leaves a secret out changes the rest and nothing of the secret")
    func secretsThatStay() throws {
        let spec = try BodyTests.spec("Amazon S3")
        let entity = try Self.stored([
            "s3AccessKey": "AKIA1", "s3SecretKey": "********", "region": "eu-central-1",
        ])
        let draft = BaseConnection.Draft(
            name: "Account",
            authentication: BaseConnection.Authentication(
                specName: "Access Key", answers: ["s3AccessKey": .value("AKIA2")]))
        let patch = try entity.changes(to: draft, spec: spec)
        #expect(patch.operations.map(\.path.text) == ["/auth/params/s3AccessKey", "/auth/params/region"])
        let server = try entity.draft(changedBy: patch, spec: spec)
        #expect(server == draft)
    }

    @Test("A secret is replaced, kept or taken away as the draft says, on both sides")
    func secretsThatChange() throws {
        let spec = try BodyTests.spec("Amazon S3")
        let entity = try Self.stored(["s3AccessKey": "AKIA1", "s3SecretKey": "********"])
        for secret: FormAnswer? in [nil, .secret(Secret("another")), .value(.null)] {
            var answers: FormAnswers = ["s3AccessKey": .value("AKIA1")]
            answers["s3SecretKey"] = secret
            let draft = BaseConnection.Draft(
                name: "Other name",
                authentication: BaseConnection.Authentication(specName: "Access Key", answers: answers))
            let patch = try entity.changes(to: draft, spec: spec)
            #expect(try entity.draft(changedBy: JSONPatch(reading: patch.body()), spec: spec) == draft)
        }
    }

    @Test("Another way to sign in replaces all that there was")
    func otherWay() throws {
        let spec = try BodyTests.spec("Amazon S3")
        let entity = try Self.stored(["s3AccessKey": "AKIA1", "s3SecretKey": "********"])
        let draft = BaseConnection.Draft(
            name: "Account",
            authentication: BaseConnection.Authentication(
                specName: "Assumed Role", answers: ["s3Role": .secret(Secret("arn"))]))
        let patch = try entity.changes(to: draft, spec: spec)
        #expect(try entity.draft(changedBy: patch, spec: spec) == draft)
        let none = BaseConnection.Draft(name: "Account")
        #expect(try entity.draft(changedBy: entity.changes(to: none, spec: spec), spec: spec) == none)
    }
}
