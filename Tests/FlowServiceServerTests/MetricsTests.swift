// The metrics of a server, read by Prometheus' own parser of OpenMetrics.
import EmbeddedPlatform
import ExportDomain
import Foundation
import HTTPTypes
import TestFiles
import Testing

@testable import FlowServiceServer

@Suite("The metrics of a server")
struct MetricsTests {
    /// Names that a text format could take for something else.
    private static let names = ["a\"b", "back\\slash", "{x=\"y\"} 1", "日本 🎉, # EOF", "tail\\"]

    struct Family: Decodable {
        var type: String
        var unit: String
        var samples: [Sample]

        struct Sample: Decodable {
            var name: String
            var labels: [String: String]
            var value: Double
        }

        /// The value of the only sample with these labels among others.
        func value(_ labels: [String: String]) -> Double? {
            let matches = samples.filter { sample in labels.allSatisfy { sample.labels[$0.key] == $0.value } }
            return matches.count == 1 ? matches[0].value : nil
        }
    }

    private func parsed(_ text: String) throws -> [String: Family] {
        let folder = try TemporaryFolder()
        let parser = try Python.run("open_metrics.py", [try folder.write(text, to: "metrics")])
        #expect(parser.status == 0, Comment(rawValue: parser.errors))
        return try JSONDecoder().decode([String: Family].self, from: Data(parser.output))
    }

    private func scrape(_ server: RunningServer) async throws -> [String: Family] {
        let reply = try await server.send(
            .get, "/metrics", nil, ["x-api-key": nil, "x-gw-ims-org-id": nil, "x-sandbox-name": nil])
        #expect(reply.status == 200)
        #expect(reply.fields[.contentType] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        return try parsed(reply.text)
    }

    private func makeFlow(
        _ name: String, of datasets: [Dataset], on platform: EmbeddedPlatform, path: String
    ) async throws -> Flow {
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        return try await platform.flow(
            for: ExportPlan(
                name: name, datasets: datasets.map(\.id.rawValue),
                destination: ExportPlan.Destination(
                    name: "To \(path)", spec: "Data Landing Zone",
                    parameters: ["path": .string(path), "datasetFileType": "JSON", "compression": "GZIP"]),
                schedule: Schedule(
                    mode: .incremental, frequency: .daily, start: now,
                    end: now.addingTimeInterval(86_400 * 60))))
    }

