// Bodies whose shape is right and whose values are not: every field of every creation, and patches of what nobody may
// change. Nothing of it is a failure of the server, makes half of something, or shows a secret.
import ExportDomain
import FlowServiceAPI
import Foundation
import HTTPTypes
import TestFiles
import Testing

@Suite("Values of the wrong type")
struct WrongTypeTests {
    private let server: RunningServer
    private let joined: RunningServer.Connections
    private static let secret = "kept/secret+one/0123456789abcdefghijklmn"

    init() async throws {
        server = try await RunningServer()
        joined = try await server.makeConnections()
    }

    private static let values: [JSONValue] = [
        .null, true, .integer(7), .integer(-1), .number(1.5e300), "", "\u{0}\u{202E}",
        .string(String(repeating: "é", count: 5_000)), .array([]), .object([:]),
        .array([.array([.array(["x"])])]),
        .object(["": .object(["a": .array([.null])])]),
    ]

    /// A body with all fields that its creation knows.
    private func body(of collection: String) throws -> JSONValue {
        let text =
            switch collection {
            case "sourceConnections": Bodies.source("x")
            case "targetConnections": Bodies.target(joined.account)
            case "flows": Bodies.dailyFlow(joined.source, joined.target)
            case "runs": #"{"flowId":"x","status":"active"}"#
            case "flows/search":
                #"{"queryString":"name==1","limit":5,"orderby":"name","count":false,"projectionFields":"name"}"#
            case "/data/core/activation/disflowprovider/adhocrun":
                #"{"activationInfo":{"destinations":[{"flowId":"x","datasets":[{"id":"y"}]}]}}"#
            default:
                #"{"name":"A","description":"B","connectionSpec":{"id":"\#(Bodies.amazonS3)","version":"1.0"},"auth":{"specName":"Access Key","params":{"s3AccessKey":"AKIAIOSFODNN7EXAMPLE","s3SecretKey":"\#(Self.secret)","region":"eu-central-1","endpoint":"http://127.0.0.1:9"}}}"#
            }
        return try JSONValue(reading: Array(text.utf8), as: "body")
    }

