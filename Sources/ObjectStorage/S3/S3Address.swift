// Where requests go: host and path of a bucket, in each style of address.

import Transfer

/// Where a bucket is to be reached.
struct S3Address: Hashable, Sendable {
    let origin: HTTPOrigin
    /// What a path begins with before the object's key: nothing, or the bucket.
    private let root: String

    /// The address of the bucket in `region`.
    init(_ configuration: S3Configuration, region: String) {
        let bucket = configuration.bucket
        var origin = configuration.endpoint ?? HTTPOrigin(host: Self.amazonHost(of: "s3", region: region))
        let isVirtual =
            switch configuration.addressing {
            case .virtualHost: true
            case .path: false
            case .automatic: configuration.endpoint == nil && !bucket.contains(".")
            }
        if isVirtual { origin.host = "\(bucket).\(origin.host)" }
        self.origin = origin
        root = isVirtual ? "" : "/\(PercentEncoding.encode(bucket))"
    }

    /// The path of an object, or of the bucket, percent-encoded.
    func path(of key: String?) -> String {
        guard let key else { return root.isEmpty ? "/" : root }
        return "\(root)/\(PercentEncoding.path(key))"
    }

    /// Amazon's server for a service in a region.
    static func amazonHost(of service: String, region: String) -> String {
        "\(service).\(region).amazonaws.com" + (region.hasPrefix("cn-") ? ".cn" : "")
    }
}
