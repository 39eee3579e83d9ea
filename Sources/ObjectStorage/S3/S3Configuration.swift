// What a person sets to reach a bucket of Amazon S3, of Google Cloud Storage, or of a store that is compatible.

import Secrets
import Transfer

/// Where a bucket is, and who asks.
public struct S3Configuration: Sendable {
    /// The bucket's name.
    public var bucket: String
    /// The region that requests are signed for; where it is wrong, the bucket's own is found out.
    public var region: String
    /// The server of a compatible store; nil for Amazon's own in the region.
    public var endpoint: HTTPOrigin?
    /// Where the bucket's name stands in a URL.
    public var addressing: Addressing
    /// Who asks.
    public var credentials: Credentials
    /// How objects are encrypted where they lie.
    public var encryption: Encryption
    /// The folder that a test of the connection stays below, without a `/` at its end; empty for the whole
    /// bucket.
    public var folder: String
    /// What differs from store to store.
    var dialect: S3Dialect

    /// Where the bucket's name stands in a URL.
    public enum Addressing: Hashable, Sendable {
        /// In the host's name on Amazon's servers, unless it has dots, which certificates do not cover; in
        /// the path on others.
        case automatic
        /// In the host's name: `https://bucket.host/key`.
        case virtualHost
        /// In the path: `https://host/bucket/key`.
        case path
    }

    /// Who asks.
    public enum Credentials: Sendable {
        /// A user's keys, or temporary ones with a session token.
        case accessKey(AccessKey)
        /// A role that is assumed by these keys.
        case assumedRole(AssumedRole, by: AccessKey)
        /// Keys that somebody hands out for a time, and others when they run out or are refused.
        ///
        /// What the renewal throws is thrown by the call that needed it.
        case temporaryKeys(TemporaryKeys, renew: @Sendable () async throws -> TemporaryKeys)
    }

    /// How the service encrypts what it stores.
    public enum Encryption: Hashable, Sendable {
        /// As the bucket's own setting says.
        case bucketDefault
        /// With keys of the service (SSE-S3).
        case aes256
        /// With a key of the key management service (SSE-KMS); nil for the account's default one.
        case kms(keyID: String?)
    }

    /// Names a bucket of Amazon S3, or of a compatible store if `endpoint` is given.
    ///
    /// - Parameters:
    ///   - bucket: the name of the bucket.
    ///   - region: empty where nobody knows it: `us-east-1` then says where the bucket lies.
    ///   - credentials: what requests are signed with.
    ///   - endpoint: the server of another store; nil for Amazon's.
    ///   - addressing: whether the bucket's name stands in the host or in the path.
    ///   - encryption: how objects are encrypted where they lie.
    ///   - folder: the folder that keys are relative to; empty for the whole bucket.
    public init(
        bucket: String, region: String, credentials: Credentials, endpoint: HTTPOrigin? = nil,
        addressing: Addressing = .automatic, encryption: Encryption = .bucketDefault, folder: String = ""
    ) {
        self.bucket = bucket
        self.region = region.isEmpty ? "us-east-1" : region
        self.endpoint = endpoint
        self.addressing = addressing
        self.credentials = credentials
        self.encryption = encryption
        self.folder = folder
        dialect = endpoint == nil ? .amazon : .compatible
    }

    /// Names a bucket of Google Cloud Storage, reached by an HMAC key.
    ///
    /// - Parameters:
    ///   - bucket: the name of the bucket.
    ///   - accessKey: the HMAC key.
    ///   - folder: the folder that keys are relative to; empty for the whole bucket.
    ///   - endpoint: another server than Google's, as tests have.
    public static func googleCloudStorage(
        bucket: String, accessKey: AccessKey, folder: String = "", endpoint: HTTPOrigin? = nil
    ) -> S3Configuration {
        var configuration = S3Configuration(
            bucket: bucket, region: "auto", credentials: .accessKey(accessKey),
            endpoint: endpoint ?? HTTPOrigin(host: "storage.googleapis.com"), folder: folder)
        configuration.dialect = .google
        return configuration
    }
}
