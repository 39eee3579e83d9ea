// Words of a request that were good once: tokens of pages, filters, orders and versions, damaged or forged.
import ExportDomain
import Foundation
import HTTPTypes
import Testing

@Suite("Damaged words")
struct DamagedWordsTests {
    @Test("Lists that are asked for with damaged words are refused or answered, and no word costs the server")
    func damagedWords() async throws {
        let server = try await RunningServer()
        for number in 0..<3 { _ = try await server.make("connections", Bodies.account("Zone \(number)")) }
        let href = try #require(
            try await server.send(.get, "connections?limit=1").json["_links"]?["next"]?["href"]?.text)
        let token = try #require(href.split(separator: "=").last.map(String.init))
        for index in stride(from: 0, to: token.count, by: 3) {
            var characters = Array(token)
            characters[index] = characters[index] == "A" ? "B" : "A"
            for damaged in [
                String(characters), String(token.prefix(index)), token + String(token.prefix(index + 1)),
            ] {
                let reply = try await server.send(.get, "connections?continuationToken=\(damaged)")
                #expect(reply.isInOrder, "\(damaged): \(reply.status) \(reply.text)")
            }
        }
        for forged in [
            #"{"list":"/connections","property":[],"page":"x'; DROP TABLE flow; --"}"#,
            #"{"list":"/connections","property":[],"page":""}"#,
            #"{"list":"/connections","property":[],"after":"x","index":-1}"#,
            #"{"list":"/connections","property":[],"after":"x","index":1e300}"#,
            #"{"list":"/connections","property":[7],"after":"x","index":0}"#,
            #"{"list":"/connections","property":["x"],"after":"x","index":0}"#,
            #"{"list":"/connections","property":{},"after":"x","index":0}"#,
            #"{"list":"/connections","property":[],"orderby":"","after":"x","index":0}"#,
            #"{"list":"/flows","property":[],"after":"x","index":0}"#,
            #"{"list":"/connections","property":[],"after":"x","index":9223372036854775807}"#,
            String(repeating: "[", count: 5_000), "\"\"", "null",
        ] {
            let text = Data(forged.utf8).base64EncodedString().replacing("+", with: "-").replacing(
                "/", with: "_"
            )
            .replacing("=", with: "")
            let reply = try await server.send(.get, "connections?continuationToken=\(text)")
            #expect(reply.status == 400 && reply.isInOrder, "\(forged.prefix(80)): \(reply.text)")
        }
        let deep = Array(repeating: "a", count: 5_000).joined(separator: ".")
        for (query, status) in [
            ("property=\(deep)==x", 400), ("orderby=\(deep)", 400), ("property=[]==x", 400),
            ("property=..==x", 400), ("property=a[0]==x", 400), ("property=a[][]==x", 400),
            ("property=name==(a%2B)%2B$", 200),
            ("property=id==\(String(repeating: "x,", count: 5_000))x", 200),
            ("property=%00==x", 400), ("property=name==%00", 200), ("property=name<1e999", 200),
            ("property=createdAt>nan", 200), ("orderby=-", 400), ("orderby=name,,name", 400),
            ("orderby=\(String(repeating: "name,", count: 3_000))name", 200),
            ("limit=-1", 400), ("limit=1e3", 400), ("limit=%D9%A3", 400), ("limit=1&limit=0", 400),
            ("limit=9223372036854775808", 400), ("limit=", 400), ("count=1", 400),
            (String(repeating: "a=b&", count: 100), 400), (String(repeating: "&", count: 5_000), 200),
            ("=&==&%3D", 200),
        ] {
            let reply = try await server.send(.get, "connections?" + query)
            #expect(
                reply.status == status && reply.isInOrder,
                "\(query.prefix(60)): \(reply.status) \(reply.text.prefix(300))")
        }
        #expect(try await server.send(.get, "connections").items.count == 3)
    }

    @Test(
        "A version that is none, and more changes at once than anybody makes, are refused and change nothing")
    func versions() async throws {
        let server = try await RunningServer()
        let joined = try await server.makeConnections()
        let flow = try await server.make("flows", Bodies.dailyFlow(joined.source, joined.target))
        let change = #"{"op":"replace","path":"/name","value":"x"}"#
        for path in [
            "flows/\(flow)", "targetConnections/\(joined.target)", "connections/\(joined.account)",
        ] {
            let before = try #require(try await server.send(.get, path).items.first)
            let etag = try #require(before["etag"]?.text)
            let many = Array(repeating: change, count: 1_001).joined(separator: ",")
            let long = try await server.send(.patch, path, "[\(many)]", ["if-match": etag])
            #expect(long.status == 400 && long.isInOrder, "\(long.text.prefix(300))")
            for tag in ["", "*", "W/\(etag)", etag + ",\"x\"", String(repeating: "x", count: 10_000)] {
                let reply = try await server.send(.patch, path, "[\(change)]", ["if-match": tag])
                #expect(
                    [400, 412].contains(reply.status) && reply.isInOrder, "\(tag.prefix(60)): \(reply.text)")
            }
            #expect(try await server.send(.get, path).items.first == before)
        }
    }
}

extension Reply {
    /// Whether it is what was asked for, or says in a sentence why the caller cannot have it.
    var isInOrder: Bool {
        (200..<300).contains(status)
            || (400..<500).contains(status) && !(message ?? "").isEmpty
                && fields[.contentType]?.hasPrefix("application/json") == true
    }
}
