// Where requests go: host and path of a bucket, in each style of address.

import Transfer

/// Where a bucket lies, as far as is known.
struct S3Place: Hashable, Sendable {
    /// The region that requests are signed for.
    var region: String
    /// The server, where another was named than the configured one, or than Amazon's in the region.
    var origin: HTTPOrigin?
}

/// Where a bucket is to be reached.
struct S3Address: Hashable, Sendable {
    let origin: HTTPOrigin
    /// What a path begins with before the object's key: nothing, or the bucket.
    private let root: String

    /// The address of the bucket at a place.
    init(_ configuration: S3Configuration, at place: S3Place) {
        let bucket = configuration.bucket
        if let origin = place.origin {
            self.origin = origin
            root = origin.host.hasPrefix(bucket + ".") ? "" : "/\(PercentEncoding.encode(bucket))"
            return
        }
        var origin =
            configuration.endpoint ?? HTTPOrigin(host: Self.amazonHost(of: "s3", region: place.region))
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

    /// The address of the service that the bucket is of.
    init(serviceOf configuration: S3Configuration) {
        origin =
            configuration.endpoint
            ?? HTTPOrigin(host: Self.amazonHost(of: "s3", region: configuration.region))
        root = ""
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

    /// The region that the name of a server of Amazon's tells; nil for others.
    static func region(ofAmazonHost host: String) -> String? {
        let labels = host.split(separator: ".").map(String.init)
        guard let end = labels.lastIndex(of: "amazonaws"), end > 0, isAmazon(host) else { return nil }
        let label = labels[end - 1]
        if label == "s3" || label == "s3-external-1" { return "us-east-1" }
        return label.hasPrefix("s3-") ? String(label.dropFirst(3)) : label
    }

    private static func isAmazon(_ host: String) -> Bool {
        host.hasSuffix(".amazonaws.com") || host.hasSuffix(".amazonaws.com.cn")
    }
}
