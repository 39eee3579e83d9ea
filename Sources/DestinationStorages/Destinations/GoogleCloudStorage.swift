// Google Cloud Storage, by its interoperability with S3: HMAC keys, and a host and a region of its own.
import ExportDomain
import Languages
import ObjectStorage
import Secrets

struct GoogleCloudStorage: Destination {
    let id: Identifier<ConnectionSpec> = "c5d93acb-ea8b-4b14-8f53-02138444ae99"
    let unnamedPlace: [String: JSONValue] = ["bucketName": "bucket"]

    func extend(_ spec: inout ConnectionSpec) {
        spec.addToAuthentication(
            "endpoint",
            JSONSchema.Property(
                title: Text("Endpoint").english,
                description: Text(
                    "URL of another host, for a private endpoint; empty for https://storage.googleapis.com"
                ).english,
                pattern: "^https?://[^/?#]+/?$"))
    }

    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage {
        let configuration = S3Configuration.googleCloudStorage(
            bucket: try settings.requiredText("bucketName"),
            accessKey: AccessKey(
                id: try settings.requiredText("accessKeyId"),
                secret: try settings.requiredSecret("secretAccessKey")), folder: settings.folderOfKeys,
            endpoint: try settings.endpoint())
        return S3Storage(configuration, http: try network.httpClient(), retrying: settings.retrying)
    }

    let environmentVariables: String? = "SLUICE_GCS_ACCESS_KEY_ID and SLUICE_GCS_SECRET_ACCESS_KEY"

    func credentials(inEnvironment environment: [String: String]) throws -> AccountCredentials? {
        guard let id = environment.given("SLUICE_GCS_ACCESS_KEY_ID"),
            let secret = environment.given("SLUICE_GCS_SECRET_ACCESS_KEY")
        else { return nil }
        return AccountCredentials(
            specName: "Google Cloud Storage authentication credentials",
            parameters: ["accessKeyId": .string(id)], secrets: ["secretAccessKey": Secret(secret)])
    }

    func field(
        for reason: StorageFailure.Reason, at step: DestinationTestStep, _ settings: DestinationSettings
    ) -> String? {
        switch reason {
        case .unknownAccount: "accessKeyId"
        case .wrongSecret, .expired: "secretAccessKey"
        case .noSuchLocation: "bucketName"
        case .nameNotResolved, .unreachable, .notTrusted:
            settings.text("endpoint") == nil ? nil : "endpoint"
        case .noPermission, .missingPermission: step == .authenticate ? "accessKeyId" : "path"
        default: nil
        }
    }
}
