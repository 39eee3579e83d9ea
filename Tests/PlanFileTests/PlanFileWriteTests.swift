// Writing a plan: the exact text, and that reading gives the plan back.
import ExportDomain
import Foundation
import Languages
import PlanFile
import Testing

@Suite("Writing a plan file")
struct PlanFileWriteTests {
    @Test("A plan is written in one order, with comments that say what may be changed")
    func text() {
        #expect(
            PlanFile.write(PlanFileReadTests.plan) == """
                # A plan of sluice. Check it with `sluice export --dry-run`, carry it out with `sluice export`.

                name = "Nightly backup"
                # Names or ids.
                datasets = [
                    "Web events",
                    "65a0f0c2b1d2e3f405162738",
                ]
                # The folders of each run, below the folder of the destination; / alone for none.
                folder = "%DATASET_ID%/%EXPORT_TIME%"
                # Records that are not JSON objects: "fail" publishes nothing, "skip" leaves them out.
                malformedRecords = "fail"

                [destination]
                # An existing destination of this name is used; otherwise it is made from what follows.
                name = "Backups"
                spec = "Data Landing Zone"
                account = "Archive"
                description = "For the auditors"
                path = "backups"
                datasetFileType = "JSON"  # JSON or PARQUET
                compression = "GZIP"  # GZIP or NONE; JSON only GZIP
                includeFileManifest = true

                [schedule]
                # "incremental": everything first, then what is new, daily or hourly. "full": everything, once.
                mode = "incremental"
                frequency = "daily"
                # In UTC.
                start = 2026-12-01T06:00:00Z
                end = 2027-06-01T06:00:00Z
                # Exports at whose time nothing ran: "catch-up" makes one for all of them, "skip" waits for the next.
                missed = "catch-up"

                """)
    }

    @Test("The comments are in the reader's language; names, keys and values are the same in all")
    func comments() throws {
        let backwards = try Language(
            code: "xx", name: "Backwards",
            file: Array(
                #"""
                msgid "Names or ids."
                msgstr "Ids or names."

                msgid "JSON or PARQUET"
                msgstr "PARQUET or JSON"
                """#.utf8))
        let english = PlanFile.write(PlanFileReadTests.plan)
        let other = PlanFile.write(PlanFileReadTests.plan, in: backwards)
        #expect(
            other
                == english.replacingOccurrences(of: "# Names or ids.", with: "# Ids or names.")
                .replacingOccurrences(of: "# JSON or PARQUET", with: "# PARQUET or JSON"))
        #expect(other != english)
        #expect(try PlanFileReadTests.read(other) == PlanFileReadTests.plan)
    }

    static let start = date("2026-12-01T06:00:00Z")
    static let end = date("2027-06-01T06:00:00Z")

    @Test(
        "Every schedule is read back as it was written",
        arguments: [
            Schedule(mode: .full, frequency: .once, start: start),
            Schedule(mode: .full, frequency: .once, start: date("1999-12-31T23:59:59Z"), end: end),
            Schedule(mode: .incremental, frequency: .daily, start: start, end: end),
            Schedule(mode: .incremental, frequency: .daily, start: end, end: end),
            Schedule(mode: .incremental, frequency: .daily, start: start, end: end, missed: .skip),
            Schedule(mode: .incremental, frequency: .hourly(every: 9), start: start, end: end),
            Schedule(mode: .incremental, frequency: .hourly(every: 12), start: start, end: end),
        ])
    func schedules(schedule: Schedule) throws {
        var plan = PlanFileReadTests.plan
        plan.schedule = schedule
        #expect(try PlanFileReadTests.read(PlanFile.write(plan)) == plan)
    }

    @Test(
        "Any name is read back as it was written",
        arguments: [
            "plain", "with \"quotes\" and 'apostrophes'", #"back\slash \u0041"#, "two\nlines", "\r\n",
            "tab\t",
            "\u{1}\u{1F}\u{7F}\u{85}", "# no comment", "[table]", "a = b", "\"\"\"", "'''", "日本語 📦 e\u{301}",
            "\u{202E}reversed", "\u{2028}", "  blanks  ", "true", "1", String(repeating: "長", count: 2000),
        ])
    func names(name: String) throws {
        var plan = PlanFileReadTests.plan
        plan.name = name
        plan.datasets = [name, "Web events", name]
        plan.destination.name = name
        plan.destination.description = name
        plan.destination.account = name
        #expect(try PlanFileReadTests.read(PlanFile.write(plan)) == plan)
    }

    @Test(
        "Every folder template is read back as it was written",
        arguments: ["/", "%DATASET_NAME%/%DATETIME(YYYY-MM-dd)%", "a \"b\"/日本語", "fixed"])
    func templates(template: String) throws {
        var plan = PlanFileReadTests.plan
        plan.folderTemplate = try FolderTemplate(template)
        plan.malformedRecords = .skip
        #expect(try PlanFileReadTests.read(PlanFile.write(plan)) == plan)
    }

    @Test(
        "Every destination is read back as it was written",
        arguments: [
            ExportPlan.Destination(name: "Only a name"),
            ExportPlan.Destination(
                name: "No spec", parameters: ["remotePath": "a", "includeFileManifest": false]),
            ExportPlan.Destination(
                name: "S3", spec: "Amazon S3",
                parameters: [
                    "bucketName": "acme-exports", "path": "a/b", "datasetFileType": "PARQUET",
                    "compression": "NONE", "includeFileManifest": true,
                ]),
            ExportPlan.Destination(
                name: "Blob", spec: "Azure Blob Storage", parameters: ["container": "exports"]),
            ExportPlan.Destination(name: "SFTP", spec: "SFTP", parameters: ["remotePath": "/"]),
        ])
    func destinations(destination: ExportPlan.Destination) throws {
        var plan = PlanFileReadTests.plan
        plan.destination = destination
        #expect(try PlanFileReadTests.read(PlanFile.write(plan)) == plan)
    }

    @Test("Writing what was read from a file of one's own gives the same file again")
    func stable() throws {
        let text = PlanFile.write(PlanFileReadTests.plan)
        #expect(PlanFile.write(try PlanFileReadTests.read(text)) == text)
    }
}
