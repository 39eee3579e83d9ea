// Dataflows as entities, and back.
import ExportDomain
import Languages

extension FlowEntity {
    /// The body that makes a dataflow (`POST /flows`).
    public init(creating draft: Flow.Draft) {
        self.init()
        set(\.name, to: draft.name)
        set(\.summary, to: draft.description.nonEmpty)
        set(\.flowSpec, to: SpecReference(id: draft.flowSpecID.rawValue))
        set(\.sourceConnectionIds, to: [draft.sourceConnectionID.rawValue])
        set(\.targetConnectionIds, to: [draft.targetConnectionID.rawValue])
        set(\.transformations, to: [Transformation](draft.malformedRecords))
        set(\.scheduleParams, to: ScheduleParameters(draft.schedule, folders: draft.folderTemplate))
    }

    /// A dataflow as a platform answers it (`GET /flows/{id}`).
    ///
    /// - Parameters:
    ///   - flow: the dataflow.
    ///   - target: its destination, of which the answer repeats the kind.
    ///   - origin: what the server writes into every entity.
    public init(_ flow: Flow, target: TargetConnection, origin: EntityOrigin) {
        self.init(id: flow.id.rawValue, revision: flow.revision, origin: origin)
        object.members.merge(FlowEntity(creating: flow.draft).object.members) { $1 }
        // Adobe's description has it in every dataflow.
        set(\.summary, to: flow.draft.description)
        set(\.state, to: flow.state.rawValue)
        set(\.runs, to: "/runs?property=flowId==\(flow.id)")
        let spec = target.draft.connectionSpecID.rawValue
        var inherited = InheritedAttributes()
        inherited.set(\.properties, to: JSONObject(["isDestinationFlow": true]))
        inherited.set(
            \.sourceConnections,
            to: [InheritedConnection(id: flow.draft.sourceConnectionID.rawValue, spec: DataLakeSource.specID)]
        )
        inherited.set(
            \.targetConnections,
            to: [
                InheritedConnection(
                    id: target.id.rawValue, spec: spec,
                    baseConnection: InheritedConnection(
                        id: target.draft.baseConnectionID.rawValue, spec: spec))
            ])
        set(\.inheritedAttributes, to: inherited)
    }

    /// What is asked for by a body that makes a dataflow.
    ///
    /// - Throws: `WireError` for what is missing or cannot be read.
    public func draft() throws(WireError) -> Flow.Draft {
        try draft(folders: try require(\.scheduleParams).folders())
    }

    private func draft(folders: FolderTemplate) throws(WireError) -> Flow.Draft {
        let schedule = try require(\.scheduleParams)
        return Flow.Draft(
            name: try require(\.name), description: try self.summary ?? "",
            flowSpecID: Identifier(try require(\.flowSpec).require(\.id)),
            sourceConnectionID: Identifier(try one(\.sourceConnectionIds)),
            targetConnectionID: Identifier(try one(\.targetConnectionIds)), schedule: try schedule.schedule(),
            folderTemplate: folders, malformedRecords: try malformedRecords())
    }

    /// The dataflow.
    ///
    /// - Throws: `WireError` for what is missing or cannot be read.
    public func flow() throws(WireError) -> Flow {
        Flow(
            id: Identifier(try require(\.id)),
            draft: try draft(folders: try require(\.scheduleParams).acceptedFolders()),
            state: FlowState(word: try self.state ?? ""), revision: try Revision(self))
    }

    private func one(_ path: KeyPath<FlowShape, Field<[String]>>) throws(WireError) -> String {
        let ids = try require(path)
        guard ids.count == 1, let id = ids.first else {
            throw invalid(path, Text("an export of datasets has one, not \(ids.count)"))
        }
        return id
    }

    private func malformedRecords() throws(WireError) -> MalformedRecords {
        for step in try self.transformations ?? [] where try step.name == Transformation.malformedRecords {
            let word = try step.params?.value(["treatment"], as: String.self) ?? ""
            guard let treatment = MalformedRecords(rawValue: word) else {
                throw invalid(
                    \.transformations, Text("malformed records are to “fail” or “skip”, not “\(word.shown)”"))
            }
            return treatment
        }
        return .fail
    }
}

extension Transformation {
    /// The name of the step that treats malformed records; Experience Platform has none.
    static let malformedRecords = "Malformed records"
}

extension [Transformation] {
    /// The steps of a dataflow: none, unless malformed records are treated in another way than they always are.
    fileprivate init(_ treatment: MalformedRecords) {
        self = []
        guard treatment != .fail else { return }
        var step = Transformation()
        step.set(\.name, to: Transformation.malformedRecords)
        step.set(\.params, to: JSONObject(["treatment": .string(treatment.rawValue)]))
        append(step)
    }
}

extension FlowState {
    /// Reads the API's word: in any case where it is known, else as it is.
    public init(word: String) {
        self =
            [Self.enabled, .disabled, .exporting].first { $0.rawValue == word.lowercased() }
            ?? Self(rawValue: word)
    }
}

extension String {
    /// The text, or nil where it is empty.
    var nonEmpty: String? { isEmpty ? nil : self }
}
