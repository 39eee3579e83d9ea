// The three connections that a dataflow joins: base (credentials), source (datasets), target (location).
import FoundationEssentials

/// What every entity carries about its own history.
public struct Revision: Sendable, Hashable {
    /// When it was made.
    public var createdAt: Date
    /// When it was last changed.
    public var updatedAt: Date
    /// Its opaque version, with the double quotes that belong to it; every change gives a new one.
    public var etag: String

    /// Describes a revision.
    public init(createdAt: Date, updatedAt: Date, etag: String) {
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.etag = etag
    }
}

/// An account: the credentials for one destination (`/connections`).
public struct BaseConnection: Sendable, Hashable, Identifiable {
    /// A lowercase UUID.
    public var id: Identifier<BaseConnection>
    /// The kind of destination.
    public var connectionSpecID: Identifier<ConnectionSpec>
    /// What is asked for when it is made.
    public var draft: Draft
    /// Its history.
    public var revision: Revision

    /// What is asked for when an account is made.
    public struct Draft: Sendable, Hashable {
        /// Name of the account.
        public var name: String
        /// What to sign in with; nil where the platform provides the storage.
        public var authentication: Authentication?

        /// Describes an account.
        public init(name: String, authentication: Authentication? = nil) {
            self.name = name
            self.authentication = authentication
        }
    }

    /// Credentials, in the form of one of the spec's `authSpec` entries.
    public struct Authentication: Sendable, Hashable {
        /// The entry's name (`auth.specName`).
        public var specName: String
        /// The answers to its form.
        ///
        /// What a platform answers holds no secrets; a draft that changes an account leaves out those that stay.
        public var answers: FormAnswers
        /// The fields whose secrets the platform keeps and never gives back.
        ///
        /// Only answers say this, so that a form can show that a secret is set; in a draft it counts for nothing.
        public var storedSecrets: Set<String>

        /// Describes credentials.
        public init(specName: String, answers: FormAnswers, storedSecrets: Set<String> = []) {
            self.specName = specName
            self.answers = answers
            self.storedSecrets = storedSecrets
        }
    }

    /// Describes an account as the platform knows it.
    public init(
        id: Identifier<BaseConnection>, connectionSpecID: Identifier<ConnectionSpec>, draft: Draft,
        revision: Revision
    ) {
        self.id = id
        self.connectionSpecID = connectionSpecID
        self.draft = draft
        self.revision = revision
    }
}

/// The datasets of a dataflow (`/sourceConnections`).
///
/// They cannot change after it is made.
public struct SourceConnection: Sendable, Hashable, Identifiable {
    /// A lowercase UUID.
    public var id: Identifier<SourceConnection>
    /// What is asked for when it is made.
    public var draft: Draft
    /// Its history.
    public var revision: Revision

    /// What is asked for when a source connection is made.
    public struct Draft: Sendable, Hashable {
        /// Name of the source connection.
        public var name: String
        /// The datasets, at least one.
        public var datasets: [DatasetReference]

        /// Describes a source connection.
        public init(name: String, datasets: [DatasetReference]) {
            self.name = name
            self.datasets = datasets
        }
    }

    /// Describes a source connection as the platform knows it.
    public init(id: Identifier<SourceConnection>, draft: Draft, revision: Revision) {
        self.id = id
        self.draft = draft
        self.revision = revision
    }
}

/// The location and the file options of exports (`/targetConnections`): what a person calls a destination.
public struct TargetConnection: Sendable, Hashable, Identifiable {
    /// A lowercase UUID.
    public var id: Identifier<TargetConnection>
    /// What is asked for when it is made.
    public var draft: Draft
    /// Its history.
    public var revision: Revision

    /// What is asked for when a target connection is made.
    public struct Draft: Sendable, Hashable, Codable {
        /// How a person recognises the destination.
        public var name: String
        /// For colleagues; empty if there is none.
        public var description: String
        /// The kind of destination.
        public var connectionSpecID: Identifier<ConnectionSpec>
        /// The account with the credentials.
        public var baseConnectionID: Identifier<BaseConnection>
        /// Location and file options, as the target spec names them.
        public var parameters: [String: JSONValue]

        /// Describes a target connection.
        public init(
            name: String, description: String = "", connectionSpecID: Identifier<ConnectionSpec>,
            baseConnectionID: Identifier<BaseConnection>, parameters: [String: JSONValue]
        ) {
            self.name = name
            self.description = description
            self.connectionSpecID = connectionSpecID
            self.baseConnectionID = baseConnectionID
            self.parameters = parameters
        }

        /// The folder that receives all exports of this connection.
        public var folder: String {
            (parameters["path"] ?? parameters["remotePath"])?.text ?? ""
        }

        /// The file options; nil where file type or compression is unknown.
        public var fileOptions: FileOptions? { FileOptions(parameters: parameters) }
    }

    /// Describes a target connection as the platform knows it.
    public init(id: Identifier<TargetConnection>, draft: Draft, revision: Revision) {
        self.id = id
        self.draft = draft
        self.revision = revision
    }
}
