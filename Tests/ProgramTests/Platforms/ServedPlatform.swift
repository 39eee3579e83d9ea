// A platform of another machine, played by `sluice serve` over TLS with a certificate of a private authority, and a
// person's own machine with a home folder of its own.
import Foundation
import TestFiles
import TestServers
import Testing

/// A served platform, and a program that signs in to it.
final class ServedPlatform {
    /// The machine of the person who signs in.
    let program: Sluice
    /// The machine that serves.
    let far: Sluice
    let server: ServingSluice
    let certificates: TestCertificates
    let inputs: TemporaryFolder
    let secret: String
    /// The file of its dataset.
    let orders: String
    private let second: TemporaryFolder?

    /// - Parameter environment: what the server needs to reach storages.
    init(sandboxes: [String] = ["prod"], environment: [String: String] = [:]) throws {
        program = try Sluice()
        far = try Sluice()
        inputs = try TemporaryFolder()
        certificates = try TestCertificates()
        second = sandboxes.count > 1 ? try TemporaryFolder() : nil
        let lines = (0..<100).map { "{\"n\":\($0)}\n" }.joined()
        orders = try inputs.write("orders.json", lines)
        let added = try far("datasets", "add", "Orders", orders)
        guard added.status == 0 else { throw Sluice.Failure(text: added.errors) }
        let homes = [far.home.path] + (second.map { [$0.path] } ?? [])
        let options = zip(sandboxes, homes).flatMap { ["--sandbox", "\($0)=\($1)"] }
        server = try ServingSluice(
            home: far.home.path,
            ["--certificate", certificates.certificate, "--key", certificates.key] + options,
            environment: environment)
        secret = try #require(server.start.clientSecret)
    }

    /// The landing zone of the machine that serves.
    var zone: String { far.home.path + "/landing-zone" }

    /// How often the server was asked for a token.
    var signIns: Int { server.log.split(separator: "\n").count { $0.contains("POST /ims/token/v3 200") } }

    /// Options of a login, without those that a test changes.
    func loginOptions(without left: String..., and others: [String] = []) -> [String] {
        let all = [
            ("--client-id", server.start.client), ("--client-secret", "env:THE_SECRET"),
            ("--organization", server.start.organization), ("--gateway", server.start.url),
            ("--identity-service", server.start.url), ("--cacert", certificates.authority),
        ]
        return ["login"] + all.filter { !left.contains($0.0) }.flatMap { [$0.0, $0.1] } + others
    }

    /// Runs the program; the secret is looked for in all that it writes and keeps.
    func run(
        _ arguments: [String], secret other: String? = nil, environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> GuardedRun {
        try program.guarded(
            other ?? secret, arguments,
            environment: ["THE_SECRET": other ?? secret].merging(environment) { $1 },
            sourceLocation: sourceLocation)
    }

    func run(
        _ arguments: String..., environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> GuardedRun {
        try run(arguments, environment: environment, sourceLocation: sourceLocation)
    }

    /// The variables with which automation signs in without a profile.
    var credential: [String: String] {
        [
            "SLUICE_CLIENT_ID": server.start.client, "SLUICE_CLIENT_SECRET": secret,
            "SLUICE_ORGANIZATION": server.start.organization, "SLUICE_GATEWAY": server.start.url,
            "SLUICE_IDENTITY_SERVICE": server.start.url, "SSL_CERT_FILE": certificates.authority,
        ]
    }

    /// Signs in, and keeps a profile.
    func login(
        name: String = "acme", _ others: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let login = try run(
            loginOptions(and: ["--name", name] + others), sourceLocation: sourceLocation)
        #expect(login.status == 0, Comment(rawValue: login.errors), sourceLocation: sourceLocation)
    }

    /// A plan of an export of the orders, once and now.
    func plan(start: Date = Date()) throws -> String {
        try inputs.wholePlan(named: "Once", start: start.formatted(.iso8601))
    }
}

extension GuardedRun {
    /// The output as JSON.
    func json<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(output.utf8))
    }
}
