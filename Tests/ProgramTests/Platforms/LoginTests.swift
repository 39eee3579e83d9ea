// `sluice login` and `sluice profiles`, against a server over TLS.
import Foundation
import TerminalTesting
import TestFiles
import TestServers
import Testing

@Suite("sluice login")
struct LoginTests {
    private struct Result: Decodable {
        struct Profile: Decodable {
            var name: String
            var isDefault: Bool
            var sandbox: String
            var organization: String
            var secret: String
        }
        var profile: Profile
        var sandboxes: [String]
        var flows: Int
    }

    @Test("keeps a profile whose settings are in a file, and whose secret is in the vault alone")
    func login() throws {
        let platform = try ServedPlatform()
        let login = try platform.run(
            platform.loginOptions(and: ["--name", "acme", "--organization-name", "Acme", "--json"]))
        #expect(login.status == 0, Comment(rawValue: login.errors))
        let result: Result = try login.json()
        #expect(result.profile.name == "acme" && result.profile.isDefault && result.profile.sandbox == "prod")
        #expect(result.profile.organization == platform.server.start.organization)
        #expect(result.sandboxes == ["prod"] && result.flows == 0)
        let file = platform.program.home.file("profiles.toml")
        var facts = stat()
        #expect(stat(file, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("[profiles.acme]") && text.contains("organizationName = \"Acme\""))
        let shown = try platform.run("profiles", "show")
        #expect(shown.output.contains("Client secret") && shown.output.contains("set, and not shown"))
        #expect(shown.output.contains(platform.server.start.url))
    }

    @Test("signs in once for all commands, and once more where the server forgets its tokens")
    func sharedToken() throws {
        let platform = try ServedPlatform()
        try platform.login()
        #expect(platform.signIns == 1)
        for _ in 0..<3 {
            let listed = try platform.run("datasets", "list")
            #expect(listed.status == 0 && listed.output.contains("Orders"), Comment(rawValue: listed.errors))
        }
        #expect(platform.signIns == 1)
        // Tokens do not outlive the server: all that ask at the same time get one new token.
        let port = try #require(platform.server.start.url.split(separator: ":").last)
        #expect(platform.server.stop(SIGTERM) == 0)
        let again = try ServingSluice(
            home: platform.far.home.path,
            [
                "--certificate", platform.certificates.certificate, "--key", platform.certificates.key,
                "--sandbox", "prod=\(platform.far.home.path)",
            ], port: String(port))
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = platform.program.home.path
        let commands = try (0..<4).map { _ in
            try ChildProcess([try Sluice.path, "flows", "list"], environment: environment)
        }
        #expect(commands.map { $0.wait() } == [0, 0, 0, 0])
        #expect(again.log.split(separator: "\n").count { $0.contains("POST /ims/token/v3 200") } == 1)
    }

