// What a person wants to be different about a dataflow.

/// What is to be different about a dataflow; what is nil stays as it is.
///
/// It differs from `Flow.Change` in that datasets are named, and not the source connection that they take.
public struct FlowEdit: Sendable, Hashable {
    /// Another name.
    public var name: String?
    /// Another description.
    public var description: String?
    /// Another schedule.
    public var schedule: Schedule?
    /// Other folders.
    public var folderTemplate: FolderTemplate?
    /// All datasets that are to be exported.
    public var datasets: [DatasetReference]?

    /// Edits nothing but what is given.
    public init(
        name: String? = nil, description: String? = nil, schedule: Schedule? = nil,
        folderTemplate: FolderTemplate? = nil, datasets: [DatasetReference]? = nil
    ) {
        self.name = name
        self.description = description
        self.schedule = schedule
        self.folderTemplate = folderTemplate
        self.datasets = datasets
    }

    /// The edit without what is as it is to be already.
    public func needed(for details: FlowDetails) -> FlowEdit {
        let draft = details.flow.draft
        return FlowEdit(
            name: name == draft.name ? nil : name,
            description: description == draft.description ? nil : description,
            schedule: schedule == draft.schedule ? nil : schedule,
            folderTemplate: folderTemplate == draft.folderTemplate ? nil : folderTemplate,
            datasets: datasets?.map(\.id) == details.datasets.map(\.id) ? nil : datasets)
    }

    /// Whether nothing is to be different.
    public var isEmpty: Bool { self == FlowEdit() }

    /// The edit as the platform takes it.
    /// - Parameter source: the source connection that has the datasets, where they are to be others.
    func change(source: Identifier<SourceConnection>?) -> Flow.Change {
        Flow.Change(
            name: name, description: description, sourceConnectionID: source, schedule: schedule,
            folderTemplate: folderTemplate)
    }
}

extension FlowDetails {
    /// The dataflow as it is after an edit.
    public func applying(_ edit: FlowEdit) -> FlowDetails {
        var details = self
        details.flow.draft = flow.draft.applying(edit.change(source: nil))
        if let datasets = edit.datasets { details.datasets = datasets }
        return details
    }
}
