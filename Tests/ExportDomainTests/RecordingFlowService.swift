// A Flow Service in memory that remembers what it was asked to make, for tests of what is asked of one.
import ExportDomain
import Foundation
import Languages

/// Lists give one item a page, so that whoever forgets the next page is found out.
actor RecordingFlowService: FlowService {
    nonisolated let place = Place(organizationName: "Acme", sandboxName: "prod")
    private let specs: [ConnectionSpec]
    private let datasets: [Dataset]
    private var accounts: [BaseConnection] = []
    private var sources: [SourceConnection] = []
    private var targets: [TargetConnection] = []
    private var flows: [Flow] = []

    /// What was made, in order: `source`, `account`, `target`, `flow`.
    private(set) var made: [String] = []
    /// What is refused from now on, by the words in which `made` has it.
    private var refused: Set<String> = []
    /// How many entities were made, changed and removed.
    private(set) var writes = 0
    /// The write with which the platform goes out of reach, and whether it is done nevertheless.
    private var breakdown: Breakdown?
    private var isGone = false

    /// When a platform goes out of reach.
    struct Breakdown: Sendable, Hashable {
        /// So many writes are answered before, since the first.
        var write: Int
        /// Whether the one that is not answered is done.
        var isDone: Bool
    }

    init(specs: [ConnectionSpec], datasets: [Dataset]) {
        self.specs = specs
        self.datasets = datasets
    }

    var targetDrafts: [TargetConnection.Draft] { targets.map(\.draft) }

    var accountDrafts: [BaseConnection.Draft] { accounts.map(\.draft) }

    /// Refuses to make, change and remove entities of a kind: `account`, `target`, `flow`.
    func refuse(_ what: String) { refused.insert(what) }

    /// Refuses nothing any more.
    func allow() { refused = [] }

    /// Goes out of reach with a write to come, counted from the first.
    func breakDown(_ breakdown: Breakdown) { self.breakdown = breakdown }

    /// Is within reach again.
    func comeBack() {
        isGone = false
        breakdown = nil
    }

    var sourceIDs: [Identifier<SourceConnection>] { sources.map(\.id) }

    /// How many entities there are.
    var count: Int { accounts.count + sources.count + targets.count + flows.count }

    func connectionSpecs() -> [ConnectionSpec] { specs }

    func exportableDatasets(start: Int, limit: Int) -> DatasetPage {
        DatasetPage(items: Array(datasets.dropFirst(start).prefix(1)), start: start, total: datasets.count)
    }

    func createConnection(
        _ draft: BaseConnection.Draft, spec: Identifier<ConnectionSpec>
    ) throws(FlowServiceError) -> BaseConnection {
        try check("account")
        return try writing {
            let account = BaseConnection(
                id: id("account"), connectionSpecID: spec, draft: draft, revision: Self.revision)
            accounts.insert(account, at: 0)
            return account
        }
    }

    func connection(_ id: Identifier<BaseConnection>) throws(FlowServiceError) -> BaseConnection {
        try find(id, in: accounts)
    }

    func updateConnection(
        _ id: Identifier<BaseConnection>, to draft: BaseConnection.Draft, etag: String
    ) throws(FlowServiceError) -> BaseConnection {
        try check("account")
        var account = try find(id, in: accounts)
        if account.revision.etag != etag { throw .changed(what: "account", id: id.rawValue) }
        account.draft = draft
        account.revision.etag += "'"
        try writing { accounts = accounts.map { $0.id == id ? account : $0 } }
        return account
    }

    func deleteConnection(_ id: Identifier<BaseConnection>) throws(FlowServiceError) {
        let account = try find(id, in: accounts)
        let users = targets.filter { $0.draft.baseConnectionID == id }.map(\.draft.name)
        if !users.isEmpty { throw .inUse(what: "account", name: account.draft.name, by: users) }
        try writing { accounts.removeAll { $0.id == id } }
    }

    func testConnection(_ id: Identifier<BaseConnection>) throws(FlowServiceError) {
        _ = try find(id, in: accounts)
    }

    func connections(_ request: PageRequest) throws(FlowServiceError) -> Page<BaseConnection> {
        try page(of: accounts, request)
    }

    func createSourceConnection(
        _ draft: SourceConnection.Draft
    ) throws(FlowServiceError) -> SourceConnection {
        try writing {
            let source = SourceConnection(id: id("source"), draft: draft, revision: Self.revision)
            sources.insert(source, at: 0)
            return source
        }
    }

    func sourceConnection(
        _ id: Identifier<SourceConnection>
    ) throws(FlowServiceError) -> SourceConnection {
        try find(id, in: sources)
    }

    func deleteSourceConnection(_ id: Identifier<SourceConnection>) throws(FlowServiceError) {
        let source = try find(id, in: sources)
        let users = flows.filter { $0.draft.sourceConnectionID == id }.map(\.draft.name)
        if !users.isEmpty { throw .inUse(what: "source connection", name: source.draft.name, by: users) }
        try writing { sources.removeAll { $0.id == id } }
    }

    func sourceConnections(_ request: PageRequest) throws(FlowServiceError) -> Page<SourceConnection> {
        try page(of: sources, request)
    }

    func createTargetConnection(
        _ draft: TargetConnection.Draft
    ) throws(FlowServiceError) -> TargetConnection {
        try check("target")
        return try writing {
            let target = TargetConnection(id: id("target"), draft: draft, revision: Self.revision)
            targets.insert(target, at: 0)
            return target
        }
    }

    func targetConnection(
        _ id: Identifier<TargetConnection>
    ) throws(FlowServiceError) -> TargetConnection {
        try find(id, in: targets)
    }

    func updateTargetConnection(
        _ id: Identifier<TargetConnection>, to draft: TargetConnection.Draft, etag: String
    ) throws(FlowServiceError) -> TargetConnection {
        try check("target")
        var target = try find(id, in: targets)
        if target.revision.etag != etag { throw .changed(what: "destination", id: id.rawValue) }
        target.draft = draft
        target.revision.etag += "'"
        try writing { targets = targets.map { $0.id == id ? target : $0 } }
        return target
    }

    func deleteTargetConnection(_ id: Identifier<TargetConnection>) throws(FlowServiceError) {
        let target = try find(id, in: targets)
        let users = flows.filter { $0.draft.targetConnectionID == id }.map(\.draft.name)
        if !users.isEmpty { throw .inUse(what: "destination", name: target.draft.name, by: users) }
        try writing { targets.removeAll { $0.id == id } }
    }

    func targetConnections(_ request: PageRequest) throws(FlowServiceError) -> Page<TargetConnection> {
        try page(of: targets, request)
    }

    func createFlow(_ draft: Flow.Draft) throws(FlowServiceError) -> Flow {
        try writing {
            let flow = Flow(id: id("flow"), draft: draft, state: .enabled, revision: Self.revision)
            flows.insert(flow, at: 0)
            return flow
        }
    }

    func flow(_ id: Identifier<Flow>) throws(FlowServiceError) -> Flow { try find(id, in: flows) }

    func flows(_ request: PageRequest) throws(FlowServiceError) -> Page<Flow> {
        try page(of: flows, request)
    }

    func updateFlow(
        _ id: Identifier<Flow>, _ change: Flow.Change, etag: String
    ) throws(FlowServiceError) -> Flow {
        try check("flow")
        var flow = try find(id, in: flows)
        if flow.revision.etag != etag { throw .changed(what: "flow", id: id.rawValue) }
        flow.draft = flow.draft.applying(change)
        flow.revision.etag += "'"
        try writing { flows = flows.map { $0.id == id ? flow : $0 } }
        return flow
    }

    func deleteFlow(_ id: Identifier<Flow>) throws(FlowServiceError) {
        try check("flow")
        _ = try find(id, in: flows)
        try writing { flows.removeAll { $0.id == id } }
    }

    func perform(_ action: FlowAction, on id: Identifier<Flow>) throws(FlowServiceError) {
        _ = try find(id, in: flows)
        flows = flows.map { flow in
            var flow = flow
            if flow.id == id { flow.state = action == .enable ? .enabled : .disabled }
            return flow
        }
    }

    func exportNow(
        _ datasets: [Identifier<Dataset>], of flow: Identifier<Flow>
    ) throws(FlowServiceError) -> [Identifier<FlowRun>] {
        throw .notOffered(what: "exports outside of the schedule")
    }

    func runs(of flow: Identifier<Flow>, _ request: PageRequest) -> Page<FlowRun> { Page(items: []) }

    func run(_ id: Identifier<FlowRun>) throws(FlowServiceError) -> FlowRun {
        throw .notFound(what: "run", id: id.rawValue)
    }

    private static let revision = Revision(createdAt: .distantPast, updatedAt: .distantPast, etag: "\"1\"")

    private func id<Entity>(_ what: String) -> Identifier<Entity> {
        made.append(what)
        return Identifier("\(what)-\(made.count)")
    }

    /// Makes, changes or removes something, unless the platform is out of reach.
    private func writing<Value>(
        _ write: () throws(FlowServiceError) -> Value
    ) throws(FlowServiceError) -> Value {
        try reach()
        let breaksDown = breakdown?.write == writes
        if !breaksDown || breakdown?.isDone == true {
            let value = try write()
            writes += 1
            if !breaksDown { return value }
        }
        isGone = true
        throw Self.gone
    }

    private static let gone = FlowServiceError.unavailable(
        doing: Text("reach the platform"), reason: Text("the network is gone"))

    private func reach() throws(FlowServiceError) {
        if isGone { throw Self.gone }
    }

    private func check(_ what: String) throws(FlowServiceError) {
        if refused.contains(what) {
            throw .unavailable(doing: Text("keep the \(what)"), reason: Text("the disk is full"))
        }
    }

    private func find<Entity: Identifiable>(
        _ id: Identifier<Entity>, in entities: [Entity]
    ) throws(FlowServiceError) -> Entity where Entity.ID == Identifier<Entity> {
        try reach()
        guard let entity = entities.first(where: { $0.id == id }) else {
            throw .notFound(what: "entity", id: id.rawValue)
        }
        return entity
    }

    private func page<Item: Sendable>(
        of items: [Item], _ request: PageRequest
    ) throws(FlowServiceError) -> Page<Item> {
        try reach()
        let start = request.continuationToken.flatMap { Int($0) } ?? 0
        let next = start + 1
        return Page(
            items: Array(items.dropFirst(start).prefix(1)),
            continuationToken: next < items.count ? String(next) : nil)
    }
}
