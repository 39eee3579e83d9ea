// The seam between those who ask for exports and the platform that does them. The wizard, the commands and
// the server know only this protocol; Experience Platform and the embedded platform stand behind it.
import FoundationEssentials
import Synchronization

/// The operations of Experience Platform's Flow Service that exporting datasets needs, in its own words.
///
/// Every operation may be called at any time from anywhere. Lists are complete for what existed before the
/// call. A create that throws has made nothing. Lists of connections, flows and runs come newest first.
public protocol FlowService: Sendable {
    /// Where this platform's entities live; shown in the macros of folder templates.
    var place: Place { get }

    /// The destinations that can take datasets (`GET /connectionSpecs`).
    func connectionSpecs() async throws(FlowServiceError) -> [ConnectionSpec]

    /// A page of the datasets that can be exported, by name
    /// (`GET /connectionSpecs/{id}/configs?outputType=activationDatasets`).
    /// - Parameters:
    ///   - start: index of the first, from 0.
    ///   - limit: 1–100.
    func exportableDatasets(start: Int, limit: Int) async throws(FlowServiceError) -> DatasetPage

    /// All datasets that can be exported from an index on, by name, in pages of any size, the first of them soon; there
    /// is one page at least.
    ///
    /// Unless a platform does it in a quicker way, it is asked for one page after the other.
    /// - Parameters:
    ///   - start: index of the first, from 0.
    ///   - take: is given each page as it comes.
    func exportableDatasets(
        from start: Int, take: @escaping @Sendable (DatasetPage) -> Void
    ) async throws(FlowServiceError)

    /// Makes an account (`POST /connections`).
    func createConnection(
        _ draft: BaseConnection.Draft, spec: Identifier<ConnectionSpec>
    ) async throws(FlowServiceError) -> BaseConnection

    /// One account, without its secrets (`GET /connections/{id}`).
    func connection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) -> BaseConnection

    /// Changes an account (`PATCH /connections/{id}`); a secret that the draft leaves out stays as it is.
    ///
    /// - Parameters:
    ///   - id: the account.
    ///   - draft: what it is to be.
    ///   - etag: the revision that the change was made from; another throws `.changed`.
    func updateConnection(
        _ id: Identifier<BaseConnection>, to draft: BaseConnection.Draft, etag: String
    ) async throws(FlowServiceError) -> BaseConnection

    /// Removes an account; throws `.inUse` while a target connection has it (`DELETE /connections/{id}`).
    func deleteConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError)

    /// Signs in with the credentials of an account (`GET /connections/{id}/test`).
    ///
    /// What the other side refuses is thrown as `.refused`.
    func testConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError)

    /// The accounts, without their secrets (`GET /connections`).
    func connections(_ page: PageRequest) async throws(FlowServiceError) -> Page<BaseConnection>

    /// Makes a source connection (`POST /sourceConnections`).
    func createSourceConnection(
        _ draft: SourceConnection.Draft
    ) async throws(FlowServiceError) -> SourceConnection

    /// One source connection (`GET /sourceConnections/{id}`).
    func sourceConnection(
        _ id: Identifier<SourceConnection>
    ) async throws(FlowServiceError) -> SourceConnection

    /// Removes a source connection; throws `.inUse` while a dataflow has it
    /// (`DELETE /sourceConnections/{id}`).
    func deleteSourceConnection(_ id: Identifier<SourceConnection>) async throws(FlowServiceError)

    /// The source connections (`GET /sourceConnections`).
    func sourceConnections(_ page: PageRequest) async throws(FlowServiceError) -> Page<SourceConnection>

    /// Makes a target connection (`POST /targetConnections`).
    func createTargetConnection(
        _ draft: TargetConnection.Draft
    ) async throws(FlowServiceError) -> TargetConnection

    /// One target connection (`GET /targetConnections/{id}`).
    func targetConnection(
        _ id: Identifier<TargetConnection>
    ) async throws(FlowServiceError) -> TargetConnection

    /// Changes a target connection (`PATCH /targetConnections/{id}`).
    ///
    /// The place that it names (bucket, container, host) is fixed while a dataflow uses it.
    ///
    /// - Parameters:
    ///   - id: the target connection.
    ///   - draft: what it is to be.
    ///   - etag: the revision that the change was made from; another throws `.changed`.
    func updateTargetConnection(
        _ id: Identifier<TargetConnection>, to draft: TargetConnection.Draft, etag: String
    ) async throws(FlowServiceError) -> TargetConnection

    /// Removes a target connection; throws `.inUse` while a dataflow has it
    /// (`DELETE /targetConnections/{id}`).
    func deleteTargetConnection(_ id: Identifier<TargetConnection>) async throws(FlowServiceError)

    /// The target connections (`GET /targetConnections`).
    func targetConnections(_ page: PageRequest) async throws(FlowServiceError) -> Page<TargetConnection>

    /// Makes a dataflow, enabled (`POST /flows`).
    func createFlow(_ draft: Flow.Draft) async throws(FlowServiceError) -> Flow

    /// One dataflow (`GET /flows/{id}`).
    func flow(_ id: Identifier<Flow>) async throws(FlowServiceError) -> Flow

    /// The dataflows (`GET /flows`).
    func flows(_ page: PageRequest) async throws(FlowServiceError) -> Page<Flow>

    /// Changes a dataflow (`PATCH /flows/{id}`).
    ///
    /// Runs that are planned already end as they were planned. What comes later follows the change: datasets that
    /// were added are exported from the next occurrence on.
    ///
    /// - Parameters:
    ///   - id: the dataflow.
    ///   - change: what is to be another.
    ///   - etag: the revision that the change was made from; another throws `.changed`.
    /// - Throws: `.wrongState` unless the dataflow is enabled or disabled, `.invalid` for a change of nothing and for
    ///   a schedule that cannot be.
    func updateFlow(
        _ id: Identifier<Flow>, _ change: Flow.Change, etag: String
    ) async throws(FlowServiceError) -> Flow

    /// Removes a dataflow and its runs, and nothing of what those that ended have exported (`DELETE /flows/{id}`).
    ///
    /// Its connections stay; they can be removed afterwards.
    /// - Throws: `.wrongState` unless the dataflow is enabled or disabled, and while it exports.
    func deleteFlow(_ id: Identifier<Flow>) async throws(FlowServiceError)

    /// Pauses or resumes a dataflow (`POST /flows/{id}/action`).
    ///
    /// - Throws: `.wrongState` for one that is paused, or goes on, already.
    func perform(_ action: FlowAction, on id: Identifier<Flow>) async throws(FlowServiceError)

    /// Asks for a run of some datasets of a dataflow now, whatever its schedule says (`POST …/adhocrun`).
    ///
    /// Each exports what the next scheduled run would have exported. The schedule stays as it is.
    ///
    /// - Parameters:
    ///   - datasets: at least one, all of the dataflow's.
    ///   - flow: the dataflow.
    /// - Returns: the runs, in the order of the datasets; they may not have begun yet.
    /// - Throws: `.notOffered` where the platform cannot do so, `.wrongState` for a dataflow that is paused or that
    ///   exports already, `.invalid` for a dataset that it does not export, `.unavailable` for one that was made
    ///   so lately that the platform is not ready for it.
    func exportNow(
        _ datasets: [Identifier<Dataset>], of flow: Identifier<Flow>
    ) async throws(FlowServiceError) -> [Identifier<FlowRun>]

    /// The runs of a dataflow (`GET /runs?property=flowId==…`).
    func runs(of flow: Identifier<Flow>, _ page: PageRequest) async throws(FlowServiceError) -> Page<FlowRun>

    /// One run (`GET /runs/{id}`).
    func run(_ id: Identifier<FlowRun>) async throws(FlowServiceError) -> FlowRun
}

