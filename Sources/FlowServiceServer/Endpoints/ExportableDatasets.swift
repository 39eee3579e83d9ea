// The datasets that can be exported (`/connectionSpecs/{id}/configs`), which page by index.
import ExportDomain
import FlowServiceAPI
import Languages

enum ExportableDatasets {
    /// A page of the datasets.
    static func page(_ call: SandboxCall) async throws -> APIAnswer {
        let request = call.request
        let spec = request.id(ConnectionSpec.self)
        // Some clients ask with the destination: whichever it is, all datasets can be exported to it.
        let kinds = try await call.service.connectionSpecs().map(\.id.rawValue)
        guard (kinds + [DataLakeSource.specID]).contains(spec.rawValue) else {
            throw FlowServiceError.notFound(what: "connection spec", id: spec.rawValue)
        }
        for item in DataLakeSource.datasetsQuery where request.target[item.name] != item.value {
            throw FlowServiceError.invalid(
                field: item.name, reason: .verbatim("\(item.name) has to be \(item.value)"))
        }
        let start = try request.number("start", in: 0...Int.max) ?? 0
        let limit = try request.number("limit", in: 1...100) ?? 20
        for word in ["property", "tags", "created", "updated", "createdUser"]
        where request.target[word] != nil {
            throw FlowServiceError.invalid(
                field: word, reason: .verbatim("Datasets cannot be chosen by \(word) here"))
        }
        var page: DatasetPage
        let isReversed = try isReversed(request)
        if isReversed || request.target["name"] != nil || request.target["description"] != nil {
            let matching = try await matching(call)
            let datasets = isReversed ? matching.reversed() : matching
            page = DatasetPage(
                items: Array(datasets.dropFirst(start).prefix(limit)), start: start, total: datasets.count)
        } else {
            page = try await call.service.exportableDatasets(start: start, limit: limit)
        }
        page.start = start
        var answer = DatasetsAnswer(page)
        if let names = request.target["properties"] {
            let wanted = Set(names.split(separator: ",").map(String.init) + ["id"])
            answer.set(
                \.items,
                to: page.items.map { dataset in
                    var entity = DatasetEntity(dataset)
                    entity.object.members = entity.object.members.filter { wanted.contains($0.key) }
                    return entity
                })
        }
        return try APIAnswer(answer.json)
    }

    /// Reads `orderBy`, which is written otherwise than everywhere else: whether `desc:name` is asked for.
    private static func isReversed(_ request: APIRequest) throws -> Bool {
        switch request.target["orderBy"] {
        case nil, "asc:name": false
        case "desc:name": true
        default:
            throw FlowServiceError.invalid(
                field: "orderBy", reason: .verbatim("Datasets are sorted by asc:name or desc:name here"))
        }
    }

    private static func matching(_ call: SandboxCall) async throws -> [Dataset] {
        let name = call.request.target["name"]
        let description = call.request.target["description"]
        return try await call.service.allExportableDatasets().filter {
            (name == nil || $0.name == name) && (description == nil || $0.description == description)
        }
    }
}
