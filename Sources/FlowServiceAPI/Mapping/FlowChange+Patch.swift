// What is changed of a dataflow, as a patch, and back.
import ExportDomain
import Languages

extension FlowEntity {
    /// The patch that makes a change of this dataflow.
    ///
    /// The schedule is sent whole, with whatever the platform keeps in it besides: a service may replace what it has by
    /// what comes.
    /// - Throws: `WireError` where the dataflow cannot be read.
    public func changes(for change: Flow.Change) throws(WireError) -> JSONPatch {
        var patch = JSONPatch()
        if let name = change.name { patch.replace("name", with: .string(name)) }
        if let description = change.description {
            if !description.isEmpty {
                patch.replace("description", with: .string(description))
            } else if try self.summary != nil {
                patch.remove("description")
            }
        }
        if let source = change.sourceConnectionID {
            patch.replace("sourceConnectionIds", with: [source.rawValue].json)
        }
        if change.schedule != nil || change.folderTemplate != nil {
            let current = try require(\.scheduleParams)
            let schedule: Schedule
            if let given = change.schedule { schedule = given } else { schedule = try current.schedule() }
            let folders: FolderTemplate
            if let given = change.folderTemplate {
                folders = given
            } else {
                folders = try current.acceptedFolders()
            }
            let parameters = ScheduleParameters(schedule, folders: folders, changing: current)
            patch.replaceWhole("scheduleParams", from: current.object.members, to: parameters.object.members)
        }
        return patch
    }

    /// What a patch changes of this dataflow.
    ///
    /// - Throws: `JSONPatchError` for a patch that does not fit, `WireError` for a value that cannot be read and for a
    ///   field that stays what it is.
    public func change(by patch: JSONPatch) throws -> Flow.Change {
        let changed = FlowEntity(try JSONObject(try patch.applied(to: json), at: object.place))
        let changeable: Set = ["name", "description", "sourceConnectionIds", "scheduleParams"]
        let keys = Set(object.members.keys).union(changed.object.members.keys).subtracting(changeable)
        if let fixed = keys.sorted().first(where: { object.members[$0] != changed.object.members[$0] }) {
            throw WireError(object.place.appending(fixed), .invalid(Text("it stays what it is")))
        }
        let before = try flow().draft
        let after = try changed.draft()
        return Flow.Change(
            name: after.name == before.name ? nil : after.name,
            description: after.description == before.description ? nil : after.description,
            sourceConnectionID: after.sourceConnectionID == before.sourceConnectionID
                ? nil : after.sourceConnectionID,
            schedule: after.schedule == before.schedule ? nil : after.schedule,
            folderTemplate: after.folderTemplate == before.folderTemplate ? nil : after.folderTemplate)
    }
}
