// Azure Blob Storage, by a connection string.
import ExportDomain
import Languages
import ObjectStorage
import Secrets

struct AzureBlob: Destination {
    let id: Identifier<ConnectionSpec> = "6d6b59bf-fb58-4107-9064-4d246c0e5bb2"
    let unnamedPlace: [String: JSONValue] = ["container": "container"]

    func extend(_ spec: inout ConnectionSpec) {
        for index in spec.authSpecs.indices {
            spec.authSpecs[index].spec.properties["connectionString"]?.description =
                "Like DefaultEndpointsProtocol=https;AccountName=acme;…"
        }
    }

    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage {
        do {
            return try AzureBlobStorage(
                connectionString: try settings.requiredSecret("connectionString"),
                container: try settings.requiredText("container"), client: try network.httpClient(),
                retrying: settings.retrying)
        } catch let error as InvalidAzureSetting {
            throw DestinationError(field: error.field, reason: .of(error))
        }
    }

    let environmentVariables: String? = "AZURE_STORAGE_CONNECTION_STRING"

    func credentials(inEnvironment environment: [String: String]) throws -> AccountCredentials? {
        environment.given("AZURE_STORAGE_CONNECTION_STRING").map {
            AccountCredentials(specName: "ConnectionString", secrets: ["connectionString": Secret($0)])
        }
    }

    func field(
        for reason: StorageFailure.Reason, at step: DestinationTestStep, _ settings: DestinationSettings
    ) -> String? {
        switch reason {
        case .unknownAccount, .wrongSecret, .expired, .nameNotResolved, .unreachable, .notTrusted:
            "connectionString"
        case .noSuchLocation: "container"
        // Only a shared access signature says which rights it has; a key has all.
        case .missingPermission, .signatureWithout: "connectionString"
        case .noPermission: step == .authenticate ? "connectionString" : "path"
        default: nil
        }
    }
}

extension InvalidAzureSetting {
    /// The field that it is about.
    fileprivate var field: String {
        if case .wrongContainerName = self { "container" } else { "connectionString" }
    }
}
