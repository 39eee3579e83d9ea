// A place as a URL where a form has a field for each of its parts: buckets, containers, servers.
import FoundationEssentials
import Languages

extension FieldsOfForm {
    /// A place of one of the destinations, or a folder beside the name of a bucket.
    func place(_ text: String, in key: String) -> MisplacedValue? {
        if let url = PlainURL(text) {
            return amazonS3(url) ?? googleCloud(url) ?? azure(url) ?? server(url, in: key)
        }
        if text.hasPrefix("arn:aws"), text.contains(":s3:::") {
            let (bucket, path) = text.split(afterFirst: ":::").split(atFirst: "/")
            return bucketPlace(bucket, path, of: "Amazon S3", as: "s3://\(bucket)/\(path)")
        }
        switch key {
        case "bucketName", "container":
            let (name, path) = text.trimmingSlashes.split(atFirst: "/")
            guard !path.isEmpty else { return nil }
            return MisplacedValue(
                likeness: key == "container"
                    ? Text("a container with a folder") : Text("a bucket with a folder"),
                pieces: pieces([key: name, "path": path]))
        case "domain": return host(text)
        default: return nil
        }
    }

    private func amazonS3(_ url: PlainURL) -> MisplacedValue? {
        var place: (bucket: String, path: String)?
        let labels = url.host.split(separator: ".").map(String.init)
        if ["s3", "s3a", "s3n"].contains(url.scheme) {
            place = (url.host, url.path)
        } else if url.isWeb, url.host.hasSuffix("console.aws.amazon.com"), url.path.hasPrefix("s3/") {
            place = (
                url.path.split(separator: "/").dropFirst(2).first.map(String.init) ?? "", url["prefix"] ?? ""
            )
        } else if url.isWeb, let end = labels.firstIndex(of: "amazonaws"),
            let service = labels[..<end].lastIndex(where: { $0 == "s3" || $0.hasPrefix("s3-") })
        {
            let bucket = labels[..<service].joined(separator: ".")
            place = bucket.isEmpty ? url.path.split(atFirst: "/") : (bucket, url.path)
        }
        guard let (bucket, path) = place, !bucket.isEmpty else { return nil }
        return bucketPlace(bucket, path, of: "Amazon S3", as: "s3://\(FolderPath.join(bucket, path))")
    }

    private func googleCloud(_ url: PlainURL) -> MisplacedValue? {
        var place: (bucket: String, path: String)?
        let host = ".storage.googleapis.com"
        if ["gs", "gcs"].contains(url.scheme) {
            place = (url.host, url.path)
        } else if url.isWeb, ["storage.googleapis.com", "storage.cloud.google.com"].contains(url.host) {
            place = url.path.split(atFirst: "/")
        } else if url.isWeb, url.host.hasSuffix(host) {
            place = (String(url.host.dropLast(host.count)), url.path)
        } else if url.isWeb, url.host == "console.cloud.google.com", url.path.hasPrefix("storage/browser/") {
            let path = url.path.split(separator: ";", maxSplits: 1).first.map(String.init) ?? ""
            place = String(path.dropFirst("storage/browser/".count)).split(atFirst: "/")
        }
        guard let (bucket, path) = place, !bucket.isEmpty else { return nil }
        return bucketPlace(
            bucket, path, of: "Google Cloud Storage", as: "gs://\(FolderPath.join(bucket, path))")
    }

    private func bucketPlace(
        _ bucket: String, _ path: String, of kind: String, as place: String
    ) -> MisplacedValue {
        let likeness = Text.verbatim(place)
        if spec.name != kind { return MisplacedValue(likeness: likeness, advice: wrongKind) }
        return MisplacedValue(
            likeness: likeness, pieces: pieces(["bucketName": bucket, "path": path.trimmingSlashes]))
    }

    /// A blob or a folder of Azure Storage, of either of its two services.
    private func azure(_ url: PlainURL) -> MisplacedValue? {
        let isWeb = url.isWeb
        let isAzure =
            ["abfs", "abfss", "wasb", "wasbs"].contains(url.scheme) || isWeb && url.isOfAzureStorage
        guard isAzure else { return nil }
        let (container, path) = isWeb ? url.path.split(atFirst: "/") : (url.user ?? "", url.path)
        let port = url.port.map { ":" + $0 } ?? ""
        var values = ["path": path.trimmingSlashes]
        if !container.isEmpty {
            values["container"] = container
            values["url"] = "abfss://\(container)@\(url.hostOfAzure("dfs"))\(port)"
        }
        if url["sig"] != nil {
            values["connectionString"] =
                "BlobEndpoint=https://\(url.hostOfAzure("blob"))\(port);SharedAccessSignature=\(url.query)"
        }
        let host = "\(isWeb ? "" : container + "@")\(url.host)\(port)"
        let likeness = Text.verbatim(FolderPath.join("\(url.scheme)://\(host)", url.path))
        if !has("container"), !has("url") { return MisplacedValue(likeness: likeness, advice: wrongKind) }
        let pieces = pieces(values)
        return pieces.isEmpty ? nil : MisplacedValue(likeness: likeness, pieces: pieces)
    }

