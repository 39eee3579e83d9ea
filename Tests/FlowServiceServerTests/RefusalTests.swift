// What is refused, by table: status and code of every refusal are Adobe's.
import ExportDomain
import Foundation
import HTTPTypes
import Testing

@Suite("Refusals over HTTP")
struct RefusalTests {
    private let server: RunningServer

    init() async throws { server = try await RunningServer() }

    @Test(
        "Who may not call is told what is missing",
        arguments: [
            (["authorization": nil], 403, "403010"), (["authorization": ""], 403, "403010"),
            (["authorization": "Bearer x"], 401, "401013"), (["authorization": "Bearer "], 401, "401013"),
            (["authorization": "Basic eDp5"], 401, "401013"), (["authorization": "Bearer"], 401, "401013"),
            (["x-api-key": nil], 403, "403000"), (["x-api-key": "x"], 403, "403003"),
            (["x-gw-ims-org-id": nil], 400, "400003"), (["x-gw-ims-org-id": "x@AdobeOrg"], 401, "2002-401"),
            (["x-sandbox-name": nil], 400, "2105-400"), (["x-sandbox-name": "dev"], 404, "2100-404"),
            (["x-sandbox-name": "PROD"], 404, "2100-404"), (["x-sandbox-name": "*"], 404, "2100-404"),
        ] as [([String: String?], Int, String)])
    func callers(changes: [String: String?], status: Int, code: String) async throws {
        let reply = try await server.send(.get, "flows", nil, changes)
        #expect(
            reply.status == status && reply.code == code && !(reply.message ?? "").isEmpty, "\(reply.text)")
        #expect(reply.fields[.contentType]?.hasPrefix("application/json") == true)
    }

    @Test("Without a token, every path looks the same")
    func unknownPaths() async throws {
        for path in ["flows", "flows/x", "nothing", "/", "/data", "/%zz", "/ims/token", "connections/x/test"]
        {
            let reply = try await server.send(.get, path, nil, ["authorization": nil])
            #expect(reply.status == 403 && reply.code == "403010", "\(path)")
        }
    }

    @Test(
        "Paths and methods that are none are refused",
        arguments: [
            ("GET", "nothing", 404), ("GET", "/", 404), ("GET", "flows/x", 404), ("GET", "flows/x/y/z", 404),
            ("GET", "flows/..%2f..%2fetc%2fpasswd", 404), ("GET", "flows/../flows", 404),
            ("GET", "flows/%2e%2e", 404),
            ("GET", "flows/%00", 404), ("POST", "flows//action?op=enable", 404), ("GET", "%66lows", 200),
            ("GET", "flows/", 200),
            ("GET", "flows/%zz", 400), ("GET", "flows/%ff", 400), ("GET", "flows?a=%zz", 400),
            ("GET", "flows?a=%", 400),
            ("PUT", "flows", 405), ("DELETE", "flows", 405), ("PATCH", "runs/x", 405),
            ("POST", "flows/x", 405),
            ("GET", "flows/x/action", 405), ("OPTIONS", "flows", 405), ("TRACE", "flows", 405),
            ("HEAD", "flows", 405),
            ("POST", "connectionSpecs", 405), ("DELETE", "runs/x", 405),
        ])
    func paths(method: String, path: String, status: Int) async throws {
        let method = try #require(HTTPRequest.Method(method))
        let reply = try await server.send(method, path)
        #expect(reply.status == status, "\(reply.text)")
        if status == 405 { #expect(reply.fields[.allow]?.isEmpty == false) }
        if method != .head, status >= 400 { #expect(reply.json != .null) }
    }

    @Test(
        "Bodies that are none are refused",
        arguments: [
            ("", "application/json", 400, "1405-400"), ("{}", nil, 400, nil), ("{}", "text/plain", 415, nil),
            ("{}", "application/x-www-form-urlencoded", 415, nil), ("{", "application/json", 400, nil),
            ("[]", "application/json", 400, nil), ("null", "application/json", 400, nil),
            ("\u{0}", "application/json", 400, nil),
            ("{}", "application/json; charset=utf-8", 400, nil),
            (#"{"name":5}"#, "application/json", 400, nil),
            (#"{"name":"x","flowSpec":"x"}"#, "application/json", 400, nil),
            (#"{"name":"x","flowSpec":{"id":"x"}}"#, "application/json", 422, nil),
            (#"{"name":"x","state":"enabled"}"#, "application/json", 400, "1410-400"),
            (
                #"{"name":"x","flowSpec":{"id":"x","version":"1.0"},"sourceConnectionIds":["a","b"]}"#,
                "application/json", 400, nil
            ),
            (#"{"a":1e999}"#, "application/json", 400, nil),
        ] as [(String, String?, Int, String?)])
    func bodies(body: String, type: String?, status: Int, code: String?) async throws {
        let reply = try await server.send(.post, "flows", body, ["content-type": type])
        #expect(reply.status == status && reply.code == code && reply.message != nil, "\(reply.text)")
    }

    @Test("What names something that does not exist is refused, and makes nothing")
    func unknownReferences() async throws {
        let joined = try await server.makeConnections()
        for (path, body, code) in [
            ("sourceConnections", Bodies.source("nothing"), nil),
            (
                "sourceConnections", Bodies.source("x").replacing(Bodies.dataLake, with: Bodies.amazonS3),
                "1413-400"
            ),
            ("connections", Bodies.account().replacing(Bodies.landingZone, with: "x"), "1413-400"),
            (
                "connections",
                #"{"name":"A","connectionSpec":{"id":"\#(Bodies.amazonS3)","version":"1.0"},"auth":{"specName":"Nothing"}}"#,
                "1415-400"
            ), ("targetConnections", Bodies.target("nothing"), nil),
            ("flows", Bodies.flow("nothing", joined.target), nil),
            ("flows", Bodies.flow(joined.source, "nothing"), nil),
            (
                "flows",
                Bodies.flow(joined.source, joined.target).replacing(Bodies.landingZoneFlow, with: "x"), nil
            ),
            ("runs", #"{"flowId":"nothing"}"#, nil), ("runs", "{}", "1446-400"),
        ] as [(String, String, String?)] {
            let reply = try await server.send(.post, path, body)
            #expect(
                reply.status == 400 && reply.code == code && reply.message != nil, "\(path): \(reply.text)")
        }
        #expect(try await server.send(.get, "flows").items.isEmpty)
        #expect(try await server.send(.get, "connections").items.count == 1)
    }

    @Test("Changes that cannot be made are refused, and change nothing")
    func changes() async throws {
        let joined = try await server.makeConnections()
        let id = try await server.make("flows", Bodies.dailyFlow(joined.source, joined.target))
        let before = try await server.send(.get, "flows/\(id)")
        let etag = try #require(before.items.first?["etag"]?.text)
        for (body, code) in [
            (#"[{"op":"move","path":"/name","from":"/description"}]"#, "1434-400"),
            (#"[{"op":"test","path":"/name"}]"#, "1434-400"),
            (#"[{"op":"replace","value":"x"}]"#, "1455-400"),
            (#"[{"op":"replace","path":"name","value":"x"}]"#, "1455-400"),
            (#"[{"op":"replace","path":"/name"}]"#, nil),
            (#"[{"op":"replace","path":"/state","value":"disabled"}]"#, nil),
            (#"[{"op":"replace","path":"","value":{}}]"#, nil), (#"[{"op":"remove","path":"/name"}]"#, nil),
            ("[]", nil), ("{}", nil),
            (#"[{"op":"replace","path":"/scheduleParams","value":7}]"#, nil),
            (#"[{"op":"replace","path":"/scheduleParams/interval","value":5}]"#, nil),
            (#"[{"op":"replace","path":"/sourceConnectionIds","value":["nothing"]}]"#, nil),
        ] as [(String, String?)] {
            let reply = try await server.send(.patch, "flows/\(id)", body, ["if-match": etag])
            #expect(reply.status == 400 && reply.code == code, "\(body): \(reply.text)")
        }
        let change = #"[{"op":"replace","path":"/name","value":"x"}]"#
        #expect(try await server.send(.patch, "flows/\(id)", change).code == "1403-400")
        #expect(try await server.send(.patch, "flows/\(id)", change, ["if-match": "\"x\""]).status == 412)
        #expect(try await server.send(.patch, "flows/nothing", change, ["if-match": etag]).status == 404)
        #expect(
            try await server.send(.patch, "sourceConnections/\(joined.source)", change, ["if-match": etag])
                .status == 400)
        #expect(try await server.send(.get, "flows/\(id)").json == before.json)
    }

    @Test("A landing zone that is a folder has no credentials, and says so")
    func landingZone() async throws {
        let path = "/data/foundation/connectors/landingzone/credentials?type=dlz_destination"
        let reply = try await server.send(.get, path)
        #expect(reply.status == 404 && reply.code == "1101-404" && reply.message?.contains("folder") == true)
    }
}
