// Lists as every resource answers them: filtered, sorted, counted, page by page.
import ExportDomain
import FlowServiceAPI
import Languages

/// The entities of one kind.
struct EntityList: Sendable {
    /// The path of the list below the base of Flow Service.
    var path: String
    /// The most items of a page.
    var largestPage = 100
    /// A filter that all of them pass anyway; nil for none.
    var implied: PropertyFilter?
    /// A page straight from the platform, newest first; nil where there is none.
    var page: (@Sendable (PageRequest) async throws -> Page<JSONValue>)?
    /// All entities, newest first.
    var all: @Sendable () async throws -> [JSONValue]

    init(
        path: String, page: (@Sendable (PageRequest) async throws -> Page<JSONValue>)? = nil,
        all: @escaping @Sendable () async throws -> [JSONValue]
    ) {
        self.path = path
        self.page = page
        self.all = all
    }

    /// Answers a list that is asked for by the words of a query.
    func answer(_ request: APIRequest) async throws -> APIAnswer {
        try await answer(ListQuery(path: path, items: request.target.query))
    }

    /// Answers a list.
    func answer(
        _ query: ListQuery, project: @Sendable (JSONValue) -> JSONValue = { $0 }
    ) async throws -> APIAnswer {
        let limit = query.limit ?? min(100, largestPage)
        if limit > largestPage {
            throw FlowServiceError.invalid(
                field: "limit", reason: .verbatim("A page has 1 to \(largestPage) items, not \(limit)"))
        }
        if query.countsOnly {
            var count = EntityCount()
            count.set(
                \.count,
                to: try await all().filter { entity in query.filters.allSatisfy { $0.matches(entity) } }.count
            )
            return try APIAnswer(count.json)
        }
        let token = try query.continuationToken.map { try ContinuationToken($0, path: path) }
        // What a token goes on with is the list that it was given for.
        let filters = token?.filters ?? query.filters
        let order = token?.order ?? query.order
        let found: (items: [JSONValue], next: ContinuationToken.Position?)
        if let page, filters.allSatisfy({ $0 == implied }), order == nil || order == .newestFirst,
            limit <= 100
        {
            found = try await platformPage(page, token?.position, limit: limit)
        } else {
            var entities = try await all().filter { entity in filters.allSatisfy { $0.matches(entity) } }
            if let order { entities = order.sorted(entities) }
            found = try part(of: entities, token?.position, limit: limit)
        }
        let next = try found.next.map {
            try ContinuationToken(path: path, filters: filters, order: order, position: $0).text
        }
        let answer = ListAnswer(items: found.items.map(project), continuationToken: next)
        // The link has nothing but the token, which holds the rest: some clients follow it without the rest, and
        // some cut the token out between the first two signs of equality.
        return try APIAnswer(answer.json(query: ListQuery(path)))
    }

    private func platformPage(
        _ page: @Sendable (PageRequest) async throws -> Page<JSONValue>,
        _ position: ContinuationToken.Position?,
        limit: Int
    ) async throws -> ([JSONValue], ContinuationToken.Position?) {
        var request = PageRequest(limit: limit)
        switch position {
        case nil: break
        case .platform(let token)?: request.continuationToken = token
        case .after?: throw ContinuationToken.foreign
        }
        let found = try await page(request)
        return (found.items, found.continuationToken.map(ContinuationToken.Position.platform))
    }

    private func part(
        of entities: [JSONValue], _ position: ContinuationToken.Position?, limit: Int
    ) throws -> ([JSONValue], ContinuationToken.Position?) {
        var start = 0
        switch position {
        case nil: break
        case .platform?: throw ContinuationToken.foreign
        case .after(let id, let index)?:
            // On from where the page before ended, whatever was made meanwhile; where that entity is gone, as near
            // to it as can be.
            start = entities.firstIndex { $0.id == id }.map { $0 + 1 } ?? min(index, entities.count)
        }
        let items = Array(entities[start...].prefix(limit))
        let end = start + items.count
        guard end < entities.count, let last = items.last?.id else { return (items, nil) }
        return (items, .after(id: last, index: end))
    }
}

extension Ordering {
    /// The entities in this order; what is equal stays as it was.
    fileprivate func sorted(_ entities: [JSONValue]) -> [JSONValue] {
        entities.enumerated().sorted { first, second in
            if isBefore(first.element, second.element) { return true }
            if isBefore(second.element, first.element) { return false }
            return first.offset < second.offset
        }.map(\.element)
    }
}

extension JSONValue {
    /// The id of an entity.
    fileprivate var id: String? {
        if case .object(let members) = self { members["id"]?.text } else { nil }
    }
}
