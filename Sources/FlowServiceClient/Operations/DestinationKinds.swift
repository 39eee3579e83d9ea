// The kinds of destination that take datasets. They are asked for once: their forms say which answers are secrets,
// and lists are filtered by them.
import ExportDomain
import FlowServiceAPI
import Languages

/// The connection specs of destinations, kept after they were asked for.
actor DestinationKinds {
    private let gateway: Gateway
    private var specs: [ConnectionSpec]?

    init(gateway: Gateway) { self.gateway = gateway }

    /// All kinds, in the order of Experience Platform's catalogue.
    func all() async throws(FlowServiceError) -> [ConnectionSpec] {
        if let specs { return specs }
        let fetched = try await fetch()
        specs = fetched
        return fetched
    }

    /// One kind; nil where there is none such.
    func kind(_ id: Identifier<ConnectionSpec>) async throws(FlowServiceError) -> ConnectionSpec? {
        try await all().first { $0.id == id }
    }

    /// The ids of all kinds.
    func ids() async throws(FlowServiceError) -> [Identifier<ConnectionSpec>] {
        try await all().map(\.id)
    }

    private func fetch() async throws(FlowServiceError) -> [ConnectionSpec] {
        let doing = Text("list the kinds of destination")
        do {
            let catalogue = try ConnectionSpecCatalog.embedded().destinations
            let query = ListQuery(
                "/connectionSpecs", filters: [.ids(catalogue.map(\.id.rawValue))])
            let answer = try await gateway.ask(.list(doing, query, .viewDestinations))
            let list = try ListAnswer<ConnectionSpecEntity>(
                reading: answer.body, as: "list of connection specs")
            var specs: [Identifier<ConnectionSpec>: ConnectionSpec] = [:]
            for entity in list.items {
                let id = Identifier<ConnectionSpec>(try entity.require(\.id))
                // Which recipe exports datasets, the platform leaves to its documentation.
                guard let known = catalogue.first(where: { $0.id == id }) else { continue }
                specs[id] = try entity.spec(flowSpecID: known.flowSpecID).labelled(like: known)
            }
            return catalogue.compactMap { specs[$0.id] }
        } catch {
            throw FlowServiceError(ofCall: error, doing: doing)
        }
    }
}

extension ConnectionSpec {
    /// The spec with the labels of another, where it has none of its own: the published ones rarely do.
    fileprivate func labelled(like known: ConnectionSpec) -> ConnectionSpec {
        var spec = self
        spec.targetSpec.spec.label(like: known.targetSpec.spec)
        for index in spec.authSpecs.indices {
            guard let form = known.authSpecs.first(where: { $0.name == spec.authSpecs[index].name }) else {
                continue
            }
            spec.authSpecs[index].spec.label(like: form.spec)
        }
        return spec
    }
}

extension JSONSchema {
    fileprivate mutating func label(like known: JSONSchema) {
        for (key, property) in known.properties {
            guard var own = properties[key] else { continue }
            own.title = own.title ?? property.title
            own.description = own.description ?? property.description
            properties[key] = own
        }
    }
}
