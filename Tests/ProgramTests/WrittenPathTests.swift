// Paths as people read them: with a slash where they count from the root of a server or of a landing zone, in all that a
// command says of a run.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("The paths of a run")
struct WrittenPathTests {
    @Test(
        "begin with a slash in folders, files and findings alike",
        arguments: [.landingZone, .sftp] as [RealDestination.Kind])
    func slash(kind: RealDestination.Kind) async throws {
        let program = try Sluice()
        let inputs = try TemporaryFolder()
        let orders = try inputs.write("orders.json", "{\"n\":1}\n")
        try #require(try program("datasets", "add", "Orders", orders).status == 0)
        var folder = program.home.path + "/landing-zone"
        var environment: [String: String] = [:]
        var fields = ["dlz", "path=backups/nightly"]
        var server: RealDestination?
        if kind == .sftp {
            let sftp = try RealDestination.sftp()
            let home = try #require(sftp.server).home
            let root = "/" + home.split(separator: "/").joined(separator: "/")
            fields =
                try ["SFTP", "--host-key=\(sftp.server?.fingerprint() ?? "")"]
                + sftp.with("remotePath", root + "/backups/nightly").arguments(secretsIn: inputs)
            environment = sftp.environment
            folder = root
            server = sftp
        }
        func run(_ arguments: [String]) throws -> Sluice.Outcome {
            var all = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            all["SLUICE_HOME"] = program.home.path
            return try Sluice.run(try Sluice.path, arguments, environment: all)
        }
        let added = try run(
            ["destinations", "add"] + fields + [
                "--name", "Archive", "datasetFileType=JSON", "compression=GZIP", "includeFileManifest=true",
            ])
        try #require(added.status == 0, Comment(rawValue: added.errors))
        let plan = try inputs.write(
            "plan.toml",
            "name = \"Once\"\ndatasets = [\"Orders\"]\n[destination]\nname = \"Archive\"\n[schedule]\nmode = \"full\"\n"
        )
        let exported = try run(["export", plan])
        try #require(exported.status == 0, Comment(rawValue: exported.errors))
        let parts = tree(folder + "/backups/nightly").filter { $0.contains("part-") }
        try #require(parts.count == 1)
        let shownFolder = kind == .sftp ? folder + "/backups/nightly/" : "/backups/nightly/"
        #expect(exported.output.contains(" \(shownFolder)"), Comment(rawValue: exported.output))

        try FileManager.default.removeItem(atPath: "\(folder)/backups/nightly/\(parts[0])")
        let verified = try run(["verify", "Once"])
        #expect(verified.status == 3)
        #expect(
            verified.output.contains("missing: \(shownFolder)\(parts[0]) was exported"),
            Comment(rawValue: verified.output))
        let id = try Sluice.python(
            "import json,sys; print(json.loads(sys.argv[1])[0]['id'])",
            try run(["runs", "list", "--json"]).output)
        let shown = try run(["runs", "show", id]).output
        #expect(shown.contains("\(shownFolder)\(parts[0])"), Comment(rawValue: shown))
        #expect(shown.contains("Manifest  \(shownFolder)"), Comment(rawValue: shown))
        _ = server
    }
}
