import EmbeddedPlatform
import ExportDomain
// The work of an export, from the list of datasets to the removal of the dataflow, as requests and answers.
import FlowServiceServer
import Foundation
import HTTPTypes
import TestFiles
import Testing

@Suite("An export over HTTP")
struct SequenceTests {
    @Test("From the datasets to the runs, every answer has Adobe's shape")
    func wholeSequence() async throws {
        let server = try await RunningServer()
        let orders = try await server.addDataset("Orders")

        let specs = try await server.send(.get, "connectionSpecs")
        #expect(specs.status == 200 && specs.items.count == 7)
        let lake = try await server.send(.get, "connectionSpecs?property=name==activation-datalake")
        #expect(lake.items.compactMap { $0["id"]?.text } == [Bodies.dataLake])
        let zone = try await server.send(.get, "connectionSpecs/\(Bodies.landingZone)")
        #expect(zone.items.first?["targetSpec"]?["spec"] != nil)
        let recipe = try await server.send(.get, "flowSpecs/\(Bodies.landingZoneFlow)")
        #expect(recipe.items.first?["attributes"]?["_workflow"] == .array(["DATASETS"]))

        let datasets = try await server.send(
            .get,
            "connectionSpecs/\(Bodies.dataLake)/configs?outputType=activationDatasets&outputField=datasets")
        #expect(datasets.items.map { $0["id"]?.text } == [orders.id.rawValue])
        #expect(datasets.json["pageInfo"]?["total"]?.int == 1)

        let source = try await server.make("sourceConnections", Bodies.source(orders.id.rawValue))
        let account = try await server.make("connections", Bodies.account())
        #expect(try await server.send(.get, "connections/\(account)/test").text == #"{"result":true}"#)
        let target = try await server.make("targetConnections", Bodies.target(account))
        let made = try await server.send(.post, "flows", Bodies.flow(source, target))
        #expect(made.status == 201)
        let id = try #require(made.json["id"]?.text)
        let etag = try #require(made.json["etag"]?.text)
        #expect(etag.hasPrefix("\"") && etag.hasSuffix("\""))
        #expect(made.fields[.location] == "/data/foundation/flowservice/flows/\(id)")

        let flow = try #require(try await server.send(.get, "flows/\(id)").items.first)
        #expect(flow["state"] == "enabled" && flow["etag"]?.text == etag && flow["version"]?.text == etag)
        #expect(flow["sandboxName"] == "prod" && flow["imsOrgId"]?.text == server.access.organizationID)
        #expect(flow["inheritedAttributes"]?["properties"]?["isDestinationFlow"] == true)
        #expect(flow["scheduleParams"]?["startTime"]?.int == 1_767_250_800)
        #expect((flow["createdAt"]?.int ?? 0) > 1_700_000_000_000)

        #expect(try await server.platform.runDue().count == 1)
        let runs = try await server.send(.get, "runs?property=flowId==\(id)&limit=10&count=False")
        let run = try #require(runs.items.first)
        #expect(runs.items.count == 1 && run["flowId"]?.text == id)
        let metrics = try #require(run["metrics"])
        #expect(metrics["statusSummary"]?["status"] == "success")
        #expect(metrics["recordSummary"]?["outputRecordCount"]?.int == 3)
        #expect(
            metrics["recordSummary"]?["targetSummaries"]?.elements.first?["entitySummaries"]?.elements.first?[
                "id"]
                == .string("dataset:\(orders.id)"))
        #expect((metrics["durationSummary"]?["completedAtUTC"]?.int ?? 0) > 1_700_000_000_000)
        let runID = try #require(run["id"]?.text)
        let shown = try #require(try await server.send(.get, "runs/\(runID)").items.first)
        for field in ["id", "flowId", "etag", "flowSpec"] { #expect(shown[field] == run[field]) }
        #expect(shown["metrics"]?["recordSummary"] == metrics["recordSummary"])
        // Lists are without files, for they may be many.
        #expect(metrics["fileSummary"]?["extensions"] == nil)
        let details = shown["metrics"]?["fileSummary"]?["extensions"]
        #expect(details?["folder"]?.text == "backups/\(orders.id)/exportTime=202601010700")
        #expect(details?["files"]?.elements.map { $0["records"]?.int } == [3])
        #expect(details?["files"]?.elements.allSatisfy { $0["sha256"]?.text?.count == 64 } == true)
        #expect(
            try await server.send(.get, "flows/\(id)").items.first?["lastRunDetails"]?["id"]?.text == runID)