    @Test("saves nothing unless all was seen to work, and says what to change")
    func refusals() throws {
        let platform = try ServedPlatform(sandboxes: ["prod", "dev"])
        let nowhere = "https://127.0.0.1:1"
        let cases: [(options: [String], secret: String?, status: Int32, words: [String])] = [
            (
                platform.loginOptions(and: ["--sandbox", "prod"]), "not-the-secret-of-this-client", 1,
                ["does not accept client id and secret", "--client-secret"]
            ),
            (
                platform.loginOptions(
                    without: "--client-id", and: ["--sandbox", "prod", "--client-id", "unknown"]), nil, 1,
                ["does not accept client id and secret"]
            ),
            (
                platform.loginOptions(
                    without: "--organization",
                    and: ["--sandbox", "prod", "--organization", "OTHER@AdobeOrg"]), nil, 1,
                ["“OTHER@AdobeOrg” is not one of this credential's", "--organization"]
            ),
            (
                platform.loginOptions(and: ["--sandbox", "prodd"]), nil, 1,
                ["There is no sandbox “prodd”", "“prod”, “dev”"]
            ),
            (platform.loginOptions(), nil, 2, ["“prod”, “dev”", "--sandbox NAME"]),
            (
                platform.loginOptions(without: "--identity-service", and: ["--identity-service", nowhere]),
                nil, 1, ["127.0.0.1:1 refuses connections", "--identity-service"]
            ),
            (
                platform.loginOptions(without: "--gateway", and: ["--gateway", nowhere]), nil, 1,
                ["127.0.0.1:1 refuses connections", "--gateway"]
            ),
            (
                platform.loginOptions(without: "--cacert"), nil, 1,
                ["The certificate of", "is not trusted", "--cacert"]
            ),
            (
                platform.loginOptions(without: "--gateway", and: ["--gateway", "http://example.com"]), nil, 2,
                ["--gateway must be a URL"]
            ),
            (
                platform.loginOptions(without: "--client-id"), nil, 2,
                ["There is no terminal to ask at: give --client-id VALUE"]
            ),
            (
                platform.loginOptions(without: "--client-secret"), nil, 2,
                ["There is no terminal to ask at: give --client-secret @FILE"]
            ),
            (
                platform.loginOptions(and: ["--sandbox", "prod", "--name", "a b"]), nil, 1,
                ["“a b” cannot be the name of a profile"]
            ),
        ]
        for (options, secret, status, words) in cases {
            let login = try platform.run(options, secret: secret)
            #expect(login.status == status, "\(words): \(login.errors)")
            for word in words { #expect(login.errors.contains(word), "\(word) in \(login.errors)") }
        }
        #expect(!FileManager.default.fileExists(atPath: platform.program.home.file("profiles.toml")))
        let listed = try platform.run("profiles")
        #expect(listed.status == 0 && listed.errors.contains("sluice login makes one"))
    }

    @Test("names the permission that the role of a credential lacks, and saves nothing")
    func permission() async throws {
        let program = try Sluice()
        let server = try FaultyFlowService(specs: [])
        try await server.fail(
            FaultyFlowService.Fault(.status, "GET", "/flows") {
                $0.status = 403
                $0.body = #"{"errorMessage":"Access is denied"}"#
                $0.times = 9
            })
        let login = try program.guarded(
            FaultyFlowService.clientSecret,
            [
                "login", "--client-id", FaultyFlowService.clientID, "--client-secret", "env:THE_SECRET",
                "--organization", FaultyFlowService.organization, "--sandbox", "dev", "--gateway", server.url,
                "--identity-service", server.url,
            ], environment: ["THE_SECRET": FaultyFlowService.clientSecret])
        #expect(login.status == 1, Comment(rawValue: login.errors))
        #expect(login.errors.contains("Nothing was saved."), Comment(rawValue: login.errors))
        #expect(login.errors.contains("needs the permission “View Destinations”"))
        #expect(!FileManager.default.fileExists(atPath: program.home.file("profiles.toml")))
    }

    @Test("never takes the secret itself as an argument")
    func secretAsArgument() throws {
        let program = try Sluice()
        let login = try program("login", "--client-id", "x", "--client-secret", "hunter2hunter2")
        #expect(login.status == 2 && login.errors.contains("never the secret itself"))
        #expect(!login.errors.contains("hunter2") && !login.output.contains("hunter2"))
    }

    @Test("changes a profile that there is: what is not given stays as it was")
    func changed() throws {
        let platform = try ServedPlatform(sandboxes: ["prod", "dev"])
        try platform.login("--sandbox", "dev")
        let again = try platform.run([
            "login", "--name", "acme", "--client-secret", "env:THE_SECRET", "--sandbox", "prod",
        ])
        #expect(again.status == 0, Comment(rawValue: again.errors))
        let shown = try platform.run("profiles", "show", "acme", "--json")
        #expect(shown.output.contains("\"sandbox\" : \"prod\""))
        #expect(shown.output.contains(platform.certificates.authority))
    }

    @Test("asks in a terminal for what is missing, without showing the secret")
    func terminal() throws {
        let platform = try ServedPlatform(sandboxes: ["prod", "dev"])
        let start = platform.server.start
        let tmux = try Tmux.start(
            command: [
                try Sluice.path, "login", "--gateway", start.url, "--identity-service", start.url, "--cacert",
                platform.certificates.authority,
            ], columns: 120, environment: ["SLUICE_HOME": platform.program.home.path])
        try tmux.answer("Client id:", with: start.client)
        try tmux.waitUntil(shows: "Client secret (not shown):")
        try tmux.paste(platform.secret)
        try tmux.send("Enter")
        try tmux.answer("Organisation id:", with: start.organization)
        try tmux.answer("Scopes, separated by commas [the usual ones]:")
        try tmux.answer("Sandbox, by number or name [prod]:", with: "3")
        try tmux.answer("There is no such sandbox.", with: "2")
        try tmux.answer("Name of the profile [dev]:")
        try tmux.waitUntil(shows: "The profile “dev” is kept")
        #expect(SecretSearch([platform.secret]).forms(in: try tmux.scrollback()) == [])
        try platform.program.expectNowhere(platform.secret)
        let shown = try platform.run("profiles", "show", "dev")
        #expect(shown.output.contains("Sandbox") && shown.output.contains("dev"))
    }

    @Test("The default is chosen, renamed and removed, and the secret goes with its profile")
    func profiles() throws {
        let platform = try ServedPlatform()
        try platform.login(name: "acme")
        try platform.login(name: "other")
        let listed = try platform.run("profiles", "list")
        #expect(listed.output.contains("*  acme") && listed.output.contains("   other"))
        #expect(try platform.run("profiles", "use", "other").status == 0)
        #expect(try platform.run("profiles").output.contains("*  other"))
        #expect(try platform.run("profiles", "rename", "other", "better").status == 0)
        #expect(try platform.run("datasets", "list").output.contains("Orders"))
        let taken = try platform.run("profiles", "rename", "acme", "better")
        #expect(taken.status == 1 && taken.errors.contains("There is a profile “better” already"))
        #expect(try platform.run("profiles", "use", "--embedded").status == 0)
        #expect(try !platform.run("datasets", "list").output.contains("Orders"))
        #expect(try platform.run("datasets", "list", "--profile", "better").output.contains("Orders"))
        #expect(try platform.run("profiles", "remove", "better", "--yes").status == 0)
        let gone = try platform.run("datasets", "list", "--profile", "bettr")
        #expect(gone.status == 1 && gone.errors.contains("There is no profile “bettr”"))
        // The secret is in the vault, and not in the profile: without it the profile says where it is entered.
        #expect(try platform.run("vault", "reset", "--yes").status == 0)
        let locked = try platform.run("datasets", "list", "--profile", "acme")
        #expect(locked.status == 1 && locked.errors.contains("enter it with sluice login --name acme"))
        let list = try platform.run("profiles", "list", "--json")
        #expect(list.output.contains("\"secret\" : \"missing\""))
    }

    @Test(
        "A file of profiles that others could have written is refused, and a mistake in it told with its line"
    )
    func file() throws {
        let platform = try ServedPlatform()
        try platform.login()
        let path = platform.program.home.file("profiles.toml")
        chmod(path, 0o666)
        let open = try platform.run("datasets", "list")
        #expect(open.status == 1 && open.errors.contains("others than you could have written it"))
        chmod(path, 0o600)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try platform.program.home.write(text + "sandbx = \"x\"\n", to: "profiles.toml")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        let wrong = try platform.run("datasets", "list")
        #expect(wrong.errors.contains("profiles.toml, line \(lines): unknown key “sandbx”"))
        #expect(try platform.run("datasets", "list", "--profile", "embedded").status == 0)
    }
}
