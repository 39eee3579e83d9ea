// The destinations whose storages can be reached from here. A seventh is a line here and a file beside it.
import ExportDomain
import Languages
import Secrets

/// The kinds of destination.
public enum Destinations {
    /// All destinations, in the order of the catalogue.
    static let all: [any Destination] = [
        AmazonS3(), AzureBlob(), AzureDataLake(), DataLandingZone(), GoogleCloudStorage(), SFTP(),
    ]

    /// The Data Landing Zone, whose storage the platform provides itself.
    public static let landingZone = DataLandingZone().id

    /// The URL of the container of a landing zone, which its account was given; nil where it has none.
    public static func landingZoneURL(of credentials: AccountCredentials) -> Secret? {
        credentials.secrets[DataLandingZone.urlField]
    }

    /// The keys of target parameters that name a place, other than its folder.
    public static let placeFields = ["bucketName", "container"]

    /// The connection specs of the destinations, with the fields that the embedded platform adds.
    public static func specs() throws(FlowServiceError) -> [ConnectionSpec] {
        do {
            return try ConnectionSpecCatalog.embedded().destinations.compactMap { spec in
                guard let destination = all.first(where: { $0.id == spec.id }) else { return nil }
                var extended = spec
                destination.extend(&extended)
                return extended
            }
        } catch {
            throw .unavailable(doing: Text("read the destinations"), reason: .of(error))
        }
    }

    /// The destination of a spec.
    public static func destination(
        _ id: Identifier<ConnectionSpec>
    ) throws(FlowServiceError) -> any Destination {
        guard let destination = all.first(where: { $0.id == id }) else {
            throw .notFound(what: "kind of destination", id: id.rawValue)
        }
        return destination
    }
}

extension ConnectionSpec {
    /// Adds a field to the forms of some ways to sign in, or of all.
    mutating func addToAuthentication(
        _ key: String, _ property: JSONSchema.Property, of names: [String]? = nil
    ) {
        for index in authSpecs.indices where names?.contains(authSpecs[index].name) ?? true {
            authSpecs[index].spec.add(key, property)
        }
    }
}
