// The credentials of landing zones that are containers; of folders there are none.
import ExportDomain
import Foundation
import HTTPTypes
import Testing

@testable import FlowServiceServer

@Suite("Landing zones of a server")
struct LandingZoneTests {
    private static let path = "/data/foundation/connectors/landingzone"
    private static let query = "?type=dlz_destination"

    private func account(_ url: String, _ server: RunningServer) async throws -> String {
        try await server.make(
            "connections",
            """
            {"name":"Zone","auth":{"specName":"SAS URL","params":{"sasUri":"\(url)"}},
             "connectionSpec":{"id":"\(Bodies.landingZone)","version":"1.0"}}
            """)
    }

    @Test("The SAS URL of the newest is handed out, or that of the account that is named")
    func handsOut() async throws {
        let server = try await RunningServer()
        let signature = "sv=2024-11-04&sp=rl&sig=c2ln"
        let first = try await account("https://acme.blob.core.windows.net/first?\(signature)", server)
        _ = try await account("https://acme.blob.core.windows.net/second?\(signature)", server)
        for (more, container) in [
            ("", "second"), ("&action=refresh", "second"), ("&baseConnectionId=\(first)", "first"),
        ] {
            let path = Self.path + "/credentials" + Self.query + more
            let reply = try await server.send(more.contains("refresh") ? .post : .get, path)
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply.json["containerName"]?.text == container)
            #expect(reply.json["storageAccountName"] == "acme")
            #expect(reply.json["SASToken"]?.text == signature)
            #expect(
                reply.json["SASUri"]?.text
                    == "https://acme.blob.core.windows.net/\(container)?\(signature)")
        }
        let described = try await server.send(.get, Self.path + Self.query)
        #expect(described.json["containerName"] == "second" && described.json["containerTTL"]?.int == 7)
        #expect(!described.text.contains("c2ln"))
        let other = Self.path + "/credentials" + Self.query + "&baseConnectionId=unknown"
        #expect(try await server.send(.get, other).code == "1101-404")
        // Who asks has to be let in, as everywhere.
        let refused = try await server.send(
            .get, Self.path + "/credentials" + Self.query, nil, ["authorization": nil])
        #expect(refused.status == 403)
    }

    @Test("A landing zone that is a folder has no credentials and no description")
    func folder() async throws {
        let server = try await RunningServer()
        _ = try await server.makeConnections()
        for path in [Self.path + Self.query, Self.path + "/credentials" + Self.query] {
            let reply = try await server.send(.get, path)
            #expect(reply.status == 404 && reply.code == "1101-404")
        }
    }
}
