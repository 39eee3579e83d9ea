// Azure Blob Storage, by a connection string.
import ExportDomain
import ObjectStorage

struct AzureBlob: Destination {
    let id: Identifier<ConnectionSpec> = "6d6b59bf-fb58-4107-9064-4d246c0e5bb2"
    let filesInFlight = 3

    func extend(_ spec: inout ConnectionSpec) {}

    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage {
        throw DestinationError(field: "container", reason: "Azure Blob Storage is not to be reached yet")
    }

    func field(
        for reason: StorageFailure.Reason, at step: DestinationTestStep, _ settings: DestinationSettings
    ) -> String? {
        switch reason {
        case .unknownAccount, .wrongSecret, .expired, .nameNotResolved, .unreachable, .notTrusted:
            "connectionString"
        case .noSuchLocation: "container"
        case .noPermission, .missingPermission: step == .authenticate ? "connectionString" : "path"
        default: nil
        }
    }
}
