// An export whose process is really killed, and what the next one makes of it.
import Foundation
import TestFiles
import Testing

@Suite("A killed export")
struct KilledExportTests {
    @Test("is finished by the next one: every record once, one manifest, nothing left over")
    func resumed() throws {
        let program = try Sluice()
        let inputs = try TemporaryFolder()
        let parts = 12
        let rows = 20_000
        for part in 0..<parts {
            let lines = (0..<rows).map { #"{"part":\#(part),"n":\#($0),"text":"\#(UUID().uuidString)"}"# }
            _ = try inputs.write("part-\(part).json", lines.joined(separator: "\n") + "\n")
        }
        #expect(try program("datasets", "add", "Big", inputs.path).status == 0)
        let plan = try TemporaryFolder()
        let file = try plan.write(
            "plan.toml",
            """
            name = "Killed"
            datasets = ["Big"]
            [destination]
            name = "Zone"
            spec = "Data Landing Zone"
            path = "out"
            datasetFileType = "JSON"
            compression = "GZIP"
            includeFileManifest = true
            [schedule]
            mode = "full"
            start = 2026-01-15T06:00:00Z
            """)
        let zone = program.home.path + "/landing-zone"
        let names = try kill(program, plan: file, whenFilesIn: zone, reach: 3)
        #expect(names.count >= 3 && names.count < parts)

        let resumed = try program("export", file, "--json")
        #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
        #expect(try ExportedFolder(zone + "/out").facts == "\(parts * rows) {1} 1 True []")
        #expect(names.isSubset(of: tree(zone)))
        #expect(try program("verify", "Killed").status == 0)
    }

    /// Starts an export and kills it as soon as so many files are published; gives their names.
    private func kill(
        _ program: Sluice, plan: String, whenFilesIn zone: String, reach count: Int
    ) throws -> Set<String> {
        let process = try ChildProcess(
            [try Sluice.path, "export", plan, "--home", program.home.path])
        let published = { Set(tree(zone).filter { $0.hasSuffix(".json.gz") && !$0.contains("/.") }) }
        let end = Date(timeIntervalSinceNow: 60)
        while published().count < count, Date() < end { usleep(1_000) }
        process.send(SIGKILL)
        process.wait()
        return published()
    }
}
