// Any server that speaks SFTP.
import ExportDomain
import FoundationEssentials
import Languages
import ObjectStorage
import Secrets
import SecureShell
import Transfer

struct SFTP: Destination {
    let id: Identifier<ConnectionSpec> = "36965a81-b1c6-401b-99f8-22508f1e6a26"

    private static let password = "SFTP with Password"
    private static let key = "SFTP with SSH Key"
    private static let agent = Text("SSH Agent").english

    func extend(_ spec: inout ConnectionSpec) {
        for index in spec.authSpecs.indices {
            spec.authSpecs[index].spec.properties["port"]?.minimum = 1
            spec.authSpecs[index].spec.properties["port"]?.maximum = 65_535
        }
        guard let password = spec.authSpecs.first(where: { $0.name == Self.password })?.spec else { return }
        var form = JSONSchema(
            description: "Sign in with a key that the agent of this machine holds (SSH_AUTH_SOCK)",
            properties: password.properties, required: password.required.filter { $0 != "password" })
        form.properties["password"] = nil
        spec.authSpecs.append(ConnectionSpec.FormSpec(name: Self.agent, spec: form))
        for index in spec.authSpecs.indices where spec.authSpecs[index].name == Self.key {
            spec.authSpecs[index].spec.properties["sshKey"]?.description =
                Text("Private key, as its file is or in base64").english
        }
        spec.addToAuthentication(
            "sshKeyPassphrase",
            JSONSchema.Property(
                title: Text("Passphrase of the key").english,
                description: Text("Where the key has one").english, format: "password"),
            of: [Self.key])
    }

    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage {
        let port = settings.text("port").map { Int($0) ?? 0 } ?? 22
        guard (1...65_535).contains(port) else {
            throw DestinationError(field: "port", reason: Text("A port is a number from 1 to 65535."))
        }
        let server = SSHConfiguration(
            host: try settings.requiredText("domain"), port: port,
            username: try settings.requiredText("username"),
            authentication: try authentication(settings, network),
            knownHosts: KnownHosts(
                ownFile: network.knownHosts ?? KnownHosts.fileOfUser, otherFiles: KnownHosts.filesOfOpenSSH))
        return SFTPStorage(
            SFTPConfiguration(
                server: server, rootFolder: SFTPConfiguration.rootFolder(forFolderPath: settings.folder),
                reconnections: settings.retrying.attempts), bandwidth: network.bandwidth)
    }

    func trust(_ key: StorageFailure.ServerKey, in storage: any Storage) async throws {
        try await (storage as? SFTPStorage)?.trust(key.fingerprint)
    }

    private func authentication(
        _ settings: DestinationSettings, _ network: StorageNetwork
    ) throws -> SSHAuthentication {
        switch settings.credentials.specName {
        case Self.password: .password(try settings.requiredSecret("password"))
        case Self.key:
            .privateKey(
                try settings.requiredSecret("sshKey"), passphrase: settings.secret("sshKeyPassphrase"))
        default: .agent(socket: network.environment["SSH_AUTH_SOCK"])
        }
    }

    let environmentVariables: String? =
        "SLUICE_SFTP_KEY_FILE (with SLUICE_SFTP_KEY_PASSPHRASE where the key has one), or run an SSH agent (SSH_AUTH_SOCK)"

    func credentials(inEnvironment environment: [String: String]) throws -> AccountCredentials? {
        guard let path = environment.given("SLUICE_SFTP_KEY_FILE") else {
            return environment.given("SSH_AUTH_SOCK") == nil ? nil : AccountCredentials(specName: Self.agent)
        }
        guard let bytes = FileManager.default.contents(atPath: path),
            let key = String(validating: bytes, as: UTF8.self)
        else {
            throw DestinationError(
                field: nil,
                reason: Text(
                    "The key file \(path), which SLUICE_SFTP_KEY_FILE names, cannot be read as a text."))
        }
        var secrets = ["sshKey": Secret(key)]
        secrets["sshKeyPassphrase"] = environment.given("SLUICE_SFTP_KEY_PASSPHRASE").map { Secret($0) }
        return AccountCredentials(specName: Self.key, secrets: secrets)
    }

    func field(
        for reason: StorageFailure.Reason, at step: DestinationTestStep, _ settings: DestinationSettings
    ) -> String? {
        switch reason {
        case .nameNotResolved, .notTrusted, .hostKeyChanged, .hostKeyUnknown, .hostKeyRevoked: return "domain"
        case .unreachable: return settings.text("port").map { $0 != "22" } ?? false ? "port" : "domain"
        case .unknownAccount: return "username"
        case .keyPassphrase: return "sshKeyPassphrase"
        case .wrongSecret, .expired, .keyRefused, .privateKey: return secretField(settings)
        case .noPermission, .missingPermission:
            return step == .authenticate ? secretField(settings) : "remotePath"
        case .noSuchLocation, .notAFolder, .symbolicLink, .nameTooLong, .reservedName: return "remotePath"
        default: return nil
        }
    }

    private func secretField(_ settings: DestinationSettings) -> String {
        switch settings.credentials.specName {
        case Self.password: "password"
        case Self.key: "sshKey"
        default: "username"
        }
    }
}
