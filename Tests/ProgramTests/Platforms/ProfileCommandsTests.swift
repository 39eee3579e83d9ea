// Every command on the platform of a profile, and on one that only the environment names.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("Commands on another platform")
struct ProfileCommandsTests {
    private struct Export: Decodable {
        struct Run: Decodable {
            var status: String
            var records: Int?
        }
        var flow: String
        var runs: [Run]
    }

    @Test("An export from a plan is made there, waited for, and looked at with every command")
    func export() throws {
        let platform = try ServedPlatform()
        try platform.login()
        let plan = try platform.plan()
        let dry = try platform.run("export", plan, "--dry-run")
        #expect(dry.status == 0 && dry.output.contains("Would export “Once”"), Comment(rawValue: dry.errors))
        #expect(try platform.run("flows", "list").output.split(separator: "\n").count == 1)
        let exported = try platform.run("export", plan, "--json")
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
        let result: Export = try exported.json()
        #expect(result.runs.map(\.status) == ["success"] && result.runs.map(\.records) == [100])
        #expect(tree(platform.zone + "/out").contains { $0.hasSuffix(".json.gz") })
        #expect(tree(platform.program.home.path + "/landing-zone") == [])
        let again = try platform.run("export", plan)
        #expect(again.status == 0 && again.errors.contains("Nothing is due"), Comment(rawValue: again.errors))
        for (command, words) in [
            (["flows", "list"], "Once"), (["flows", "show", "Once"], "Zone, /out"),
            (["runs", "list", "Once"], "success"), (["destinations", "list"], "Zone"),
            (["destinations", "show", "Zone"], "out"), (["destinations", "catalog"], "Amazon S3"),
            (["datasets", "show", "Orders"], "100"), (["flows", "pause", "Once"], ""),
            (["flows", "delete", "Once", "--yes"], ""), (["destinations", "remove", "Zone", "--yes"], ""),
        ] {
            let run = try platform.run(command)
            #expect(run.status == 0, "\(command): \(run.errors)")
            #expect(words.isEmpty || run.output.contains(words), "\(command): \(run.output)")
        }
    }

    @Test("An export that is due later is not waited for, and one that was started is left alone")
    func later() throws {
        let platform = try ServedPlatform()
        try platform.login()
        let plan = try platform.plan(start: Date().addingTimeInterval(7_200))
        let made = try platform.run("export", plan)
        #expect(
            made.status == 0 && made.errors.contains("nothing is waited for"), Comment(rawValue: made.errors))
        #expect(try platform.run("flows", "list").output.contains("Once"))
        let patient = try platform.run("export", try platform.plan(), "--no-wait")
        #expect(patient.status == 0 && patient.errors.contains("nothing is waited for"))
    }

    @Test("A destination with a secret is set up there; the secret is nowhere here")
    func destination() throws {
        let platform = try ServedPlatform()
        try platform.login()
        let key = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12"
        let added = try platform.run(
            [
                "destinations", "add", "s3", "--name", "Archive", "--no-test", "bucketName=acme-exports",
                "path=nightly", "datasetFileType=PARQUET", "compression=NONE",
                "s3AccessKey=AKIAIOSFODNN7EXAMPLE", "s3SecretKey=env:THE_SECRET",
            ], secret: key)
        #expect(added.status == 0, Comment(rawValue: added.errors))
        let shown = try platform.run("destinations", "show", "Archive")
        #expect(shown.output.contains("acme-exports") && shown.output.contains("set, and not shown"))
    }

    @Test("What another platform cannot do is told with the profile's name")
    func embeddedOnly() throws {
        let platform = try ServedPlatform()
        try platform.login()
        let file = try platform.inputs.write("more.json", "{}\n")
        for (command, words) in [
            (["datasets", "add", "More", file], "Files are added to the lake of"),
            (["datasets", "remove", "Orders", "--yes"], "Datasets are removed from the lake of"),
            (["serve", "--port", "0"], "sluice serve serves"),
            (["vault", "status", "--profile", "acme"], "The vault belongs to"),
            (["demo", "--profile", "acme"], "The demo is a lake of"),
        ] {
            let run = try platform.run(command)
            #expect(run.status == 2, "\(command)")
            #expect(
                run.errors.contains("The profile “acme” is a platform of its own. \(words)")
                    && run.errors.contains("give --profile embedded"), "\(command): \(run.errors)")
        }
        // The vault is this machine's, whatever the default.
        #expect(try platform.run("vault", "status").output.contains("which only you can read"))
        #expect(try platform.run("datasets", "add", "More", file, "--profile", "embedded").status == 0)
    }

    @Test("The environment alone is enough: no file, no vault and no home folder is needed")
    func environment() throws {
        let platform = try ServedPlatform(sandboxes: ["prod", "dev"])
        let home = platform.inputs.file("no-home")
        var variables = [
            "SLUICE_CLIENT_ID": platform.server.start.client, "SLUICE_CLIENT_SECRET": platform.secret,
            "SLUICE_ORGANIZATION": platform.server.start.organization,
            "SLUICE_GATEWAY": platform.server.start.url,
            "SLUICE_IDENTITY_SERVICE": platform.server.start.url,
            "SSL_CERT_FILE": platform.certificates.authority, "SLUICE_HOME": home,
        ]
        let listed = try platform.run("datasets", "list", environment: variables)
        #expect(listed.status == 0 && listed.output.contains("Orders"), Comment(rawValue: listed.errors))
        variables["SLUICE_SANDBOX"] = "dev"
        let dev = try platform.run("datasets", "list", environment: variables)
        #expect(dev.status == 0 && !dev.output.contains("Orders"))
        variables["SLUICE_SANDBOX"] = "staging"
        let unknown = try platform.run("datasets", "list", environment: variables)
        #expect(unknown.status == 1 && unknown.errors.contains("There is no sandbox “staging” here"))
        #expect(!FileManager.default.fileExists(atPath: home))
        variables["SLUICE_CLIENT_SECRET"] = ""
        let half = try platform.run("datasets", "list", environment: variables)
        #expect(half.status == 1 && half.errors.contains("SLUICE_CLIENT_SECRET is not"))
        // An option goes before the environment.
        variables["SLUICE_HOME"] = platform.program.home.path
        #expect(
            try platform.run("datasets", "list", "--profile", "embedded", environment: variables).status == 0)
    }

    @Test("A server that is away is told with its address, and so is a sandbox that is gone")
    func away() throws {
        let platform = try ServedPlatform(sandboxes: ["prod", "dev"])
        try platform.login("--sandbox", "dev")
        #expect(platform.server.stop(SIGTERM) == 0)
        let away = try platform.run("flows", "list")
        #expect(away.status == 1 && away.errors.contains("refuses connections"))
        let port = try #require(platform.server.start.url.split(separator: ":").last)
        let server = try ServingSluice(
            home: platform.far.home.path,
            [
                "--certificate", platform.certificates.certificate, "--key", platform.certificates.key,
                "--sandbox", "prod=\(platform.far.home.path)",
            ], port: String(port))
        let gone = try platform.run("flows", "list")
        #expect(gone.status == 1 && gone.errors.contains("There is no sandbox “dev” here"))
        #expect(server.stop(SIGTERM) == 0)
    }
}
