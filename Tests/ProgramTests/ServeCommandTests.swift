// `sluice serve`, as a process: what it says, who may call, how it ends; and the published Python client against it.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("sluice serve")
struct ServeCommandTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    private func addDataset(_ name: String) throws {
        let file = try inputs.write("\(name).json", (0..<10).map { "{\"n\":\($0)}\n" }.joined())
        let added = try program("datasets", "add", name, file)
        #expect(added.status == 0, Comment(rawValue: added.errors))
    }

    @Test("The Python client of Experience Platform does all of an export against it")
    func pythonClient() throws {
        for name in ["Orders", "Events", "Other"] { try addDataset(name) }
        let server = try ServingSluice(home: program.home.path)
        let client = try Python.run("aepp_sequence.py", [server.output])
        #expect(client.status == 0, Comment(rawValue: client.errors))
        let line = try #require(client.text.split(separator: "\n").last)
        let seen = try JSONDecoder().decode(Seen.self, from: Data(line.utf8))
        #expect(seen.specs.contains("activation-datalake") && seen.specs.count == 7)
        #expect(seen.spec == "Data Landing Zone" && seen.flowSpec == ["DATASETS"])
        #expect(seen.datasets == ["Events", "Orders", "Other"] && seen.records == [10, 10])
        #expect(seen.etags && seen.run && seen.changed && seen.stale)
        #expect(seen.lists == [1, 1, 1, 1] && seen.flow == "By aepp")
        #expect(seen.disabled == "disabled" && seen.enabled == "enabled" && seen.adhoc == "success")
        #expect(seen.deleted == [202, 202, 202, 202, 202] && seen.gone == 404)
        let files = tree(program.home.path + "/landing-zone/from-aepp").filter { $0.hasSuffix(".json.gz") }
        #expect(files.count == 3)
        #expect(server.stop(SIGTERM) == 0)
        let secrets = SecretSearch([
            try #require(server.start.token), try #require(server.start.clientSecret),
        ])
        #expect(secrets.forms(in: Data(server.log.utf8)) == [])
        for file in try program.home.everything() where !file.hasSuffix(".gz") {
            let bytes = FileManager.default.contents(atPath: program.home.file(file)) ?? Data()
            #expect(secrets.forms(in: bytes) == [], Comment(rawValue: file))
        }
    }

    @Test(
        "Credentials are shown at the first start alone, kept as digests for the owner, and made anew on demand"
    )
    func credentials() throws {
        let first = try ServingSluice(home: program.home.path)
        let token = try #require(first.start.token)
        #expect(try first.status(token: token) == 200 && first.status(token: "x") == 401)
        #expect(first.stop(SIGINT) == 0)
        var facts = stat()
        #expect(stat(program.home.file("server-access.json"), &facts) == 0 && facts.st_mode & 0o777 == 0o600)

        let second = try ServingSluice(home: program.home.path)
        #expect(second.start.token == nil && second.start.clientSecret == nil)
        #expect(
            second.start.client == first.start.client && second.start.organization == first.start.organization
        )
        #expect(try second.status(token: token) == 200)
        #expect(second.stop(SIGTERM) == 0)

        let third = try ServingSluice(home: program.home.path, ["--rotate-token"])
        #expect(third.start.client == first.start.client)
        #expect(try third.status(token: token) == 401)
        #expect(try third.status(token: try #require(third.start.token)) == 200)
        #expect(third.stop(SIGTERM) == 0)
    }

    @Test("It runs what falls due, and what a stop has interrupted goes on at the next start")
    func runsFlows() throws {
        try addDataset("Orders")
        let server = try ServingSluice(home: program.home.path)
        // Made by another process: the server notices it.
        let plan = try inputs.wholePlan(named: "Once")
        let exported = try program("export", plan, "--json")
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
        #expect(server.stop(SIGTERM) == 0)
        #expect(tree(program.home.path + "/landing-zone/out").contains { $0.hasSuffix(".json.gz") })
    }

    @Test("Over TLS it is who its certificate says, and other addresses need it")
    func addresses() throws {
        let certificates = try TestCertificates()
        let server = try ServingSluice(
            home: program.home.path, ["--certificate", certificates.certificate, "--key", certificates.key])
        let token = try #require(server.start.token)
        #expect(server.start.url.hasPrefix("https://127.0.0.1:"))
        #expect(try server.status(token: token, authority: certificates.authority) == 200)
        #expect(server.stop(SIGTERM) == 0)

        let open = try program("serve", "--host", "0.0.0.0", "--port", "0")
        #expect(open.status == 1 && open.errors.contains("0.0.0.0 can be reached from other machines"))
        let half = try program("serve", "--key", certificates.key)
        #expect(half.status == 2 && half.errors.contains("--certificate and --key belong together"))
        let wrong = try program(
            "serve", "--port", "0", "--certificate", certificates.authority, "--key", certificates.key)
        #expect(wrong.status == 1 && wrong.errors.contains("is not the key of"))
        let taken = try ServingSluice(home: program.home.path)
        let port = try #require(taken.start.url.split(separator: ":").last)
        let second = try program("serve", "--port", String(port))
        #expect(second.status == 1 && second.errors.contains("address already in use"))
        #expect(taken.stop(SIGTERM) == 0)
    }

    @Test("Homes are served as sandboxes, each under its name")
    func sandboxes() throws {
        let other = try TemporaryFolder()
        try addDataset("Orders")
        let server = try ServingSluice(
            home: program.home.path,
            ["--sandbox", "prod=\(program.home.path)", "--sandbox", "dev=\(other.path)"])
        #expect(server.start.sandboxes == ["prod", "dev"])
        let token = try #require(server.start.token)
        #expect(try server.status(token: token, sandbox: "dev") == 200)
        #expect(try server.status(token: token, sandbox: "local") == 404)
        #expect(server.stop(SIGTERM) == 0)
        let twice = try program("serve", "--sandbox", "a=\(other.path)", "--sandbox", "a=\(other.path)")
        #expect(twice.status == 1 && twice.errors.contains("two sandboxes called “a”"))
    }

    @Test(
        "Told to end, it refuses new connections while it still answers what it was asked, and keeps what that made",
        arguments: [SIGTERM, SIGINT])
    func ending(signal: Int32) throws {
        let server = try ServingSluice(home: program.home.path)
        let late = try Python.run("late_request.py", [server.output, "\(server.id)", "\(signal)"])
        try #require(late.status == 0, Comment(rawValue: late.errors))
        #expect(late.text == "refused\n201\nended\n")
        #expect(server.waitForEnd() == 0)
        let next = try ServingSluice(home: program.home.path)
        let token = try #require(server.start.token)
        let kept = try Sluice.python(
            """
            import json, sys, urllib.request
            url, token, client, organization, sandbox = sys.argv[1:]
            request = urllib.request.Request(url + "/data/foundation/flowservice/connections", headers={
                "Authorization": "Bearer " + token, "x-api-key": client, "x-gw-ims-org-id": organization,
                "x-sandbox-name": sandbox})
            print([each["name"] for each in json.load(urllib.request.urlopen(request))["items"]])
            """, next.start.url, token, next.start.client, next.start.organization, next.start.sandboxes[0])
        #expect(kept == "['Late']")
        #expect(next.stop(SIGTERM) == 0)
    }

    /// What the Python client saw.
    private struct Seen: Decodable {
        var specs: [String]
        var spec: String
        var flowSpec: [String]
        var datasets: [String]
        var etags: Bool
        var records: [Int]
        var run: Bool
        var flow: String
        var lists: [Int]
        var changed: Bool
        var stale: Bool
        var disabled: String
        var enabled: String
        var adhoc: String
        var deleted: [Int]
        var gone: Int
    }
}
