// Azure Data Lake Storage Gen2, by a service principal.
import ExportDomain
import ObjectStorage

struct AzureDataLake: Destination {
    let id: Identifier<ConnectionSpec> = "be2c3209-53bc-47e7-ab25-145db8b873e1"

    func extend(_ spec: inout ConnectionSpec) {}

    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage {
        do {
            let authority = network.environment["AZURE_AUTHORITY_HOST"].flatMap { $0.isEmpty ? nil : $0 }
            return try ADLSStorage(
                url: try settings.requiredText("url"), tenant: try settings.requiredText("tenant"),
                clientID: try settings.requiredText("servicePrincipalId"),
                clientSecret: try settings.requiredSecret("servicePrincipalKey"),
                authority: authority ?? "https://login.microsoftonline.com",
                client: try network.httpClient(), retrying: settings.retrying)
        } catch let error as InvalidAzureSetting {
            if case .wrongAuthority = error {
                throw DestinationError(field: nil, reason: "AZURE_AUTHORITY_HOST: \(error)")
            }
            throw DestinationError(field: "url", reason: "\(error)")
        }
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
