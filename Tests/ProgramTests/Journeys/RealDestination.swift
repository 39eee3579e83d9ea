// A destination on a real server: what its forms are to be told, and how somebody else's client gets at the files.
import Foundation
import TestFiles
import TestServers
import Testing

/// A destination that a test can set up, export to, and look into from outside.
struct RealDestination {
    /// A kind of destination, with a way to sign in.
    enum Kind: String, CaseIterable, CustomTestStringConvertible {
        case amazonS3 = "Amazon S3"
        case googleCloudStorage = "Google Cloud Storage"
        case azureBlob = "Azure Blob Storage"
        case azureDataLake = "Azure Data Lake Gen2"
        case landingZone = "Data Landing Zone"
        case sftp = "SFTP"

        var testDescription: String { rawValue }
    }

    /// An answer of the form.
    struct Field {
        /// As commands name it.
        var id: String
        /// As the wizard does.
        var title: String
        var value: String
        var isSecret = false
    }

    let kind: Kind
    /// The way to sign in, where it is not the first that is offered.
    var way: String?
    var fields: [Field]
    /// What is to be found nowhere.
    var secrets: [String]
    /// The variables that the program needs to reach the server.
    var environment: [String: String]
    /// Somebody else's client of the same server.
    let client: any StoreClient
    /// Keeps a server alive that is this test's alone.
    var server: OpenSSHServer?
    /// Keeps an agent alive that holds the user's key.
    var agent: OpenSSHAgent?
    /// A line that the program's own known hosts file has from before.
    var knownHostKey: String?

    /// The folder that exports go below, as its client names it.
    static let folder = "backups/nightly"

    /// Whether it deletes files by itself, seven days after they were written.
    var deletesFiles: Bool { kind == .landingZone }

    /// The answer of a field by its id.
    func value(_ id: String) -> String { fields.first { $0.id == id }?.value ?? "" }

    /// The same with another answer.
    func with(_ id: String, _ value: String) -> RealDestination {
        var changed = self
        for index in fields.indices where fields[index].id == id { changed.fields[index].value = value }
        return changed
    }

    /// The fields as arguments of a command; each secret is in a file of its own.
    func arguments(secretsIn folder: TemporaryFolder) throws -> [String] {
        try fields.map { field in
            field.isSecret
                ? "\(field.id)=@\(try folder.write(field.id, field.value))" : "\(field.id)=\(field.value)"
        }
    }

    /// A new bucket, container or folder on the server of its kind.
    static func make(_ kind: Kind) async throws -> RealDestination {
        switch kind {
        case .amazonS3: try await amazonS3()
        case .googleCloudStorage: try await googleCloudStorage()
        case .azureBlob: try await azureBlob()
        case .azureDataLake: try await azureDataLake()
        case .landingZone: try await landingZone()
        case .sftp: try sftp()
        }
    }

    private static func amazonS3() async throws -> RealDestination {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let endpoint = "https://localhost:\(server.frontTLS)"
        return RealDestination(
            kind: .amazonS3,
            fields: [
                Field(id: "s3AccessKey", title: "Amazon S3 access key", value: server.admin.id),
                Field(
                    id: "s3SecretKey", title: "Amazon S3 secret key", value: server.admin.secret,
                    isSecret: true),
                Field(id: "region", title: "Region", value: "eu-central-1"),
                Field(id: "endpoint", title: "Endpoint", value: endpoint),
                Field(id: "bucketName", title: "Bucket name", value: bucket),
                Field(id: "path", title: "Folder path", value: folder),
            ],
            secrets: [server.admin.secret], environment: ["SSL_CERT_FILE": server.certificate],
            client: try bucketClient(bucket, server))
    }

    /// boto3, past the fronts: what lies there is the same.
    private static func bucketClient(_ bucket: String, _ server: SeaweedFS) throws -> PythonStoreClient {
        try PythonStoreClient([
            "kind": "s3", "endpoint": "https://localhost:\(server.directTLS)", "region": "us-east-1",
            "bucket": bucket, "id": server.admin.id, "secret": server.admin.secret,
            "authority": server.certificate,
        ])
    }

    private static func googleCloudStorage() async throws -> RealDestination {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        return RealDestination(
            kind: .googleCloudStorage,
            fields: [
                Field(id: "accessKeyId", title: "Access key ID", value: server.admin.id),
                Field(
                    id: "secretAccessKey", title: "Secret access key", value: server.admin.secret,
                    isSecret: true),
                Field(
                    id: "endpoint", title: "Endpoint", value: "https://localhost:\(server.googleFront)"),
                Field(id: "bucketName", title: "Bucket name", value: bucket),
                Field(id: "path", title: "Folder path", value: folder),
            ],
            secrets: [server.admin.secret], environment: ["SSL_CERT_FILE": server.certificate],
            client: try bucketClient(bucket, server))
    }

