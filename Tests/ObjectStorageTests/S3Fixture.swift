// Storages on the S3 server of the tests.

import Foundation
import ObjectStorage
import Secrets
import TestServers
import Transfer

/// The ways to the server.
enum S3Door: CaseIterable {
    /// SeaweedFS itself.
    case direct
    /// The front that checks what SeaweedFS does not.
    case front
    /// The same with TLS.
    case frontTLS
    /// A front that is like Google's.
    case google
}

extension SeaweedFS {
    /// A storage in an empty bucket of its own.
    func emptyStorage(
        _ door: S3Door = .front, retrying: RetryPolicy = .quick, bandwidth: Bandwidth = Bandwidth()
    ) async throws -> S3Storage {
        try storage(door, bucket: try await makeBucket(), retrying: retrying, bandwidth: bandwidth)
    }

    /// A storage in a bucket.
    func storage(
        _ door: S3Door = .front, bucket: String, user: User? = nil, retrying: RetryPolicy = .quick,
        bandwidth: Bandwidth = Bandwidth(), change: (inout S3Configuration) -> Void = { _ in },
        clock: @escaping @Sendable () -> Date = { Date() }
    ) throws -> S3Storage {
        let user = user ?? admin
        let key = AccessKey(id: user.id, secret: Secret(user.secret))
        let endpoint =
            switch door {
            case .direct: HTTPOrigin(scheme: "http", host: "127.0.0.1", port: direct)
            case .front: HTTPOrigin(scheme: "http", host: "127.0.0.1", port: front)
            case .frontTLS: HTTPOrigin(host: "localhost", port: frontTLS)
            case .google: HTTPOrigin(host: "localhost", port: googleFront)
            }
        var configuration =
            door == .google
            ? S3Configuration.googleCloudStorage(bucket: bucket, accessKey: key, endpoint: endpoint)
            : S3Configuration(
                bucket: bucket, region: "eu-central-1", credentials: .accessKey(key), endpoint: endpoint)
        change(&configuration)
        return S3Storage(configuration, http: try client(bandwidth), retrying: retrying, clock: clock)
    }

    /// A client that trusts the server's certificate.
    func client(_ bandwidth: Bandwidth = Bandwidth()) throws -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.bandwidth = bandwidth
        configuration.trust = CertificateTrust(file: certificate)
        return try HTTPClient(configuration)
    }
}

extension RetryPolicy {
    /// As often as usual, with waits that suit tests.
    static let quick = RetryPolicy(
        attempts: 6, firstDelay: .milliseconds(10), longestDelay: .milliseconds(50), timeLimit: .seconds(30))
}
