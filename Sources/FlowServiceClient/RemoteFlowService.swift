// Experience Platform, or another server of the same API, as a `FlowService`. Its operations are in Operations, a
// file for each kind of entity.
import ExportDomain
import FlowServiceAPI
import Languages
import Transfer

/// The Flow Service of an organisation's sandbox, over its REST API.
///
/// It signs in by itself. Calls are repeated where that is safe, and what must not be done twice only after a look
/// at whether it was done.
public struct RemoteFlowService: FlowService {
    let gateway: Gateway
    let kinds: DestinationKinds
    let credentials: (any CredentialStore)?
    let notKept: @Sendable (any Error) -> Void

    /// The platform that `settings` name; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - settings: where the platform is, and who signs in.
    ///   - client: sends the requests.
    ///   - tokens: where tokens are kept between processes; nil where each signs in by itself.
    ///   - credentials: where those of accounts that are made or changed here are kept besides; the platform does not
    ///     give them back.
    ///   - notKept: told why credentials could not be kept there; what the platform was asked to do is done.
    public init(
        _ settings: PlatformSettings, client: HTTPClient, tokens: (any SharedTokens)? = nil,
        keeping credentials: (any CredentialStore)? = nil,
        notKept: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        gateway = Gateway(settings: settings, client: client, shared: tokens)
        kinds = DestinationKinds(gateway: gateway)
        self.credentials = credentials
        self.notKept = notKept
    }

    /// The organisation and the sandbox.
    public var place: Place {
        Place(
            organizationName: gateway.settings.organizationName, sandboxName: gateway.settings.sandboxName)
    }
}

extension RemoteFlowService {
    /// Reads what a call is answered; what cannot be read is told with what was being done.
    func reading<Value>(
        _ doing: Text, _ read: () throws -> Value
    ) throws(FlowServiceError) -> Value {
        do { return try read() } catch { throw FlowServiceError(ofCall: error, doing: doing) }
    }

    /// One entity, as the platform has it.
    func entity<Shape: EntityShape>(
        _ call: PlatformCall, _: Shape.Type = Shape.self
    ) async throws(FlowServiceError) -> WireObject<Shape> {
        let answer = try await gateway.ask(call)
        let list = try reading(call.doing) {
            try ListAnswer<WireObject<Shape>>(reading: answer.body, as: Shape.noun)
        }
        guard let entity = list.single else {
            throw .notFound(
                what: call.subject?.what ?? Shape.noun, id: call.subject?.id ?? "", request: answer.request)
        }
        return entity
    }

    /// A page of a list.
    func page<Shape: ObjectShape, Item>(
        _ call: PlatformCall, _ read: (WireObject<Shape>) throws -> Item?
    ) async throws(FlowServiceError) -> Page<Item> {
        let answer = try await gateway.ask(call)
        return try reading(call.doing) {
            let list = try ListAnswer<WireObject<Shape>>(reading: answer.body)
            return Page(items: try list.items.compactMap(read), continuationToken: list.continuationToken)
        }
    }

    /// Makes an entity, and gives it as the platform has it.
    ///
    /// Before a create is repeated whose answer was lost, the list in which it would be is looked through for an
    /// entity that was not there before and is what was to be made.
    ///
    /// - Parameters:
    ///   - candidates: where it would be.
    ///   - isIt: whether an entity is what was to be made.
    func create<Shape: EntityShape>(
        _ call: PlatformCall, among candidates: ListQuery,
        _ isIt: (WireObject<Shape>) throws -> Bool
    ) async throws(FlowServiceError) -> EntityReference {
        let look = PlatformCall.list(call.doing, candidates)
        let before = try await entities(look, Shape.self)
        let known = Set(try reading(call.doing) { try before.compactMap { try $0.id } })
        return try await gateway.once(
            call,
            { (answer) throws(FlowServiceError) in
                try reading(call.doing) {
                    let reference = try EntityReference(reading: answer.body)
                    _ = try reference.require(\.id)
                    return reference
                }
            },
            wasDone: { () async throws(FlowServiceError) in
                for entity in try await entities(look, Shape.self) {
                    let found = try reading(call.doing) { () -> EntityReference? in
                        let id = try entity.require(\.id)
                        guard !known.contains(id), try isIt(entity) else { return nil }
                        return EntityReference(id: id, etag: try entity.etag ?? "")
                    }
                    if let found { return found }
                }
                return nil
            })
    }

    /// Changes an entity.
    ///
    /// Where the answer was lost, the change is looked for in the entity as it is then.
    /// - Parameter show: asks for the entity.
    func patch<Shape: EntityShape>(
        _ call: PlatformCall, with patch: JSONPatch, show: PlatformCall, _: Shape.Type
    ) async throws(FlowServiceError) {
        try await gateway.once(call, { (_) throws(FlowServiceError) in }) {
            () async throws(FlowServiceError) -> Void? in
            let current = try await entity(show, Shape.self)
            if try reading(call.doing, { try current.etag }) == call.etag { return nil }
            // Whoever was first: it is as it was to be. Credentials are not shown, and so not compared.
            let shown = patch.withoutCredentials
            if (try? shown.applied(to: current.json)) == current.json { return () }
            throw .changed(what: call.subject?.what ?? Shape.noun, id: call.subject?.id ?? "")
        }
    }

    /// Removes an entity; one that is gone after an answer was lost was removed.
    func remove(_ call: PlatformCall, show: PlatformCall) async throws(FlowServiceError) {
        try await gateway.once(call, { (_) throws(FlowServiceError) in }) {
            () async throws(FlowServiceError) -> Void? in
            do throws(FlowServiceError) {
                let answer = try await gateway.ask(show)
                let list = try reading(call.doing) { try ListAnswer<JSONObject>(reading: answer.body) }
                return list.items.isEmpty ? () : nil
            } catch .notFound {
                return ()
            }
        }
    }

    private func entities<Shape: EntityShape>(
        _ call: PlatformCall, _: Shape.Type
    ) async throws(FlowServiceError) -> [WireObject<Shape>] {
        try await page(call) { (entity: WireObject<Shape>) in entity }.items
    }
}

extension JSONPatch {
    /// The changes of what a platform shows again.
    fileprivate var withoutCredentials: JSONPatch {
        var patch = self
        patch.operations.removeAll { $0.path.steps.first == "auth" }
        return patch
    }
}

extension PageRequest {
    /// The query of a list.
    ///
    /// - Throws: `FlowServiceError.invalid` for a limit that no list has.
    func query(_ path: String, _ filters: [PropertyFilter]) throws(FlowServiceError) -> ListQuery {
        guard (1...100).contains(limit) else {
            throw .invalid(field: "limit", reason: Text("A page has 1 to 100 items, not \(limit)"))
        }
        return ListQuery(
            path, limit: limit, continuationToken: continuationToken, order: .newestFirst, filters: filters)
    }
}