    private static func azureBlob() async throws -> RealDestination {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let connection =
            "BlobEndpoint=https://127.0.0.1:\(server.securePort)/\(AzureServer.account);AccountName=\(AzureServer.account);AccountKey=\(AzureServer.key)"
        return RealDestination(
            kind: .azureBlob,
            fields: [
                Field(
                    id: "connectionString", title: "Connection string", value: connection, isSecret: true),
                Field(id: "container", title: "Container", value: container),
                Field(id: "path", title: "Folder path", value: folder),
            ],
            secrets: [
                AzureServer.key,
                String(decoding: Data(base64Encoded: AzureServer.key) ?? Data(), as: UTF8.self),
            ],
            environment: ["SSL_CERT_FILE": server.authority],
            client: try PythonStoreClient([
                "kind": "blob", "connection": connection, "container": container,
                "authority": server.authority,
            ]))
    }

    private static func azureDataLake() async throws -> RealDestination {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let account = "https://127.0.0.1:\(server.securePort)/\(AzureServer.account)"
        return RealDestination(
            kind: .azureDataLake,
            fields: [
                Field(id: "url", title: "URL", value: "\(account)/\(container)"),
                Field(id: "tenant", title: "Tenant", value: AzureServer.tenant),
                Field(
                    id: "servicePrincipalId", title: "Service principal ID", value: AzureServer.clientID),
                Field(
                    id: "servicePrincipalKey", title: "Service principal key",
                    value: AzureServer.clientSecret, isSecret: true),
                Field(id: "path", title: "Folder path", value: folder),
            ],
            secrets: [AzureServer.clientSecret],
            environment: [
                "SSL_CERT_FILE": server.authority,
                "AZURE_AUTHORITY_HOST": "https://localhost:\(server.securePort)",
            ],
            client: try PythonStoreClient([
                "kind": "lake", "url": account, "container": container, "tenant": AzureServer.tenant,
                "client": AzureServer.clientID, "secret": AzureServer.clientSecret,
                "tokens": "127.0.0.1:\(server.securePort)", "authority": server.authority,
            ]))
    }

    private static func landingZone() async throws -> RealDestination {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let signature = try await server.signature(of: container)
        let url = "https://127.0.0.1:\(server.securePort)/\(AzureServer.account)/\(container)?\(signature)"
        let secret = signature.split(separator: "&").first { $0.hasPrefix("sig=") }?.dropFirst(4) ?? ""
        return RealDestination(
            kind: .landingZone, way: "SAS URL",
            fields: [
                Field(id: "sasUri", title: "SAS URL", value: url, isSecret: true),
                Field(id: "path", title: "Folder path", value: folder),
            ],
            secrets: [String(secret), String(secret).removingPercentEncoding ?? ""],
            environment: ["SSL_CERT_FILE": server.authority],
            client: try PythonStoreClient(["kind": "container", "url": url, "authority": server.authority]))
    }

    /// How one signs in to a server of SFTP.
    enum SFTPSignIn: String, CustomTestStringConvertible {
        case key = "SFTP with SSH Key"
        case password = "SFTP with Password"
        case agent = "SSH Agent"

        var testDescription: String { rawValue }
    }

    /// A server of SFTP of its own.
    static func sftp(_ signIn: SFTPSignIn = .key) throws -> RealDestination {
        let server = try OpenSSHServer()
        let key = try server.makeKey("ed25519")
        // The first and the last line of a key say little of it.
        let lines = key.text.split(separator: "\n").filter { !$0.hasPrefix("-----") }.map(String.init)
        var destination = RealDestination(
            kind: .sftp, way: signIn.rawValue,
            fields: [
                Field(id: "domain", title: "Domain", value: "127.0.0.1"),
                Field(id: "username", title: "Username", value: server.user.name),
                Field(id: "port", title: "Port", value: "\(server.port)"),
                Field(id: "remotePath", title: "Folder path", value: folder),
            ],
            secrets: Array(lines.dropFirst().dropLast()), environment: [:],
            client: SFTPStoreClient(server: server, key: key.path), server: server)
        switch signIn {
        case .key:
            destination.fields.append(Field(id: "sshKey", title: "SSH Key", value: key.text, isSecret: true))
        case .password:
            let password = try #require(server.user.password, "only root's server can check passwords")
            destination.fields.append(
                Field(id: "password", title: "Password", value: password, isSecret: true))
            destination.secrets.append(password)
        case .agent:
            let agent = try OpenSSHAgent()
            try agent.add(key.path)
            destination.agent = agent
            destination.environment["SSH_AUTH_SOCK"] = agent.socket
        }
        return destination
    }
}