    @Test(
        "Before anything has run there are the figures of the process, and after the runs of a flow those of it"
    )
    func figures() async throws {
        let server = try await RunningServer()
        let empty = try await scrape(server)
        #expect(empty.keys.sorted() == ["process_resident_memory_bytes", "process_start_time_seconds"])
        #expect(try #require(empty["process_resident_memory_bytes"]?.samples.first).value > 1e6)
        let started = try #require(empty["process_start_time_seconds"]?.samples.first).value
        #expect(started <= Date().timeIntervalSince1970 + 1 && started > 1.6e9)

        let platform = server.platforms[0]
        let lines = try server.folder.write("{\"n\":1}\n{\"n\":2}\n", to: "good.json")
        let broken = try server.folder.write("{\"n\":1}\nno\n", to: "bad.json")
        let good = try await platform.lake.add(name: "Good", paths: [lines]).dataset
        let bad = try await platform.lake.add(name: "Bad", paths: [broken]).dataset
        let flow = try await makeFlow("Nightly", of: [good, bad], on: platform, path: "out")
        try await platform.setNotifications(
            FlowNotifications(on: [.failure], command: ["/bin/false"]), of: flow.id)
        let before = Date().timeIntervalSince1970
        let runs = try await platform.runDue(flow: flow.id)
        #expect(Set(runs.map(\.status)) == [.success, .failed])

        let seen = try await scrape(server)
        let ofGood = ["sandbox": "prod", "flow_id": flow.id.rawValue, "flow": "Nightly", "dataset": "Good"]
        let ofBad = ofGood.merging(["dataset": "Bad", "dataset_id": bad.id.rawValue]) { $1 }
        let runCounts = try #require(seen["sluice_runs"])
        #expect(
            runCounts.type == "counter" && runCounts.samples.allSatisfy { $0.name == "sluice_runs_total" })
        #expect(runCounts.value(ofGood.merging(["status": "success"]) { $1 }) == 1)
        #expect(runCounts.value(ofGood.merging(["status": "failed"]) { $1 }) == 0)
        #expect(runCounts.value(ofBad.merging(["status": "failed"]) { $1 }) == 1)
        #expect(seen["sluice_exported_records"]?.value(ofGood) == 2)
        #expect(seen["sluice_exported_records"]?.value(ofBad) == 0)
        let bytes = runs.first { $0.status == .success }?.metrics.outputBytes
        #expect(seen["sluice_exported_bytes"]?.value(ofGood) == bytes.map(Double.init))
        #expect(seen["sluice_exported_bytes"]?.unit == "bytes")
        #expect(seen["sluice_unfinished_runs"]?.value(ofGood) == 0)
        let durations = try #require(seen["sluice_run_duration_seconds"])
        #expect(durations.type == "summary" && durations.samples.count == 4)
        let success = try #require(seen["sluice_last_success_timestamp_seconds"])
        // The database has whole milliseconds.
        #expect(try #require(success.value(ofGood)) >= before - 0.001 && success.value(ofBad) == nil)
        #expect(try #require(seen["sluice_since_last_success_seconds"]?.value(ofGood)) >= 0)
        let failing = try #require(seen["sluice_failing_since_timestamp_seconds"])
        #expect(try #require(failing.value(ofBad)) >= before - 0.001 && failing.value(ofGood) == nil)
        let ofFlow = ["flow_id": flow.id.rawValue]
        #expect(seen["sluice_flow_enabled"]?.value(ofFlow) == 1)
        let next = flow.draft.schedule.start.timeIntervalSince1970 + 86_400
        #expect(seen["sluice_flow_next_occurrence_timestamp_seconds"]?.value(ofFlow) == next)
        #expect(
            seen["sluice_flow_end_timestamp_seconds"]?.value(ofFlow)
                == flow.draft.schedule.end?.timeIntervalSince1970)
        #expect(seen["sluice_notifications_failed"]?.value(ofFlow) == 1)
        #expect(seen["sluice_notifications_sent"]?.value(ofFlow) == 0)
        #expect(seen["sluice_notifications_waiting"]?.value(ofFlow) == 0)
    }

    @Test("A failure is no longer one of now once a run has succeeded after it")
    func recovery() async throws {
        let server = try await RunningServer()
        let platform = server.platforms[0]
        let lines = try server.folder.write("{\"n\":1}\n", to: "good.json")
        let dataset = try await platform.lake.add(name: "D", paths: [lines]).dataset
        let flow = try await makeFlow("F", of: [dataset], on: platform, path: "out")
        // The lake reads the file where it is.
        try FileManager.default.removeItem(atPath: lines)
        #expect(try await platform.runDue(flow: flow.id).map(\.status) == [.failed])
        #expect(try await scrape(server)["sluice_failing_since_timestamp_seconds"]?.samples.count == 1)
        try server.folder.write("{\"n\":1}\n", to: "good.json")
        _ = try await platform.exportNow([dataset.id], of: flow.id)
        #expect(try await platform.runDue(flow: flow.id).map(\.status) == [.success])
        let seen = try await scrape(server)
        #expect(seen["sluice_failing_since_timestamp_seconds"] == nil)
        #expect(seen["sluice_runs"]?.value(["status": "failed"]) == 1)
    }

    @Test(
        "Names stay what they are, whatever is in them, and there is a sample a flow and dataset, however much runs"
    )
    func names() async throws {
        let server = try await RunningServer(sandboxes: ["prod", "dev"])
        for (index, platform) in server.platforms.enumerated() {
            let file = try server.folder.write("{\"n\":1}\n", to: "\(index).json")
            for (number, name) in Self.names.enumerated() {
                let dataset = try await platform.lake.add(name: name, paths: [file]).dataset
                let flow = try await makeFlow(name, of: [dataset], on: platform, path: "out-\(number)")
                _ = try await platform.runDue(flow: flow.id)
                _ = try await platform.exportNow([dataset.id], of: flow.id)
                _ = try await platform.runDue(flow: flow.id)
            }
        }
        let seen = try await scrape(server)
        for (name, family) in seen where name.hasPrefix("sluice_") {
            let some = family.samples.filter { !$0.name.hasSuffix("_sum") && $0.labels["status"] != "failed" }
            #expect(some.count == 2 * Self.names.count, Comment(rawValue: name))
            #expect(Set(some.compactMap { $0.labels["flow"] }) == Set(Self.names), Comment(rawValue: name))
        }
        #expect(
            Set(seen["sluice_runs"]?.samples.compactMap { $0.labels["dataset"] } ?? []) == Set(Self.names))
    }

    @Test("They are for whoever has a token, and nobody else learns anything")
    func access() async throws {
        let server = try await RunningServer()
        let alone: [String: String?] = ["x-api-key": nil, "x-gw-ims-org-id": nil, "x-sandbox-name": nil]
        for (authorization, status) in [(nil, 403), ("Bearer x", 401), ("Basic x", 401)] as [(String?, Int)] {
            let reply = try await server.send(
                .get, "/metrics", nil, alone.merging(["authorization": authorization]) { $1 })
            let other = try await server.send(
                .get, "/nothing", nil, alone.merging(["authorization": authorization]) { $1 })
            #expect(reply.status == status && reply.text == other.text && other.status == status)
        }
        #expect(try await server.send(.post, "/metrics", "{}", alone).status == 405)
    }
}
