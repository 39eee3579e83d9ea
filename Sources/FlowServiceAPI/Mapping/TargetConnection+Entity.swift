// Target connections as entities, and back.
import ExportDomain

extension TargetConnectionEntity {
    /// The body that makes a target connection (`POST /targetConnections`).
    public init(creating draft: TargetConnection.Draft) {
        self.init()
        set(\.name, to: draft.name)
        set(\.summary, to: draft.description.nonEmpty)
        set(\.baseConnectionId, to: draft.baseConnectionID.rawValue)
        set(\.connectionSpec, to: SpecReference(id: draft.connectionSpecID.rawValue))
        set(\.params, to: JSONObject(targetParameters: draft.parameters))
    }

    /// A target connection as a platform answers it (`GET /targetConnections/{id}`).
    public init(_ connection: TargetConnection, origin: EntityOrigin) {
        self.init(id: connection.id.rawValue, revision: connection.revision, origin: origin)
        object.members.merge(TargetConnectionEntity(creating: connection.draft).object.members) { $1 }
        set(\.state, to: FlowState.enabled.rawValue)
        var inherited = InheritedAttributes()
        inherited.set(
            \.baseConnection,
            to: InheritedConnection(
                id: connection.draft.baseConnectionID.rawValue,
                spec: connection.draft.connectionSpecID.rawValue))
        set(\.inheritedAttributes, to: inherited)
    }

    /// What is asked for, of a body that makes a target connection or of an answer.
    ///
    /// - Throws: `WireError` for what is missing or cannot be read.
    public func draft() throws(WireError) -> TargetConnection.Draft {
        var parameters = try self.params?.members ?? [:]
        if parameters[JSONObject.mode] == JSONObject.serverToServer { parameters[JSONObject.mode] = nil }
        return TargetConnection.Draft(
            name: try self.name ?? "", description: try self.summary ?? "",
            connectionSpecID: Identifier(try require(\.connectionSpec).require(\.id)),
            baseConnectionID: Identifier(try require(\.baseConnectionId)), parameters: parameters)
    }

    /// The target connection.
    ///
    /// - Throws: `WireError` for what is missing or cannot be read.
    public func connection() throws(WireError) -> TargetConnection {
        TargetConnection(
            id: Identifier(try require(\.id)), draft: try draft(), revision: try Revision(self))
    }

    /// Whether it takes datasets; others, for audiences, have no file type of datasets.
    public var takesDatasets: Bool {
        get throws(WireError) { try self.params?["datasetFileType"] != nil }
    }

    /// The changes that make this target connection what a draft says.
    ///
    /// All parameters are sent, as a service may replace what it has by what comes: also those that only the
    /// platform knows.
    ///
    /// - Parameters:
    ///   - draft: what it is to be.
    ///   - known: the parameters that the kind of destination has; all others stay as they are.
    public func changes(
        to draft: TargetConnection.Draft, known: Set<String>
    ) throws(WireError) -> JSONPatch {
        var patch = JSONPatch()
        if try self.name != draft.name { patch.replace("name", with: .string(draft.name)) }
        if try (self.summary ?? "") != draft.description {
            patch.replace("description", with: .string(draft.description))
        }
        if try self.baseConnectionId != draft.baseConnectionID.rawValue {
            patch.replace("baseConnectionId", with: .string(draft.baseConnectionID.rawValue))
        }
        let current = try self.params?.members ?? [:]
        let staying = current.filter { !known.contains($0.key) }
        let parameters = JSONObject(targetParameters: staying.merging(draft.parameters) { $1 })
        if parameters.members != current {
            patch.replaceWhole("params", from: current, to: parameters.members)
        }
        return patch
    }
}

extension JSONObject {
    fileprivate static let mode = "mode"
    fileprivate static let serverToServer: JSONValue = "Server-to-server"

    /// Parameters of a target connection: all have a mode, which no spec lists.
    fileprivate init(targetParameters: [String: JSONValue]) {
        self.init(targetParameters)
        if members[Self.mode] == nil { members[Self.mode] = Self.serverToServer }
    }
}
