// Amazon S3, and stores that speak its protocol.
import ExportDomain
import Languages
import ObjectStorage
import Secrets
import Transfer

struct AmazonS3: Destination {
    let id: Identifier<ConnectionSpec> = "4fce964d-3f37-408f-9778-e597338a21ee"
    let unnamedPlace: [String: JSONValue] = ["bucketName": "bucket"]

    private static let accessKey = "Access Key"
    private static let assumedRole = "Assumed Role"

    func extend(_ spec: inout ConnectionSpec) {
        // What the keys of Amazon look like, those of other stores need not.
        for index in spec.authSpecs.indices where spec.authSpecs[index].name == Self.accessKey {
            for key in ["s3AccessKey", "s3SecretKey"] {
                spec.authSpecs[index].spec.properties[key]?.patternLiftedBy = "endpoint"
            }
        }
        spec.addToAuthentication(
            "externalId",
            JSONSchema.Property(
                title: Text("External ID").english,
                description: Text("Where the role's trust policy asks for one").english),
            of: [Self.assumedRole])
        spec.addToAuthentication(
            "s3AccessKey",
            JSONSchema.Property(
                title: Text("Amazon S3 access key").english,
                description: Text(
                    "Of the user that may assume the role; else AWS_ACCESS_KEY_ID and its secret are used"
                ).english),
            of: [Self.assumedRole])
        spec.addToAuthentication(
            "s3SecretKey",
            JSONSchema.Property(
                title: Text("Amazon S3 secret key").english,
                description: Text("Of the user that may assume the role").english,
                format: "password"),
            of: [Self.assumedRole])
        spec.addToAuthentication(
            "region",
            JSONSchema.Property(
                title: Text("Region").english,
                description: Text("Like eu-central-1; left empty, it is found out").english,
                pattern: "^[a-z0-9-]+$"))
        spec.addToAuthentication(
            "endpoint",
            JSONSchema.Property(
                title: Text("Endpoint").english,
                description: Text("of another S3 store, like https://minio.example.com").english,
                pattern: "^https?://[^/?#]+/?$"))
        spec.targetSpec.spec.add(
            "serverSideEncryption",
            JSONSchema.Property(
                title: Text("Encryption at rest").english,
                description: Text("default: the bucket's own; aws:kms: a key of AWS KMS").english,
                choices: ["default", "AES256", "aws:kms"], defaultValue: "default"))
        spec.targetSpec.spec.add(
            "kmsKeyId",
            JSONSchema.Property(
                title: Text("KMS key").english,
                description: Text("Id or ARN of the key; empty for the account's own").english,
                conditional: JSONSchema.Conditional(
                    field: "serverSideEncryption", operator: "EQUALS", value: "aws:kms")))
    }

    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage {
        let endpoint = try settings.endpoint()
        let configuration = S3Configuration(
            bucket: try settings.requiredText("bucketName"),
            region: settings.text("region") ?? Self.anyRegion,
            credentials: try credentials(settings, network.environment, endpoint), endpoint: endpoint,
            encryption: encryption(settings), folder: settings.folderOfKeys)
        return S3Storage(configuration, http: try network.httpClient(), retrying: settings.retrying)
    }

    /// Where a bucket's region is not known: its own answers from here.
    private static let anyRegion = "us-east-1"

    private func credentials(
        _ settings: DestinationSettings, _ environment: [String: String], _ endpoint: HTTPOrigin?
    ) throws -> S3Configuration.Credentials {
        guard settings.credentials.specName == Self.assumedRole else {
            return .accessKey(
                AccessKey(
                    id: try settings.requiredText("s3AccessKey"),
                    secret: try settings.requiredSecret("s3SecretKey"),
                    sessionToken: settings.secret(Self.sessionToken)))
        }
        let role = AssumedRole(
            arn: try settings.requiredSecret("s3Role").reveal(), externalID: settings.text("externalId"),
            endpoint: endpoint)
        return .assumedRole(role, by: try assumingKey(settings, environment))
    }

    /// The keys of who assumes a role: those of the account, or else those of the environment.
    private func assumingKey(
        _ settings: DestinationSettings, _ environment: [String: String]
    ) throws -> AccessKey {
        if let id = settings.text("s3AccessKey") {
            return AccessKey(id: id, secret: try settings.requiredSecret("s3SecretKey"))
        }
        guard let key = Self.accessKey(in: environment) else {
            throw DestinationError(
                field: "s3AccessKey",
                reason: Text(
                    "Nobody is named who may assume the role: enter an access key, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
                ))
        }
        return key
    }

    /// The field of the token of temporary keys, which no form has.
    private static let sessionToken = "s3SessionToken"

    let environmentVariables: String? = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"

    func credentials(inEnvironment environment: [String: String]) throws -> AccountCredentials? {
        guard let key = Self.accessKey(in: environment) else { return nil }
        var secrets = ["s3SecretKey": key.secret]
        secrets[Self.sessionToken] = key.sessionToken
        return AccountCredentials(
            specName: Self.accessKey, parameters: ["s3AccessKey": .string(key.id)], secrets: secrets)
    }

    private static func accessKey(in environment: [String: String]) -> AccessKey? {
        guard let id = environment.given("AWS_ACCESS_KEY_ID"),
            let secret = environment.given("AWS_SECRET_ACCESS_KEY")
        else { return nil }
        return AccessKey(
            id: id, secret: Secret(secret),
            sessionToken: environment.given("AWS_SESSION_TOKEN").map { Secret($0) })
    }

    private func encryption(_ settings: DestinationSettings) -> S3Configuration.Encryption {
        switch settings.text("serverSideEncryption") {
        case "AES256": .aes256
        case "aws:kms": .kms(keyID: settings.text("kmsKeyId"))
        default: .bucketDefault
        }
    }

    func field(
        for reason: StorageFailure.Reason, at step: DestinationTestStep, _ settings: DestinationSettings
    ) -> String? {
        let isRole = settings.credentials.specName == Self.assumedRole
        switch reason {
        case .unknownAccount: return "s3AccessKey"
        case .wrongSecret: return "s3SecretKey"
        case .expired: return isRole ? "s3Role" : "s3SecretKey"
        case .wrongRegion: return "region"
        case .noSuchLocation: return "bucketName"
        case .nameNotResolved, .unreachable, .notTrusted:
            return settings.text("endpoint") == nil ? "region" : "endpoint"
        case .encryptionKey: return "kmsKeyId"
        case .missingPermission(let right) where right.hasPrefix("kms:"): return "kmsKeyId"
        case .noPermission, .missingPermission:
            return step == .authenticate ? (isRole ? "s3Role" : "s3AccessKey") : "path"
        default: return nil
        }
    }
}
