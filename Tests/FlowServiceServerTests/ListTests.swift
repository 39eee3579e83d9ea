// Lists: pages, filters, order, counts, searches.
import EmbeddedPlatform
import ExportDomain
import Foundation
import HTTPTypes
import Testing

@Suite("Lists over HTTP")
struct ListTests {
    private let server: RunningServer
    private let joined: RunningServer.Connections
    /// The ids of the dataflows in the order in which they were made; their names are their places, from 1.
    private let flows: [String]

    init() async throws {
        server = try await RunningServer()
        joined = try await server.makeConnections()
        var flows: [String] = []
        for number in 1...5 {
            flows.append(
                try await server.make(
                    "flows", Bodies.dailyFlow(joined.source, joined.target, name: "\(number)")))
        }
        self.flows = flows
        _ = try await server.send(.post, "flows/\(flows[1])/action?op=disable")
    }

    private func names(_ path: String) async throws -> [String] {
        let reply = try await server.send(.get, path)
        #expect(reply.status == 200, "\(reply.text)")
        return reply.items.compactMap { $0["name"]?.text }
    }

    @Test(
        "Filters and orders find what they say",
        arguments: [
            ("flows", "54321"), ("flows?orderby=name", "12345"), ("flows?orderby=-name&limit=2", "54"),
            ("flows?orderby=%2Bname", "12345"), ("flows?orderby=+name", "12345"),
            ("flows?orderby=state,-name", "25431"),
            ("flows?property=state==enabled", "5431"), ("flows?property=state!=enabled", "2"),
            ("flows?property=name==1,3&orderby=name", "13"), ("flows?property=name%3E3", "54"),
            ("flows?property=name>1&property=name<=3", "32"), ("flows?property=name==none", ""),
            ("flows?property=inheritedAttributes.properties.isDestinationFlow==true&count=False", "54321"),
            (
                "flows?property=inheritedAttributes.targetConnections[].connectionSpec.id==\(Bodies.landingZone)&limit=1",
                "5"
            ),
            ("flows?property=lastRunDetails.startedAtUTC>=0", ""),
        ])
    func filters(path: String, expected: String) async throws {
        #expect(try await names(path).joined() == expected)
    }

