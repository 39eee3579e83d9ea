// Notifications that go to a web address, sent by the real program to a real server.
import ExportDomain
import Foundation
import TestFiles
import TestServers
import Testing

@testable import sluice

@Suite("A notification to a web address")
struct WebhookTests {
    @Test(
        "has a sentence, and the facts with their types, and nothing else of the environment",
        arguments: [
            (
                ["EVENT": "success", "RECORDS": "1", "FILES": "2", "BYTES": "30"],
                #"{"event": "success", "records": 1, "files": 2, "bytes": 30}"#,
                "“Nightly” has exported “Orders”: 1 record."
            ),
            (
                ["EVENT": "failure", "ERROR": "The bucket is gone.", "WILL_RETRY": "no", "ATTEMPT": "5"],
                #"{"event": "failure", "error": "The bucket is gone.", "willRetry": false, "attempt": 5}"#,
                "“Nightly” could not export “Orders”: The bucket is gone."
            ),
            (
                ["EVENT": "retry", "ERROR": "It is away.", "WILL_RETRY": "yes", "RETRY_TIME": "06:05"],
                #"{"event": "retry", "error": "It is away.", "willRetry": true, "retryTime": "06:05"}"#,
                "“Nightly” could not export “Orders”, and tries again at 06:05: It is away."
            ),
            (
                ["EVENT": "ending", "END_TIME": "2026-02-01", "DAYS_LEFT": "7"],
                #"{"event": "ending", "endTime": "2026-02-01", "daysLeft": 7}"#,
                "The exports of “Nightly” end at 2026-02-01."
            ),
            (
                ["EVENT": "ending", "END_TIME": "2026-02-01", "DAYS_LEFT": "0"],
                #"{"event": "ending", "endTime": "2026-02-01", "daysLeft": 0}"#,
                "The exports of “Nightly” have ended, at 2026-02-01."
            ),
            (
                ["EVENT": "missed", "MISSED": "3", "FIRST_MISSED_TIME": "06:00"],
                #"{"event": "missed", "missed": 3, "firstMissedTime": "06:00"}"#,
                "“Nightly” has missed exports, the first at 06:00: nothing ran then."
            ),
        ] as [([String: String], String, String)])
    func message(variables: [String: String], facts: String, sentence: String) throws {
        var environment = ["HOME": "/home/me", "SLUICE_CLIENT_SECRET": "p8e-secret", "SLUICE_HOME": "/s"]
        for (name, value) in variables { environment["SLUICE_\(name)"] = value }
        environment["SLUICE_FLOW_NAME"] = "Nightly"
        environment["SLUICE_DATASET"] = "Orders"
        var expected = try JSONDecoder().decode([String: JSONValue].self, from: Data(facts.utf8))
        expected["flowName"] = .string("Nightly")
        expected["dataset"] = .string("Orders")
        expected["text"] = .string(sentence)
        #expect(WebhookMessage(environment: environment)?.json == .object(expected))
    }

    @Test("is none where nothing has happened", arguments: [[:], ["SLUICE_EVENT": "else"]])
    func noMessage(environment: [String: String]) {
        #expect(WebhookMessage(environment: environment) == nil)
    }

    @Test("is posted by the flow that was told an address, also where the service is busy at first")
    func posted() throws {
        let (program, inputs) = (try Sluice(), try TemporaryFolder())
        let plan = try program.nightlyPlan(in: inputs, records: 2, start: .inDays(1), end: .inDays(100))
        #expect(try program("export", plan).status == 0)
        let server = try ServerProcess("webhook_server.py", [inputs.file("told")])
        let told = {
            String(decoding: (try? inputs.bytes(of: "told")) ?? [], as: UTF8.self).split(separator: "\n")
        }
        let address = "http://127.0.0.1:\(server.port("http"))"
        let secret = try inputs.write("\(address)/gone/T0PS3CRET", to: "address")
        let set = try program(
            "flows", "edit", "Nightly", "--notify-on", "success", "--notify-url", "@\(secret)")
        #expect(set.status == 0, Comment(rawValue: set.errors))
        // Where it is refused, that is told, without the address.
        let refused = try program("runs", "start", "Nightly", "Orders", "--log-file", inputs.file("log"))
        #expect(refused.status == 0, Comment(rawValue: refused.errors))
        let log = String(decoding: try inputs.bytes(of: "log"), as: UTF8.self)
        #expect(log.contains("has not taken the notification: it answered 404") && told().isEmpty)
        let shown = try program("flows", "show", "Nightly").output
        #expect(shown.contains("webhook @\(secret)") && shown.contains("0 sent, 1 failed"))
        #expect(!log.contains("T0PS3CRET") && !shown.contains("T0PS3CRET"))

        try inputs.write("\(address)/busy/T0PS3CRET?x=1\n", to: "address")
        #expect(try program("runs", "start", "Nightly", "Events").status == 0)
        #expect(told().count == 1)
        #expect(told().allSatisfy { $0.contains(#""event": "success""#) && $0.contains(#""records": 2"#) })
        #expect(try program("flows", "show", "Nightly").output.contains("1 sent, 1 failed"))
    }

    @Test("is refused by hand where it makes no sense, in a sentence without the address")
    func refusals() throws {
        let folder = try TemporaryFolder()
        let bad = try folder.write("ftp://T0PS3CRET.example.com/", to: "bad")
        for (arguments, sentence) in [
            (["https://example.com/"], "There is nothing to send"), (["@\(bad)"], "That is no address"),
            (["@\(folder.file("none"))"], "Cannot read"), (["-"], "standard input"),
            (["example.com"], "That is no address"), (["http://me:pw@example.com/"], "That is no address"),
        ] {
            var environment = ProcessInfo.processInfo.environment
            if !sentence.hasPrefix("There") { environment["SLUICE_EVENT"] = "success" }
            let refused = try Sluice.run(
                try Sluice.path, ["webhook"] + arguments, environment: environment)
            #expect(
                refused.status != 0 && refused.errors.contains(sentence)
                    && !refused.errors.contains("T0PS3CRET"), Comment(rawValue: refused.errors))
        }
    }
}
