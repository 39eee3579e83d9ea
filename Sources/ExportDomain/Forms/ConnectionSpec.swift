// A connection spec: what one kind of destination asks for, as Experience Platform's API describes it.
import FoundationEssentials

/// A kind of destination, such as Amazon S3, with the forms that set one up
/// (Flow Service, `GET /connectionSpecs`).
public struct ConnectionSpec: Sendable, Hashable, Identifiable, Decodable {
    /// The spec's id, the same in every sandbox.
    public var id: Identifier<ConnectionSpec>
    /// The name of the destination, like “Data Landing Zone”.
    public var name: String
    /// Always `1.0` today; sent back whenever the spec is named.
    public var version: String
    /// The flow spec that exports datasets to this destination.
    public var flowSpecID: Identifier<FlowSpec>
    /// The ways to sign in; empty where the platform provides the storage itself.
    public var authSpecs: [FormSpec]
    /// Whether an account may go without credentials although there are ways to sign in: the platform then
    /// provides the storage itself.
    public var isAuthenticationOptional = false
    /// The form of location and file options.
    public var targetSpec: FormSpec

    /// A named form.
    public struct FormSpec: Sendable, Hashable, Decodable {
        /// The form's name, sent as `auth.specName` where it is an authentication.
        public var name: String
        /// The fields.
        public var spec: JSONSchema

        /// Describes a named form.
        public init(name: String, spec: JSONSchema) {
            self.name = name
            self.spec = spec
        }
    }

    /// Describes a kind of destination.
    public init(
        id: Identifier<ConnectionSpec>, name: String, version: String = "1.0",
        flowSpecID: Identifier<FlowSpec>, authSpecs: [FormSpec], targetSpec: FormSpec
    ) {
        self.id = id
        self.name = name
        self.version = version
        self.flowSpecID = flowSpecID
        self.authSpecs = authSpecs
        self.targetSpec = targetSpec
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, version, targetSpec
        case flowSpecID = "flowSpecId"
        case authSpecs = "authSpec"
    }

    /// The key under which the folder of this destination is kept in the parameters of a target
    /// connection: `path`, and `remotePath` for SFTP.
    public var folderKey: String {
        targetSpec.spec.properties["remotePath"] == nil ? "path" : "remotePath"
    }

    /// The form of location and file options for dataset exports: what the spec asks only of other
    /// workflows is hidden.
    public var targetForm: FormModel {
        FormModel(schema: targetSpec.spec, context: [Self.workflowPath: ["DATASETS"]])
    }

    /// The form of one of the ways to sign in; nil for a name that none of them has.
    public func authenticationForm(_ name: String) -> FormModel? {
        authSpecs.first { $0.name == name }.map { FormModel(schema: $0.spec) }
    }

    private static let workflowPath = "flowSpec.attributes._workflow"
}

/// A flow spec: the recipe that joins a source to one kind of destination.
///
/// Only its id matters here.
public enum FlowSpec {}

/// The connection specs of the destinations that can take datasets, as they come with the program.
public struct ConnectionSpecCatalog: Sendable, Decodable {
    /// The six destinations, in the order of Experience Platform's API tutorial.
    public var destinations: [ConnectionSpec]
    /// The source of every dataset export.
    public var dataLakeSource: DataLakeSource

    /// The spec of the data lake as a source (`activation-datalake`).
    public struct DataLakeSource: Sendable, Decodable {
        /// The spec's id.
        public var id: Identifier<ConnectionSpec>
        /// Always `1.0` today.
        public var version: String
    }

    /// The catalogue that is embedded in the program; it is read once.
    /// - Throws: `DecodingError` if the embedded file is not what this version expects.
    public static func embedded() throws -> ConnectionSpecCatalog { try ofProgram.get() }

    private static let ofProgram = Result {
        try JSONDecoder().decode(
            ConnectionSpecCatalog.self, from: Data(PackageResources.connection_specs_json))
    }
}
