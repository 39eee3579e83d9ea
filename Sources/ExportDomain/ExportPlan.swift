// A whole export as one value: what Review shows, what a plan file holds, what makes a dataflow.
import FoundationEssentials
import Languages

/// Everything that was chosen for one dataflow.
public struct ExportPlan: Sendable, Hashable {
    /// Name of the dataflow.
    public var name: String
    /// The datasets, each by name or id, at least one.
    public var datasets: [String]
    /// Where to, and how files are written.
    public var destination: Destination
    /// When.
    public var schedule: Schedule
    /// The folders of each run.
    public var folderTemplate: FolderTemplate
    /// What becomes of records that are not JSON objects.
    public var malformedRecords: MalformedRecords
    /// What the dataflow tells; nil where the plan says nothing of that.
    ///
    /// The program may be a name here, which is looked for when the dataflow is made. The embedded platform's own.
    public var notifications: FlowNotifications?

    /// The destination of a plan.
    ///
    /// A destination connection of that name is used if there is one; otherwise one is made from what is
    /// given here.
    public struct Destination: Sendable, Hashable {
        /// Name of the destination connection.
        public var name: String
        /// For colleagues; empty if there is none.
        public var description: String
        /// The kind of destination, by name; nil where only an existing connection is meant.
        public var spec: String?
        /// The account with the credentials, by name, where the kind of destination needs one.
        public var account: String?
        /// Location and file options, as the target spec names them.
        public var parameters: [String: JSONValue]

        /// Describes a destination.
        public init(
            name: String, description: String = "", spec: String? = nil, account: String? = nil,
            parameters: [String: JSONValue] = [:]
        ) {
            self.name = name
            self.description = description
            self.spec = spec
            self.account = account
            self.parameters = parameters
        }
    }

    /// Describes an export.
    public init(
        name: String, datasets: [String], destination: Destination, schedule: Schedule,
        folderTemplate: FolderTemplate = .standard, malformedRecords: MalformedRecords = .fail,
        notifications: FlowNotifications? = nil
    ) {
        self.name = name
        self.datasets = datasets
        self.destination = destination
        self.schedule = schedule
        self.folderTemplate = folderTemplate
        self.malformedRecords = malformedRecords
        self.notifications = notifications
    }
}

extension ExportPlan {
    /// The datasets that the plan means, in its order, each once.
    /// - Throws: `FlowServiceError.notFound` for a dataset that is not among `available`, `.invalid` for a
    ///   name that several have, or where there is none at all.
    public func resolveDatasets(among available: [Dataset]) throws(FlowServiceError) -> [Dataset] {
        try available.named(datasets)
    }
}

extension [Dataset] {
    /// The datasets with these names or ids, in their order, each once.
    ///
    /// - Throws: `FlowServiceError.notFound` for one that is not here, `.invalid` for a name that several have,
    ///   or where there is none at all.
    public func named(_ namesOrIDs: [String]) throws(FlowServiceError) -> [Dataset] {
        let available = self
        var resolved: [Dataset] = []
        for wanted in namesOrIDs {
            let byID = available.filter { $0.id.rawValue == wanted }
            let matches = byID.isEmpty ? available.filter { $0.name == wanted } : byID
            guard let match = matches.first else { throw .notFound(what: "dataset", id: wanted) }
            if matches.count > 1 {
                throw .invalid(
                    field: "datasets",
                    reason: Text(
                        "\(matches.count) datasets are called “\(wanted)”: name the one that is meant by its id"
                    )
                )
            }
            if !resolved.contains(match) { resolved.append(match) }
        }
        if resolved.isEmpty {
            throw .invalid(field: "datasets", reason: Text("An export needs at least one dataset"))
        }
        return resolved
    }
}