/// Which page of a list is asked for.
public struct PageRequest: Sendable, Hashable {
    /// At most so many items, 1–100.
    public var limit: Int
    /// The token that the page before gave; nil for the first page.
    public var continuationToken: String?

    /// Asks for a page; the first unless a token is given.
    public init(limit: Int = 100, continuationToken: String? = nil) {
        self.limit = limit
        self.continuationToken = continuationToken
    }
}

/// A page of a list.
public struct Page<Item: Sendable>: Sendable {
    /// The items.
    public var items: [Item]
    /// The token of the next page; nil on the last.
    public var continuationToken: String?

    /// Makes a page.
    public init(items: [Item], continuationToken: String? = nil) {
        self.items = items
        self.continuationToken = continuationToken
    }
}

/// A page of exportable datasets, which page by index, unlike every other list.
public struct DatasetPage: Sendable, Hashable {
    /// The datasets.
    public var items: [Dataset]
    /// Index of the first, from 0.
    public var start: Int
    /// How many there are in all.
    public var total: Int

    /// Makes a page.
    public init(items: [Dataset], start: Int, total: Int) {
        self.items = items
        self.start = start
        self.total = total
    }

    /// Whether another page follows.
    public var hasNext: Bool { start + items.count < total && !items.isEmpty }
}

extension FlowService {
    /// All datasets from an index on, in pages of the largest size.
    public func exportableDatasets(
        from start: Int, take: @escaping @Sendable (DatasetPage) -> Void
    ) async throws(FlowServiceError) {
        var start = start
        var page: DatasetPage
        repeat {
            page = try await exportableDatasets(start: start, limit: 100)
            start += page.items.count
            take(page)
        } while page.hasNext
    }

    /// All exportable datasets.
    public func allExportableDatasets() async throws(FlowServiceError) -> [Dataset] {
        let datasets = Mutex<[Dataset]>([])
        try await exportableDatasets(from: 0) { page in datasets.withLock { $0 += page.items } }
        return datasets.withLock { $0 }
    }

    /// All accounts, page by page.
    public func allConnections() async throws(FlowServiceError) -> [BaseConnection] {
        try await all { (request) async throws(FlowServiceError) in try await connections(request) }
    }

    /// All source connections, page by page.
    public func allSourceConnections() async throws(FlowServiceError) -> [SourceConnection] {
        try await all { (request) async throws(FlowServiceError) in try await sourceConnections(request) }
    }

    /// All target connections, page by page.
    public func allTargetConnections() async throws(FlowServiceError) -> [TargetConnection] {
        try await all { (request) async throws(FlowServiceError) in try await targetConnections(request) }
    }

    /// All dataflows, page by page.
    public func allFlows() async throws(FlowServiceError) -> [Flow] {
        try await all { (request) async throws(FlowServiceError) in try await flows(request) }
    }

    /// All runs of a dataflow, page by page.
    public func allRuns(of flow: Identifier<Flow>) async throws(FlowServiceError) -> [FlowRun] {
        try await all { (request) async throws(FlowServiceError) in try await runs(of: flow, request) }
    }

    private func all<Item>(
        _ fetch: (PageRequest) async throws(FlowServiceError) -> Page<Item>
    ) async throws(FlowServiceError) -> [Item] {
        var items: [Item] = []
        var request = PageRequest()
        repeat {
            let page = try await fetch(request)
            items += page.items
            request.continuationToken = page.continuationToken
        } while request.continuationToken != nil
        return items
    }
}
