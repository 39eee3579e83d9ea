// A destination as the commands print it: everything but secrets.
import EmbeddedPlatform
import ExportDomain
import Languages
import TerminalKit

/// What is known of a destination.
struct DestinationResult: Encodable {
    var id: String
    var name: String
    var description: String
    var kind: String
    /// Where it is, as one text.
    var place: String
    /// The account, by its name; `unknown` where it has none.
    var account: String
    private var accountName: String?
    /// The way in which the account signs in; nil where the platform provides the storage.
    var authentication: String?
    /// What was entered, but for secrets.
    var fields: [String: JSONValue]
    /// The fields whose secrets are set.
    var secretsSet: [String]
    /// The flows that export to it, by their names.
    var usedBy: [String]
    /// The test that went before, where there was one.
    var test: TestResult?

    private enum CodingKeys: CodingKey {
        case id, name, description, kind, place, account, authentication, fields, secretsSet, usedBy, test
    }

    init(_ target: TargetConnection, spec: ConnectionSpec?, account: BaseConnection?, flows: [Flow]) {
        let authentication = account?.draft.authentication
        id = target.id.rawValue
        name = target.draft.name
        description = target.draft.description
        kind = spec?.name ?? target.draft.connectionSpecID.rawValue
        place = target.draft.place(spec: spec, account: account)
        accountName = account?.draft.name
        self.account = accountName ?? "unknown"
        self.authentication = authentication?.specName
        fields = (authentication?.answers ?? [:]).compactMapValues { answer in
            if case .value(let value) = answer { value } else { nil }
        }
        fields.merge(target.draft.parameters) { $1 }
        secretsSet = authentication?.storedSecrets.sorted() ?? []
        usedBy = flows.filter { $0.draft.targetConnectionID == target.id }.map(\.draft.name)
    }

    /// All destinations of a platform.
    static func all(on platform: some FlowService) async throws -> [DestinationResult] {
        let specs = try await platform.connectionSpecs()
        let accounts = try await platform.allConnections()
        let flows = try await platform.allFlows()
        return try await platform.allTargetConnections().map { target in
            DestinationResult(
                target, spec: specs.first { $0.id == target.draft.connectionSpecID },
                account: accounts.first { $0.id == target.draft.baseConnectionID }, flows: flows)
        }
    }

    /// One destination of a platform.
    static func one(
        _ target: TargetConnection, on platform: some FlowService
    ) async throws -> DestinationResult {
        let specs = try await platform.connectionSpecs()
        return DestinationResult(
            target, spec: specs.first { $0.id == target.draft.connectionSpecID },
            account: try await platform.connection(target.draft.baseConnectionID),
            flows: try await platform.allFlows())
    }

    func printText() {
        var facts = [
            (Text("Name"), name), (Text("Id"), id), (Text("Kind"), kind), (Text("Place"), place),
            (Text("Account"), accountName ?? Text("unknown").said),
        ]
        if !description.isEmpty { facts.append((Text("Description"), description)) }
        if let authentication { facts.append((Text("Signs in with"), authentication)) }
        facts += fields.sorted { $0.key < $1.key }.map {
            (Text.verbatim($0.key), FormAnswer.value($0.value).text)
        }
        facts += secretsSet.map { (Text.verbatim($0), Text("set, and not shown").said) }
        facts.append((Text("Used by"), usedBy.isEmpty ? Text("no flow").said : Text.list(usedBy).said))
        PlainTable.print(facts: facts)
    }
}
