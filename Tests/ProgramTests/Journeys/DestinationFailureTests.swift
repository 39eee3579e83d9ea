// What can be wrong with each destination, provoked on its server, and the sentence and the field that a person is
// led to. The same reports are what the wizard shows.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("What is wrong with a destination is said in words that lead to it")
struct DestinationFailureTests {
    /// One thing that is wrong.
    struct Fault: Sendable, CustomTestStringConvertible {
        let kind: RealDestination.Kind
        let name: String
        /// The field that is to be changed; nil where it is none.
        let field: String?
        /// What the sentence has to hold: what is wrong, and what to do.
        let words: [String]
        var clockOffset: String?
        let provoke: @Sendable (inout RealDestination) async throws -> Void

        init(
            _ kind: RealDestination.Kind, _ name: String, field: String?, _ words: [String],
            clockOffset: String? = nil,
            _ provoke: @escaping @Sendable (inout RealDestination) async throws -> Void = { _ in }
        ) {
            self.kind = kind
            self.name = name
            self.field = field
            self.words = words
            self.clockOffset = clockOffset
            self.provoke = provoke
        }

        /// A fault that is one wrong answer.
        init(
            _ kind: RealDestination.Kind, _ name: String, _ changed: String, _ value: String, field: String,
            _ words: [String]
        ) {
            self.init(kind, name, field: field, words) { $0 = $0.with(changed, value) }
        }

        var testDescription: String { "\(kind.rawValue): \(name)" }
    }

    /// The test of a destination as the command line makes it.
    private struct Report: Decodable {
        struct Test: Decodable {
            var passed: Bool
            var failure: String?
            var steps: [Step]
        }
        struct Step: Decodable {
            var outcome: String
            var field: String?
        }
        var test: Test
    }

    private func report(on destination: RealDestination, clockOffset: String?) throws -> Report.Test {
        let program = try Sluice()
        let inputs = try TemporaryFolder()
        var arguments = [
            "destinations", "add", destination.kind.rawValue, "--name", "Wrong", "--probe", "--force",
            "--json",
            "--cacert", destination.environment["SSL_CERT_FILE"] ?? "/etc/ssl/certs/ca-certificates.crt",
            "datasetFileType=JSON", "compression=GZIP",
        ]
        if let way = destination.way { arguments += ["--auth", way] }
        if let server = destination.server {
            arguments += ["--host-key", try server.fingerprint()]
        }
        arguments += try destination.arguments(secretsIn: inputs)
        var command = [try Sluice.path] + arguments
        if let clockOffset { command = ["faketime", "-f", clockOffset] + command }
        var environment = ProcessInfo.processInfo.environment.merging(destination.environment) { $1 }
        environment["SLUICE_HOME"] = program.home.path
        // Waiting goes by the other clock.
        environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
        if let host = destination.knownHostKey {
            try program.home.write(host + "\n", to: "known_hosts")
        }
        let ran = try Sluice.run(command[0], Array(command.dropFirst()), environment: environment)
        try #require(ran.status == 0, Comment(rawValue: ran.errors))
        let search = SecretSearch(destination.secrets)
        #expect(search.forms(in: ran.output + ran.errors) == [])
        #expect(search.traces(below: program.home.path) == [])
        return try JSONDecoder().decode(Report.self, from: Data(ran.output.utf8)).test
    }

