// The check of requests and answers against published descriptions (Tests/Support/OpenAPI), with a description of our own.
import ExportDomain
import FlowServiceAPI
import FlowServiceServer
import Foundation
import HTTPTypes
import Secrets
import TestFiles
import TestServers
import Testing

@Suite("The check against a published description")
struct OpenAPICheckTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(Self.description, to: "destinations.yaml")
    }

    /// Things that can be listed, made and removed; beside each what is wrong with the description itself.
    private static let description = """
        openapi: 3.0.1
        servers: [{url: 'https://{environment}.example.com/base'}]
        paths:
          /things:
            get:
              parameters:
                - {name: limit, in: query, schema: {type: integer, maximum: 100}}
                - {name: X-Org, in: header, required: true}
              responses:
                '200':
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Things'}
                      examples:
                        own: {value: {items: [{id: a, size: large}]}}
                        nowhere: {$ref: '#/components/examples/Nowhere'}
                '4XX': {content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}
            post:
              requestBody:
                content:
                  application/json:
                    schema:
                      oneOf: [{$ref: '#/components/schemas/Small'}, {$ref: '#/components/schemas/Large'}]
              responses: {'201': {description: made}}
          /things/{ID}/:
            delete: {responses: {'202': {description: removed}}}
            get: {responses: {default: {content: {application/json: {schema: {type: object}}}}}}
          /things/first:
            get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}
        components:
          schemas:
            Things:
              type: object
              required: [items]
              properties: {items: {type: array, items: {$ref: '#/components/schemas/Thing'}}}
            Thing:
              type: object
              required: [id]
              properties: {id: {type: string}, size: {type: integer, nullable: true}}
            Small: {type: object, required: [kind, id], properties: {kind: {enum: [small]}, id: {type: string}}}
            Large:
              type: object
              required: [kind, width, height]
              properties: {kind: {enum: [large]}, width: {type: integer}}
        """

    /// An exchange as the recorder writes it.
    private static func exchange(
        _ method: String = "GET", _ path: String = "/base/things", side: String = "client",
        query: String = "[]",
        fields: String = #"{"x-org":""}"#, body: String = "null", status: Int = 200,
        answer: String = #"{"items":[]}"#
    ) -> String {
        #"{"side":"\#(side)","method":"\#(method)","path":"\#(path)","query":\#(query),"fields":\#(fields),"body":\#(body),"status":\#(status),"answer":\#(answer)}"#
    }

    private func check(_ exchanges: String...) throws -> Program {
        let file = try folder.write(exchanges.joined(separator: "\n") + "\n", to: "exchanges.jsonl")
        return try Python.run("openapi.py", [folder.path, "--only", file], in: "OpenAPI")
    }

    @Test("What agrees is counted by operation, and what nobody used is listed")
    func agreeing() throws {
        let ran = try check(
            Self.exchange(query: #"[["limit","5"]]"#), Self.exchange(side: "tests", fields: "{}"),
            Self.exchange(answer: #"{"items":[{"id":"a","size":null}]}"#),
            Self.exchange("POST", body: #"{"kind":"small","id":"a"}"#, status: 201, answer: "null"),
            Self.exchange("DELETE", "/base/things/7", status: 202, answer: "null"),
            Self.exchange("GET", "/base/things/first", answer: #""words""#))
        #expect(ran.status == 0, Comment(rawValue: ran.text + ran.errors))
        let rows = ran.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(rows.contains(["GET", "/base/things", "destinations", "2", "3×200", "none"]))
        #expect(rows.contains(["POST", "/base/things", "destinations", "1", "1×201", "none"]))
        #expect(rows.contains(["DELETE", "/base/things/{}", "destinations", "1", "1×202", "none"]))
        #expect(rows.contains(["GET", "/base/things/first", "destinations", "1", "1×200", "none"]))
        #expect(ran.text.contains("4 published operations are covered"))
        #expect(ran.text.contains("  destinations: GET /base/things/{}\n"))
        // What it refers to and does not have is named, and taken for anything.
        #expect(ran.text.contains("#/components/examples/Nowhere, #/components/schemas/Gone"))
    }

    @Test(
        "What disagrees is told with its place, and ends the check with a failure",
        arguments: [
            (
                exchange(answer: "{}"),
                "answer, destinations, recorded: (whole): 'items' is a required property"
            ),
            (exchange(answer: #"{"items":[{"id":7}]}"#), "items/id: 7 is not of type 'string'"),
            (exchange(status: 500), "the status 500 is not published"),
            (exchange(query: #"[["limit","101"]]"#), "?limit: 101 is greater than the maximum of 100"),
            (exchange(query: #"[["limit","x"]]"#), "?limit: 'x' is not of type 'integer'"),
            (exchange(query: #"[["sort","x"]]"#), "the query sort is not published"),
            (exchange(fields: "{}"), "the header x-org is required"),
            (
                exchange("DELETE", "/base/things/7", body: "{}", status: 202, answer: "null"),
                "a body is not published"
            ),
            // Of alternatives, the one that comes nearest.
            (
                exchange("POST", body: #"{"kind":"small"}"#, status: 201, answer: "null"),
                "'id' is a required property"
            ),
            (exchange("GET", "/base/things/first", answer: "7"), "7 is not of type 'string'"),
        ])
    func disagreeing(exchange: String, words: String) throws {
        let ran = try check(Self.exchange(), exchange)
        #expect(ran.status == 1, Comment(rawValue: ran.text + ran.errors))
        #expect(
            ran.text.contains("WITHOUT A REASON:") && ran.text.contains(words), Comment(rawValue: ran.text))
        #expect(ran.text.contains("1, 1 without a reason"), Comment(rawValue: ran.text))
    }

    @Test("What the description's own examples do as well has a reason")
    func ownExamples() throws {
        let ran = try check(Self.exchange(answer: #"{"items":[{"id":"b","size":"small"}]}"#))
        #expect(ran.status == 0, Comment(rawValue: ran.text + ran.errors))
        #expect(ran.text.contains("Its own examples disagree with it in the same way"))
    }

    @Test("What is not published is told and no failure; nothing to check is one")
    func unpublished() throws {
        let ran = try check(Self.exchange("GET", "/other/7"))
        #expect(
            ran.status == 0 && ran.text.contains("not published"), Comment(rawValue: ran.text + ran.errors))
        #expect(try check("").status == 2)
        let empty = try TemporaryFolder()
        #expect(try Python.run("openapi.py", [empty.path, "--only", "/dev/null"], in: "OpenAPI").status == 2)
    }

    @Test("The recorder passes everything on, and writes it down without credentials")
    func recorder() async throws {
        let file = try folder.write("", to: "recorded.jsonl")
        let recorder = try ServerProcess("recorder.py", [file])
        let server = try await RunningServer(
            recorder: "http://127.0.0.1:\(recorder.port("http"))")
        let made = try await server.make("connections", Bodies.account())
        let listed = try await server.send(.get, "connections?limit=1&property=name==Zone")
        #expect(listed.status == 200 && listed.items.first?["id"]?.text == made)
        #expect(try await server.send(.get, "connections/x").status == 404)
        #expect(try await server.send(.delete, "connections/\(made)").status == 202)
        let text = String(decoding: try folder.bytes(of: "recorded.jsonl"), as: UTF8.self)
        let lines = text.split(separator: "\n").compactMap {
            try? JSONValue(reading: Array($0.utf8), as: "line")
        }
        #expect(lines.compactMap { $0["method"]?.text } == ["POST", "GET", "GET", "DELETE"])
        #expect(lines.compactMap { $0["status"]?.int } == [201, 200, 404, 202])
        #expect(lines.allSatisfy { $0["side"]?.text == "tests" })
        #expect(lines[0]["body"]?["name"]?.text == "Zone" && lines[0]["answer"]?["id"]?.text == made)
        #expect(lines[1]["path"]?.text == "/data/foundation/flowservice/connections")
        #expect(
            lines[1]["query"]?.elements.map { $0.elements.compactMap(\.text) } == [
                ["limit", "1"], ["property", "name==Zone"],
            ])
        #expect(lines[0]["fields"]?["content-type"]?.text == "application/json")
        #expect(!text.contains(server.credentials.token.reveal()) && !text.contains(server.access.clientID))
    }
}
