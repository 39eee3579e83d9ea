// The Data Landing Zone: a folder that the platform provides itself, or a container by its SAS URL.
import ExportDomain
import FoundationEssentials
import Languages
import ObjectStorage

struct DataLandingZone: Destination {
    let id = ConnectionSpec.landingZone

    /// The field of the container's URL.
    static let urlField = "sasUri"

    func extend(_ spec: inout ConnectionSpec) {
        var form = JSONSchema(description: "The container of a landing zone", properties: [:])
        form.add(
            Self.urlField,
            JSONSchema.Property(
                title: Text("SAS URL").english,
                description: Text(
                    "As the platform hands it out: https://account.blob.core.windows.net/container?sv=…&sig=…"
                ).english,
                format: "password"),
            isRequired: true)
        spec.authSpecs = [ConnectionSpec.FormSpec(name: Text("SAS URL").english, spec: form)]
        spec.isAuthenticationOptional = true
    }

    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage {
        guard settings.credentials.specName != nil else {
            guard let landingZone = network.landingZone else {
                throw DestinationError(field: nil, reason: Text("The landing zone is not on this machine."))
            }
            return landingZone
        }
        do {
            return try AzureBlobStorage(
                containerURL: try settings.requiredSecret(Self.urlField), client: try network.httpClient(),
                retrying: settings.retrying)
        } catch let error as InvalidAzureSetting {
            throw DestinationError(field: "sasUri", reason: .of(error))
        }
    }

    /// A disk gains nothing by several files.
    func filesInFlight(_ settings: DestinationSettings) -> Int {
        settings.credentials.specName == nil ? 1 : 3
    }

    /// Experience Platform deletes what lies in its containers after seven days; nobody deletes what is in the
    /// folder.
    func retention(authentication: String?) -> TimeInterval? {
        authentication == nil ? nil : 7 * 86_400
    }

    func field(
        for reason: StorageFailure.Reason, at step: DestinationTestStep, _ settings: DestinationSettings
    ) -> String? {
        switch reason {
        case .unknownAccount, .wrongSecret, .expired, .nameNotResolved, .unreachable, .notTrusted:
            "sasUri"
        case .noSuchLocation: settings.credentials.specName == nil ? nil : "sasUri"
        // The signature says which rights it has.
        case .missingPermission, .signatureWithout: "sasUri"
        case .noPermission: step == .authenticate ? "sasUri" : "path"
        case .notAFolder, .symbolicLink, .nameTooLong, .reservedName: "path"
        default: nil
        }
    }
}
