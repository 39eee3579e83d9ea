// The datasets of a platform as they come: laid out for the list, and to be searched, by whoever fetches them, so that
// no key waits for that.
import ExportDomain
import FoundationEssentials
import Synchronization

/// The datasets that have come so far.
public struct DatasetListing: Sendable, Equatable {
    /// The datasets, by name.
    public private(set) var datasets = DatasetTable()
    /// Whether these are all.
    public private(set) var isWhole = false
    /// The datasets of the last page: where one was made meanwhile, the next page begins with one of them.
    private var lastPage: Set<Identifier<Dataset>> = []

    /// Nothing has come yet.
    public init() {}

    /// Adds a page.
    public mutating func append(_ page: DatasetPage) {
        let new = page.items.filter { !lastPage.contains($0.id) }
        lastPage = Set(page.items.map(\.id))
        datasets.append(new)
        isWhole = !page.hasNext
    }

    /// Between two reports there is so much time.
    private static let reportInterval = Duration.milliseconds(100)

    /// Fetches all datasets of a platform.
    ///
    /// - Parameter report: is told what has come when it is the first time, and then ten times a second at most.
    /// - Returns: all of them.
    static func load(
        from service: any FlowService, report: @escaping @Sendable (DatasetListing) -> Void
    ) async throws(FlowServiceError) -> DatasetListing {
        let state = Mutex((listing: DatasetListing(), nextReport: ContinuousClock.now))
        try await service.exportableDatasets(from: 0) { page in
            let part = state.withLock { state -> DatasetListing? in
                state.listing.append(page)
                let now = ContinuousClock.now
                if state.listing.isWhole || now < state.nextReport { return nil }
                state.nextReport = now + reportInterval
                return state.listing
            }
            if let part { report(part) }
        }
        return state.withLock { state in
            state.listing.isWhole = true
            return state.listing
        }
    }
}
