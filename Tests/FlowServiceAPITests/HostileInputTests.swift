// Input that no platform should send: an error with a sentence, never a crash.
import ExportDomain
import FlowServiceAPI
import Foundation
import Testing

@Suite("Hostile input")
struct HostileInputTests {
    /// Everything that reads bytes.
    static let readers: [(String, @Sendable ([UInt8]) throws -> Void)] = [
        ("flows", { for flow in try ListAnswer<FlowEntity>(reading: $0).items { _ = try flow.flow() } }),
        ("runs", { for run in try ListAnswer<RunEntity>(reading: $0).items { _ = try run.run() } }),
        (
            "accounts",
            {
                for one in try ListAnswer<BaseConnectionEntity>(reading: $0).items {
                    _ = try one.account(spec: nil)
                }
            }
        ),
        (
            "sources",
            {
                for one in try ListAnswer<SourceConnectionEntity>(reading: $0).items {
                    _ = try one.connection()
                }
            }
        ),
        (
            "targets",
            {
                for one in try ListAnswer<TargetConnectionEntity>(reading: $0).items {
                    _ = try one.connection()
                }
            }
        ),
        (
            "specs",
            {
                for one in try ListAnswer<ConnectionSpecEntity>(reading: $0).items {
                    _ = try one.spec(flowSpecID: "x")
                }
            }
        ),
        ("datasets", { _ = try DatasetsAnswer(reading: $0).page(from: 0) }),
        ("token", { _ = try TokenAnswer(reading: $0) }),
        ("landing zone", { _ = try LandingZoneCredentials(reading: $0) }),
        ("ad hoc", { _ = try AdHocRun.runs(reading: $0) }),
        ("ad hoc request", { _ = try AdHocRequest.requests(reading: $0) }),
        ("change", { _ = try JSONPatch(reading: $0) }),
        ("reference", { _ = try EntityReference(reading: $0).require(\.id) }),
        (
            "sandboxes",
            { for one in try SandboxList(reading: $0).require(\.sandboxes) { _ = try one.require(\.name) } }
        ),
    ]

    static let texts: [String] = [
        "", " ", "{", "[", "null", "true", "7", "\"text\"", "{}", "[]", "[[]]", "{\"items\":{}}",
        "{\"items\":[1]}",
        "{\"items\":[null]}", "{\"items\":[[{}]]}", "{\"items\":[{}]}", "{\"items\":[{\"id\":7}]}",
        "<html></html>",
        "{\"items\":[{\"id\":\"x\",\"etag\":{}}]}", "{\"access_token\":\"a b\",\"expires_in\":1}",
        "{\"access_token\":\"a\\r\\nX: y\",\"expires_in\":1}", "{\"access_token\":\"a\",\"expires_in\":-1}",
        "{\"items\":[{\"id\":\"x\",\"createdAt\":1e400}]}", "{\"a\":1}}", "{\"a\":\"\\ud800\"}", "nul",
        "{\"activationInfo\":{\"destinations\":[{\"datasets\":[7]}]}}", "[{\"op\":\"move\"}]", "[{\"op\":7}]",
    ]

    @Test("Bodies that are wrong are refused with a sentence", arguments: texts)
    func wrong(text: String) throws {
        for (name, read) in Self.readers {
            do {
                try read(utf8(text))
                // No change is one too, and of a dataset nothing but its id is needed.
                let isHarmless =
                    name == "change" && text == "[]" || name == "datasets" && text.contains("\"x\"")
                #expect(isHarmless, "\(name) took \(text)")
            } catch {
                #expect("\(error)".count > 15 && "\(error)".count < 400, "\(name): \(error)")
            }
        }
    }

    @Test("Bytes that are no text are refused")
    func bytes() {
        for (_, read) in Self.readers {
            #expect(throws: (any Error).self) { try read([0xFF, 0xFE, 0x00]) }
            #expect(throws: (any Error).self) { try read([0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D]) }
        }
    }

    @Test("Nesting without end is refused", arguments: [600, 10_000, 200_000])
    func nesting(depth: Int) {
        let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let objects = String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
        for text in [lists, objects, "{\"items\":\(lists)}", "{\"items\":[\(objects)]}"] {
            for (_, read) in Self.readers {
                #expect(throws: (any Error).self) { try read(utf8(text)) }
            }
        }
    }