        #expect(try await server.send(.delete, "targetConnections/\(target)").status == 400)
        #expect(try await server.send(.delete, "connections/\(account)").code == "1418-400")
        for path in [
            "flows/\(id)", "sourceConnections/\(source)", "targetConnections/\(target)",
            "connections/\(account)",
        ] {
            let removed = try await server.send(.delete, path)
            #expect(removed.status == 202 && removed.text.isEmpty)
            #expect(try await server.send(.get, path).status == 404)
        }
    }

    @Test("A dataflow is changed, paused and resumed, and each gives it another etag")
    func changes() async throws {
        let server = try await RunningServer()
        let joined = try await server.makeConnections()
        let id = try await server.make("flows", Bodies.dailyFlow(joined.source, joined.target))
        var etags: Set<String> = []
        func flow() async throws -> JSONValue {
            try #require(try await server.send(.get, "flows/\(id)").items.first)
        }
        func patch(_ body: String) async throws {
            let etag = try #require(try await flow()["etag"]?.text)
            let reply = try await server.send(.patch, "flows/\(id)", body, ["if-match": etag])
            #expect(reply.status == 200 && reply.json["id"]?.text == id, "\(reply.text)")
            #expect(etags.insert(try #require(reply.json["etag"]?.text)).inserted)
        }
        let schedule = try #require(try await flow()["scheduleParams"])
        #expect(
            schedule["foldernameTemplate"] == "%DATASET_NAME%/%EXPORT_TIME%" && schedule["interval"]?.int == 1
        )
        try await patch(
            #"[{"op":"replace","path":"/name","value":"Other"},{"op":"Add","path":"/description","value":"Why"}]"#
        )
        let start = try #require(schedule["startTime"]?.int) + 3_600
        // A start alone keeps the rest, as some clients expect.
        try await patch(#"[{"op":"replace","path":"/scheduleParams","value":{"startTime":\#(start)}}]"#)
        let other = try await server.make(
            "sourceConnections", Bodies.source(try await server.addDataset("Events").id.rawValue))
        try await patch(#"[{"op":"replace","path":"/sourceConnectionIds","value":["\#(other)"]}]"#)
        let changed = try await flow()
        #expect(changed["name"] == "Other" && changed["description"] == "Why")
        #expect(changed["scheduleParams"]?["startTime"]?.int == start)
        #expect(changed["scheduleParams"]?["endTime"] == schedule["endTime"])
        #expect(changed["sourceConnectionIds"] == .array([.string(other)]))

        for (action, state) in [("disable", "disabled"), ("ENABLE", "enabled")] {
            let acted = try await server.send(.post, "flows/\(id)/action?op=\(action)")
            #expect(acted.status == 200)
            #expect(etags.insert(try #require(acted.json["etag"]?.text)).inserted)
            #expect(try await flow()["state"]?.text == state)
        }
        #expect(try await server.send(.post, "flows/\(id)/action?op=enable").code == "1421-400")
        #expect(try await server.send(.post, "flows/\(id)/action?op=publish").status == 400)
    }

    @Test("A target connection and an account are changed from their version")
    func connectionChanges() async throws {
        let server = try await RunningServer()
        let joined = try await server.makeConnections()
        for (path, body, field) in [
            (
                "targetConnections/\(joined.target)",
                #"[{"op":"add","path":"/params/includeFileManifest","value":true}]"#, "params"
            ),
            ("connections/\(joined.account)", #"[{"op":"replace","path":"/name","value":"Other"}]"#, "name"),
        ] {
            let before = try #require(try await server.send(.get, path).items.first)
            let etag = try #require(before["etag"]?.text)
            #expect(try await server.send(.patch, path, body).code == "1403-400")
            #expect(try await server.send(.patch, path, body, ["if-match": etag]).status == 200)
            let after = try #require(try await server.send(.get, path).items.first)
            #expect(after[field] != before[field] && after["etag"] != before["etag"])
            let stale = try await server.send(.patch, path, body, ["if-match": etag])
            #expect(stale.status == 412)
            #expect(
                stale.json["errorMessage"]?.text
                    == "Supplied version=[\(etag)] does not match the current version on entity=[\(after["etag"]?.text ?? "")]"
            )
            let spec = #"[{"op":"replace","path":"/connectionSpec/id","value":"x"}]"#
            #expect(try await server.send(.patch, path, spec, ["if-match": etag]).code == "1414-400")
        }
    }

    @Test("An export outside of the schedule says where its run can be followed")
    func adHoc() async throws {
        let server = try await RunningServer()
        let orders = try await server.addDataset("Orders")
        let source = try await server.make("sourceConnections", Bodies.source(orders.id.rawValue))
        let account = try await server.make("connections", Bodies.account())
        let target = try await server.make("targetConnections", Bodies.target(account))
        let flow = try await server.make("flows", Bodies.dailyFlow(source, target))
        let reply = try await server.send(
            .post, "/data/core/activation/disflowprovider/adhocrun",
            #"{"activationInfo":{"destinations":[{"flowId":"\#(flow)","datasets":[{"id":"\#(orders.id)"}]}]}}"#
        )
        let begun = try #require(reply.json["destinations"]?.elements.first?["datasets"]?.elements.first)
        let url = try #require(begun["statusURL"]?.text)
        #expect(url.hasPrefix(server.address.url + "/data/foundation/flowservice/runs/"))
        _ = try await server.platform.runDue()
        let run = try await server.send(.get, String(url.dropFirst(server.address.url.count)))
        #expect(run.items.first?["metrics"]?["statusSummary"]?["status"] == "success")
        #expect(begun["flowId"]?.text == flow && begun["id"]?.text == orders.id.rawValue)
    }

    @Test("A run is done again on demand, as is a dataflow that is scheduled once")
    func again() async throws {
        let server = try await RunningServer()
        let joined = try await server.makeConnections()
        let once = try await server.make("flows", Bodies.flow(joined.source, joined.target))
        #expect(try await server.platform.runDue().count == 1)
        let again = try await server.send(.post, "runs", #"{"flowId":"\#(once)","status":"active"}"#)
        #expect(again.status == 201 && again.items.count == 1, "\(again.text)")
        #expect(try await server.platform.runDue().count == 1)
        let run = try #require(again.items.first?["id"]?.text)
        let retriggered = try await server.send(.post, "runs/\(run)/action?op=re_trigger")
        #expect(retriggered.status == 200 && retriggered.json["id"]?.text != run)
        #expect(try await server.platform.runDue().count == 1)
        #expect(try await server.send(.get, "runs?property=flowId==\(once)").items.count == 3)
        let daily = try await server.make("flows", Bodies.dailyFlow(joined.source, joined.target))
        #expect(try await server.send(.post, "runs", #"{"flowId":"\#(daily)"}"#).status == 400)
    }

    @Test("Each sandbox has what was made in it, and is listed")
    func sandboxes() async throws {
        let server = try await RunningServer(sandboxes: ["prod", "dev-2"])
        _ = try await server.makeConnections()
        #expect(try await server.send(.get, "connections").items.count == 1)
        #expect(try await server.send(.get, "connections", nil, ["x-sandbox-name": "dev-2"]).items.isEmpty)
        let listed = try await server.send(
            .get, "/data/foundation/sandbox-management/?limit=50&offset=0", nil, ["x-sandbox-name": nil])
        #expect(listed.json["sandboxes"]?.elements.map { $0["name"]?.text } == ["prod", "dev-2"])
        #expect(listed.json["sandboxes"]?.elements.map { $0["isDefault"] } == [true, false])
        #expect(listed.json["_page"]?["count"]?.int == 2)
    }
}