    @Test("Filters by what a dataflow joins find it")
    func joins() async throws {
        for property in [
            "targetConnectionIds[]==\(joined.target)", "sourceConnectionIds[]==\(joined.source)",
        ] {
            #expect(try await names("flows?property=\(property)").count == 5)
        }
        #expect(try await names("flows?property=targetConnectionIds[]==\(joined.source)").isEmpty)
        #expect(
            try await names("targetConnections?property=baseConnectionId==\(joined.account)") == [
                "Nightly exports"
            ])
        #expect(try await names("connections?property=connectionSpec.id==\(Bodies.landingZone)") == ["Zone"])
        #expect(try await names("connections?property=connectionSpec.id==\(Bodies.amazonS3)").isEmpty)
        #expect(
            try await names("connectionSpecs?property=id==\(Bodies.landingZone),\(Bodies.amazonS3)").count
                == 2)
    }

    @Test(
        "Pages are followed by the link alone, by the token alone, and by the token with the rest of the query"
    )
    func pages() async throws {
        for query in [
            "limit=2", "limit=2&orderby=-name", "limit=2&property=name!=none", "limit=2&orderby=-createdAt",
        ] {
            var names: [String] = []
            var next = "/data/foundation/flowservice/flows?" + query
            var pages = 0
            while pages < 5 {
                let reply = try await server.send(.get, next)
                names += reply.items.compactMap { $0["name"]?.text }
                pages += 1
                guard let href = reply.json["_links"]?["next"]?["href"]?.text else { break }
                #expect(href.hasPrefix("/flows?continuationToken=") && href.split(separator: "=").count == 2)
                let token = try #require(href.split(separator: "=").last)
                next =
                    pages == 1
                    ? "/data/foundation/flowservice" + href + "&limit=2"
                    : "/data/foundation/flowservice/flows?\(query)&continuationToken=\(token)"
            }
            #expect(names == ["5", "4", "3", "2", "1"] && pages == 3, "\(query)")
        }
    }

    @Test("What is made and removed meanwhile moves no page")
    func movingPages() async throws {
        for query in ["limit=2", "limit=2&property=name!=none"] {
            let first = try await server.send(.get, "flows?" + query)
            let added = try await server.make(
                "flows", Bodies.dailyFlow(joined.source, joined.target, name: "6"))
            let href = try #require(first.json["_links"]?["next"]?["href"]?.text)
            let second = try await server.send(.get, "/data/foundation/flowservice" + href + "&limit=2")
            #expect((first.items + second.items).compactMap { $0["name"]?.text } == ["5", "4", "3", "2"])
            try await server.send(.delete, "flows/\(added)")
        }
    }

    @Test("A token of another list, and one that is none, are refused")
    func foreignTokens() async throws {
        let href = try #require(
            try await server.send(.get, "flows?limit=1").json["_links"]?["next"]?["href"]?.text)
        let token = href.split(separator: "=").last.map(String.init) ?? ""
        for path in [
            "connections?continuationToken=\(token)", "flows?continuationToken=x", "flows?continuationToken=",
            "flows?continuationToken=\(token)x", "runs?continuationToken=\(token)",
            "flows?continuationToken=e30",
        ] {
            let reply = try await server.send(.get, path)
            #expect(reply.status == 400 && reply.message != nil, "\(path): \(reply.text)")
        }
    }

    @Test("A count is asked for alone")
    func counts() async throws {
        #expect(try await server.send(.get, "flows?count=true").text == #"{"count":5}"#)
        #expect(
            try await server.send(.get, "flows?count=true&property=state==disabled").text == #"{"count":1}"#)
        #expect(try await server.send(.get, "flows?count=true&limit=2").code == "1401-400")
    }

    @Test(
        "Queries that cannot be read are refused with their code",
        arguments: [
            ("limit=0", nil), ("limit=101", nil), ("limit=many", nil), ("limit=99999999999999999999", nil),
            ("count=maybe", nil),
            ("orderby=", "1432-400"), ("orderby=na me", "1432-400"), ("property=name", "1440-400"),
            ("property===x", "1440-400"), ("property=name==", "1440-400"), ("property=name>1,2", "1443-400"),
        ] as [(String, String?)])
    func badQueries(query: String, code: String?) async throws {
        let reply = try await server.send(.get, "flows?" + query.replacing(" ", with: "%20"))
        #expect(reply.status == 400 && reply.code == code && reply.message != nil, "\(reply.text)")
    }

    @Test("Searches take their words from the body, and give the fields that are asked for")
    func searches() async throws {
        let found = try await server.send(
            .post, "flows/search",
            #"{"queryString":"property=state==enabled","limit":1000,"orderby":"name","projectionFields":"name"}"#
        )
        #expect(
            found.items
                == ["1", "3", "4", "5"].map { name in
                    .object(["id": .string(flows[(Int(name) ?? 1) - 1]), "name": .string(name)])
                })
        #expect(
            try await server.send(.post, "flows/search", #"{"queryString":"name==1","count":true}"#).text
                == #"{"count":1}"#)
        #expect(try await server.send(.post, "connections/search", "{}").items.count == 1)
        #expect(try await server.send(.post, "flows/search", #"{"limit":1001}"#).status == 400)
        #expect(try await server.send(.post, "flows/search", #"{"limit":{}}"#).status == 400)
    }

    @Test("Datasets page by index, with the properties that are asked for")
    func datasets() async throws {
        for name in ["A", "B", "C"] { try await server.addDataset(name) }
        let base =
            "connectionSpecs/\(Bodies.dataLake)/configs?outputType=activationDatasets&outputField=datasets"
        let first = try await server.send(.get, base + "&start=0&limit=3&properties=name")
        #expect(
            first.items.map { $0["name"]?.text } == ["A", "B", "C"]
                && first.items.allSatisfy { $0["fileDescription"] == nil })
        #expect(first.json["pageInfo"]?["hasNext"] == true && first.json["pageInfo"]?["end"]?.int == 2)
        let second = try await server.send(.get, base + "&start=3&limit=3")
        #expect(
            second.items.map { $0["name"]?.text } == ["Orders"]
                && second.json["pageInfo"]?["hasNext"] == false)
        #expect(
            try await server.send(.get, base + "&orderBy=desc:name&limit=1").items.first?["name"] == "Orders")
        #expect(try await server.send(.get, base + "&name=B").json["pageInfo"]?["total"]?.int == 1)
        // Some clients ask with the destination.
        #expect(
            try await server.send(.get, base.replacing(Bodies.dataLake, with: Bodies.landingZone)).items.count
                == 4)
        for bad in ["&start=-1", "&limit=0", "&limit=101", "&start=x", "&orderBy=name", "&tags=x"] {
            #expect(try await server.send(.get, base + bad).status == 400, "\(bad)")
        }
        #expect(try await server.send(.get, "connectionSpecs/\(Bodies.dataLake)/configs").status == 400)
    }

    @Test("Runs of all dataflows come together, newest first; those of an unknown one are not found")
    func runs() async throws {
        let once = try await server.make("flows", Bodies.flow(joined.source, joined.target, name: "Once"))
        let twice = try await server.make("flows", Bodies.flow(joined.source, joined.target, name: "Twice"))
        _ = try await server.platform.runDue()
        let all = try await server.send(.get, "runs").items
        #expect(Set(all.compactMap { $0["flowId"]?.text }) == [once, twice])
        let times = all.compactMap { $0["createdAt"]?.int }
        #expect(times == times.sorted(by: >) && times.count == 2)
        #expect(try await server.send(.get, "runs?property=flowId==\(once),\(twice)").items.count == 2)
        #expect(
            try await server.send(
                .get, "runs?property=flowId==\(once)&property=metrics.statusSummary.status==failed"
            ).items.isEmpty)
        #expect(
            try await server.send(
                .get,
                "runs?property=flowId==\(once)&property=metrics.durationSummary.startedAtUTC>1767225600000"
            )
            .items.count == 1)
        #expect(try await server.send(.get, "runs?property=flowId==none").status == 404)
        let page = try await server.send(.get, "runs?limit=1&property=flowId==\(once),\(twice)")
        let href = try #require(page.json["_links"]?["next"]?["href"]?.text)
        let rest = try await server.send(.get, "/data/foundation/flowservice" + href)
        #expect(Set((page.items + rest.items).compactMap { $0["flowId"]?.text }) == [once, twice])
    }
}