    @Test(
        "In every field of every body it is refused with a reason, or taken whole",
        arguments: [
            "connections", "sourceConnections", "targetConnections", "flows", "runs", "flows/search",
            "/data/core/activation/disflowprovider/adhocrun",
        ])
    func everyField(collection: String) async throws {
        let search = SecretSearch([Self.secret])
        let whole = try body(of: collection)
        let isCreation = !collection.contains("/")
        let before = isCreation ? try await server.send(.get, collection).items.count : 0
        var made = 0
        for path in whole.paths {
            for value in Self.values {
                let body = whole.replacing(path[...], by: value)
                let reply = try await server.send(.post, collection, body.compactText)
                let what: Comment =
                    "\(path) \(value.compactText.prefix(40)): \(reply.status) \(reply.text.prefix(300))"
                #expect(
                    (200..<300).contains(reply.status) || [400, 404, 409, 422].contains(reply.status), what)
                if reply.status >= 400 {
                    #expect(reply.message?.isEmpty == false, what)
                } else {
                    made += 1
                }
                #expect(search.forms(in: Data(reply.text.utf8)) == [], what)
            }
        }
        if isCreation {
            #expect(
                try await server.send(.get, "\(collection)?count=true").json["count"]?.int == before + made)
            // What was taken can be shown, alone and with the others.
            let list = try await server.send(.get, "\(collection)?orderby=name")
            #expect(list.status == 200 && search.forms(in: Data(list.text.utf8)) == [])
            for id in list.items.compactMap({ $0["id"]?.text }) {
                #expect(try await server.send(.get, "\(collection)/\(id)").status == 200)
            }
        }
        #expect(server.log.lines.allSatisfy { search.forms(in: Data($0.utf8)) == [] })
    }

    @Test(
        "A patch of an id, of a secret's inside, or beyond the end of a list changes nothing and shows nothing"
    )
    func patches() async throws {
        let account = try await server.make("connections", try body(of: "connections").compactText)
        let flow = try await server.make("flows", Bodies.dailyFlow(joined.source, joined.target))
        let search = SecretSearch([Self.secret])
        for path in ["connections/\(account)", "targetConnections/\(joined.target)", "flows/\(flow)"] {
            let before = try await server.send(.get, path)
            let etag = try #require(before.items.first?["etag"]?.text)
            for operation in [
                #""op":"replace","path":"/id","value":"x""#, #""op":"remove","path":"/id""#,
                #""op":"replace","path":"/etag","value":"x""#, #""op":"add","path":"/createdAt","value":1"#,
                #""op":"replace","path":"/sandboxName","value":"other""#,
                #""op":"replace","path":"/imsOrgId","value":"other""#,
                #""op":"replace","path":"/connectionSpec/id","value":"x""#,
                #""op":"replace","path":"/flowSpec/id","value":"x""#,
                #""op":"replace","path":"/inheritedAttributes/x","value":"x""#,
                #""op":"replace","path":"/auth/params/s3SecretKey/0","value":"x""#,
                #""op":"add","path":"/auth/params/s3SecretKey/-","value":"x""#,
                #""op":"test","path":"/auth/params/s3SecretKey","value":"\#(Self.secret)""#,
                #""op":"copy","from":"/auth/params/s3SecretKey","path":"/description""#,
                #""op":"move","from":"/auth/params/s3SecretKey","path":"/name""#,
                #""op":"add","path":"/sourceConnectionIds/99","value":"x""#,
                #""op":"replace","path":"/sourceConnectionIds/-1","value":"x""#,
                #""op":"remove","path":"/sourceConnectionIds/18446744073709551616""#,
                #""op":"remove","path":"/sourceConnectionIds/00""#, #""op":"remove","path":"/~2""#,
                #""op":"remove","path":"/~""#, #""op":"remove","path":"//""#, #""op":"remove","path":"/""#,
                #""op":"replace","path":"/name/0/0","value":"x""#,
                #""op":"replace","path":"/__proto__/x","value":"x""#,
                #""op":"replace","path":"/scheduleParams/startTime","value":{"a":1}"#,
                #""op":"replace","path":"\#(String(repeating: "/a", count: 5_000))","value":"x""#,
                #""op":7,"path":"/name","value":"x""#,
                #""op":"replace","path":["name"],"value":"x""#,
            ] {
                let reply = try await server.send(.patch, path, "[{\(operation)}]", ["if-match": etag])
                let what: Comment =
                    "\(path) \(operation.prefix(80)): \(reply.status) \(reply.text.prefix(300))"
                #expect(reply.status == 400 && reply.message?.isEmpty == false, what)
                #expect(search.forms(in: Data(reply.text.utf8)) == [], what)
                // One that can be done does not make the others so.
                let second = try await server.send(
                    .patch, path, #"[{"op":"replace","path":"/name","value":"half"},{\#(operation)}]"#,
                    ["if-match": etag])
                #expect(second.status == 400, what)
            }
            #expect(try await server.send(.get, path).json == before.json)
        }
    }
}

extension JSONValue {
    /// The value as JSON.
    fileprivate var compactText: String {
        String(decoding: (try? JSONEncoder().encode(self)) ?? Data(), as: UTF8.self)
    }

    /// The paths of all values inside.
    fileprivate var paths: [[String]] {
        switch self {
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { key, value in
                [[key]] + value.paths.map { [key] + $0 }
            }
        case .array(let elements):
            elements.enumerated().flatMap { index, value in
                [["\(index)"]] + value.paths.map { ["\(index)"] + $0 }
            }
        default: []
        }
    }

    /// The same with another value at a path.
    fileprivate func replacing(_ path: ArraySlice<String>, by value: JSONValue) -> JSONValue {
        guard let key = path.first else { return value }
        switch self {
        case .object(var members):
            members[key] = members[key]?.replacing(path.dropFirst(), by: value)
            return .object(members)
        case .array(var elements):
            if let index = Int(key) {
                elements[index] = elements[index].replacing(path.dropFirst(), by: value)
            }
            return .array(elements)
        default: return self
        }
    }
}
