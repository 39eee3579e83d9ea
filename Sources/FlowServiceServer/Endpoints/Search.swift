// Searches (`POST /flows/search`, `/connections/search`): lists whose words are in a body.
import ExportDomain
import FlowServiceAPI

enum Search {
    /// Answers a search in a list.
    static func answer(_ call: SandboxCall, _ list: EntityList) async throws -> APIAnswer {
        let search = try call.request.object(SearchRequest.self)
        var items: [ListQuery.Item] = []
        if let text = try search.queryString, !text.isEmpty {
            guard let words = RequestTarget.items(text) else { throw QueryError.badFilter(text) }
            // A filter alone is one without the word before it.
            items = words.map { $0.name == "property" ? $0 : ListQuery.Item("property", text) }
        }
        if let order = try search.orderby { items.append(ListQuery.Item("orderby", order)) }
        if let limit = try search.limit { items.append(ListQuery.Item("limit", String(limit))) }
        if try search.count ?? false { items.append(ListQuery.Item("count", "true")) }
        if let token = call.request.target["continuationToken"] {
            items.append(ListQuery.Item("continuationToken", token))
        }
        var list = list
        list.largestPage = 1_000
        let wanted = try search.projectionFields.map {
            Set($0.split(separator: ",").map(String.init) + ["id"])
        }
        return try await list.answer(try ListQuery(path: list.path, items: items)) { entity in
            guard let wanted, case .object(let members) = entity else { return entity }
            return .object(members.filter { wanted.contains($0.key) })
        }
    }
}
