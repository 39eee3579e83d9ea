// What commands write to standard error in a pipe, and that --quiet leaves there only what is wrong.
import Foundation
import TestFiles
import Testing

@Suite("Commands in a pipe")
struct QuietTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        let rows = try inputs.write("rows.json", (0..<1_000).map { "{\"n\":\($0)}\n" }.joined())
        try #require(try program("datasets", "add", "Rows", rows).status == 0)
    }

    private func plan(_ name: String) throws -> String {
        try inputs.write(
            "\(name).toml",
            """
            name = "\(name)"
            datasets = ["Rows"]

            [destination]
            name = "Backups"
            spec = "Data Landing Zone"
            path = "backups"
            datasetFileType = "JSON"
            compression = "GZIP"
            includeFileManifest = true

            [schedule]
            mode = "full"
            start = 2026-01-15T06:00:00Z
            """)
    }

    @Test("tell no progress of what takes less than a minute, and at the end what came of it")
    func pipe() throws {
        let exported = try program("export", try plan("first"))
        #expect(exported.status == 0)
        let lines = exported.errors.split(separator: "\n")
        #expect(lines.count == 1, Comment(rawValue: exported.errors))
        #expect(lines.first?.hasPrefix("sluice: 1 run") == true, Comment(rawValue: exported.errors))
        #expect(exported.errors.contains(": 1,000 records, 1 file, "), Comment(rawValue: exported.errors))
        // Each dataset with its rows.
        #expect(exported.output.contains("success") && exported.output.contains("1,000"))
        let verified = try program("verify", "first", "--deep")
        #expect(verified.status == 0 && verified.errors.isEmpty, Comment(rawValue: verified.errors))
    }

    @Test("write nothing to standard error with --quiet where all is well", arguments: ["--quiet", "-q"])
    func quiet(option: String) throws {
        for command in [
            ["export", try plan("first")], ["export", try plan("first")], ["verify", "first", "--deep"],
            ["runs", "start", "first"], ["runs", "start", "--due"],
            ["export", try plan("second"), "--no-wait"],
            ["destinations", "test", "Backups", "--probe"],
        ] {
            var environment = ProcessInfo.processInfo.environment
            environment["SLUICE_HOME"] = program.home.path
            let ran = try Sluice.run(try Sluice.path, command + [option], environment: environment)
            #expect(ran.status == 0 && ran.errors.isEmpty, "\(command): \(ran.errors)")
        }
    }

    @Test("say with --quiet, too, what is wrong")
    func wrong() throws {
        let missing = try program("export", "--quiet", inputs.file("nothing.toml"))
        #expect(
            missing.status == 1 && missing.errors.contains("nothing.toml"), Comment(rawValue: missing.errors))
        let flow = try plan("first")
        try #require(try program("export", flow, "-q").status == 0)
        let zone = program.home.path + "/landing-zone/"
        for file in tree(zone) where file.hasSuffix(".json.gz") {
            try FileManager.default.removeItem(atPath: zone + file)
        }
        let differs = try program("verify", "first", "--quiet")
        #expect(differs.status == 3 && differs.output.contains("differs"), Comment(rawValue: differs.output))
        try Data("{\"n\":1}\n{\"n\":".utf8).write(to: URL(fileURLWithPath: inputs.file("broken.json")))
        try #require(try program("datasets", "add", "Broken", inputs.file("broken.json")).status == 0)
        let broken = try inputs.write(
            "broken.toml",
            String(decoding: try inputs.bytes(of: "first.toml"), as: UTF8.self)
                .replacing("\"first\"", with: "\"broken\"").replacing("\"Rows\"", with: "\"Broken\""))
        let failed = try program("export", broken, "--quiet")
        #expect(failed.status == 1, Comment(rawValue: failed.output + failed.errors))
        #expect(failed.errors.split(separator: "\n").count == 1, Comment(rawValue: failed.errors))
    }
}
