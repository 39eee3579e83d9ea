// Filters, orders and links of lists.
import ExportDomain
import FlowServiceAPI
import Foundation
import Testing

@Suite("Queries of lists")
struct QueryTests {
    static let entity: JSONValue = {
        let text = #"""
            {"id":"f1","name":"Loyalty to S3","state":"enabled","createdAt":1767250000000,"ratio":0.5,
             "flowId":"7a6e","targetConnectionIds":["t1","t2"],"gone":null,
             "inheritedAttributes":{"properties":{"isDestinationFlow":true},
               "targetConnections":[{"connectionSpec":{"id":"s3"}},{"connectionSpec":{"id":"sftp"}}]},
             "metrics":{"durationSummary":{"startedAtUTC":1767250801888},
               "recordSummary":{"targetSummaries":[{"entitySummaries":[{"id":"segment:1"},{"id":"dataset:2"}]}]}}}
            """#
        return (try? JSONValue(reading: utf8(text), as: "entity")) ?? .null
    }()

    @Test(
        "A filter lets an entity through or not",
        arguments: [
            ("id==f1", true), ("id==f2", false), ("id==f0,f1", true), ("id!=f1", false), ("id!=f2", true),
            ("name==Loyalty to S3", true), ("state == enabled", true), ("state==Enabled", false),
            ("inheritedAttributes.properties.isDestinationFlow==true", true),
            ("inheritedAttributes.properties.isDestinationFlow==false", false),
            ("inheritedAttributes.targetConnections[].connectionSpec.id==sftp", true),
            ("inheritedAttributes.targetConnections[].connectionSpec.id==gcs,sftp", true),
            ("inheritedAttributes.targetConnections[].connectionSpec.id==gcs", false),
            ("inheritedAttributes.targetConnections.connectionSpec.id==s3", true),
            ("targetConnectionIds[]==t2", true), ("targetConnectionIds[]==t3", false),
            ("createdAt>1767249999999", true), ("createdAt>1767250000000", false),
            ("createdAt>=1767250000000", true),
            ("createdAt<1767250000000", false), ("createdAt<=1767250000000", true),
            ("createdAt<1767250000000.5", true),
            ("ratio==0.50", true), ("ratio<1", true), ("ratio>1", false),
            ("metrics.durationSummary.startedAtUTC>1767225600000", true),
            ("metrics.recordSummary.targetSummaries[].entitySummaries[].id==segment:1", true),
            ("metrics.recordSummary.targetSummaries[].entitySummaries[].id==dataset:1", false),
            ("absent==x", false), ("absent!=x", true), ("absent<1", false), ("absent>=1", false),
            ("gone==null", true),
            ("createdAt>soon", false), ("createdAt<soon", false), ("name>A", true), ("id.more==f1", false),
        ])
    func matching(filter: String, passes: Bool) throws {
        #expect(try PropertyFilter(filter).matches(Self.entity) == passes)
    }

    @Test(
        "A filter that is none is refused with its code",
        arguments: [
            ("", "1440-400"), ("id", "1440-400"), ("id=f1", "1440-400"), ("==f1", "1440-400"),
            ("id==", "1440-400"),
            ("id==a,", "1440-400"), ("a..b==c", "1440-400"), ("a b==c", "1440-400"), ("a[0]==c", "1440-400"),
            ("id!=a,b", "1443-400"), ("id<1,2", "1443-400"), ("id~=x", "1440-400"), ("ïd==x", "1440-400"),
        ])
    func wrongFilters(filter: String, code: String) {
        do {
            _ = try PropertyFilter(filter)
            Issue.record("\(filter) was taken")
        } catch {
            #expect(error.code?.rawValue == code)
            #expect("\(error)".count > 10)
        }
    }

    @Test("A path of a thousand names is no filter")
    func longPath() {
        let path = Array(repeating: "a", count: 1_000).joined(separator: ".")
        #expect(throws: QueryError.self) { try PropertyFilter("\(path)==1") }
    }

    @Test("A filter is written as it is read", arguments: ["a.b[].c==x,y", "a>=7", "a!=b", "a<1", "a<=1"])
    func writing(text: String) throws {
        let filter = try PropertyFilter(text)
        #expect(filter.text == text)
        #expect(try PropertyFilter(filter.text) == filter)
    }

    @Test("Lists are sorted by several properties, what has none of them last")
    func sorting() throws {
        let entities: [JSONValue] = [
            .object(["n": "b", "c": .integer(1)]), .object(["n": "a", "c": .integer(1)]),
            .object(["c": .integer(3)]),
            .object(["n": "a", "c": .integer(2)]), .object(["n": "a"]),
        ]
        func names(_ order: String) throws -> [String] {
            let order = try Ordering(order)
            return entities.sorted { order.isBefore($0, $1) }.map {
                guard case .object(let members) = $0 else { return "" }
                var count = "-"
                if case .integer(let number)? = members["c"] { count = String(number) }
                return (members["n"]?.text ?? "-") + count
            }
        }
        #expect(try names("n,-c") == ["a2", "a1", "a-", "b1", "-3"])
        #expect(try names("-n,+c") == ["b1", "a1", "a2", "a-", "-3"])
        #expect(try names("-n, c") == ["b1", "a1", "a2", "a-", "-3"])
        #expect(try Ordering("+name,-createdAt").text == "name,-createdAt")
        for text in ["", "name,", "--name", "a b", "name desc"] {
            #expect(throws: QueryError.badOrder(text)) { try Ordering(text) }
        }
    }

    @Test("A link holds all that a list is asked for, encoded")
    func links() throws {
        let query = ListQuery(
            "/flows", limit: 100, continuationToken: "a+b/c=&d", order: .newestFirst,
            filters: [.isDestinationFlow, try PropertyFilter("targetConnectionIds[]==t ü,1")])
        #expect(
            query.link
                == "/flows?property=inheritedAttributes.properties.isDestinationFlow%3D%3Dtrue"
                + "&property=targetConnectionIds%5B%5D%3D%3Dt%20%C3%BC,1&orderby=-createdAt&limit=100"
                + "&continuationToken=a%2Bb/c%3D%26d")
        let components = try #require(URLComponents(string: query.link))
        let items = (components.queryItems ?? []).map { ListQuery.Item($0.name, $0.value ?? "") }
        #expect(try ListQuery(path: "/flows", items: items) == query)
    }

    @Test("Words of a query that contradict each other or mean nothing are refused")
    func wrongQueries() throws {
        func read(_ items: [(String, String)]) throws -> ListQuery {
            try ListQuery(path: "/flows", items: items.map { ListQuery.Item($0.0, $0.1) })
        }
        #expect(throws: QueryError.limitWithCount) { try read([("limit", "1"), ("count", "true")]) }
        #expect(throws: QueryError.badLimit("0")) { try read([("limit", "0")]) }
        #expect(throws: QueryError.badLimit("many")) { try read([("limit", "many")]) }
        #expect(throws: QueryError.badCount("yes")) { try read([("count", "yes")]) }
        #expect(try read([("count", "true"), ("x", "y")]).others == [ListQuery.Item("x", "y")])
    }

    @Test("A list that a server writes leads its clients to the next page")
    func pages() throws {
        let list = ListAnswer<EntityReference>(
            items: [EntityReference(id: "a", etag: "\"1\"")], continuationToken: "a+b= c&d")
        let body = try list.json(query: ListQuery("/flows", limit: 7)).body(of: "list")
        let read = try ListAnswer<EntityReference>(reading: body)
        #expect(read.continuationToken == "a+b= c&d" && read.items == list.items)
    }
}
