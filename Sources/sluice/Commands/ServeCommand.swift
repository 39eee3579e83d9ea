// `sluice serve`: the embedded platform for others, as Adobe's Flow Service API.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FlowServiceServer
import FoundationEssentials
import Glibc
import Languages
import Secrets

struct ServeCommand: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: Text("Serve the platform over HTTP, as Adobe's Flow Service API.").said,
        discussion: Text(
            """
            Also runs dataflows as they fall due, unless it is --read-only: then it answers what is looked at, and refuses \
            every change. Whoever calls needs a token, which is made at the first start and \
            shown this once, or the client's secret, for which POST /ims/token/v3 gives tokens for a day.

            What happens is logged to standard error, unless --log-file names a file: each run as it begins and ends, \
            each request, and what could not be done.

            SIGTERM and Ctrl-C end it in order: requests that are being answered are answered, and runs that are \
            under way can be resumed.
            """
        ).said(
            examples: "sluice serve --port 8080"))

    var effect: CommandEffect { rotateToken ? .changes : .obeys }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup(title: "Log") var logging: LogOptions

    @Option(help: ArgumentHelp(Text("The address to listen on."), valueName: "host"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp(Text("The port; 0 for any that is free."), valueName: "port"))
    var port: UInt16 = 8080

    @Option(
        help: ArgumentHelp(
            Text(
                "Serve the platform of another home folder as a sandbox; may be given several times, the first being the standard sandbox (default: the sandbox “local” of --home)."
            ),
            valueName: "name=home"))
    var sandbox: [SandboxHome] = []

    @Option(help: ArgumentHelp(Text("The certificate for TLS, in PEM."), valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp(Text("The key of the certificate, in PEM."), valueName: "file"))
    var key: String?

    @Flag(
        help: ArgumentHelp(Text("Listen on an address that others can reach, although nothing is encrypted."))
    )
    var withoutTLS = false

    @Flag(help: ArgumentHelp(Text("Make a new token and a new secret of the client; those of before end.")))
    var rotateToken = false

    func validate() throws {
        if (certificate == nil) != (key == nil) {
            throw ValidationError(Text("--certificate and --key belong together."))
        }
    }

    func run() async throws {
        let log = try logging.log(always: true)
        let (platforms, sandboxes) = try openSandboxes(log)
        let isReadOnly = try opener.isReadOnly()
        let (access, credentials) = try await accessOfServer(isReadOnly: isReadOnly)
        let server = try FlowServiceServer(
            settings(isReadOnly: isReadOnly), sandboxes: sandboxes, access: access
        ) {
            log?.request($0)
        }
        let result = ServeResult(
            access, credentials, sandboxes: sandboxes.map(\.name), areKept: !isReadOnly)
        try await withThrowingTaskGroup(of: Void.self) { group in
            // A run that falls due exports something.
            for platform in platforms where !isReadOnly { group.addTask { await platform.keepRunning() } }
            let json = output.json
            group.addTask {
                try await server.run { result.tell($0, asJSON: json) }
                // A signal has ended it, as was to be: the platforms are to end too.
                throw ExitCode.success
            }
            // Whoever ends first with an error, ends the others.
            while try await group.next() != nil {}
        }
    }

    private func settings(isReadOnly: Bool) -> FlowServiceServer.Settings {
        var settings = FlowServiceServer.Settings()
        settings.isReadOnly = isReadOnly
        settings.host = host
        settings.port = Int(port)
        settings.allowsPlainNetwork = withoutTLS
        if let certificate, let key {
            settings.tls = FlowServiceServer.TLSFiles(certificate: certificate, key: key)
        }
        return settings
    }

    private func openSandboxes(_ log: Log?) throws -> ([EmbeddedPlatform], [Sandbox]) {
        if sandbox.isEmpty {
            let platform = try openEmbedded(for: .serving, loggingTo: log)
            let sandbox = try Sandbox(
                name: platform.place.sandboxName, service: platform, exports: platform, figures: platform)
            return ([platform], [sandbox])
        }
        let platforms = try sandbox.map {
            try openEmbedded(for: .serving, home: $0.home, sandboxName: $0.name, loggingTo: log)
        }
        let sandboxes = try zip(sandbox, platforms).map {
            try Sandbox(name: $0.name, service: $1, exports: $1, figures: $1)
        }
        return (platforms, sandboxes)
    }

    /// Who may call, and the credentials where they were made just now.
    ///
    /// Of servers that begin at the same moment one makes them, and shows them. Where nothing may be changed they are
    /// kept nowhere, and end with the server.
    private func accessOfServer(isReadOnly: Bool) async throws -> (ServerAccess, ServerAccess.Credentials?) {
        let home = try opener.folder(sandbox.first?.home)
        let file = home + "/server-access.json"
        return try await FileLock(path: home, isFolder: true).hold { _ in
            let known = try ServerAccess.read(from: file)
            if let known, !rotateToken { return (known, nil) }
            let (access, credentials) = ServerAccess.make(replacing: known)
            if !isReadOnly { try access.write(to: file) }
            return (access, credentials)
        }
    }
}

/// A sandbox with its home folder, as `NAME=HOME`.
struct SandboxHome: ExpressibleByArgument {
    var name: String
    var home: String

    /// Reads a name and a folder; nil where one is missing or the name is none.
    init?(argument: String) {
        let halves = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard halves.count == 2, Sandbox.isName(halves[0]) else { return nil }
        name = halves[0]
        home = halves[1]
    }
}

/// What is said once the server listens.
struct ServeResult: Encodable, Sendable {
    var url: String?
    var organization: String
    var client: String
    var sandboxes: [String]
    /// Only where they were made just now: the one time they are shown.
    var token: String?
    var clientSecret: String?
    /// Whether the server has them again at its next start.
    private var areKept: Bool

    private enum CodingKeys: String, CodingKey {
        case url, organization, client, sandboxes, token, clientSecret
    }

    init(
        _ access: ServerAccess, _ credentials: ServerAccess.Credentials?, sandboxes: [String], areKept: Bool
    ) {
        self.areKept = areKept
        organization = access.organizationID
        client = access.clientID
        self.sandboxes = sandboxes
        token = credentials?.token.reveal()
        clientSecret = credentials?.clientSecret.reveal()
    }

    /// Says where the server listens, and its credentials where they are new.
    func tell(_ address: FlowServiceServer.Address, asJSON: Bool) {
        var result = self
        result.url = address.url
        if asJSON, (try? JSONText.print(result)) != nil {
            fflush(nil)
            return
        }
        print(Text("Listening on \(address.url)").said)
        print(Text("Organisation   \(organization)").said)
        print(Text("Client         \(client)").said)
        print(Text("Sandboxes      \(Text.list(sandboxes))").said)
        if let token, let clientSecret {
            print(Text("Token          \(token)").said)
            print(Text("Client secret  \(clientSecret)").said)
            print(
                areKept
                    ? Text("Keep the last two: they are not shown again. --rotate-token makes new ones.").said
                    : Text("The last two end with this server, which is read-only and keeps nothing.").said)
        }
        fflush(nil)
    }
}