    private func server(_ url: PlainURL, in key: String) -> MisplacedValue? {
        let isServer = ["sftp", "ssh", "scp"].contains(url.scheme)
        guard isServer || key == "domain", !url.host.isEmpty else { return nil }
        let likeness = Text.verbatim(FolderPath.join("\(url.scheme)://\(url.authority)", url.path))
        guard has("domain") else { return MisplacedValue(likeness: likeness, advice: wrongKind) }
        var values = ["domain": url.host, "username": url.user ?? "", "password": url.password ?? ""]
        values["port"] = url.port
        if isServer, !url.path.isEmpty {
            values["remotePath"] = url.path.hasPrefix("~/") ? String(url.path.dropFirst(2)) : "/" + url.path
        }
        return MisplacedValue(likeness: likeness, pieces: pieces(values))
    }

    /// `user@host:port`, or `user@host:folder` as scp has it.
    private func host(_ text: String) -> MisplacedValue? {
        guard !text.contains(where: \.isWhitespace), let url = PlainURL("sftp://" + text) else { return nil }
        var values = ["domain": url.host, "username": url.user ?? ""]
        var likeness = Text("a host with a port")
        if let port = url.port {
            values["port"] = port
        } else if let (host, folder) = url.hostAndFolder {
            values["domain"] = host
            values["remotePath"] = folder
            likeness = Text("a host with a folder")
        } else if url.user != nil {
            likeness = Text("a user at a host")
        } else {
            return nil
        }
        return MisplacedValue(likeness: likeness, pieces: pieces(values))
    }
}

/// A URL taken apart as far as people paste them; what it does not understand stays in the host.
struct PlainURL {
    var scheme: String
    var user: String?
    var password: String?
    var host: String
    var port: String?
    /// Without slashes at its ends.
    var path: String
    var query: String

    init?(_ text: String) {
        guard let mark = text.firstRange(of: "://"), !text.contains(where: \.isNewline) else { return nil }
        scheme = text[..<mark.lowerBound].lowercased()
        guard !scheme.isEmpty, scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            return nil
        }
        let (whole, query) = String(text[mark.upperBound...]).split(atFirst: "?")
        self.query = query
        let (authority, path) = whole.split(atFirst: "/")
        self.path = path.percentDecoded.trimmingSlashes
        var host = authority[...]
        if let at = host.lastIndex(of: "@") {
            let (name, word) = String(host[..<at]).split(atFirst: ":")
            user = name.percentDecoded
            password = word.isEmpty ? nil : word.percentDecoded
            host = host[host.index(after: at)...]
        }
        // An address of IPv6 has colons of its own, unless it stands in brackets.
        let colons = host.filter { $0 == ":" }.count
        if let colon = host.lastIndex(of: ":"), colons == 1 || host.hasPrefix("[") && host.last != "]" {
            let digits = host[host.index(after: colon)...]
            if !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) {
                port = String(digits)
                host = host[..<colon]
            }
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        self.host = String(host)
    }

    var isWeb: Bool { scheme == "https" || scheme == "http" }

    /// User, host and port, without a password.
    var authority: String { (user.map { $0 + "@" } ?? "") + host + (port.map { ":" + $0 } ?? "") }

    /// The two sides of the colon in `host:folder`.
    var hostAndFolder: (host: String, folder: String)? {
        let (host, first) = host.split(atFirst: ":")
        guard !first.isEmpty || self.host.hasSuffix(":"), !first.contains(":") else { return nil }
        let folder = self.host.hasSuffix(":") ? "/" + path : FolderPath.join(first, path)
        return (host, folder)
    }

    /// Whether the host is one of Azure Storage: `account.blob.core.windows.net`, in other clouds with other
    /// ends, or `account.z01.blob.storage.azure.net`.
    var isOfAzureStorage: Bool {
        guard let service = serviceOfAzure else { return false }
        let rest = host.split(separator: ".").dropFirst(service + 1)
        return rest.count > 1 && (rest.first == "core" || rest.joined(separator: ".") == "storage.azure.net")
    }

    /// The host of another service of the same storage account; the host as it is where it names no service.
    func hostOfAzure(_ name: String) -> String {
        var labels = host.split(separator: ".").map(String.init)
        if let service = serviceOfAzure { labels[service] = name }
        return labels.joined(separator: ".")
    }

    /// Where in the host's name the service stands.
    private var serviceOfAzure: Int? {
        let labels = host.split(separator: ".")
        return labels.indices.dropFirst().prefix(2).first { ["blob", "dfs"].contains(labels[$0]) }
    }

    /// A value of the query.
    subscript(name: String) -> String? {
        query.split(separator: "&").first { $0.hasPrefix(name + "=") }.map {
            String($0.dropFirst(name.count + 1)).percentDecoded
        }
    }
}

extension String {
    /// The text with `%20` and the like replaced; as it is where that gives no text.
    fileprivate var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            let digits = String(Substring(rest.prefix(2)))
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let code = UInt8(digits, radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? self
    }

    fileprivate func split(atFirst separator: Character) -> (String, String) {
        guard let place = firstIndex(of: separator) else { return (self, "") }
        return (String(self[..<place]), String(self[index(after: place)...]))
    }

    fileprivate func split(afterFirst mark: String) -> String {
        firstRange(of: mark).map { String(self[$0.upperBound...]) } ?? self
    }
}
