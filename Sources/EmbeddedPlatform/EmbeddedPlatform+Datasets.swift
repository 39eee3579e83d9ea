// Exportable datasets: all of the lake's.
import ExportDomain
import GRDB
import Languages

extension EmbeddedPlatform {
    /// A page of the lake's datasets, by name.
    public func exportableDatasets(
        start: Int, limit: Int
    ) async throws(FlowServiceError) -> DatasetPage {
        try PageRequest.check(limit: limit)
        guard start >= 0 else {
            throw .invalid(field: "start", reason: Text("A list starts at 0, not \(start)"))
        }
        return try await answering(Text("list the datasets")) {
            try await store.read(Text("list the datasets")) { db in
                DatasetPage(
                    items: try DatasetQuery.page(db, start: start, limit: limit), start: start,
                    total: try StoredDataset.fetchCount(db))
            }
        }
    }

    /// All datasets of the lake from an index on, by name, as they are at one moment.
    public func exportableDatasets(
        from start: Int, take: @escaping @Sendable (DatasetPage) -> Void
    ) async throws(FlowServiceError) {
        try await answering(Text("list the datasets")) {
            try await store.read(Text("list the datasets")) { db in
                try DatasetQuery.pages(db, from: start, take: take)
            }
        }
    }
}
