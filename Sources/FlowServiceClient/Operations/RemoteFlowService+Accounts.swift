// Accounts (`/connections`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

extension RemoteFlowService {
    /// Makes an account; its secrets go to the platform and nowhere else.
    public func createConnection(
        _ draft: BaseConnection.Draft, spec id: Identifier<ConnectionSpec>
    ) async throws(FlowServiceError) -> BaseConnection {
        let doing = Text("make the account")
        guard try await kinds.kind(id) != nil else {
            throw .notFound(what: "kind of destination", id: id.rawValue)
        }
        let body = try reading(doing) { try BaseConnectionEntity(creating: draft, spec: id).body() }
        let made = try await create(
            .create(doing, Self.accounts, body: body, .viewDestinations, .exportDatasets),
            among: PageRequest().query("/\(Self.accounts)", [.connectionSpecs([id])])
        ) { (entity: BaseConnectionEntity) in
            try entity.name == draft.name && entity.auth?.specName == draft.authentication?.specName
        }
        let reference = try reading(doing) { (id: try made.require(\.id), etag: try made.etag ?? "") }
        await note(draft.authentication, of: Identifier(reference.id))
        do { return try await connection(Identifier(reference.id)) } catch {
            // It is made, whatever keeps it from being shown.
            return BaseConnection(
                id: Identifier(reference.id), connectionSpecID: id, draft: draft.withoutSecrets,
                revision: .made(reference.etag))
        }
    }

    /// One account, without its secrets, whatever the platform shows.
    public func connection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) -> BaseConnection
    {
        try await account(
            try await entity(try account(.get, id, Text("show the account"))), Text("show the account"))
    }

    /// Changes an account.
    public func updateConnection(
        _ id: Identifier<BaseConnection>, to draft: BaseConnection.Draft, etag: String
    ) async throws(FlowServiceError) -> BaseConnection {
        let doing = Text("change the account")
        let show = try account(.get, id, doing)
        let current = try await entity(show, BaseConnectionShape.self)
        guard try reading(doing, { try current.etag }) == etag else {
            throw .changed(what: BaseConnectionShape.noun, id: id.rawValue)
        }
        let spec = try await kind(of: current, doing)
        let patch = try reading(doing) { try current.changes(to: draft, spec: spec) }
        if patch.operations.isEmpty { return try await account(current, doing) }
        var call = try account(.patch, id, doing)
        call.body = try reading(doing) { try patch.body() }
        call.etag = etag
        try await self.patch(call, with: patch, show: show, BaseConnectionShape.self)
        await note(draft.authentication, of: id)
        return try await connection(id)
    }

    /// Removes an account.
    public func deleteConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) {
        let doing = Text("remove the account")
        do {
            try await remove(try account(.delete, id, doing), show: try account(.get, id, doing))
            await note(nil, of: id)
        } catch .inUse(let what, _, let users, let request) where users.isEmpty {
            let account = try await connection(id)
            let query = try PageRequest().query("/targetConnections", [.baseConnection(id)])
            let names = try await page(.list(doing, query)) { (entity: TargetConnectionEntity) in
                try entity.name ?? entity.id
            }
            throw .inUse(what: what, name: account.draft.name, by: names.items, request: request)
        }
    }

    /// Signs in with the credentials of an account, where the platform offers it.
    public func testConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) {
        let call = try PlatformCall.entity(
            Text("test the account"), .get, Self.accounts, id: id.rawValue, what: BaseConnectionShape.noun,
            suffix: "/test", .viewDestinations)
        let answer = try await gateway.ask(call)
        let isAccepted = try reading(call.doing) {
            try ConnectionTestAnswer(reading: answer.body).require(\.result)
        }
        if isAccepted { return }
        // A server of this program says why, others leave it at that.
        throw answer.refusal?.flowServiceError
            ?? .refused(
                field: nil,
                reason: Text(
                    "The destination does not accept the credentials of this account: check them, and what they may do there."
                )
            )
    }

    /// The accounts of destinations that take datasets, without their secrets.
    public func connections(_ request: PageRequest) async throws(FlowServiceError) -> Page<BaseConnection> {
        let specs = try await kinds.all()
        let query = try request.query("/\(Self.accounts)", [.connectionSpecs(specs.map(\.id))])
        return try await page(.list(Text("list the accounts"), query, .viewDestinations)) {
            (entity: BaseConnectionEntity) in
            let id = try entity.connectionSpec?.id
            return try entity.account(spec: specs.first { $0.id.rawValue == id })
        }
    }

    /// Keeps the credentials of an account on this machine too.
    ///
    /// What the platform has done is done, whether they can be kept or not.
    private func note(
        _ authentication: BaseConnection.Authentication?, of account: Identifier<BaseConnection>
    ) async {
        do {
            try await credentials?.note(authentication, of: account)
        } catch {
            // What is not forgotten is not missed.
            if authentication != nil { notKept(error) }
        }
    }

    private static let accounts = "connections"

    private func account(
        _ method: HTTPRequest.Method, _ id: Identifier<BaseConnection>, _ doing: Text
    ) throws(FlowServiceError) -> PlatformCall {
        var call = try PlatformCall.entity(
            doing, method, Self.accounts, id: id.rawValue, what: BaseConnectionShape.noun, .viewDestinations)
        if method != .get { call.permissions.append(.manageDestinations) }
        return call
    }

    private func kind(
        of entity: BaseConnectionEntity, _ doing: Text
    ) async throws(FlowServiceError) -> ConnectionSpec? {
        let id = try reading(doing) { try entity.require(\.connectionSpec).require(\.id) }
        return try await kinds.kind(Identifier(id))
    }

    private func account(
        _ entity: BaseConnectionEntity, _ doing: Text
    ) async throws(FlowServiceError) -> BaseConnection {
        let spec = try await kind(of: entity, doing)
        return try reading(doing) { try entity.account(spec: spec) }
    }
}

extension BaseConnection.Draft {
    /// The draft as a platform shows it.
    fileprivate var withoutSecrets: BaseConnection.Draft {
        var draft = self
        for (field, answer) in draft.authentication?.answers ?? [:] {
            guard case .secret = answer else { continue }
            draft.authentication?.answers[field] = nil
            draft.authentication?.storedSecrets.insert(field)
        }
        return draft
    }
}
