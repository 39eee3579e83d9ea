// Destinations on real servers, each with what the environment needs to reach it.
import ExportDomain
import Foundation
import Secrets
import TestServers

/// A destination on a server, before it is made.
struct RealDestination: Sendable {
    var draft: DestinationDraft
    /// What both machines need to reach it.
    var environment: [String: String] = [:]
    /// The variables that open it to a machine that knows no credentials.
    var keys: [String: String] = [:]
    /// Words of the sentence that says which variables would do.
    var hint = ""
    /// The fingerprint of the server's key, where it has one.
    var fingerprint: String?
    /// What must not be found in any file.
    var secrets: [String]
    /// The server, as long as it is needed.
    var server: (any Sendable)?

    /// The kinds that tests ask for.
    enum Kind: String, CaseIterable, Sendable {
        case s3 = "Amazon S3"
        case google = "Google Cloud Storage"
        case sftp = "SFTP"
        case blob = "Azure Blob Storage"
        case lake = "Azure Data Lake Gen2"
        case landingZone = "Data Landing Zone"
    }

    static func make(_ kind: Kind, manifest: Bool = true) async throws -> RealDestination {
        let specs = try ConnectionSpecCatalog.embedded().destinations
        guard let spec = specs.first(where: { $0.name == kind.rawValue }) else { throw CancellationError() }
        var destination =
            switch kind {
            case .s3, .google: try await bucket(kind, spec)
            case .sftp: try sftp(spec)
            case .blob, .lake, .landingZone: try await azure(kind, spec)
            }
        destination.draft.parameters.merge([
            "datasetFileType": "JSON", "compression": "GZIP", "includeFileManifest": .bool(manifest),
        ]) { $1 }
        return destination
    }

    private static func bucket(_ kind: Kind, _ spec: ConnectionSpec) async throws -> RealDestination {
        let server = try await SeaweedFS.shared()
        let (id, secret) = (server.admin.id, server.admin.secret)
        let place: [String: JSONValue] = [
            "bucketName": .string(try await server.makeBucket()), "path": "backups",
        ]
        let isGoogle = kind == .google
        let answers: FormAnswers =
            isGoogle
            ? [
                "accessKeyId": .value(.string(id)), "secretAccessKey": .secret(Secret(secret)),
                "endpoint": .value(.string("https://localhost:\(server.googleFront)")),
            ]
            : [
                "s3AccessKey": .value(.string(id)), "s3SecretKey": .secret(Secret(secret)),
                "endpoint": .value(.string("https://localhost:\(server.frontTLS)")),
                "region": .value("eu-central-1"),
            ]
        let way = isGoogle ? "Google Cloud Storage authentication credentials" : "Access Key"
        let names =
            isGoogle
            ? ["SLUICE_GCS_ACCESS_KEY_ID", "SLUICE_GCS_SECRET_ACCESS_KEY"]
            : ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
        return RealDestination(
            draft: draft(spec, way, answers, place), environment: ["SSL_CERT_FILE": server.certificate],
            keys: [names[0]: id, names[1]: secret], hint: names[1], secrets: [secret])
    }

    private static func sftp(_ spec: ConnectionSpec) throws -> RealDestination {
        let server = try OpenSSHServer()
        let key = try server.makeKey("ed25519", passphrase: "open sesame")
        let answers: FormAnswers = [
            "domain": .value("127.0.0.1"), "port": .value(.integer(server.port)),
            "username": .value(.string(server.user.name)), "sshKey": .secret(Secret(key.text)),
            "sshKeyPassphrase": .secret(Secret("open sesame")),
        ]
        return RealDestination(
            draft: draft(spec, "SFTP with SSH Key", answers, ["remotePath": "in/backups"]),
            keys: ["SLUICE_SFTP_KEY_FILE": key.path, "SLUICE_SFTP_KEY_PASSPHRASE": "open sesame"],
            hint: "SLUICE_SFTP_KEY_FILE", fingerprint: try server.fingerprint(),
            secrets: ["open sesame", String(key.text.split(separator: "\n")[1])], server: server)
    }

    private static func azure(_ kind: Kind, _ spec: ConnectionSpec) async throws -> RealDestination {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let address = { (service: String) in
            "https://\(AzureServer.account).\(service).localhost:\(server.securePort)"
        }
        let environment = [
            "SSL_CERT_FILE": server.authority,
            "AZURE_AUTHORITY_HOST": "https://localhost:\(server.securePort)",
        ]
        switch kind {
        case .blob:
            let text =
                "BlobEndpoint=\(address("blob"));AccountName=\(AzureServer.account);AccountKey=\(AzureServer.key)"
            return RealDestination(
                draft: draft(
                    spec, "ConnectionString", ["connectionString": .secret(Secret(text))],
                    ["container": .string(container), "path": "blob"]),
                environment: environment, keys: ["AZURE_STORAGE_CONNECTION_STRING": text],
                hint: "AZURE_STORAGE_CONNECTION_STRING", secrets: [AzureServer.key], server: server)
        case .lake:
            let answers: FormAnswers = [
                "url": .value(.string("\(address("dfs"))/\(container)")),
                "tenant": .value(.string(AzureServer.tenant)),
                "servicePrincipalId": .value(.string(AzureServer.clientID)),
                "servicePrincipalKey": .secret(Secret(AzureServer.clientSecret)),
            ]
            return RealDestination(
                draft: draft(spec, "Azure Service Principal Auth", answers, ["path": "lake"]),
                environment: environment,
                keys: [
                    "AZURE_TENANT_ID": AzureServer.tenant, "AZURE_CLIENT_ID": AzureServer.clientID,
                    "AZURE_CLIENT_SECRET": AzureServer.clientSecret,
                ], hint: "AZURE_CLIENT_SECRET", secrets: [AzureServer.clientSecret], server: server)
        default:
            let signature = try await server.signature(of: container)
            let url = "\(address("blob"))/\(container)?\(signature)"
            return RealDestination(
                draft: draft(spec, "SAS URL", ["sasUri": .secret(Secret(url))], ["path": "zone"]),
                environment: environment, secrets: [signature], server: server)
        }
    }

    private static func draft(
        _ spec: ConnectionSpec, _ way: String, _ answers: FormAnswers, _ place: [String: JSONValue]
    ) -> DestinationDraft {
        DestinationDraft(
            name: "Archive", connectionSpecID: spec.id,
            account: .new(
                BaseConnection.Draft(
                    name: "Account",
                    authentication: BaseConnection.Authentication(specName: way, answers: answers))),
            parameters: place)
    }
}
