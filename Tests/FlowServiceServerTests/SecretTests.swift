// Secrets of accounts come in, and never go out.
import ExportDomain
import Foundation
import HTTPTypes
import TestFiles
import Testing

@Suite("Secrets over HTTP")
struct SecretTests {
    @Test("No answer and no line of the log holds the secret of an account, however it is asked for")
    func masked() async throws {
        let server = try await RunningServer()
        let secrets = [
            "kept/secret+one/0123456789abcdefghijklmn", "kept/secret+two/0123456789abcdefghijklmn",
        ]
        let search = SecretSearch(secrets)
        let id = try await server.make(
            "connections",
            """
            {"name":"Archive","connectionSpec":{"id":"\(Bodies.amazonS3)","version":"1.0"},
             "auth":{"specName":"Access Key","params":{"s3AccessKey":"AKIAIOSFODNN7EXAMPLE","s3SecretKey":"\(secrets[0])"}}}
            """)
        let etag = try #require(try await server.send(.get, "connections/\(id)").items.first?["etag"]?.text)
        let change =
            #"[{"op":"replace","path":"/auth/params","value":{"s3AccessKey":"AKIAIOSFODNN7ANOTHER","s3SecretKey":"\#(secrets[1])"}}]"#
        #expect(try await server.send(.patch, "connections/\(id)", change, ["if-match": etag]).status == 200)
        let account = try #require(try await server.send(.get, "connections/\(id)").items.first)
        #expect(account["auth"]?["params"]?["s3AccessKey"] == "AKIAIOSFODNN7ANOTHER")
        #expect(account["auth"]?["params"]?["s3SecretKey"] == "********")
        for reply in [
            try await server.send(.get, "connections/\(id)"), try await server.send(.get, "connections"),
            try await server.send(.get, "connections?property=auth.params.s3SecretKey==\(secrets[1])"),
            try await server.send(.get, "connections?orderby=auth.params.s3SecretKey"),
            try await server.send(.post, "connections/search", #"{"projectionFields":"auth"}"#),
            try await server.send(.patch, "connections/\(id)", change, ["if-match": etag]),
            try await server.send(
                .post, "connections", #"{"name":"A","auth":{"specName":"\#(secrets[0])"}}"#),
            try await server.send(
                .post, "connections",
                #"{"name":5,"connectionSpec":{"id":"\#(Bodies.amazonS3)","version":"1.0"},"auth":{"specName":"Access Key","params":{"s3SecretKey":"\#(secrets[0])","other":"x"}}}"#
            ),
            try await server.send(
                .post, "connections",
                #"{"name":"A","auth":{"specName":"Access Key","params":"\#(secrets[0])""#),
        ] { #expect(search.forms(in: Data(reply.text.utf8)) == [], "\(reply.status)") }
        // A secret that stays is not replaced by its mask.
        let current = try #require(account["etag"]?.text)
        let rename = #"[{"op":"replace","path":"/name","value":"Other"}]"#
        #expect(
            try await server.send(.patch, "connections/\(id)", rename, ["if-match": current]).status == 200)
        #expect(
            try await server.send(.get, "connections/\(id)").items.first?["auth"]?["params"]?["s3SecretKey"]
                == "********")
        #expect(server.log.lines.allSatisfy { search.forms(in: Data($0.utf8)) == [] })
    }

    @Test("A test that the other side refuses is an answer, with the reason beside it")
    func connectionTest() async throws {
        let server = try await RunningServer()
        let id = try await server.make(
            "connections",
            """
            {"name":"Archive","connectionSpec":{"id":"\(Bodies.amazonS3)","version":"1.0"},"auth":{"specName":"Access Key",
             "params":{"s3AccessKey":"AKIAIOSFODNN7EXAMPLE","s3SecretKey":"kept/secret+one/0123456789abcdefghijklmn","endpoint":"http://127.0.0.1:9"}}}
            """)
        let reply = try await server.send(.get, "connections/\(id)/test")
        #expect(
            reply.status == 200 && reply.json["result"] == false && reply.message?.isEmpty == false,
            "\(reply.text)")
        #expect(try await server.send(.get, "connections/nothing/test").status == 404)
    }
}
