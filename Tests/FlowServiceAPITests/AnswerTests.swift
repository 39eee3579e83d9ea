// What the samples of a platform's answers say.
import ExportDomain
import FlowServiceAPI
import Foundation
import Secrets
import Testing

@Suite("Answers of a platform")
struct AnswerTests {
    @Test("A dataflow is read with its schedule, whether its interval is a text or a number")
    func flows() throws {
        let list = try ListAnswer<FlowEntity>(reading: SampleAnswers.bytes("get-flows"))
        let flow = try #require(list.single).flow()
        #expect(flow.id == "7a6e1f0c-5d2b-4c1e-9a77-0e4f5b6c7d01")
        #expect(flow.draft.name == "Loyalty to S3" && flow.draft.description == "For the warehouse")
        #expect(flow.draft.flowSpecID == "269ba276-16fc-47db-92b0-c1049a3c131f")
        #expect(flow.draft.sourceConnectionID == "900d1c3a-2b4c-4d5e-8f60-718293a4b5c6")
        #expect(flow.draft.targetConnectionID == "12404d5e-6f70-4182-93a4-b5c6d7e8f901")
        #expect(
            flow.draft.schedule
                == Schedule(
                    mode: .incremental, frequency: .hourly(every: 3), start: seconds(1_767_250_800),
                    end: seconds(1_782_889_200)))
        #expect(flow.draft.folderTemplate == .standard)
        #expect(flow.draft.malformedRecords == .fail)
        #expect(flow.state == .enabled)
        #expect(flow.revision.createdAt == seconds(1_767_250_000))
        #expect(flow.revision.etag == "\"0503a1b2-0000-0200-0000-69560a400000\"")
    }

    @Test("What a list says of the last operation and the last run of a dataflow is there")
    func details() throws {
        let list = try ListAnswer<FlowEntity>(reading: SampleAnswers.bytes("get-flows"))
        let flow = try #require(list.single)
        #expect(try flow.lastOperation?.operation == "update")
        #expect(try flow.lastOperation?.status?.value == "completed")
        #expect(try flow.lastOperation?.ops?.count == 1)
        #expect(try flow.lastRunDetails?.state == "success")
        #expect(try flow.lastRunDetails?.completedAtUTC?.date == seconds(1_767_250_806.906))
        let target = try #require(try flow.inheritedAttributes?.targetConnections?.first)
        #expect(try target.connectionSpec?.id == "4fce964d-3f37-408f-9778-e597338a21ee")
        #expect(try target.baseConnection?.id == "b1f0a2c3-d4e5-4f60-8172-93a4b5c6d7e8")
        #expect(try flow.imsOrgId == "000000000000000000000001@AdobeOrg")
    }

    @Test("An old dataflow has no mode and is incremental; states and macros that nobody knows stay")
    func oldFlow() throws {
        let list = try ListAnswer<FlowEntity>(reading: SampleAnswers.bytes("get-flows"))
        let flow = try #require(list.items.last).flow()
        #expect(flow.draft.schedule.mode == .incremental)
        #expect(flow.draft.schedule.frequency == .daily)
        #expect(flow.draft.schedule.end == nil)
        #expect(flow.draft.description == "")
        #expect(flow.draft.folderTemplate.text == "%DESTINATION_NAME%_%DATASET_ID%")
        #expect(flow.state.rawValue == "enabling-finalizing")
    }

    @Test("The link to the next page gives its token; an empty link and no link end a list")
    func paging() throws {
        #expect(
            try ListAnswer<FlowEntity>(reading: SampleAnswers.bytes("get-flows")).continuationToken
                == "abc+def==")
        #expect(
            try ListAnswer<SourceConnectionEntity>(reading: SampleAnswers.bytes("get-sourceConnections"))
                .continuationToken == nil)
        #expect(try ListAnswer<RunEntity>(reading: SampleAnswers.bytes("get-runs")).continuationToken == nil)
        #expect(try ListAnswer<RunEntity>(reading: utf8(#"{"items":[]}"#)).continuationToken == nil)
    }

    @Test("A run that succeeded has its figures, its dataset and what it left out")
    func succeededRun() throws {
        let list = try ListAnswer<RunEntity>(reading: SampleAnswers.bytes("get-runs"))
        let run = try list.items[0].run()
        #expect(run.status == .success)
        #expect(run.flowID == "7a6e1f0c-5d2b-4c1e-9a77-0e4f5b6c7d01")
        #expect(run.datasetID == "65a0f0c2b1d2e3f405162738")
        #expect(run.scheduledTime == nil)
        #expect(run.metrics.startedAt == seconds(1_767_250_801.888))
        #expect(run.metrics.inputBytes == 855_202_780 && run.metrics.outputBytes == 855_202_781)
        #expect(run.metrics.inputRecords == 7_823_447 && run.metrics.outputRecords == 7_808_223)
        #expect(run.metrics.skippedRecords == 15_224)
        #expect(run.metrics.inputFiles == 24 && run.metrics.outputFiles == 25)
        #expect(
            run.metrics.errors == [FlowRunError(code: "ACTIVATION_BATCH-0000-SKIP", message: "Left out.")])
        #expect(try list.items[0].activities?.first?.name == "Activation Batch XdmProcessor Activity")
    }

    @Test("A run that failed says why, once; one without a status is under way")
    func otherRuns() throws {
        let list = try ListAnswer<RunEntity>(reading: SampleAnswers.bytes("get-runs"))
        let failed = try list.items[1].run()
        #expect(failed.status == .failed)
        #expect(
            failed.metrics.errors == [
                FlowRunError(code: "ACTIVATION_BATCH-0000-FAILED", message: "Job aborted.")
            ])
        #expect(failed.metrics.outputRecords == nil)
        let running = try list.items[2].run(dataset: "65a0f0c2b1d2e3f405162739")
        #expect(running.status == .processing)
        #expect(running.datasetID == "65a0f0c2b1d2e3f405162739")
        #expect(running.metrics.completedAt == nil)
    }

    @Test("A page of datasets says where it is; of a dataset all but its id may be missing")
    func datasets() throws {
        let page = try DatasetsAnswer(reading: SampleAnswers.bytes("get-connectionSpecs-configs")).page(
            from: 0)
        #expect(page.total == 149 && page.start == 0 && page.hasNext)
        #expect(
            page.items == [
                Dataset(
                    id: "65a0f0c2b1d2e3f405162738", name: "Loyalty Members",
                    description: "Members of the programme", format: "parquet"),
                Dataset(id: "65a0f0c2b1d2e3f405162739", name: "65a0f0c2b1d2e3f405162739"),
            ])
    }

    @Test("An account never shows a secret, even where the platform does")
    func account() throws {
        let list = try ListAnswer<BaseConnectionEntity>(reading: SampleAnswers.bytes("get-connections"))
        let entity = try #require(list.single)
        let s3 = try #require(
            try ConnectionSpecCatalog.embedded().destinations.first { $0.name == "Amazon S3" })
        let account = try entity.account(spec: s3)
        #expect(account.draft.name == "Amazon S3 account")
        #expect(account.draft.authentication?.specName == "Access Key")
        #expect(account.draft.authentication?.answers == ["s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE")])
        #expect(account.draft.authentication?.storedSecrets == ["s3SecretKey"])
        let unknown = try entity.account(spec: nil)
        #expect(unknown.draft.authentication?.answers == [:])
        #expect(unknown.draft.authentication?.storedSecrets == ["s3AccessKey", "s3SecretKey"])
        var dumped = ""
        dump(entity, to: &dumped)
        for text in ["\(entity)", "\(entity.object)", String(reflecting: entity), dumped] {
            #expect(!text.contains("not-a-real-secret"))
        }
    }

    @Test("Source and target connections are read; the mode that no form has stays out of the parameters")
    func connections() throws {
        let source = try #require(
            try ListAnswer<SourceConnectionEntity>(reading: SampleAnswers.bytes("get-sourceConnections"))
                .single
        ).connection()
        #expect(
            source.draft.datasets == [
                DatasetReference(id: "65a0f0c2b1d2e3f405162738", name: "Loyalty Members"),
                DatasetReference(id: "65a0f0c2b1d2e3f405162739", name: "65a0f0c2b1d2e3f405162739"),
            ])
        let entity = try #require(
            try ListAnswer<TargetConnectionEntity>(reading: SampleAnswers.bytes("get-targetConnections"))
                .single)
        let target = try entity.connection()
        #expect(try entity.takesDatasets)
        #expect(target.draft.name == "Nightly exports")
        #expect(target.draft.parameters["mode"] == nil)
        #expect(target.draft.parameters["regionHint"] == "eu")
        #expect(target.draft.folder == "folder/subfolder")
        #expect(target.draft.fileOptions?.fileType == .json)
    }

    @Test("Sandboxes, references, counts and results of tests are read")
    func small() throws {
        let sandboxes = try SandboxList(reading: SampleAnswers.bytes("get-sandboxes")).require(\.sandboxes)
        #expect(try sandboxes.map { try $0.name } == ["prod", "dev"])
        #expect(try sandboxes[0].isDefault == true && sandboxes[1].isDefault == nil)
        let reference = try EntityReference(reading: SampleAnswers.bytes("patch-flows"))
        #expect(try reference.require(\.etag) == "\"0503a1b2-0000-0200-0000-69560a400001\"")
        #expect(try EntityCount(reading: utf8(#"{"count":95}"#)).count == 95)
        #expect(
            try ConnectionTestAnswer(reading: SampleAnswers.bytes("get-connections-test")).result == false)
    }

    @Test("A token is a secret that holds for a while")
    func token() throws {
        let answer = try TokenAnswer(
            reading: utf8(#"{"access_token":"eyJabc.def","token_type":"bearer","expires_in":86399}"#))
        #expect(answer.accessToken == Secret("eyJabc.def") && answer.lifetime == 86_399)
        #expect(!"\(answer)".contains("eyJ"))
        let milliseconds = try TokenAnswer(reading: utf8(#"{"access_token":"eyJ","expires_in":86399992}"#))
        #expect(milliseconds.lifetime <= 86_400)
    }

    @Test("Credentials of a landing zone are those of Azure or of AWS, and secrets")
    func landingZone() throws {
        let azure = try LandingZoneCredentials(
            reading: utf8(
                #"{"containerName":"dlz-destination","SASToken":"sv=1&sig=s3cr3t","storageAccountName":"acct","#
                    + #""SASUri":"https://acct.blob.core.windows.net/dlz-destination?sv=1&sig=s3cr3t"}"#))
        guard case .azure(let zone) = azure else { throw Unexpected() }
        #expect(zone.containerName == "dlz-destination" && zone.storageAccountName == "acct")
        #expect(zone.token.reveal() == "sv=1&sig=s3cr3t")
        let aws = try LandingZoneCredentials(
            reading: utf8(
                #"{"credentials":{"awsAccessKeyId":"ASIA1","awsSecretAccessKey":"s3cr3t","awsSessionToken":"s3cr3t"},"#
                    + #""dlzPath":{"bucketName":"zone","dlzFolder":"dlz-destination"},"dlzProvider":"Amazon S3","#
                    + #""expiryTime":1767250800}"#))
        guard case .aws(let bucket) = aws else { throw Unexpected() }
        #expect(bucket.bucketName == "zone" && bucket.folder == "dlz-destination")
        #expect(bucket.expiry == seconds(1_767_250_800))
        for credentials in [azure, aws] {
            #expect(!"\(credentials)".contains("s3cr3t"))
            #expect(try LandingZoneCredentials(reading: credentials.body()) == credentials)
        }
    }

    @Test("An export outside of the schedule is answered with its runs")
    func adHoc() throws {
        let runs = try AdHocRun.runs(
            reading: utf8(
                #"{"destinations":[{"datasets":[{"id":"65a0f0c2b1d2e3f405162738","flowId":"7a6e","statusURL":"#
                    + #""https://platform.example.com/data/foundation/flowservice/runs/5b0c7c1e?x=1"}]}]}"#))
        #expect(runs.first?.runID == "5b0c7c1e")
        #expect(runs.first?.datasetID == "65a0f0c2b1d2e3f405162738")
        #expect(AdHocRun(datasetID: "1", flowID: "2", statusURL: "https://x/other").runID == nil)
        #expect(try AdHocRun.runs(reading: AdHocRun.json(of: runs).body(of: "answer")) == runs)
        let request = AdHocRequest(flowID: "7a6e", datasetIDs: ["1", "2"])
        #expect(try AdHocRequest.requests(reading: request.json.body(of: "request")) == [request])
    }
}

struct Unexpected: Error {}

func seconds(_ count: Double) -> Date { Date(timeIntervalSince1970: count) }

func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }
