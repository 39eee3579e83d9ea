// Where requests to a bucket go.

import Secrets
import Testing
import Transfer

@testable import ObjectStorage

@Suite struct S3AddressTests {
    private func url(
        _ bucket: String, _ region: String, _ key: String?, endpoint: HTTPOrigin? = nil,
        _ addressing: S3Configuration.Addressing = .automatic
    ) -> String {
        let configuration = S3Configuration(
            bucket: bucket, region: region,
            credentials: .accessKey(AccessKey(id: "id", secret: Secret("secret"))), endpoint: endpoint,
            addressing: addressing)
        let address = S3Address(configuration, at: S3Place(region: configuration.region))
        return "\(address.origin.scheme)://\(address.origin.authority)\(address.path(of: key))"
    }

    @Test("A bucket is in the host's name on Amazon's servers, and in the path elsewhere")
    func styles() {
        let own = HTTPOrigin(scheme: "http", host: "minio", port: 9_000)
        #expect(url("acme", "eu-west-1", "a/b c") == "https://acme.s3.eu-west-1.amazonaws.com/a/b%20c")
        #expect(url("acme", "", nil) == "https://acme.s3.us-east-1.amazonaws.com/")
        #expect(url("acme", "cn-north-1", nil) == "https://acme.s3.cn-north-1.amazonaws.com.cn/")
        #expect(url("acme.com", "eu-west-1", nil) == "https://s3.eu-west-1.amazonaws.com/acme.com")
        #expect(url("acme", "x", "é+%/~", endpoint: own) == "http://minio:9000/acme/%C3%A9%2B%25/~")
        #expect(url("acme", "x", "k", endpoint: own, .virtualHost) == "http://acme.minio:9000/k")
        #expect(url("acme", "eu-west-1", "k", .path) == "https://s3.eu-west-1.amazonaws.com/acme/k")
    }

    @Test("Google's buckets are reached under its own host, signed for the region auto")
    func google() {
        let configuration = S3Configuration.googleCloudStorage(
            bucket: "acme", accessKey: AccessKey(id: "id", secret: Secret("secret")))
        let address = S3Address(configuration, at: S3Place(region: configuration.region))
        #expect(configuration.region == "auto")
        #expect(address.origin == HTTPOrigin(host: "storage.googleapis.com"))
        #expect(address.path(of: "a") == "/acme/a")
    }
}
