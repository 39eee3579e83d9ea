// Azure's storages on the test server, each on a container of its own.

import Foundation
import ObjectStorage
import Secrets
import TestServers
import Transfer

enum AzureStores {
    enum Access {
        case key
        case signature
    }

    /// No test waits long for a server on the same machine.
    static let policy = RetryPolicy(
        attempts: 6, firstDelay: .milliseconds(10), longestDelay: .milliseconds(100))

    /// A client that trusts the server.
    static func client(for server: AzureServer) throws -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.trust = CertificateTrust(file: server.authority)
        return try HTTPClient(configuration)
    }

    /// Azure Blob as a connection string opens it.
    static func blob(
        _ access: Access, on server: AzureServer? = nil, container: String? = nil, isSecure: Bool = false,
        byHost: Bool = false, key: String = AzureServer.key
    ) async throws -> AzureBlobStorage {
        let server = try server ?? .shared()
        let container = if let container { container } else { try await server.makeContainer() }
        let address = address(of: server, service: "blob", isSecure: isSecure, byHost: byHost)
        let proof =
            switch access {
            case .key: "AccountKey=\(key)"
            case .signature: "SharedAccessSignature=\(try await server.signature(of: container))"
            }
        return try AzureBlobStorage(
            connectionString: Secret("BlobEndpoint=\(address);AccountName=\(AzureServer.account);\(proof)"),
            container: container, client: try client(for: server), retrying: policy)
    }

    /// A Data Landing Zone with a signature that allows what a platform's does.
    static func landingZone(
        on server: AzureServer? = nil, container: String? = nil, folder: String = "",
        signature: String? = nil,
        refresh: (@Sendable () async throws -> Secret)? = nil
    ) async throws -> AzureBlobStorage {
        let server = try server ?? .shared()
        let container = if let container { container } else { try await server.makeContainer() }
        let signature =
            if let signature { signature } else { try await server.signature(of: container) }
        return try AzureBlobStorage(
            containerURL: url(of: container, folder: folder, signature: signature, on: server),
            refresh: refresh, client: try client(for: server), retrying: policy)
    }

    /// The URL of a landing zone.
    static func url(
        of container: String, folder: String = "", signature: String, on server: AzureServer
    ) -> Secret {
        let address = address(of: server, service: "blob", isSecure: true, byHost: true)
        return Secret("\(address)/\(container)/\(folder)?\(signature)")
    }

    /// Data Lake Storage as a service principal opens it.
    static func dataLake(
        on server: AzureServer? = nil, container: String? = nil, folder: String = "", isSecure: Bool = true,
        byHost: Bool = true, clientID: String = AzureServer.clientID,
        clientSecret: String = AzureServer.clientSecret, tenant: String = AzureServer.tenant
    ) async throws -> ADLSStorage {
        let server = try server ?? .shared()
        let container = if let container { container } else { try await server.makeContainer() }
        let address = address(of: server, service: "dfs", isSecure: isSecure, byHost: byHost)
        return try ADLSStorage(
            url: "\(address)/\(container)/\(folder)", tenant: tenant, clientID: clientID,
            clientSecret: Secret(clientSecret), authority: "https://localhost:\(server.securePort)",
            client: try client(for: server), retrying: policy)
    }

    /// The account's address.
    static func address(
        of server: AzureServer, service: String, isSecure: Bool, byHost: Bool
    ) -> String {
        let scheme = isSecure ? "https" : "http"
        let port = isSecure ? server.securePort : server.port
        return byHost
            ? "\(scheme)://\(AzureServer.account).\(service).localhost:\(port)"
            : "\(scheme)://127.0.0.1:\(port)/\(AzureServer.account)"
    }
}
