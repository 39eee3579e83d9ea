// What opens the Data Landing Zone to those who read from it
// (`GET /data/foundation/connectors/landingzone/credentials?type=dlz_destination`).
import ExportDomain
import FoundationEssentials
import Secrets

/// Credentials of a landing zone, in the form of the cloud that it is in.
public enum LandingZoneCredentials: Sendable, Hashable {
    /// A container of Azure Blob Storage with a shared access signature.
    case azure(AzureLandingZone)
    /// A folder of a bucket in Amazon S3 with temporary keys.
    case aws(AWSLandingZone)
}

/// A landing zone in Azure.
public struct AzureLandingZone: Sendable, Hashable {
    /// The container.
    public var containerName: String
    /// The storage account.
    public var storageAccountName: String
    /// The signature, a query without its question mark.
    public var token: Secret
    /// The container's URL with the signature.
    public var uri: Secret

    /// Describes a landing zone.
    public init(containerName: String, storageAccountName: String, token: Secret, uri: Secret) {
        self.containerName = containerName
        self.storageAccountName = storageAccountName
        self.token = token
        self.uri = uri
    }
}

/// A landing zone in AWS.
public struct AWSLandingZone: Sendable, Hashable {
    /// The bucket.
    public var bucketName: String
    /// The folder in it.
    public var folder: String
    /// The id of the key.
    public var accessKeyID: String
    /// The key.
    public var secretAccessKey: Secret
    /// The token of the session that the key belongs to.
    public var sessionToken: Secret
    /// When they run out; nil where that is not said.
    public var expiry: Date?

    /// Describes a landing zone.
    public init(
        bucketName: String, folder: String, accessKeyID: String, secretAccessKey: Secret,
        sessionToken: Secret, expiry: Date? = nil
    ) {
        self.bucketName = bucketName
        self.folder = folder
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiry = expiry
    }
}

extension AzureLandingZone {
    /// Takes a container's URL with its signature apart; nil where it is none.
    public init?(uri: Secret) {
        let halves = uri.reveal().split(separator: "?", maxSplits: 1)
        guard halves.count == 2, let scheme = halves[0].firstRange(of: "://") else { return nil }
        let path = halves[0][scheme.upperBound...].split(separator: "/")
        guard path.count >= 2, let account = path[0].split(separator: ".").first else { return nil }
        self.init(
            containerName: String(path[1]), storageAccountName: String(account),
            token: Secret(String(halves[1])), uri: uri)
    }
}

extension LandingZoneCredentials {
    /// The item of the query by which a server of this program is told whose landing zone is meant, as it may have
    /// several.
    public static let accountItem = "baseConnectionId"

    private static let noun = "credentials of the landing zone"

    /// Reads a body; `dlzProvider` tells the two forms apart.
    public init(reading bytes: [UInt8]) throws(WireError) {
        let object = try JSONObject(
            JSONValue(reading: bytes, as: Self.noun), at: JSONPlace(Self.noun))
        guard try object.value(["dlzProvider"], as: String.self) == "Amazon S3" else {
            self = .azure(
                AzureLandingZone(
                    containerName: try object.require(Field("containerName")),
                    storageAccountName: try object.require(Field("storageAccountName")),
                    token: Secret(try object.require(Field<String>("SASToken"))),
                    uri: Secret(try object.require(Field<String>("SASUri")))))
            return
        }
        let keys = try object.require(Field<JSONObject>("credentials"))
        let path = try object.require(Field<JSONObject>("dlzPath"))
        self = .aws(
            AWSLandingZone(
                bucketName: try path.require(Field("bucketName")),
                folder: try path.require(Field("dlzFolder")),
                accessKeyID: try keys.require(Field("awsAccessKeyId")),
                secretAccessKey: Secret(try keys.require(Field<String>("awsSecretAccessKey"))),
                sessionToken: Secret(try keys.require(Field<String>("awsSessionToken"))),
                expiry: try object.value(["expiryTime"], as: EpochSeconds.self)?.date))
    }

    /// The credentials as a body; here they leave their `Secret`s.
    public func body() throws(WireError) -> [UInt8] {
        let object: [String: JSONValue]
        switch self {
        case .azure(let zone):
            object = [
                "containerName": .string(zone.containerName), "SASToken": .string(zone.token.reveal()),
                "storageAccountName": .string(zone.storageAccountName), "SASUri": .string(zone.uri.reveal()),
            ]
        case .aws(let zone):
            var aws: [String: JSONValue] = [
                "credentials": .object([
                    "awsAccessKeyId": .string(zone.accessKeyID),
                    "awsSecretAccessKey": .string(zone.secretAccessKey.reveal()),
                    "awsSessionToken": .string(zone.sessionToken.reveal()),
                ]),
                "dlzPath": .object([
                    "bucketName": .string(zone.bucketName), "dlzFolder": .string(zone.folder),
                ]),
                "dlzProvider": "Amazon S3",
            ]
            aws["expiryTime"] = zone.expiry.map { EpochSeconds($0).json }
            object = aws
        }
        return try JSONValue.object(object).body(of: Self.noun)
    }
}