    @Test("on its server", arguments: DestinationFailureTests.faults)
    func onServer(_ fault: Fault) async throws {
        var destination = try await RealDestination.make(fault.kind)
        try await fault.provoke(&destination)
        let test = try report(on: destination, clockOffset: fault.clockOffset)
        #expect(!test.passed)
        let sentence = test.failure ?? ""
        for words in fault.words { #expect(sentence.contains(words), Comment(rawValue: sentence)) }
        #expect(test.steps.compactMap(\.field).first == fault.field)
    }

    static let faults = buckets + azure + sftp

    private static let anotherKey = Data("another key than that of the account".utf8).base64EncodedString()

    // MARK: Buckets

    private static let buckets: [Fault] = [
        Fault(
            .amazonS3, "access key unknown", "s3AccessKey", "AKIAIOSFODNN7UNKNOWN", field: "s3AccessKey",
            ["AKIAIOSFODNN7UNKNOWN", "is not known", "Check"]),
        Fault(
            .amazonS3, "secret key wrong", "s3SecretKey", "another/secret/of+forty+characters/in+all",
            field: "s3SecretKey",
            ["the secret does not match", "Enter the secret again"]),
        Fault(
            .amazonS3, "region wrong, and the store does not tell which is right", field: "region",
            ["does not lie in the region us-west-2", "Look up the bucket's region"]
        ) {
            let server = try await SeaweedFS.shared()
            $0 = $0.with("endpoint", "http://localhost:\(server.hidingFront)").with("region", "us-west-2")
        },
        Fault(
            .amazonS3, "bucket missing", "bucketName", "no-such-bucket-anywhere", field: "bucketName",
            ["s3://no-such-bucket-anywhere", "does not exist"]),
        Fault(
            .amazonS3, "may not write", field: "path", ["Cannot write", "the right s3:PutObject is missing"]
        ) {
            let reader = try await SeaweedFS.shared().reader
            $0 = $0.with("s3AccessKey", reader.id).with("s3SecretKey", reader.secret)
            $0.secrets = [reader.secret]
        },
        Fault(
            .amazonS3, "has rights on another folder only", field: "path",
            ["the right s3:ListBucket is missing"]
        ) {
            let tenant = try await SeaweedFS.shared().tenant
            $0 = $0.with("s3AccessKey", tenant.id).with("s3SecretKey", tenant.secret)
            $0.secrets = [tenant.secret]
        },
        Fault(.amazonS3, "clock off", field: nil, ["clock", "NTP"], clockOffset: "+2h"),
        Fault(
            .amazonS3, "name not resolved", "endpoint", "https://no-such-host.invalid", field: "endpoint",
            ["the name no-such-host.invalid has no address", "Check the name"]),
        Fault(
            .amazonS3, "port closed", "endpoint", "https://localhost:1", field: "endpoint",
            ["takes no connection", "Check host and port"]),
        Fault(.amazonS3, "certificate not trusted", field: "endpoint", ["is not trusted", "--cacert"]) {
            $0.environment = [:]
        },
        Fault(.amazonS3, "role may not be assumed", field: "s3Role", ["sts:AssumeRole"]) {
            $0.way = "Assumed Role"
            $0.fields.append(
                RealDestination.Field(
                    id: "s3Role", title: "Role", value: "arn:aws:iam::123456789012:role/other", isSecret: true
                ))
        },
        Fault(
            .googleCloudStorage, "access key unknown", "accessKeyId", "GOOG1EUNKNOWN", field: "accessKeyId",
            ["GOOG1EUNKNOWN", "is not known"]),
        Fault(
            .googleCloudStorage, "secret wrong", "secretAccessKey",
            "another/secret/of+forty+characters/in+all",
            field: "secretAccessKey", ["the secret does not match", "Enter the secret again"]),
        Fault(
            .googleCloudStorage, "bucket missing", "bucketName", "no-such-bucket-anywhere",
            field: "bucketName",
            ["gs://no-such-bucket-anywhere", "does not exist"]),
        Fault(
            .googleCloudStorage, "may not write", field: "path",
            ["Cannot write", "the right storage.objects.create is missing"]
        ) {
            let reader = try await SeaweedFS.shared().reader
            $0 = $0.with("accessKeyId", reader.id).with("secretAccessKey", reader.secret)
            $0.secrets = [reader.secret]
        },
        Fault(.googleCloudStorage, "clock off", field: nil, ["clock", "NTP"], clockOffset: "+2h"),
        Fault(
            .googleCloudStorage, "name not resolved", "endpoint", "https://no-such-host.invalid",
            field: "endpoint", ["no-such-host.invalid has no address"]),
        Fault(
            .googleCloudStorage, "port closed", "endpoint", "https://localhost:1", field: "endpoint",
            ["takes no connection"]),
        Fault(.googleCloudStorage, "certificate not trusted", field: "endpoint", ["is not trusted"]) {
            $0.environment = [:]
        },
    ]

    // MARK: Azure

    /// A connection string to the test server.
    private static func connection(
        account: String = AzureServer.account, host: String? = nil, _ credential: String
    ) throws -> String {
        let host = try host ?? "127.0.0.1:\(AzureServer.shared().securePort)"
        return "BlobEndpoint=https://\(host)/\(account);AccountName=\(account);\(credential)"
    }

    private static func setSignature(
        of destination: inout RealDestination, permissions: String = "racwdl", seconds: Double = 3_600,
        key: String = AzureServer.key, container: String? = nil
    ) async throws {
        let server = try AzureServer.shared()
        let own = try await server.makeContainer()
        let container = container ?? own
        let signature = try await server.signature(
            of: container, permissions: permissions, seconds: seconds, key: key)
        if destination.kind == .azureBlob {
            destination = destination.with(
                "connectionString",
                "BlobEndpoint=https://127.0.0.1:\(server.securePort)/\(AzureServer.account);SharedAccessSignature=\(signature)"
            ).with("container", container)
        } else {
            destination = destination.with(
                "sasUri",
                "https://127.0.0.1:\(server.securePort)/\(AzureServer.account)/\(container)?\(signature)")
        }
        destination.secrets = [
            String(signature.split(separator: "&").first { $0.hasPrefix("sig=") }?.dropFirst(4) ?? "")
        ]
    }

    private static let azure: [Fault] = [
        Fault(
            .azureBlob, "account key wrong", field: "connectionString",
            ["the secret does not match", "Enter the secret again"]
        ) {
            $0 = $0.with("connectionString", try connection("AccountKey=\(anotherKey)"))
        },
        Fault(.azureBlob, "key of another account", field: "connectionString", ["nosuchaccount"]) {
            $0 = $0.with(
                "connectionString",
                try connection(account: "nosuchaccount", "AccountKey=\(AzureServer.key)"))
        },
        Fault(
            .azureBlob, "container missing", "container", "no-such-container", field: "container",
            ["no-such-container", "does not exist"]),
        Fault(
            .azureBlob, "SAS may not write", field: "connectionString",
            ["does not have Write (w)"]
        ) { try await setSignature(of: &$0, permissions: "rl") },
        Fault(.azureBlob, "SAS expired", field: "connectionString", ["has expired", "Make a new one"]) {
            try await setSignature(of: &$0, seconds: -3_600)
        },
        Fault(.azureBlob, "clock off", field: nil, ["clock", "NTP"], clockOffset: "+2h"),
        Fault(
            .azureBlob, "name not resolved", field: "connectionString",
            ["no-such-host.invalid has no address"]
        ) {
            $0 = $0.with(
                "connectionString",
                try connection(host: "no-such-host.invalid", "AccountKey=\(AzureServer.key)"))
        },
        Fault(.azureBlob, "port closed", field: "connectionString", ["takes no connection"]) {
            $0 = $0.with(
                "connectionString", try connection(host: "127.0.0.1:1", "AccountKey=\(AzureServer.key)"))
        },
        Fault(.azureBlob, "certificate not trusted", field: "connectionString", ["is not trusted"]) {
            $0.environment = [:]
        },
        Fault(.landingZone, "SAS forged", field: "sasUri", ["the secret does not match"]) {
            try await setSignature(of: &$0, key: anotherKey)
        },
        Fault(.landingZone, "SAS expired", field: "sasUri", ["has expired", "Make a new one"]) {
            try await setSignature(of: &$0, seconds: -3_600)
        },
        Fault(.landingZone, "SAS may not write", field: "sasUri", ["does not have Write (w)"]) {
            try await setSignature(of: &$0, permissions: "rl")
        },
        Fault(.landingZone, "container missing", field: "sasUri", ["does not exist"]) {
            try await setSignature(of: &$0, container: "no-such-container")
        },
        Fault(.landingZone, "name not resolved", field: "sasUri", ["no-such-host.invalid has no address"]) {
            let rest = $0.value("sasUri").split(separator: "/").dropFirst(2).joined(separator: "/")
            $0 = $0.with("sasUri", "https://no-such-host.invalid/\(rest)")
        },
        Fault(.landingZone, "port closed", field: "sasUri", ["takes no connection"]) {
            let rest = $0.value("sasUri").split(separator: "/").dropFirst(2).joined(separator: "/")
            $0 = $0.with("sasUri", "https://127.0.0.1:1/\(rest)")
        },
        Fault(.landingZone, "certificate not trusted", field: "sasUri", ["is not trusted"]) {
            $0.environment = [:]
        },
        Fault(
            .azureDataLake, "tenant unknown", "tenant", "no-such-tenant", field: "tenant",
            ["no-such-tenant", "is not known"]),
        Fault(
            .azureDataLake, "application unknown", "servicePrincipalId", "nobody-knows",
            field: "servicePrincipalId", ["nobody-knows", "is not known"]),
        Fault(
            .azureDataLake, "client secret wrong", "servicePrincipalKey", "not-the-secret",
            field: "servicePrincipalKey", ["the secret does not match"]),
        Fault(
            .azureDataLake, "client secret expired", "servicePrincipalKey", "expired",
            field: "servicePrincipalKey", ["has expired", "Make a new one"]),
        Fault(.azureDataLake, "container missing", field: "url", ["no-such-container", "does not exist"]) {
            let account = $0.value("url").split(separator: "/").dropLast().joined(separator: "/")
                .replacingOccurrences(of: "https:/", with: "https://")
            $0 = $0.with("url", account + "/no-such-container")
        },
        Fault(
            .azureDataLake, "may not write", "servicePrincipalId", "reader", field: "path",
            ["Storage Blob Data Contributor is missing"]),
        Fault(
            .azureDataLake, "may not read", "servicePrincipalId", "nobody", field: "path",
            ["Storage Blob Data Reader is missing"]),
        Fault(
            .azureDataLake, "name not resolved", "url", "abfss://exports@acme.dfs.no-such-host.invalid",
            field: "url",
            ["acme.dfs.no-such-host.invalid has no address"]),
        Fault(
            .azureDataLake, "port closed", "url", "https://127.0.0.1:1/testaccount/exports", field: "url",
            ["takes no connection"]),
        Fault(.azureDataLake, "certificate not trusted", field: "url", ["is not trusted"]) {
            $0.environment["SSL_CERT_FILE"] = nil
        },
        Fault(.azureDataLake, "authority not reached", field: nil, ["no-such-host.invalid has no address"]) {
            $0.environment["AZURE_AUTHORITY_HOST"] = "https://no-such-host.invalid"
        },
    ]

    // MARK: SFTP

    private static let sftp: [Fault] = [
        Fault(.sftp, "password wrong", field: "password", ["the secret does not match"]) {
            $0.way = "SFTP with Password"
            $0.fields = $0.fields.filter { $0.id != "sshKey" }
            $0.fields.append(
                RealDestination.Field(id: "password", title: "Password", value: "wrong", isSecret: true))
        },
        Fault(.sftp, "no SSH agent", field: nil, ["no ssh-agent is running", "ssh-add"]) {
            $0 = try RealDestination.sftp(.agent)
            $0.environment["SSH_AUTH_SOCK"] = ""
        },
        Fault(
            .sftp, "SSH agent with another key only", field: nil,
            ["none of the keys that the ssh-agent holds", "ssh-add"]
        ) {
            $0 = try RealDestination.sftp(.agent)
            let agent = try OpenSSHAgent()
            let other = try #require(try $0.server?.makeKey("ed25519", isAuthorized: false))
            try agent.add(other.path)
            $0.agent = agent
            $0.environment["SSH_AUTH_SOCK"] = agent.socket
        },
        Fault(
            .sftp, "user unknown", "username", "nobody-here", field: "sshKey",
            ["does not let nobody-here in", "authorized_keys"]),
        Fault(.sftp, "key not registered", field: "sshKey", ["does not let", "authorized_keys"]) {
            let key = try $0.server?.makeKey("ed25519", isAuthorized: false)
            $0 = $0.with("sshKey", key?.text ?? "")
        },
        Fault(.sftp, "key has a passphrase, and none is given", field: "sshKeyPassphrase", ["passphrase"]) {
            let key = try $0.server?.makeKey("ed25519", passphrase: "pass of the key")
            $0 = $0.with("sshKey", key?.text ?? "")
        },
        Fault(
            .sftp, "may not write", "remotePath", "/var/sluice-exports", field: "remotePath",
            ["permission denied", "var/sluice-exports"]),
        Fault(.sftp, "host key changed", field: "domain", ["has changed", "known_hosts"]) {
            let other = try OpenSSHServer()
            let line = try String(contentsOfFile: other.knownHostsFile, encoding: .utf8)
            $0.knownHostKey = line.replacingOccurrences(
                of: ":\(other.port) ", with: ":\($0.value("port")) ")
        },
        Fault(
            .sftp, "name not resolved", "domain", "no-such-host.invalid", field: "domain",
            ["no-such-host.invalid has no address"]),
        Fault(.sftp, "port closed", "port", "1", field: "port", ["takes no connection"]),
        Fault(.sftp, "server offers no SFTP", field: nil, ["SFTP"]) {
            let server = try OpenSSHServer(sftp: nil)
            $0.server = server
            $0 = $0.with("port", "\(server.port)").with("sshKey", try server.makeKey("ed25519").text)
        },
    ]
}