    @Test(
        "Numbers beyond all bounds are named as what they are",
        arguments: [
            "1e400", "-1e400", "1e300", "99999999999999999999999999", "9223372036854775807",
            "-9223372036854775808",
            "-1", "1.5", "\"soon\"", "\"1e9\"", "{}", "true",
        ])
    func numbers(number: String) throws {
        let flow =
            #"{"items":[{"id":"f","name":"n","flowSpec":{"id":"s"},"sourceConnectionIds":["a"],"targetConnectionIds":["b"],"#
        let texts = [
            flow + #""scheduleParams":{"startTime":\#(number),"timeUnit":"day"}}]}"#,
            flow + #""scheduleParams":{"startTime":1,"timeUnit":"day","interval":\#(number)}}]}"#,
            flow + #""createdAt":\#(number),"scheduleParams":{"startTime":1,"timeUnit":"day"}}]}"#,
        ]
        for text in texts {
            do {
                for flow in try ListAnswer<FlowEntity>(reading: utf8(text)).items { _ = try flow.flow() }
                Issue.record("\(number) was taken")
            } catch {
                #expect("\(error)".hasSuffix("."))
            }
        }
        _ = try? DatasetsAnswer(
            reading: utf8(#"{"items":[{"id":"x"}],"pageInfo":{"start":\#(number),"total":\#(number)}}"#)
        ).page(from: 0)
    }

    @Test("An error names entity and field, and what was found there")
    func sentences() throws {
        let wrong = #"{"items":[{"id":"7a6e","name":"n","flowSpec":{"id":"s"},"sourceConnectionIds":["a"],"#
        let texts: [(String, String)] = [
            (
                wrong + #""targetConnectionIds":["b"],"scheduleParams":{"startTime":{},"timeUnit":"day"}}]}"#,
                "scheduleParams.startTime of the flow “7a6e” is an object, not a whole number."
            ),
            (
                wrong + #""targetConnectionIds":["b"],"scheduleParams":{"timeUnit":"day"}}]}"#,
                "The flow “7a6e” has no scheduleParams.startTime."
            ),
            (
                wrong
                    + #""targetConnectionIds":["b","c"],"scheduleParams":{"startTime":1,"timeUnit":"day"}}]}"#,
                "targetConnectionIds of the flow “7a6e” cannot be used: an export of datasets has one, not 2."
            ),
            (
                wrong + #""targetConnectionIds":["b"],"scheduleParams":{"startTime":1,"timeUnit":"week"}}]}"#,
                "scheduleParams.timeUnit of the flow “7a6e” cannot be used: “week” is not a unit that this version knows."
            ),
            (
                wrong + #""targetConnectionIds":[7],"scheduleParams":{"startTime":1,"timeUnit":"day"}}]}"#,
                "targetConnectionIds.0 of the flow “7a6e” is the number 7, not a text."
            ),
            (#"{"items":[{"name":"n"}]}"#, "The flow has no id."),
            (#"{"items":7}"#, "items of the list is the number 7, not a list."),
        ]
        for (text, sentence) in texts {
            do {
                for flow in try ListAnswer<FlowEntity>(reading: utf8(text)).items { _ = try flow.flow() }
                Issue.record("\(text) was taken")
            } catch {
                #expect("\(error)" == sentence)
            }
        }
    }

    @Test("A wrong type in a field that nobody needs hurts nobody")
    func tolerance() throws {
        let text =
            #"{"items":[{"id":"7a6e","name":"n","flowSpec":{"id":"s"},"sourceConnectionIds":["a"],"targetConnectionIds":["b"],"#
            + #""scheduleParams":{"startTime":"1767250800","timeUnit":"DAY","interval":null,"endTime":null},"#
            + #""lastOperation":7,"runs":[],"transformations":null,"state":null}],"_links":null}"#
        let flow = try #require(try ListAnswer<FlowEntity>(reading: utf8(text)).single).flow()
        #expect(flow.draft.schedule.frequency == .daily && flow.draft.schedule.end == nil)
        #expect(flow.state.rawValue == "")
    }

    @Test("A list of 10,000 items is read")
    func manyItems() throws {
        let item =
            #"{"id":"65a0f0c2b1d2e3f405162738","name":"A dataset","unknown":{"a":[1,2.5,"x",null,true]}}"#
        let items = Array(repeating: item, count: 10_000).joined(separator: ",")
        let text = #"{"items":[\#(items)],"pageInfo":{"start":0,"end":9999,"total":10000,"hasNext":false}}"#
        let page = try DatasetsAnswer(reading: utf8(text)).page(from: 0)
        #expect(page.items.count == 10_000 && !page.hasNext)
    }

    @Test("Texts with control characters are kept in values and taken out of messages")
    func controlCharacters() throws {
        let text =
            #"{"items":[{"id":"a","name":"x\u001b[2Jy","flowSpec":{"id":"s"},"sourceConnectionIds":["a"],"targetConnectionIds":["b"],"#
            + #""scheduleParams":{"startTime":1,"timeUnit":"w\u001b[2Jeek\u202e"}}]}"#
        let flow = try #require(try ListAnswer<FlowEntity>(reading: utf8(text)).single)
        #expect(try flow.name == "x\u{1B}[2Jy")
        do {
            _ = try flow.flow()
            Issue.record("The unit was taken")
        } catch {
            #expect(
                !"\(error)".unicodeScalars.contains("\u{1B}")
                    && !"\(error)".unicodeScalars.contains("\u{202E}"))
        }
    }
}
