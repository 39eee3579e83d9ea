// Azure Data Lake Storage Gen2, by a service principal.
import ExportDomain
import ObjectStorage

struct AzureDataLake: Destination {
    let id: Identifier<ConnectionSpec> = "be2c3209-53bc-47e7-ab25-145db8b873e1"
    let filesInFlight = 3

    func extend(_ spec: inout ConnectionSpec) {}

    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage {
        throw DestinationError(field: "url", reason: "Azure Data Lake Gen2 is not to be reached yet")
    }

    func field(
        for reason: StorageFailure.Reason, at step: DestinationTestStep, _ settings: DestinationSettings
    ) -> String? {
        switch reason {
        case .unknownAccount(let name):
            name == settings.text("tenant") ? "tenant" : "servicePrincipalId"
        case .wrongSecret, .expired: "servicePrincipalKey"
        case .noSuchLocation, .nameNotResolved, .unreachable, .notTrusted: "url"
        case .noPermission, .missingPermission: step == .authenticate ? "servicePrincipalId" : "path"
        default: nil
        }
    }
}
