// Kinds of destination, and the datasets that can be exported.
import ExportDomain
import FlowServiceAPI
import Languages

extension RemoteFlowService {
    /// The destinations that can take datasets, asked for once.
    public func connectionSpecs() async throws(FlowServiceError) -> [ConnectionSpec] {
        try await kinds.all()
    }

    /// A page of the datasets that can be exported, in the order of the platform.
    public func exportableDatasets(start: Int, limit: Int) async throws(FlowServiceError) -> DatasetPage {
        guard start >= 0 else {
            throw .invalid(field: "start", reason: Text("A list begins at 0, not at \(start)"))
        }
        guard (1...100).contains(limit) else {
            throw .invalid(field: "limit", reason: Text("A page has 1 to 100 items, not \(limit)"))
        }
        let query = ListQuery(
            "/connectionSpecs/\(DataLakeSource.specID)/configs", limit: limit,
            others: DataLakeSource.datasetsQuery + [
                ListQuery.Item("start", String(start)), ListQuery.Item("orderBy", "asc:name"),
            ])
        let call = PlatformCall.list(Text("list the datasets"), query, .viewDatasets, .exportDatasets)
        let answer = try await gateway.ask(call)
        return try reading(call.doing) { try DatasetsAnswer(reading: answer.body).page(from: start) }
    }
}
