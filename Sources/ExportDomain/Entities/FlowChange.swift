// What is changed of a dataflow after it was made.
import FoundationEssentials

extension Flow {
    /// What is to be changed of a dataflow; what is nil stays as it is.
    ///
    /// The destination cannot be changed. The datasets are changed by another source connection, since those of
    /// a source connection stay what they are.
    public struct Change: Sendable, Hashable, Codable {
        /// Another name.
        public var name: String?
        /// Another description; an empty one takes it away.
        public var description: String?
        /// Other datasets.
        public var sourceConnectionID: Identifier<SourceConnection>?
        /// Another schedule, whole: mode, frequency, start and end.
        public var schedule: Schedule?
        /// Other folders of the runs to come.
        public var folderTemplate: FolderTemplate?

        /// Changes nothing but what is given.
        public init(
            name: String? = nil, description: String? = nil,
            sourceConnectionID: Identifier<SourceConnection>? = nil, schedule: Schedule? = nil,
            folderTemplate: FolderTemplate? = nil
        ) {
            self.name = name
            self.description = description
            self.sourceConnectionID = sourceConnectionID
            self.schedule = schedule
            self.folderTemplate = folderTemplate
        }

        /// Whether nothing is to be changed.
        public var isEmpty: Bool { self == Change() }
    }
}

extension Flow.Draft {
    /// The dataflow as it is after a change.
    public func applying(_ change: Flow.Change) -> Flow.Draft {
        var draft = self
        if let name = change.name { draft.name = name }
        if let description = change.description { draft.description = description }
        if let source = change.sourceConnectionID { draft.sourceConnectionID = source }
        if let schedule = change.schedule { draft.schedule = schedule }
        if let template = change.folderTemplate { draft.folderTemplate = template }
        return draft
    }
}
